import type { Arena } from "./arena";
import { MAX_TASKS, ObjectWord, Status, TaskWord, taskBlock } from "./layout";

/** One line for readers and writers: a reader lets the writers ahead of it go first, and no one starves. */
const LIST = ObjectWord.List;
/** Task + 1. */
const WRITER = ObjectWord.First;
/** Read holds of all tasks together. */
const READS = ObjectWord.First + 1;
/** Handle of the read holds of each task, 16 bits each. */
const HOLDS = ObjectWord.First + 2;
/** Task + 1 that died while writing: nobody gets in any more. */
export const DEAD_WRITER = ObjectWord.First + 3;
/** Task + 1 that died while reading: no writer gets in any more, readers do. */
export const DEAD_READER = ObjectWord.First + 4;

/** What a waiter wants (its Arg). */
const READ = 1;
const WRITE = 2;
const MOST_READS = 0xffff;

/** False if there is no room for the table of readers. */
export function initReadWriteLock(arena: Arena, record: number): boolean {
  const table = arena.messages.put(new Uint8Array(MAX_TASKS * 2));
  arena.words[record + HOLDS] = table;
  return table !== 0;
}

function holds(arena: Arena, record: number): Uint16Array {
  const bytes = arena.messages.view(arena.words[record + HOLDS]!);
  return new Uint16Array(bytes.buffer, bytes.byteOffset, MAX_TASKS);
}

/** A task may read more than once at a time (unless a writer waits between: then it waits for itself). Invalid: far too often. */
export function lockRead(arena: Arena, task: number, record: number, mayWait: boolean): Status {
  const { words } = arena;
  if (words[record + DEAD_WRITER] !== 0) return arena.result(task, Status.HolderDied, 0, words[record + DEAD_WRITER]! - 1);
  if (words[record + WRITER] === 0 && words[record + LIST] === 0) {
    const table = holds(arena, record);
    if (table[task] === MOST_READS) return arena.result(task, Status.Invalid, 0);
    table[task]!++;
    words[record + READS]!++;
    return arena.result(task, Status.Done, arena.nextSeq());
  }
  return queue(arena, task, record, READ, mayWait);
}

export function lockWrite(arena: Arena, task: number, record: number, mayWait: boolean): Status {
  const { words } = arena;
  const dead = words[record + DEAD_WRITER]! || words[record + DEAD_READER]!;
  if (dead !== 0) return arena.result(task, Status.HolderDied, 0, dead - 1);
  if (words[record + WRITER] === 0 && words[record + READS] === 0 && words[record + LIST] === 0) {
    words[record + WRITER] = task + 1;
    return arena.result(task, Status.Done, arena.nextSeq());
  }
  return queue(arena, task, record, WRITE, mayWait);
}

function queue(arena: Arena, task: number, record: number, want: number, mayWait: boolean): Status {
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + LIST, task, record, want);
  return Status.Waiting;
}

/** NotOwner: Value is the writer, or -1. */
export function unlockRead(arena: Arena, task: number, record: number): Status {
  const { words } = arena;
  const table = holds(arena, record);
  if (table[task] === 0) return arena.result(task, Status.NotOwner, 0, words[record + WRITER]! - 1);
  table[task]!--;
  words[record + READS]!--;
  const seq = arena.nextSeq();
  serveReadWrite(arena, record);
  return arena.result(task, Status.Done, seq);
}

/** NotOwner: Value is the writer, or -1. */
export function unlockWrite(arena: Arena, task: number, record: number): Status {
  const { words } = arena;
  const writer = words[record + WRITER]!;
  if (writer !== task + 1) return arena.result(task, Status.NotOwner, 0, writer - 1);
  words[record + WRITER] = 0;
  const seq = arena.nextSeq();
  serveReadWrite(arena, record);
  return arena.result(task, Status.Done, seq);
}

/** Lets in those first in line while they may. Also after one has left the line. */
export function serveReadWrite(arena: Arena, record: number): void {
  const { words } = arena;
  while (words[record + WRITER] === 0) {
    const first = arena.firstWaiter(record + LIST);
    if (first < 0) return;
    if (words[taskBlock(first) + TaskWord.Arg] === WRITE) {
      if (words[record + READS] !== 0) return;
      words[record + WRITER] = first + 1;
    } else {
      holds(arena, record)[first]!++;
      words[record + READS]!++;
    }
    arena.grant(first, Status.Done, arena.nextSeq());
  }
}

/** Who waits for what the dead task holds is told; readers need not wait for a dead reader. */
export function readWriteHolderDied(arena: Arena, task: number, record: number): void {
  const { words } = arena;
  const writes = words[record + WRITER] === task + 1;
  if (!writes && (words[record + HOLDS] === 0 || holds(arena, record)[task] === 0)) return;
  words[record + (writes ? DEAD_WRITER : DEAD_READER)] = task + 1;
  for (let waiter = arena.firstWaiter(record + LIST); waiter >= 0; ) {
    const block = taskBlock(waiter);
    const next = words[block + TaskWord.Next]! - 1;
    if (writes || words[block + TaskWord.Arg] === WRITE) arena.grant(waiter, Status.HolderDied, 0, task);
    waiter = next;
  }
  if (!writes) serveReadWrite(arena, record);
}
