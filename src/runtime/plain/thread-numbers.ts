/** Under what number Node knows a Worker of the program, of whose numbers the program sees only its own: none that a thread has, since there are threads of ours, too. */
export function registered(threadId: number): number {
  return 2 ** 32 + threadId;
}
