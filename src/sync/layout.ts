/**
 * Where the state of tasks and synchronization objects lies, in 32-bit words. The same layout serves a SharedArrayBuffer
 * (threads of one process) and the broker's own memory (processes).
 */
export const MAX_TASKS = 1024;
export const MAX_OBJECTS = 1 << 16;

/** Words of the header. */
export const Header = {
  Seq: 0,
  NextTask: 1,
  NextObject: 2,
  /** Threads of this process besides its first that have not ended. */
  LiveThreads: 3,
  DirectoryGuard: 4,
  /** Never changes: what a sleeping task waits on. */
  Never: 5,
  TaskLimit: 6,
  /** Held by the thread that is writing to the process's pipe; and who that is. */
  PipeGuard: 7, // and 8
  /** How many copies of a program that spawns nothing are ready to begin. */
  Ready: 9,
  /** Workers that a plain program's process has made: what it numbers them by. */
  Workers: 10,
} as const;
const HEADER_WORDS = 64;

/** Words of a task's block. */
export const TaskWord = {
  /** Of the waiters of join(). */
  Guard: 0,
  List: 1, // and 2: head and tail
  /** Not 0 while the task waits: cleared by whoever wakes it. */
  Parked: 3,
  // Results of an operation.
  Status: 4,
  Value: 5,
  Extra: 6,
  Seq: 7,
  Handle: 8,
  /** Number of the comparison that made Atomic.wait() wait; no grant overwrites it. */
  FirstSeq: 9,
  // A waiter's place in a list.
  InList: 10,
  Next: 11,
  Previous: 12,
  WaitOwner: 13,
  Arg: 14,
  Retries: 15,
  // Life.
  State: 16,
  EndSeq: 17,
  ExitCode: 18,
  /** Of the bytes of the result, or of the failure's description. */
  Result: 19,
  /** Its next operation must not begin: it is being ended. */
  Doomed: 20,
  /** Inside an operation on shared state: must not be terminated now. */
  Busy: 21,
  Pid: 22,
  /** Task + 1 of the spawner; 0: none. */
  Parent: 23,
  Kind: 24,
  NameLength: 25,
  /** Not 0 when it has written all it had to say of its end. */
  Told: 27,
  /** How many answers the task's host has posted to it. */
  Posted: 26,
  Name: 32,
} as const;
export const NAME_BYTES = 128;
const TASK_WORDS = 64;

/** Words of an object's record: those that all have, then by type. */
export const ObjectWord = {
  Guard: 0,
  Type: 1,
  List: 2, // and 3
  List2: 4, // and 5
  First: 6,
} as const;
const OBJECT_WORDS = 24;

/** Slots of the directory: hash, hash, value, extra. */
export const DIRECTORY_SLOTS = 1 << 17;
export const DIRECTORY_SLOT_WORDS = 4;

const TASKS_AT = HEADER_WORDS;
const OBJECTS_AT = TASKS_AT + MAX_TASKS * TASK_WORDS;
export const DIRECTORY_AT = OBJECTS_AT + MAX_OBJECTS * OBJECT_WORDS;
export const ARENA_WORDS = DIRECTORY_AT + DIRECTORY_SLOTS * DIRECTORY_SLOT_WORDS;

export function taskBlock(task: number): number {
  return TASKS_AT + task * TASK_WORDS;
}

export function objectRecord(id: number): number {
  return OBJECTS_AT + id * OBJECT_WORDS;
}

export const TaskState = { None: 0, Running: 1, Finished: 2, Crashed: 3, Killed: 4 } as const;

/** What an operation came to. */
export enum Status {
  Done = 0,
  /** The task has been put in the object's list; it will be woken. */
  Waiting = 1,
  /** Woken to try again (a mutex that whoever comes first may take). */
  Retry = 2,
  /** A try that did not succeed. */
  Failed = 3,
  TimedOut = 4,
  Closed = 5,
  /** The holder died with the lock; Value is its task. */
  HolderDied = 6,
  /** Value is the holder, -1 for none. */
  NotOwner = 7,
  /** An argument makes no sense for the object's state (too many permits). */
  Invalid = 8,
  /** A table is full. */
  Full = 9,
}
