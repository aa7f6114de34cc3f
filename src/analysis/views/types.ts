/** What the panel draws from a trace. Times are nanoseconds since the run began. */
import type { ContainerKind, TraceValue, WaitFor } from "../../trace";

/** A moment of a task. */
export interface Moment {
  readonly task: number;
  readonly time: number;
}

/** blocked: for a lock or permits. waiting: for anything else (a task, a message, a condition, a barrier …). */
export type TaskState = "running" | "blocked" | "waiting" | "sleeping";

export interface TaskSpan {
  readonly from: number;
  readonly to: number;
  readonly state: TaskState;
  /** Where the task waits or sleeps; 0 while it runs. */
  readonly site: number;
  /** blocked, waiting */
  readonly waitFor?: WaitFor;
  /** Id of the object waited for; undefined for joins and memory. */
  readonly object?: number;
  /** The task that is joined. */
  readonly joined?: number;
  /** Tasks that held the object when the wait began. */
  readonly holders: readonly number[];
  /** What ended the wait; absent where it timed out, or was never ended. */
  readonly unblockedBy?: Moment;
  /** It ended by time-out, by a closed queue or by a dead holder. */
  readonly gaveUp: boolean;
  /** It had not ended when the trace did: `to` is the end of the trace (or, of a live trace, its latest moment). */
  readonly open: boolean;
}

export interface TaskLane {
  readonly task: number;
  readonly started: number;
  /** null while it lives. */
  readonly ended: number | null;
  /** In order, without gaps, from `started` on. */
  readonly spans: readonly TaskSpan[];
}

/** A task that was spawned and has not taken its first step. */
export interface Unstarted {
  readonly task: number;
  readonly spawned: number;
  /** When the process that was to run it ended; null while that may still do so. */
  readonly until: number | null;
}

/** lock: a mutex or spin lock. */
export type HoldMode = "lock" | "read" | "write" | "permit";

export interface LockSpan {
  readonly from: number;
  readonly to: number;
  readonly task: number;
  readonly state: "held" | "waiting";
  readonly mode: HoldMode;
  /** Permits held or wanted; 1 for locks. */
  readonly permits: number;
  readonly site: number;
  readonly open: boolean;
}

/** Holds and waits of one mutex, spin lock, semaphore or read-write lock, ordered by `from`. */
export interface LockTrack {
  readonly object: number;
  readonly spans: readonly LockSpan[];
}

export type ArrowKind = "spawn" | "join" | "lock" | "permit" | "message" | "notify" | "barrier" | "latch" | "stream";

/** From what made it possible to what it made possible. */
export interface Arrow {
  readonly kind: ArrowKind;
  readonly from: Moment;
  readonly to: Moment;
  /** 0 for spawn and join. */
  readonly object: number;
  /** Whether `to` had been waiting for it; others only hand over memory. */
  readonly woke: boolean;
}

/** Who has and who wants an object at a moment. */
export interface ObjectState {
  readonly object: number;
  readonly holders: readonly { readonly task: number; readonly mode: HoldMode; readonly permits: number; readonly since: number; readonly site: number }[];
  readonly waiters: readonly { readonly task: number; readonly waitFor: WaitFor; readonly since: number; readonly site: number }[];
  /** Free permits, messages in the queue, count of a latch, tasks at a barrier, value of an Atomic; undefined for locks. */
  readonly count: number | undefined;
}

/** A task's wait at a moment: the edges of the wait-for graph. */
export interface WaitEdge {
  readonly task: number;
  readonly waitFor: WaitFor;
  readonly object: number | undefined;
  /** Tasks that hold what it waits for; for a join the joined task. */
  readonly heldBy: readonly number[];
  readonly since: number;
  readonly site: number;
}

export interface LockStates {
  readonly time: number;
  readonly objects: readonly ObjectState[];
  readonly waits: readonly WaitEdge[];
}

export interface LastWrite {
  readonly task: number;
  readonly time: number;
  readonly site: number;
}

/** A value as a tree. Reads and writes of a container are those of all its slots. */
export type ValueNode =
  | {
      readonly type: "value";
      /** Of the slot; NaN for a part of a typed array that has no slot of its own yet. */
      readonly address: number;
      readonly value: TraceValue;
      readonly lastWrite: LastWrite | null;
      readonly reads: number;
      readonly writes: number;
    }
  | {
      readonly type: "container";
      readonly address: number;
      readonly kind: ContainerKind;
      /** "Float64Array" */
      readonly elements?: string;
      /** "balance", "[3]"; `length` and `size` are not among them. */
      readonly entries: readonly { readonly key: string; readonly node: ValueNode }[];
      /** Elements or fields there are; `entries` may hold fewer (the first 100 of each container). */
      readonly length: number;
      readonly lastWrite: LastWrite | null;
      readonly reads: number;
      readonly writes: number;
    }
  /** A container that is already shown further up. */
  | { readonly type: "cycle"; readonly address: number; readonly name: string }
  /** A lock, queue, task … in shared memory. */
  | { readonly type: "object"; readonly address: number; readonly object: number; readonly name: string };

export interface VariableView {
  readonly space: number;
  readonly address: number;
  readonly name: string;
  readonly value: ValueNode;
  readonly lastWrite: LastWrite | null;
  readonly reads: number;
  readonly writes: number;
  /** Names of the locks held at every conflicting access so far; null: none, or no two tasks use it. */
  readonly guardedBy: string | null;
}

export interface SpaceView {
  /** SEGMENT_SPACE (-1): the segment that all processes share. */
  readonly space: number;
  readonly pid: number | null;
  readonly variables: readonly VariableView[];
}

export interface MemoryView {
  readonly time: number;
  readonly spaces: readonly SpaceView[];
}
