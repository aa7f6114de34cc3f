import type { Arena } from "./arena";
import { ObjectWord, Status, TaskWord, taskBlock } from "./layout";

const PERMITS = ObjectWord.First;
const MOST = 0x7fff_ffff;

export function initSemaphore(arena: Arena, record: number, permits: number): void {
  arena.words[record + PERMITS] = permits;
}

/** First come, first served: a request that fits does not overtake a larger one that waits. */
export function acquire(arena: Arena, task: number, record: number, permits: number, mayWait: boolean): Status {
  const { words } = arena;
  const list = record + ObjectWord.List;
  if (words[list] === 0 && words[record + PERMITS]! >= permits) {
    words[record + PERMITS]! -= permits;
    return arena.result(task, Status.Done, arena.nextSeq());
  }
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(list, task, record, permits);
  return Status.Waiting;
}

export function releasePermits(arena: Arena, task: number, record: number, permits: number): Status {
  const { words } = arena;
  if (words[record + PERMITS]! > MOST - permits) return arena.result(task, Status.Invalid, 0);
  words[record + PERMITS]! += permits;
  const seq = arena.nextSeq();
  serve(arena, record);
  return arena.result(task, Status.Done, seq);
}

/** Gives permits to those first in line while there are enough. */
export function serve(arena: Arena, record: number): void {
  const { words } = arena;
  for (;;) {
    const first = arena.firstWaiter(record + ObjectWord.List);
    if (first < 0) return;
    const wanted = words[taskBlock(first) + TaskWord.Arg]!;
    if (wanted > words[record + PERMITS]!) return;
    words[record + PERMITS]! -= wanted;
    arena.grant(first, Status.Done, arena.nextSeq());
  }
}

export function available(arena: Arena, record: number): number {
  return arena.words[record + PERMITS]!;
}
