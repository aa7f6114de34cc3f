import { readFileSync, readdirSync } from "node:fs";
import { Header, TaskState, TaskWord, taskBlock, type Arena } from "../../sync";

/** The tasks of this process that wait for nobody: what they waited for has come, though they may not have got round to telling. */
export function awakeTasks({ words }: Arena): number[] {
  const count = Atomics.load(words, Header.NextTask);
  const awake: number[] = [];
  for (let task = 0; task < count; task++) {
    const block = taskBlock(task);
    if (Atomics.load(words, block + TaskWord.State) === Number(TaskState.Running) && Atomics.load(words, block + TaskWord.Parked) === 0) awake.push(task);
  }
  return awake;
}

/**
 * Whether another thread of this process has something to do, be it that the machine has not let it yet: proc_pid_stat(5), state R, or D
 * for one that waits for a disk. False where the operating system does not tell.
 */
export function othersRun(): boolean {
  let running = 0;
  for (const thread of threadsOfProcess()) if (/^[RD]/.test(stateOf(thread))) running++;
  // This one does.
  return running > 1;
}

function threadsOfProcess(): string[] {
  try {
    return readdirSync("/proc/self/task");
  } catch {
    return [];
  }
}

/** Behind the name, which may have brackets in it; empty for a thread that has ended meanwhile. */
function stateOf(thread: string): string {
  try {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2);
  } catch {
    return "";
  }
}
