import type { AtomicOp } from "../trace";
import type { Arena } from "./arena";
import { atomicNotify, atomicOp, atomicWait, initAtomic } from "./atomic";
import { barrierWait, initBarrier } from "./barrier";
import { ObjectCode, Op } from "./codes";
import { conditionNotify, conditionWait, initCondition } from "./condition";
import { initLatch, latchCountDown, latchWait } from "./latch";
import { MAX_OBJECTS, ObjectWord, Status, TaskWord, objectRecord, taskBlock } from "./layout";
import { lock, lockAgain, unlock, MUTEX_OWNER } from "./mutex";
import { closeQueue, initQueue, queueLength, receive, send } from "./queue";
import { initReadWriteLock, lockRead, lockWrite, unlockRead, unlockWrite } from "./read-write-lock";
import { ACCEPTOR, CONNECTOR, meet } from "./rendezvous";
import { acquire, available, initSemaphore, releasePermits } from "./semaphore";
import { spinUnlock, trySpinLock } from "./spin-lock";
import { claimRead, claimWrite, closeStream, streamRead, streamWrite } from "./stream";
import { isBarrier, join, left } from "./tasks";

/** One operation. The object is reused from call to call. */
export interface Operation {
  op: Op;
  /** Id of an object; of a task for Join. */
  object: number;
  a: number;
  b: number;
  c: number;
  mayWait: boolean;
}

/** Creates an object. Returns its id, or 0 if there are too many. */
export function createObject(arena: Arena, code: ObjectCode, initial: number): number {
  const id = arena.newObject(code);
  if (id === 0) return 0;
  const record = objectRecord(id);
  switch (code) {
    case ObjectCode.Mutex:
      break;
    case ObjectCode.Semaphore:
      initSemaphore(arena, record, initial);
      break;
    case ObjectCode.Atomic:
      initAtomic(arena, record, initial);
      break;
    case ObjectCode.MessageQueue:
      initQueue(arena, record, initial);
      break;
    case ObjectCode.ReadWriteLock:
      if (!initReadWriteLock(arena, record)) return 0;
      break;
    case ObjectCode.Condition:
      initCondition(arena, record, initial);
      break;
    case ObjectCode.Barrier:
      initBarrier(arena, record, initial);
      break;
    case ObjectCode.Latch:
      initLatch(arena, record, initial);
      break;
    case ObjectCode.SpinLock:
    case ObjectCode.Stream:
    case ObjectCode.Rendezvous:
      break;
  }
  return id;
}

/** Carries out one operation of `task`, whole, with the object's guard held. Results are in the task's block. */
export function perform(arena: Arena, task: number, operation: Operation): Status {
  const { op, object } = operation;
  const record = op === Op.Join ? taskBlock(object) : objectRecord(object);
  if (!(object >= 0 && object < MAX_OBJECTS)) throw new RangeError(`there is no object ${object}`);
  arena.enter(record + ObjectWord.Guard, task + 1);
  try {
    return dispatch(arena, task, record, operation);
  } finally {
    arena.leave(record + ObjectWord.Guard);
  }
}

function dispatch(arena: Arena, task: number, record: number, { op, object, a, b, c, mayWait }: Operation): Status {
  switch (op) {
    case Op.Lock:
      return lock(arena, task, record, mayWait);
    case Op.LockAgain:
      return lockAgain(arena, task, record);
    case Op.Unlock:
      return unlock(arena, task, record);
    case Op.Owner:
      return arena.result(task, Status.Done, 0, arena.words[record + MUTEX_OWNER]! - 1);
    case Op.Acquire:
      return acquire(arena, task, record, a, mayWait);
    case Op.Release:
      return releasePermits(arena, task, record, a);
    case Op.Available:
      return arena.result(task, Status.Done, 0, available(arena, record));
    case Op.Atomic:
      return atomicOp(arena, task, record, a as AtomicOp, b, c);
    case Op.AtomicWait:
      return atomicWait(arena, task, record, a, mayWait);
    case Op.AtomicNotify:
      return atomicNotify(arena, task, record, a);
    case Op.Send:
      return send(arena, task, record, a, mayWait);
    case Op.Receive:
      return receive(arena, task, record, mayWait);
    case Op.Close:
      return closeQueue(arena, task, record);
    case Op.Length:
      return arena.result(task, Status.Done, 0, queueLength(arena, record));
    case Op.Join:
      return join(arena, task, object, mayWait);
    case Op.SpinTry:
      return trySpinLock(arena, task, record);
    case Op.SpinUnlock:
      return spinUnlock(arena, task, record);
    case Op.LockRead:
      return lockRead(arena, task, record, mayWait);
    case Op.UnlockRead:
      return unlockRead(arena, task, record);
    case Op.LockWrite:
      return lockWrite(arena, task, record, mayWait);
    case Op.UnlockWrite:
      return unlockWrite(arena, task, record);
    case Op.ConditionWait:
      return conditionWait(arena, task, record, mayWait);
    case Op.ConditionNotify:
      return conditionNotify(arena, task, record, a);
    case Op.BarrierWait:
      return barrierWait(arena, task, record, mayWait);
    case Op.LatchCountDown:
      return latchCountDown(arena, task, record, a);
    case Op.LatchWait:
      return latchWait(arena, task, record, mayWait);
    case Op.StreamClaimWrite:
      return claimWrite(arena, task, record, a, mayWait);
    case Op.StreamWrite:
      return streamWrite(arena, task, record, a, b !== 0);
    case Op.StreamClaimRead:
      return claimRead(arena, task, record, a, mayWait);
    case Op.StreamRead:
      return streamRead(arena, task, record, a, b !== 0);
    case Op.StreamClose:
      return closeStream(arena, task, record);
    case Op.Accept:
      return meet(arena, task, record, ACCEPTOR, ObjectCode.Stream, mayWait);
    case Op.Connect:
      return meet(arena, task, record, CONNECTOR, ObjectCode.Stream, mayWait);
  }
}

/**
 * A wait's time is over. TimedOut, or what the task was granted just before. Who gives up at a barrier takes its arrival back: that
 * has a number (Seq), since a round that is complete later does not contain it.
 */
export function giveUp(arena: Arena, task: number): Status {
  const { words } = arena;
  const block = taskBlock(task);
  const owner = words[block + TaskWord.WaitOwner]!;
  // Who is no longer in line may have been granted this very moment: the result is whole when the guard is left.
  arena.enter(owner + ObjectWord.Guard, task + 1);
  try {
    const counts = isBarrier(arena, owner);
    if (left(arena, task, owner)) return arena.result(task, Status.TimedOut, counts ? arena.nextSeq() : 0);
    return Atomics.load(words, block + TaskWord.Status);
  } finally {
    arena.leave(owner + ObjectWord.Guard);
  }
}
