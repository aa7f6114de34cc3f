import type { Arena } from "./arena";
import { Header, MAX_OBJECTS, ObjectWord, Status, TaskState, TaskWord, objectRecord, taskBlock } from "./layout";
import { ObjectCode } from "./codes";
import { partyLeft } from "./barrier";
import { MUTEX_DEAD, holderDied, waiterLeft } from "./mutex";
import { senderLeft } from "./queue";
import { DEAD_READER, DEAD_WRITER, readWriteHolderDied, serveReadWrite } from "./read-write-lock";
import { conditionMutexDied } from "./condition";
import { permitHolderDied, serve } from "./semaphore";
import { SPIN_DEAD, spinHolderDied } from "./spin-lock";
import { serveStream, streamTaskDied } from "./stream";

/** Value: the joined task's state; Extra: seq of its end. */
export function join(arena: Arena, task: number, joined: number, mayWait: boolean): Status {
  const { words } = arena;
  const block = taskBlock(joined);
  if (words[block + TaskWord.State] !== TaskState.Running) {
    return arena.result(task, Status.Done, arena.nextSeq(), words[block + TaskWord.State], words[block + TaskWord.EndSeq]);
  }
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(block + TaskWord.List, task, block, joined);
  return Status.Waiting;
}

/**
 * A task ends: its result is there, those that joined it go on, and what it held is told to those that wait for it.
 * Returns the number of the end in the order of all events; 0 if the task had already ended.
 */
export function endTask(arena: Arena, task: number, state: number, exitCode: number, result: number): number {
  const { words } = arena;
  const block = taskBlock(task);
  const barrier = leaveLine(arena, task);
  arena.enter(block + TaskWord.Guard, task + 1);
  if (words[block + TaskWord.State] !== TaskState.Running) {
    arena.leave(block + TaskWord.Guard);
    if (barrier !== 0) arena.leave(barrier);
    return 0;
  }
  const seq = arena.nextSeq();
  words[block + TaskWord.EndSeq] = seq;
  words[block + TaskWord.ExitCode] = exitCode;
  words[block + TaskWord.Result] = result;
  Atomics.store(words, block + TaskWord.State, state);
  for (let joiner = arena.firstWaiter(block + TaskWord.List); joiner >= 0; joiner = arena.firstWaiter(block + TaskWord.List)) {
    arena.grant(joiner, Status.Done, arena.nextSeq(), state, seq);
  }
  arena.leave(block + TaskWord.Guard);
  if (barrier !== 0) arena.leave(barrier);
  forsakeLocks(arena, task);
  return seq;
}

/**
 * Takes a task that ends out of the line it stands in. If that is a barrier's, returns its record, which stays entered: no round may be
 * complete without the task's arrival before its end has its number. Else 0.
 */
function leaveLine(arena: Arena, task: number): number {
  const { words } = arena;
  const block = taskBlock(task);
  if (words[block + TaskWord.InList] === 0) return 0;
  const owner = words[block + TaskWord.WaitOwner]!;
  arena.enter(owner, task + 1);
  left(arena, task, owner);
  if (isBarrier(arena, owner)) return owner;
  arena.leave(owner);
  return 0;
}

/** Whether what a task waits for is a barrier (and not another task, say). */
export function isBarrier(arena: Arena, owner: number): boolean {
  return owner >= objectRecord(0) && arena.words[owner + ObjectWord.Type] === Number(ObjectCode.Barrier);
}

/** Whether the task was still in line (and now no longer is). The owner's guard is held. */
export function left(arena: Arena, task: number, owner: number): boolean {
  const { words } = arena;
  const list = words[taskBlock(task) + TaskWord.InList]!;
  if (list === 0) return false;
  arena.removeWaiter(task);
  if (owner < objectRecord(0)) return true;
  switch (words[owner + ObjectWord.Type] as ObjectCode) {
    case ObjectCode.Mutex:
      waiterLeft(arena, owner);
      break;
    case ObjectCode.Semaphore:
      serve(arena, owner);
      break;
    case ObjectCode.MessageQueue:
      senderLeft(arena, task, owner, list);
      break;
    case ObjectCode.ReadWriteLock:
      serveReadWrite(arena, owner);
      break;
    case ObjectCode.Barrier:
      partyLeft(arena, owner);
      break;
    case ObjectCode.Stream:
      serveStream(arena, owner);
      break;
    case ObjectCode.Atomic:
    case ObjectCode.SpinLock:
    case ObjectCode.Condition:
    case ObjectCode.Latch:
    case ObjectCode.Rendezvous:
      break;
  }
  return true;
}

/** A lock that a task died with. */
export interface HeldAtDeath {
  readonly object: number;
  readonly mode: "lock" | "read" | "write";
}

/** The locks that a task which has ended took with it. (Of several that died reading one lock, the last.) */
export function heldAtDeath(arena: Arena, task: number): HeldAtDeath[] {
  const { words } = arena;
  const held: HeldAtDeath[] = [];
  const count = Math.min(Atomics.load(words, Header.NextObject), MAX_OBJECTS);
  for (let object = 1; object < count; object++) {
    const record = objectRecord(object);
    for (const [word, mode] of deathWords(words[record + ObjectWord.Type] as ObjectCode)) if (words[record + word] === task + 1) held.push({ object, mode });
  }
  return held;
}

/** Where such locks say who died with them. */
function deathWords(type: ObjectCode): readonly (readonly [word: number, mode: HeldAtDeath["mode"]])[] {
  switch (type) {
    case ObjectCode.Mutex:
      return MUTEX_WORDS;
    case ObjectCode.SpinLock:
      return SPIN_WORDS;
    case ObjectCode.ReadWriteLock:
      return READ_WRITE_WORDS;
    default:
      return [];
  }
}

const MUTEX_WORDS = [[MUTEX_DEAD, "lock"]] as const;
const SPIN_WORDS = [[SPIN_DEAD, "lock"]] as const;
const READ_WRITE_WORDS = [[DEAD_WRITER, "write"], [DEAD_READER, "read"]] as const;

/** Who waits for a lock of a dead task, or for bytes from it, would wait for ever: tell them. */
function forsakeLocks(arena: Arena, task: number): void {
  const { words } = arena;
  const count = Math.min(Atomics.load(words, Header.NextObject), MAX_OBJECTS);
  for (let id = 1; id < count; id++) {
    const record = objectRecord(id);
    const forsake = whenHolderDies(words[record + ObjectWord.Type] as ObjectCode);
    if (!forsake) continue;
    arena.enter(record, task + 1);
    forsake(arena, task, record);
    arena.leave(record);
  }
}

function whenHolderDies(type: ObjectCode): ((arena: Arena, task: number, record: number) => void) | undefined {
  switch (type) {
    case ObjectCode.Mutex:
      return holderDied;
    case ObjectCode.SpinLock:
      return spinHolderDied;
    case ObjectCode.ReadWriteLock:
      return readWriteHolderDied;
    case ObjectCode.Stream:
      return streamTaskDied;
    case ObjectCode.Semaphore:
      return permitHolderDied;
    case ObjectCode.Condition:
      // Its mutex is an older object: it has been told before.
      return conditionMutexDied;
    case ObjectCode.Atomic:
    case ObjectCode.MessageQueue:
    case ObjectCode.Barrier:
    case ObjectCode.Latch:
    case ObjectCode.Rendezvous:
      return undefined;
  }
}
