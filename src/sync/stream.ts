import type { Arena } from "./arena";
import { ObjectWord, Status, TaskWord, objectRecord, taskBlock } from "./layout";

/**
 * One direction of bytes: a pipe, or half of a socket. This machine counts bytes and says whose turn it is; the bytes
 * themselves go elsewhere (a ring in shared memory, an operating-system pipe). Hence two steps: a task *claims* a place to
 * write or bytes to read, moves them, and then tells how many. One task at a time has the writing end, one the reading end.
 *
 * As with POSIX pipes a write of at most ATOMIC_BYTES is never mixed with others, a longer one may go in pieces.
 */
const READERS = ObjectWord.List;
const WRITERS = ObjectWord.List2;
/** Task + 1 that is reading or writing now. */
const READER = ObjectWord.First;
const WRITER = ObjectWord.First + 1;
const BUFFERED = ObjectWord.First + 2;
/** Bytes read so far: low and high word. */
const READ_LOW = ObjectWord.First + 3;
const READ_HIGH = ObjectWord.First + 4;
const CLOSED = ObjectWord.First + 5;
/** Handle of the ring, where there is one. */
export const STREAM_RING = ObjectWord.First + 6;
/** Of sockets: task + 1 of the acceptor, then of the connector. The stream closes when one of them ends. */
const END = ObjectWord.First + 7; // and 8
/** Bytes that the writer may be writing now. */
const CLAIMED = ObjectWord.First + 9;
/** The system takes no more before some of it has been read, whatever room the count of bytes leaves. */
const FULL = ObjectWord.First + 10;
/** Something has been read since the writer's claim. */
const READ_SINCE = ObjectWord.First + 11;

/** What a Linux pipe of 16 pages holds for sure: its first and its last page may be partly used. */
export const STREAM_CAPACITY = 14 * 4096;
/** PIPE_BUF of Linux. */
export const ATOMIC_BYTES = 4096;

const LENGTH_BITS = 17;

/** Where claimed bytes lie in the stream, and how many they are. */
export interface Span {
  readonly offset: number;
  readonly bytes: number;
}

/** The span in a claim's Value and Extra. */
export function spanOf(value: number, extra: number): Span {
  return { offset: (extra >> LENGTH_BITS) * 2 ** 32 + (value >>> 0), bytes: extra & ((1 << LENGTH_BITS) - 1) };
}

function offsetOf(arena: Arena, record: number): number {
  return arena.words[record + READ_HIGH]! * 2 ** 32 + (arena.words[record + READ_LOW]! >>> 0);
}

function packed(offset: number, bytes: number): [number, number] {
  return [offset | 0, bytes | (Math.floor(offset / 2 ** 32) << LENGTH_BITS)];
}

/**
 * Claims the writing end for up to `bytes` (at least 1) and waits for room. Done: the span that may be written now; the
 * claim must be followed by `streamWrite`. Closed: Seq is the number of learning it.
 */
export function claimWrite(arena: Arena, task: number, record: number, bytes: number, mayWait: boolean): Status {
  const { words } = arena;
  if (words[record + CLOSED] !== 0) return arena.result(task, Status.Closed, arena.nextSeq());
  if (words[record + WRITER] === 0 && words[record + WRITERS] === 0 && hasRoom(arena, record, bytes)) {
    takeWriter(arena, task, record, bytes);
    return arena.result(task, Status.Done, 0, ...writeSpan(arena, record, bytes));
  }
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + WRITERS, task, record, bytes);
  return Status.Waiting;
}

function takeWriter(arena: Arena, task: number, record: number, bytes: number): void {
  const { words } = arena;
  words[record + WRITER] = task + 1;
  words[record + CLAIMED] = Math.min(bytes, free(arena, record));
  words[record + READ_SINCE] = 0;
}

function free(arena: Arena, record: number): number {
  return STREAM_CAPACITY - arena.words[record + BUFFERED]!;
}

function hasRoom(arena: Arena, record: number, bytes: number): boolean {
  const { words } = arena;
  if (words[record + FULL] !== 0 && words[record + BUFFERED] !== 0) return false;
  return free(arena, record) >= Math.min(bytes, ATOMIC_BYTES);
}

function writeSpan(arena: Arena, record: number, bytes: number): [number, number] {
  return packed(offsetOf(arena, record) + arena.words[record + BUFFERED]!, Math.min(bytes, free(arena, record)));
}

/**
 * The first `bytes` of the claimed span are written (0: the claim is given back, without a number). Closed meanwhile:
 * they are lost. NotOwner without a claim. `full`: the system had no room for more (a local socket counts more than bytes);
 * there will be some when something has been read.
 */
export function streamWrite(arena: Arena, task: number, record: number, bytes: number, full: boolean): Status {
  const { words } = arena;
  const writer = words[record + WRITER]!;
  if (writer !== task + 1) return arena.result(task, Status.NotOwner, 0, writer - 1);
  if (bytes < 0 || bytes > free(arena, record)) return arena.result(task, Status.Invalid, 0);
  words[record + WRITER] = 0;
  if (words[record + CLOSED] !== 0) {
    freeRing(arena, record);
    return arena.result(task, Status.Closed, arena.nextSeq());
  }
  const seq = bytes === 0 ? 0 : arena.nextSeq();
  words[record + BUFFERED]! += bytes;
  words[record + FULL] = full && words[record + READ_SINCE] === 0 ? 1 : 0;
  serveStream(arena, record);
  return arena.result(task, Status.Done, seq);
}

/**
 * Claims the reading end and waits until a byte is there. Done: the span of at most `most` bytes that may be read; the
 * claim must be followed by `streamRead`. A task that kept its claim goes before all others.
 * Closed: no more bytes will come; Seq is the number of learning it, and there is no claim any more.
 */
export function claimRead(arena: Arena, task: number, record: number, most: number, mayWait: boolean): Status {
  const { words } = arena;
  const reader = words[record + READER]!;
  const buffered = words[record + BUFFERED]!;
  if (reader === task + 1 || (reader === 0 && words[record + READERS] === 0)) {
    if (buffered > 0) {
      words[record + READER] = task + 1;
      return arena.result(task, Status.Done, 0, ...readSpan(arena, record, most));
    }
    if (words[record + CLOSED] !== 0) {
      words[record + READER] = 0;
      const seq = arena.nextSeq();
      serveStream(arena, record);
      return arena.result(task, Status.Closed, seq);
    }
  }
  if (!mayWait) return arena.result(task, Status.Failed, 0);
  arena.pushWaiter(record + READERS, task, record, most);
  return Status.Waiting;
}

function readSpan(arena: Arena, record: number, most: number): [number, number] {
  return packed(offsetOf(arena, record), Math.min(most, arena.words[record + BUFFERED]!));
}

/** The first `bytes` of the claimed span have been read (0: none, without a number). `keep`: the claim stays. */
export function streamRead(arena: Arena, task: number, record: number, bytes: number, keep: boolean): Status {
  const { words } = arena;
  const reader = words[record + READER]!;
  if (reader !== task + 1) return arena.result(task, Status.NotOwner, 0, reader - 1);
  if (bytes < 0 || bytes > words[record + BUFFERED]!) return arena.result(task, Status.Invalid, 0);
  const offset = offsetOf(arena, record) + bytes;
  words[record + READ_LOW] = offset | 0;
  words[record + READ_HIGH] = Math.floor(offset / 2 ** 32);
  words[record + BUFFERED]! -= bytes;
  if (bytes > 0) {
    words[record + READ_SINCE] = 1;
    words[record + FULL] = 0;
  }
  if (!keep) words[record + READER] = 0;
  const seq = bytes === 0 ? 0 : arena.nextSeq();
  serveStream(arena, record);
  return arena.result(task, Status.Done, seq);
}

/** Ends the stream; what is in it can still be read. Closed, without a number, if it was closed already. */
export function closeStream(arena: Arena, task: number, record: number): Status {
  if (arena.words[record + CLOSED] !== 0) return arena.result(task, Status.Closed, 0);
  const seq = arena.nextSeq();
  shut(arena, record);
  return arena.result(task, Status.Done, seq);
}

function shut(arena: Arena, record: number): void {
  arena.words[record + CLOSED] = 1;
  for (let first = arena.firstWaiter(record + WRITERS); first >= 0; first = arena.firstWaiter(record + WRITERS)) {
    arena.grant(first, Status.Closed, arena.nextSeq());
  }
  serveStream(arena, record);
}

/** Gives the turns to those first in line. Also after one has left the line. */
export function serveStream(arena: Arena, record: number): void {
  serveReaders(arena, record);
  serveWriter(arena, record);
  freeRing(arena, record);
}

function serveReaders(arena: Arena, record: number): void {
  const { words } = arena;
  for (;;) {
    // A reader that kept its claim is asleep in the line, or at work.
    const reader = words[record + READER]! - 1;
    const next = reader >= 0 ? reader : arena.firstWaiter(record + READERS);
    if (next < 0) return;
    const block = taskBlock(next);
    if (words[block + TaskWord.InList] !== record + READERS) return;
    if (words[record + BUFFERED]! > 0) {
      words[record + READER] = next + 1;
      arena.grant(next, Status.Done, 0, ...readSpan(arena, record, words[block + TaskWord.Arg]!));
      return;
    }
    if (words[record + CLOSED] === 0) return;
    words[record + READER] = 0;
    arena.grant(next, Status.Closed, arena.nextSeq());
  }
}

function serveWriter(arena: Arena, record: number): void {
  const { words } = arena;
  if (words[record + WRITER] !== 0) return;
  const first = arena.firstWaiter(record + WRITERS);
  if (first < 0) return;
  const bytes = words[taskBlock(first) + TaskWord.Arg]!;
  if (!hasRoom(arena, record, bytes)) return;
  takeWriter(arena, first, record, bytes);
  arena.grant(first, Status.Done, 0, ...writeSpan(arena, record, bytes));
}

/** Of a stream that has been read to its end. */
function freeRing(arena: Arena, record: number): void {
  const { words } = arena;
  const ring = words[record + STREAM_RING]!;
  if (ring === 0 || words[record + CLOSED] === 0 || words[record + BUFFERED] !== 0) return;
  if (words[record + READER] !== 0 || words[record + WRITER] !== 0) return;
  words[record + STREAM_RING] = 0;
  arena.messages.free(ring);
}

/** The two tasks of a connection. */
export interface StreamEnds {
  readonly acceptor: number;
  readonly connector: number;
}

/** Makes a stream one half of a connection between two tasks. */
export function tieStream(arena: Arena, record: number, { acceptor, connector }: StreamEnds): void {
  arena.words[record + END] = acceptor + 1;
  arena.words[record + END + 1] = connector + 1;
}

/** Whose connection it is half of; undefined if of none. */
export function endsOf(arena: Arena, stream: number): StreamEnds | undefined {
  const at = objectRecord(stream) + END;
  return arena.words[at] === 0 ? undefined : { acceptor: arena.words[at]! - 1, connector: arena.words[at + 1]! - 1 };
}

/**
 * What a dead task had claimed is free again, nothing of it read or written; its sockets close. Of a pipe outside this memory nobody
 * knows how much it had written: all counts as written, and who comes to what is not there passes over it.
 */
export function streamTaskDied(arena: Arena, task: number, record: number): void {
  const { words } = arena;
  if (words[record + READER] === task + 1) words[record + READER] = 0;
  if (words[record + WRITER] === task + 1) {
    words[record + WRITER] = 0;
    if (arena.pipesOutside && words[record + END] === 0) words[record + BUFFERED]! += words[record + CLAIMED]!;
  }
  const tied = words[record + END] === task + 1 || words[record + END + 1] === task + 1;
  if (tied && words[record + CLOSED] === 0) shut(arena, record);
  else serveStream(arena, record);
}
