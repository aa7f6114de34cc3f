/** Interleaves the chunks of all tasks in an order that `choices` picks; each task's own stay in order, the first list (the runner's) comes first. */
export function shuffle(byTask: readonly (readonly Uint8Array[])[], choices: readonly number[]): Uint8Array[] {
  const [facts, ...tasks] = byTask;
  const queues = tasks.map((chunks) => [...chunks]);
  const result = [...facts!];
  for (let i = 0; ; i++) {
    const left = queues.filter((queue) => queue.length > 0);
    if (left.length === 0) return result;
    result.push(left[choices[i % choices.length]! % left.length]!.shift()!);
  }
}
