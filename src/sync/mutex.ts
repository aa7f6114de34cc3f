import type { Arena } from "./arena";
import { ObjectWord, Status, TaskWord, taskBlock } from "./layout";

const OWNER = ObjectWord.First;
/** The first in line has been woken and has not yet tried again. */
const WAKING = ObjectWord.First + 1;
/** The first in line has come too late too often: the next unlock gives it the mutex. */
const HAND_OVER = ObjectWord.First + 2;
/** Task + 1 that died with the mutex. */
const DEAD = ObjectWord.First + 3;
export const MUTEX_DEAD = DEAD;
/** After this many vain tries a waiter gets the mutex handed over (as Go's mutexes do after 1 ms). */
const PATIENCE = 4;

/**
 * Word that is 0 while the mutex is free: what a task spins on. Written without a fence, since the object's guard is
 * left right after: that is one.
 */
export const MUTEX_OWNER = OWNER;

export function lock(arena: Arena, task: number, record: number, mayWait: boolean): Status {
  const { words } = arena;
  if (words[record + DEAD] !== 0) return arena.result(task, Status.HolderDied, 0, words[record + DEAD]! - 1);
  if (words[record + OWNER] === 0 && (arena.barging || words[record + ObjectWord.List] === 0)) {
    words[record + OWNER] = task + 1;
    return arena.result(task, Status.Done, arena.nextSeq());
  }
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + ObjectWord.List, task, record, 0);
  return Status.Waiting;
}

/** What a waiter that was woken with Retry does. */
export function lockAgain(arena: Arena, task: number, record: number): Status {
  const { words } = arena;
  const block = taskBlock(task);
  // Handed over, or told of the holder's death, in the meantime: the result is there.
  if (words[block + TaskWord.InList] === 0) return Atomics.load(words, block + TaskWord.Status);
  words[record + WAKING] = 0;
  if (words[record + OWNER] === 0) {
    arena.removeWaiter(task);
    words[record + HAND_OVER] = 0;
    words[record + OWNER] = task + 1;
    return arena.result(task, Status.Done, arena.nextSeq());
  }
  if (++words[block + TaskWord.Retries]! >= PATIENCE) words[record + HAND_OVER] = 1;
  Atomics.store(words, block + TaskWord.Parked, 1);
  return Status.Waiting;
}

/** Value: the holder or -1, where that is not the task; HolderDied: a dead one. */
export function unlock(arena: Arena, task: number, record: number): Status {
  const { words } = arena;
  const owner = words[record + OWNER]!;
  if (owner !== task + 1) return arena.result(task, words[record + DEAD] === 0 ? Status.NotOwner : Status.HolderDied, 0, owner - 1);
  const seq = arena.nextSeq();
  release(arena, record);
  return arena.result(task, Status.Done, seq);
}

/** Makes the mutex free, or gives it to the first in line. Conditions use it too. */
export function release(arena: Arena, record: number): void {
  const { words } = arena;
  const first = arena.firstWaiter(record + ObjectWord.List);
  if (first < 0) {
    words[record + OWNER] = 0;
  } else if (arena.barging && words[record + HAND_OVER] === 0) {
    Atomics.store(words, record + OWNER, 0);
    wakeFirst(arena, record);
  } else {
    words[record + HAND_OVER] = 0;
    words[record + WAKING] = 0;
    words[record + OWNER] = first + 1;
    arena.grant(first, Status.Done, arena.nextSeq());
  }
}

function wakeFirst(arena: Arena, record: number): void {
  const { words } = arena;
  if (words[record + WAKING] !== 0) return;
  const first = arena.firstWaiter(record + ObjectWord.List);
  if (first < 0) return;
  words[record + WAKING] = 1;
  Atomics.store(words, taskBlock(first) + TaskWord.Status, Status.Retry);
  arena.unpark(first);
}

/** After a waiter has left the line without the mutex (it gave up, or died): nobody may be left asleep beside a free mutex. */
export function waiterLeft(arena: Arena, record: number): void {
  arena.words[record + WAKING] = 0;
  if (arena.words[record + OWNER] === 0) wakeFirst(arena, record);
}

export function holderDied(arena: Arena, task: number, record: number): void {
  const { words } = arena;
  if (words[record + OWNER] !== task + 1) return;
  words[record + DEAD] = task + 1;
  for (let waiter = arena.firstWaiter(record + ObjectWord.List); waiter >= 0; waiter = arena.firstWaiter(record + ObjectWord.List)) {
    arena.grant(waiter, Status.HolderDied, 0, task);
  }
}
