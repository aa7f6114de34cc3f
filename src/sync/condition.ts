import type { Arena } from "./arena";
import { ObjectWord, Status, TaskWord, objectRecord, taskBlock } from "./layout";
import { MUTEX_DEAD, MUTEX_OWNER, release } from "./mutex";

/** Id of its mutex. */
const MUTEX = ObjectWord.First;

export function initCondition(arena: Arena, record: number, mutex: number): void {
  arena.words[record + MUTEX] = mutex;
}

/**
 * Releases the mutex and waits, in one step: no notify in between is missed. Taking the mutex again is an operation of
 * its own, after a notify as after a time-out (Mesa semantics: others may come first). The release's number is in FirstSeq.
 * Without waiting (a time-out of 0) it is released all the same. NotOwner: Value is the mutex's holder, -1 for none.
 */
export function conditionWait(arena: Arena, task: number, record: number, mayWait: boolean): Status {
  const { words } = arena;
  const mutex = objectRecord(words[record + MUTEX]!);
  // Nobody takes a condition's guard inside a mutex's.
  arena.enter(mutex + ObjectWord.Guard, task + 1);
  try {
    const owner = words[mutex + MUTEX_OWNER]!;
    if (owner !== task + 1) return arena.result(task, Status.NotOwner, 0, owner - 1);
    words[taskBlock(task) + TaskWord.FirstSeq] = arena.nextSeq();
    release(arena, mutex);
  } finally {
    arena.leave(mutex + ObjectWord.Guard);
  }
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + ObjectWord.List, task, record, 0);
  return Status.Waiting;
}

/** Value: how many it woke, those that wait longest first. A woken task's Extra is the number of the notify. */
export function conditionNotify(arena: Arena, task: number, record: number, count: number): Status {
  const seq = arena.nextSeq();
  let woken = 0;
  while (woken < count) {
    const first = arena.firstWaiter(record + ObjectWord.List);
    if (first < 0) break;
    arena.grant(first, Status.Done, arena.nextSeq(), 0, seq);
    woken++;
  }
  return arena.result(task, Status.Done, seq, woken);
}

/** Who waits would have to take the mutex again, which nobody can any more. */
export function conditionMutexDied(arena: Arena, task: number, record: number): void {
  const { words } = arena;
  if (words[objectRecord(words[record + MUTEX]!) + MUTEX_DEAD] !== task + 1) return;
  for (let waiter = arena.firstWaiter(record + ObjectWord.List); waiter >= 0; waiter = arena.firstWaiter(record + ObjectWord.List)) {
    arena.grant(waiter, Status.HolderDied, 0, task);
  }
}
