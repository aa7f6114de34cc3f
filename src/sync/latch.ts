import type { Arena } from "./arena";
import { ObjectWord, Status } from "./layout";

const COUNT = ObjectWord.First;

export function initLatch(arena: Arena, record: number, count: number): void {
  arena.words[record + COUNT] = count;
}

/** Value: the count left, at least 0. At 0 the latch is open for good. */
export function latchCountDown(arena: Arena, task: number, record: number, n: number): Status {
  const { words } = arena;
  const count = Math.max(0, words[record + COUNT]! - n);
  words[record + COUNT] = count;
  const seq = arena.nextSeq();
  if (count === 0) {
    for (let first = arena.firstWaiter(record + ObjectWord.List); first >= 0; first = arena.firstWaiter(record + ObjectWord.List)) {
      arena.grant(first, Status.Done, arena.nextSeq());
    }
  }
  return arena.result(task, Status.Done, seq, count);
}

export function latchWait(arena: Arena, task: number, record: number, mayWait: boolean): Status {
  if (arena.words[record + COUNT] === 0) return arena.result(task, Status.Done, arena.nextSeq());
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + ObjectWord.List, task, record, 0);
  return Status.Waiting;
}
