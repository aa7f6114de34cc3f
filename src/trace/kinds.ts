/**
 * What can happen in a run: the kinds of records in a trace, and what their fields mean.
 *
 * Every record is a multiple of 16 bytes, little-endian, and begins with two 32-bit words:
 *   word 0  kind (low 8 bits) | site << 8 (0: no site)
 *   word 1  address, object, task or byte length, by kind
 * Six shapes follow (see `layout.ts`): access (16 bytes), time (16), sweep (16 per access of a round and 8 per value), sync (64), word atomic (32), blob (32 + padded bytes). A sync record whose b, c and d
 * are 0 may end before them (32 bytes); its kind has the bit SHORT then.
 *
 * The numbers are part of the file format: append, never renumber.
 */
export enum Kind {
  // ---- access: word 1 = address in bytes, then one f64 value (see value.ts). Size is in the kind.
  Read1 = 1,
  Read2 = 2,
  Read4 = 3,
  Read8 = 4,
  Write1 = 5,
  Write2 = 6,
  Write4 = 7,
  Write8 = 8,
  /** A slot of 8 bytes has this value before anybody accesses it; not an access. */
  Init = 9,

  // ---- time: one f64, nanoseconds since the run began; the plain accesses around it are interpolated
  Time = 10,
  /** Accesses not kept for drawing since the last such record: f64 = how many. Analysis lost nothing. Older traces have it. */
  Dropped = 11,
  /**
   * Accesses not kept, of whom it is known which: word 1 = how many accesses follow at once; before each of them its task has made
   * f64 further ones of the same kind, site and address since its last synchronization event.
   */
  Repeats = 12,
  /**
   * The accesses of a regular loop, one after another: the bits of a site tell how many there are per round (1 to 8); word 1 = how many accesses; f64 = as in
   * Repeats, of each of them. Then for each access of a round 16 bytes: its first one, with a signed stride in bytes instead of the value. Then the values
   * of all, 8 bytes each, padded to 16.
   */
  Sweep = 13,

  // ---- sync: word 1 = object id unless said otherwise; time, seq, then a..d
  /** First step of the task. */
  TaskStart = 20,
  /** Last step. a = EndReason, b = exit code or -1. */
  TaskEnd = 21,
  /** word 1 = id of the new task. */
  Spawn = 22,
  /** A join that returned or threw TaskCrashed. word 1 = id of the joined task; a = seq of its TaskEnd. */
  Join = 23,
  /** word 1 = id of the task that is ended. */
  Kill = 24,
  /** The task begins to wait. word 1 = object (0 for Join/Sleep); a = WaitFor, b = time-out in ms or -1, c = argument (permits, task id, expected value, direction of a stream and perhaps SYSTEM_FULL). seq is 0. */
  Block = 25,
  /** A wait ended without what it waited for: timed out (a = WaitFor, b = 0), or closed/dead holder (b = 1); of Atomics.waitAsync c = seq of its comparison. No edge. */
  GaveUp = 26,
  /** A try that failed at once. a = WaitFor. No edge. */
  TryFailed = 27,
  /** Begin and end of sleep(); a = ms. seq is 0. */
  SleepBegin = 28,
  SleepEnd = 29,
  Yield = 30,

  /** Mutex and SpinLock. a = 1 if the task would not have waited for ever: it tried. */
  Lock = 31,
  /** a = 1 if the release is part of Condition.wait. */
  Unlock = 32,
  /** a = permits; b = 1 if it tried. */
  Acquire = 33,
  /** a = permits. */
  Release = 34,
  /** a = 1 if it tried. */
  LockRead = 35,
  UnlockRead = 36,
  /** a = 1 if it tried. */
  LockWrite = 37,
  UnlockWrite = 38,
  /** A wait on a condition was notified; word 1 = condition, a = seq of the Notify. */
  ConditionWake = 39,
  /** word 1 = condition; a = how many it woke. */
  ConditionNotify = 40,
  /** a = round, b = order of arrival. */
  BarrierArrive = 41,
  /** a = round. */
  BarrierDepart = 42,
  /** a = n, b = count left. */
  LatchCountDown = 43,
  LatchPass = 44,

  /** a = number of the message in its queue (0, 1, …), b = bytes, c = 1 if any number of tasks may receive it (BroadcastChannel). */
  Send = 45,
  /** a = number of the message, b = bytes, c as in Send. */
  Receive = 46,
  Close = 47,
  /** The task learnt that the queue or pipe is closed (ClosedError, end of iteration, end of stream). */
  SawClosed = 48,

  /** Operation of an Atomic. a = AtomicOp, b = value before, c = value after. */
  Atomic = 49,
  /** Atomic.wait was notified. a = seq of the AtomicNotify. */
  AtomicWake = 50,
  /** a = how many it woke. */
  AtomicNotify = 51,

  /** Streams. a = offset of the first byte, b = bytes, c = direction (sockets: 0 from the acceptor, 1 from the connector). */
  StreamWrite = 52,
  StreamRead = 53,
  /** Both ends of a connection: a = 0 accept, 1 connect. */
  Connect = 54,

  /** Atomics.* on a SharedArrayBuffer. word 1 = address; a = AtomicOp | log2(size) << 8, b = before, c = after. */
  MemoryAtomic = 55,
  /** Atomics.wait/notify on a SharedArrayBuffer. word 1 = address; a = seq of the notify / how many were woken. */
  MemoryWake = 56,
  MemoryNotify = 57,

  /** A lock, queue or Atomic was made: its facts precede this record, so they are known before any operation on it. */
  Create = 58,
  /**
   * An operation that only the holder of a lock may do, by another task: it threw. a = WaitFor (Lock: unlock, ReadLock and WriteLock: unlock that
   * side, Condition: wait without the mutex; word 1 is the condition then), b = the holder + 1, 0 for nobody. seq is 0.
   */
  NotOwner = 59,

  // ---- word atomic
  /** As MemoryAtomic, of an element of 4 signed bytes, in half as much: word 1 = address, f64 = time; then words: seq, AtomicOp, before, after. Readers tell it as that. */
  WordAtomic = 60,

  // ---- blob: word 1 = byte length; two f64 (by kind), then UTF-8 text or bytes, zero-padded to 16
  /** f64: 0, 0. JSON of one Meta (meta.ts). */
  Meta = 80,
  /** f64: id (per task), 0. A string that values refer to. */
  Text = 81,
  /** f64: time, seq. Text written to standard output. */
  Stdout = 82,
  /** f64: time, seq. Text written to standard error. */
  Stderr = 83,
  /** f64: time, 0. mark(text). */
  Mark = 84,
  /** f64: address, 0. Initial bytes of a typed array. */
  InitBytes = 85,
}

/** Of a sync record's kind: b, c and d are 0 and not there. */
export const SHORT = 0x80;

/** What a blocked task waits for (`a` of Block, GaveUp, TryFailed). */
export enum WaitFor {
  Join = 1,
  Lock = 2,
  Permits = 3,
  ReadLock = 4,
  WriteLock = 5,
  Condition = 6,
  Barrier = 7,
  Latch = 8,
  Message = 9,
  /** A place in a full queue (or, with capacity 0, the receiver). */
  QueueSpace = 10,
  AtomicValue = 11,
  StreamData = 12,
  Connection = 13,
  MemoryValue = 14,
  /** Its event loop has nothing left to do unless another task sends a message, notifies or ends. */
  Event = 15,
}

/** In the argument of a wait for QueueSpace of a stream: the system took no more, though the count of bytes leaves room. */
export const SYSTEM_FULL = 2;

/** Whether such a wait is one for a sync object, which the record names. */
export function waitsForObject(waitFor: WaitFor): boolean {
  return waitFor !== WaitFor.Join && waitFor !== WaitFor.MemoryValue && waitFor !== WaitFor.Event;
}

export enum EndReason {
  Finished = 0,
  Crashed = 1,
  Killed = 2,
}

export enum AtomicOp {
  Load = 1,
  Store = 2,
  Add = 3,
  Sub = 4,
  And = 5,
  Or = 6,
  Xor = 7,
  Exchange = 8,
  CompareExchange = 9,
  /** A compareExchange that found another value: only a read. */
  CompareExchangeFailed = 10,
  /** The comparison of wait(); only a read. */
  WaitLoad = 11,
}

/** Whether an atomic operation writes. */
export function atomicWrites(op: AtomicOp): boolean {
  return op !== AtomicOp.Load && op !== AtomicOp.CompareExchangeFailed && op !== AtomicOp.WaitLoad;
}

/** Whether an atomic operation reads. */
export function atomicReads(op: AtomicOp): boolean {
  return op !== AtomicOp.Store;
}

export function isAccess(kind: Kind): boolean {
  return kind >= Kind.Read1 && kind <= Kind.Write8;
}
export function isWrite(kind: Kind): boolean {
  return kind >= Kind.Write1 && kind <= Kind.Write8;
}
/** Bytes that an access touches: 1, 2, 4 or 8. */
export function accessSize(kind: Kind): number {
  return 1 << ((kind - 1) & 3);
}
export function isSync(kind: Kind): boolean {
  return kind >= Kind.TaskStart && kind <= Kind.NotOwner;
}
export function isBlob(kind: Kind): boolean {
  return kind >= Kind.Meta && kind <= Kind.InitBytes;
}
