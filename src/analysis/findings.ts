/** What the analysis finds, with its evidence as ids; `src/report` puts it in words. Times are nanoseconds since the run began. */
import type { TaskFailureMeta, TraceValue, WaitFor } from "../trace";
import type { LockDiscipline } from "./lock-discipline";
import type { HoldMode } from "./views/types";

export interface HeldLock {
  readonly object: number;
  readonly mode: HoldMode;
}

/** A lock with where and when it was taken. */
export interface TakenLock extends HeldLock {
  readonly site: number;
  readonly time: number;
}

/** One access as evidence. */
export interface AccessEvidence {
  readonly task: number;
  /** Index among the task's events, as in `EventColumns`. */
  readonly index: number;
  readonly time: number;
  readonly site: number;
  /** update: the site reads and writes (`x++`). */
  readonly op: "read" | "write" | "update";
  readonly atomic: boolean;
  /** What was read or written, by this access. */
  readonly value: TraceValue;
  readonly locks: readonly HeldLock[];
}

/** Two tasks that each read a value and wrote a new one based on it: the second write buried the first. */
export interface LostUpdateProof {
  /** What both read. */
  readonly read: TraceValue;
  readonly first: { readonly task: number; readonly wrote: TraceValue };
  readonly second: { readonly task: number; readonly wrote: TraceValue };
}

export interface DataRaceFinding {
  readonly kind: "data-race";
  readonly id: string;
  readonly space: number;
  readonly address: number;
  /** "counter", "account.balance", "queue[3]" of the instance shown. */
  readonly variable: string;
  /** In the order in which the analysis met them; neither happens before the other. */
  readonly accesses: readonly [AccessEvidence, AccessEvidence];
  /** All tasks seen to race here. */
  readonly tasks: readonly number[];
  /** It is an integer of a typed array or a SharedArrayBuffer: `Atomics` work on it. */
  readonly atomics: boolean;
  /** Proof that an update was lost in this run, where there is one. */
  readonly harm: LostUpdateProof | null;
  /** The lock that most places hold, where the discipline is broken at others. */
  readonly discipline: LockDiscipline | undefined;
  /** How many accesses were seen to race; at least 1. How high it gets depends on the timing of the run. */
  readonly count: number;
}

/** A lost update of which no two accesses race: each step was atomic or under a lock. */
export interface LostUpdateFinding {
  readonly kind: "lost-update";
  readonly id: string;
  readonly variable: string;
  /** Atomic object, or undefined for a slot. */
  readonly object: number | undefined;
  /** The task whose read was out of date when it wrote: its read, the other's write, its write. */
  readonly accesses: readonly [AccessEvidence, AccessEvidence, AccessEvidence];
  readonly tasks: readonly number[];
  readonly proof: LostUpdateProof;
  readonly count: number;
}

/** A task acted on what it had read in an earlier step, and another task changed that in between. No two accesses race. */
export interface AtomicityFinding {
  readonly kind: "atomicity-violation";
  readonly id: string;
  /**
   * below-zero: a number fell below zero, though it would not have from the value that the task had read. condition-broken: the condition under
   * which it changes the number held for what it had read, and not for what it found. emptied: nothing was left to take
   * out of an array that the task had seen filled. overwritten: it replaced a decision that another had made after the same look.
   * both-entered: two tasks saw the same value and both set it, as a lock that both got, and both set it back.
   */
  readonly pattern: "below-zero" | "condition-broken" | "emptied" | "overwritten" | "both-entered";
  readonly variable: string;
  /** Atomic object, or undefined for a slot. */
  readonly object: number | undefined;
  /** What the task had read, the other's change, what it did. */
  readonly accesses: readonly [AccessEvidence, AccessEvidence, AccessEvidence];
  readonly tasks: readonly number[];
  /** below-zero, condition-broken: what would have come out, had nobody come between. */
  readonly expected: number | undefined;
  readonly count: number;
}

export interface DeadlockWait {
  readonly task: number;
  readonly waitFor: WaitFor;
  /** undefined for joins and memory. */
  readonly object: number | undefined;
  /** The joined task; the address waited on. */
  readonly argument: number;
  /** Of an address waited on: what it is called. */
  readonly variable: string | undefined;
  readonly heldBy: readonly number[];
  readonly holds: readonly TakenLock[];
  readonly site: number;
  readonly since: number;
}

export interface DeadlockFinding {
  readonly kind: "deadlock";
  readonly id: string;
  /** The cycle, each waiting for the next; where `cyclic` is false, all that wait for ever. */
  readonly waits: readonly DeadlockWait[];
  readonly cyclic: boolean;
  /** Every task that lives waits for ever: the run can't go on. */
  readonly complete: boolean;
  readonly time: number;
  readonly count: 1;
}

/** A task took `second` while it held `first`; undefined: it held nothing, but those who read wait behind it while it waits to write. */
export interface LockOrderStep {
  readonly task: number;
  readonly first: number | undefined;
  readonly second: number;
  readonly secondSite: number;
  readonly holds: readonly TakenLock[];
  /** The tasks that it would wait for. */
  readonly waitsFor: readonly number[];
  readonly time: number;
}

export interface LockOrderFinding {
  readonly kind: "lock-order";
  readonly id: string;
  /** Each would wait for others of them. In a plain circle step n takes what step n + 1 holds, and the last one what the first holds. */
  readonly steps: readonly LockOrderStep[];
  readonly count: number;
}

export interface LockMisuseFinding {
  readonly kind: "lock-misuse";
  readonly id: string;
  /**
   * held-at-end: the task ended in order and held it. holder-died: it crashed or was killed. not-owner: it unlocked what it did not hold.
   * wait-without-mutex: it waited for a condition and did not hold its mutex. upgrade: it tried to lock for writing what it read.
   */
  readonly misuse: "held-at-end" | "holder-died" | "not-owner" | "wait-without-mutex" | "upgrade";
  readonly task: number;
  /** The lock; wait-without-mutex: the condition. undefined: an older trace does not tell. */
  readonly object: number | undefined;
  /** How it was held, or unlocked. */
  readonly mode: HoldMode;
  readonly site: number;
  readonly time: number;
  /** not-owner, wait-without-mutex: who held it (for writing). */
  readonly holder: number | undefined;
  /** holder-died: by another task, not by an error of its own. */
  readonly killed: boolean;
  /** holder-died: tasks that asked for it and were told. */
  readonly others: readonly number[];
  /** not-owner of an older trace: the error that the task ended with. */
  readonly failure: TaskFailureMeta | undefined;
  readonly count: number;
}

export interface WakeupStep {
  readonly task: number;
  readonly site: number;
  readonly time: number;
}

export interface LostWakeupFinding {
  readonly kind: "lost-wakeup";
  readonly id: string;
  /**
   * before-waiting: the notify woke nobody, and then a task waited for it. passed-by: so did it, and the Atomic was another then, but is
   * back at the value that is waited on. wrong-task: it woke a task that could do nothing with it and waits again.
   */
  readonly pattern: "before-waiting" | "passed-by" | "wrong-task";
  /** Of the condition, the Atomic, the element. */
  readonly variable: string;
  /** undefined: an element of shared memory. */
  readonly object: number | undefined;
  /** Whether it is a condition. */
  readonly condition: boolean;
  readonly notify: WakeupStep;
  /** Of a condition: whether the mutex was held. */
  readonly notifierHeld: boolean;
  /** wrong-task: who was woken. */
  readonly woken: WakeupStep | undefined;
  readonly wait: WakeupStep;
  /** Else until its time was over. */
  readonly forEver: boolean;
  /** Of Atomics: the value waited on, and the one at the notify. */
  readonly expected: number | undefined;
  readonly valueAtNotify: number | undefined;
  readonly tasks: readonly number[];
  readonly count: number;
}

export interface CrashFinding {
  readonly kind: "crash" | "assertion-failed";
  readonly id: string;
  readonly task: number;
  readonly failure: TaskFailureMeta;
  readonly site: number;
  readonly time: number;
  readonly count: 1;
}

export type AnalysisFinding =
  | DataRaceFinding
  | LostUpdateFinding
  | AtomicityFinding
  | DeadlockFinding
  | LockOrderFinding
  | LostWakeupFinding
  | LockMisuseFinding
  | CrashFinding;
