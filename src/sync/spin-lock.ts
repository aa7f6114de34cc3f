import type { Arena } from "./arena";
import { ObjectWord, Status } from "./layout";

/** Where a mutex has it too, so that Op.Owner reads both. */
const OWNER = ObjectWord.First;
/** Task + 1 that died with the lock. */
export const SPIN_DEAD = ObjectWord.First + 1;

/** One try; the loop is the runtime's. Failed: Value is the holder. */
export function trySpinLock(arena: Arena, task: number, record: number): Status {
  const { words } = arena;
  if (words[record + SPIN_DEAD] !== 0) return arena.result(task, Status.HolderDied, 0, words[record + SPIN_DEAD]! - 1);
  const owner = words[record + OWNER]!;
  if (owner !== 0) return arena.result(task, Status.Failed, 0, owner - 1);
  Atomics.store(words, record + OWNER, task + 1);
  return arena.result(task, Status.Done, arena.nextSeq());
}

export function spinUnlock(arena: Arena, task: number, record: number): Status {
  const { words } = arena;
  const owner = words[record + OWNER]!;
  if (owner !== task + 1) return arena.result(task, Status.NotOwner, 0, owner - 1);
  const seq = arena.nextSeq();
  Atomics.store(words, record + OWNER, 0);
  return arena.result(task, Status.Done, seq);
}

/** Those that spin learn it at their next try. */
export function spinHolderDied(arena: Arena, task: number, record: number): void {
  if (arena.words[record + OWNER] === task + 1) arena.words[record + SPIN_DEAD] = task + 1;
}
