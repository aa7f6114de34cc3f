/** Types of objects in an arena. The numbers are between our own processes only. */
export enum ObjectCode {
  Mutex = 1,
  Semaphore = 2,
  Atomic = 3,
  MessageQueue = 4,
  SpinLock = 5,
  ReadWriteLock = 6,
  Condition = 7,
  Barrier = 8,
  Latch = 9,
  /** A pipe, or one direction of a socket. */
  Stream = 10,
  /** Where accept and connect of one address meet. */
  Rendezvous = 11,
}

/** What a task can do with an object. `a`, `b`: see each. */
export enum Op {
  /** object: a task. */
  Join = 1,
  Lock = 2,
  LockAgain = 3,
  Unlock = 4,
  /** Value: the holder or -1. */
  Owner = 5,
  /** a: permits. */
  Acquire = 6,
  Release = 7,
  /** Value: permits. */
  Available = 8,
  /** a: AtomicOp, b: operand, c: replacement. */
  Atomic = 9,
  /** a: expected. */
  AtomicWait = 10,
  /** a: how many. */
  AtomicNotify = 11,
  /** a: handle of the message. */
  Send = 12,
  Receive = 13,
  Close = 14,
  Length = 15,
  SpinTry = 16,
  SpinUnlock = 17,
  LockRead = 18,
  UnlockRead = 19,
  LockWrite = 20,
  UnlockWrite = 21,
  ConditionWait = 22,
  /** a: how many. */
  ConditionNotify = 23,
  BarrierWait = 24,
  /** a: by how much. */
  LatchCountDown = 25,
  LatchWait = 26,
  /** a: bytes. Value and Extra: a span (`spanOf`). */
  StreamClaimWrite = 27,
  /** a: bytes, b: 1 if the system had room for no more. */
  StreamWrite = 28,
  /** a: bytes at most. Value and Extra: a span. */
  StreamClaimRead = 29,
  /** a: bytes, b: 1 to keep the claim. */
  StreamRead = 30,
  StreamClose = 31,
  /** Value: the connection, Extra: the connector's stream. */
  Accept = 32,
  Connect = 33,
}
