import type { Arena } from "./arena";
import { ObjectWord, Status, TaskWord, taskBlock } from "./layout";

const PARTIES = ObjectWord.First;
const ARRIVED = ObjectWord.First + 1;
const ROUND = ObjectWord.First + 2;

export function initBarrier(arena: Arena, record: number, parties: number): void {
  arena.words[record + PARTIES] = parties;
}

/**
 * Value: order of arrival; Extra: the round; both are there as well while the task waits. The arrival's number is in
 * FirstSeq, the departure's is Seq. Failed: others are missing, and it has not arrived.
 */
export function barrierWait(arena: Arena, task: number, record: number, mayWait: boolean): Status {
  const { words } = arena;
  const arrived = words[record + ARRIVED]!;
  const round = words[record + ROUND]!;
  const last = arrived + 1 >= words[record + PARTIES]!;
  if (!last && !mayWait) return arena.result(task, Status.Failed, 0);
  words[taskBlock(task) + TaskWord.FirstSeq] = arena.nextSeq();
  if (!last) {
    words[record + ARRIVED] = arrived + 1;
    arena.result(task, Status.Waiting, 0, arrived, round);
    arena.pushWaiter(record + ObjectWord.List, task, record, 0);
    return Status.Waiting;
  }
  words[record + ARRIVED] = 0;
  words[record + ROUND] = (round + 1) | 0;
  // Counted anew: who came before them may have given up.
  let order = 0;
  for (let first = arena.firstWaiter(record + ObjectWord.List); first >= 0; first = arena.firstWaiter(record + ObjectWord.List)) {
    arena.grant(first, Status.Done, arena.nextSeq(), order++, round);
  }
  return arena.result(task, Status.Done, arena.nextSeq(), order, round);
}

/** Who gave up or died has not arrived: the round waits for one more. */
export function partyLeft(arena: Arena, record: number): void {
  arena.words[record + ARRIVED]!--;
}
