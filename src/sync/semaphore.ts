import type { Arena } from "./arena";
import { ObjectWord, Status, TaskState, TaskWord, taskBlock } from "./layout";

const PERMITS = ObjectWord.First;
/**
 * 1: permits are not given back by those who took them (they carry signals, or are used up), or more tasks hold some than there are
 * words for. Then nobody's death says that permits are lost.
 */
const UNTRACKED = ObjectWord.First + 1;
/** Who holds how many: task + 1 above, permits below; 0 is an empty word. */
const HOLDERS = ObjectWord.First + 2;
const HOLDERS_END = HOLDERS + 14;
const COUNT_BITS = 20;
const MOST_HELD = (1 << COUNT_BITS) - 1;
const MOST = 0x7fff_ffff;

export function initSemaphore(arena: Arena, record: number, permits: number): void {
  arena.words[record + PERMITS] = permits;
}

/** First come, first served: a request that fits does not overtake a larger one that waits. HolderDied: Value is the dead holder. */
export function acquire(arena: Arena, task: number, record: number, permits: number, mayWait: boolean): Status {
  const { words } = arena;
  const list = record + ObjectWord.List;
  if (words[list] === 0 && words[record + PERMITS]! >= permits) {
    take(arena, task, record, permits);
    return arena.result(task, Status.Done, arena.nextSeq());
  }
  const dead = deadHolder(arena, record, permits);
  if (dead >= 0) return arena.result(task, Status.HolderDied, 0, dead);
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(list, task, record, permits);
  return Status.Waiting;
}

export function releasePermits(arena: Arena, task: number, record: number, permits: number): Status {
  const { words } = arena;
  if (words[record + PERMITS]! > MOST - permits) return arena.result(task, Status.Invalid, 0);
  giveBack(arena, task, record, permits);
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
    take(arena, first, record, wanted);
    arena.grant(first, Status.Done, arena.nextSeq());
  }
}

export function available(arena: Arena, record: number): number {
  return arena.words[record + PERMITS]!;
}

/** Who waits for permits that went with the dead task is told, unless the living could bring that many together. */
export function permitHolderDied(arena: Arena, task: number, record: number): void {
  const { words } = arena;
  const at = holderWord(arena, task, record);
  if (at === 0) return;
  if (arena.taskState(task) === TaskState.Finished) {
    // It has kept them for good, on purpose as far as anyone can tell.
    words[record + UNTRACKED] = 1;
    return;
  }
  for (let waiter = arena.firstWaiter(record + ObjectWord.List); waiter >= 0; ) {
    const block = taskBlock(waiter);
    const next = words[block + TaskWord.Next]! - 1;
    const dead = deadHolder(arena, record, words[block + TaskWord.Arg]!);
    if (dead >= 0) arena.grant(waiter, Status.HolderDied, 0, dead);
    waiter = next;
  }
  serve(arena, record);
}

function take(arena: Arena, task: number, record: number, permits: number): void {
  const { words } = arena;
  words[record + PERMITS]! -= permits;
  if (words[record + UNTRACKED] !== 0) return;
  const at = holderWord(arena, task, record) || emptyWord(arena, record);
  const held = at === 0 ? 0 : words[at]! & MOST_HELD;
  if (at === 0 || held + permits > MOST_HELD) words[record + UNTRACKED] = 1;
  else words[at] = ((task + 1) << COUNT_BITS) | (held + permits);
}

function giveBack(arena: Arena, task: number, record: number, permits: number): void {
  const { words } = arena;
  const at = holderWord(arena, task, record);
  const held = at === 0 ? 0 : words[at]! & MOST_HELD;
  if (held < permits) words[record + UNTRACKED] = 1;
  else words[at] = held === permits ? 0 : words[at]! - permits;
}

function holderWord(arena: Arena, task: number, record: number): number {
  for (let at = record + HOLDERS; at < record + HOLDERS_END; at++) if (arena.words[at]! >>> COUNT_BITS === task + 1) return at;
  return 0;
}

function emptyWord(arena: Arena, record: number): number {
  for (let at = record + HOLDERS; at < record + HOLDERS_END; at++) if (arena.words[at] === 0) return at;
  return 0;
}

/** The dead task without whose permits nobody can ever have that many; -1 if there may be enough one day. */
function deadHolder(arena: Arena, record: number, wanted: number): number {
  const { words } = arena;
  if (words[record + UNTRACKED] !== 0) return -1;
  let dead = -1;
  let lost = 0;
  let within = words[record + PERMITS]!;
  for (let at = record + HOLDERS; at < record + HOLDERS_END; at++) {
    const word = words[at]!;
    if (word === 0) continue;
    const holder = (word >>> COUNT_BITS) - 1;
    if (arena.taskState(holder) === TaskState.Running) within += word & MOST_HELD;
    else {
      dead = holder;
      lost += word & MOST_HELD;
    }
  }
  // More than there ever were is another mistake than a death.
  return wanted > within && wanted <= within + lost ? dead : -1;
}
