/**
 * The rare facts of a trace, written as JSON: who the tasks are, what the addresses and ids mean.
 * Readers ignore types and fields that they do not know.
 */

export type TaskKind = "thread" | "process";
export type RunMode = "threads" | "processes";

/** A place in the source. Lines and columns count from 1, as editors show them. */
export interface Site {
  /** Index into the header's `files`. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The expression's text, on one line, cut to 80 characters. */
  readonly text: string;
  /** The variable or object that the source names there, where it names one. */
  readonly name?: string;
  /** Of a read: what an `if` compares it with before the program changes it. */
  readonly guard?: Guard;
}

/** A read decides by `read op bound`, which is `holds` where one of the `acts` changes what was read. */
export interface Guard {
  readonly op: "<" | "<=" | ">" | ">=" | "==" | "!=";
  readonly bound: number;
  readonly holds: boolean;
  /** Places in the same file, where the expression that changes it begins. */
  readonly acts: readonly { readonly line: number; readonly column: number }[];
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** First record of every trace (task number RUN_TASK). */
export interface HeaderMeta {
  readonly type: "header";
  readonly version: 1;
  readonly mode: RunMode;
  /** Absolute path of the snippet. */
  readonly file: string;
  readonly files: readonly SourceFile[];
  /** sites[0] is "no site". */
  readonly sites: readonly Site[];
  /** When the run began, milliseconds since the epoch. */
  readonly began: number;
  readonly controlled: boolean;
  /** Warnings of the compiler, shown with the findings. */
  readonly warnings: readonly Diagnostic[];
}

export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** Stable, for tests and translations: "captured-assignment", "unshared-variable", … */
  readonly code: string;
  readonly message: string;
  readonly severity: "error" | "warning";
  /** What the student could do about it with one click, where something is safe. */
  readonly fix?: DiagnosticFix;
}

export interface DiagnosticFix {
  /** What it does, for the words on the button. */
  readonly kind: "make-shared" | "rename";
  /** The variable made shared, or the right name. */
  readonly name: string;
  /** All at once: the places are those of the text as it is. */
  readonly edits: readonly TextEdit[];
}

/** Replaces what stands between two places (counted from 1) by `text`. */
export interface TextEdit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** More sites and files than the header told (modules loaded while the program runs). */
export interface SitesMeta {
  readonly type: "sites";
  readonly firstFile: number;
  readonly files: readonly SourceFile[];
  readonly first: number;
  readonly sites: readonly Site[];
}

export interface TaskMeta {
  readonly type: "task";
  readonly id: number;
  readonly name: string;
  readonly kind: TaskKind;
  readonly pid: number;
  readonly parent: number | null;
  readonly space: number;
}

/** A new name (`self().name = …`), or the pid, once it is known. */
export interface TaskUpdateMeta {
  readonly type: "task-update";
  readonly id: number;
  readonly name?: string;
  readonly pid?: number;
}

/** How a task ended, in words; its TaskEnd record has the moment. */
export interface TaskFailureMeta {
  readonly type: "task-failure";
  readonly id: number;
  /** "Error: boom" */
  readonly error: string;
  /** With the student's own lines. */
  readonly stack?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly exitCode?: number;
  readonly signal?: string;
  /** What kind of crash: the words for it differ. */
  readonly cause: "exception" | "rejection" | "exit" | "signal" | "out-of-memory" | "assertion";
}

/**
 * A lock that a task which could not tell its own end died with, by whoever tells it: the record of its taking may be lost.
 * Before the TaskEnd record.
 */
export interface TaskHeldMeta {
  readonly type: "task-held";
  readonly id: number;
  readonly object: number;
  readonly mode: "lock" | "read" | "write";
}

/** A process's memory. Addresses below SEGMENT_BASE are private to it; a child's begin as a copy of its parent's. */
export interface SpaceMeta {
  readonly type: "space";
  readonly id: number;
  readonly pid: number;
  /** The space it was copied from at spawn. */
  readonly copyOf: number | null;
}

export type ContainerKind = "slot" | "object" | "array" | "map" | "set" | "typed-array" | "buffer";

/**
 * Something in shared memory that holds slots: a primitive variable (one slot), an object, an array, a typed array …
 * A container whose address is at or above SEGMENT_BASE is in the run-wide segment; `space` is then -1.
 */
export interface ContainerMeta {
  readonly type: "container";
  readonly space: number;
  /** Identity: address of the container's own first byte. For kind "slot" this is the slot's address. */
  readonly address: number;
  readonly kind: ContainerKind;
  /** "counter"; for what a variable reaches, its path when it was made: "state.point". */
  readonly name: string;
  /** A variable of the program, not only something inside one. */
  readonly variable: boolean;
  /** Element type of a typed array: "Float64Array". */
  readonly elements?: string;
  readonly site?: number;
}

/** One named slot of a container: a field, `length`, `size`, one key of a Map. Address of 8 bytes. */
export interface SlotMeta {
  readonly type: "slot";
  readonly space: number;
  readonly address: number;
  readonly container: number;
  /** ".balance", ".length", "[\"key\"]": what stands behind the container's name. */
  readonly key: string;
}

/** `byteLength / stride` consecutive slots: elements of an array or typed array, named [firstIndex], [firstIndex + 1] … */
export interface RangeMeta {
  readonly type: "range";
  readonly space: number;
  readonly address: number;
  readonly byteLength: number;
  readonly stride: number;
  readonly container: number;
  readonly firstIndex: number;
}

export type ObjectType =
  | "Mutex"
  | "SpinLock"
  | "Semaphore"
  | "ReadWriteLock"
  | "Condition"
  | "Barrier"
  | "Latch"
  | "MessageQueue"
  | "Pipe"
  | "Socket"
  | "Atomic";

/** A synchronization object, queue, pipe or Atomic. Ids are run-wide. */
export interface ObjectMeta {
  readonly type: "object";
  readonly id: number;
  readonly objectType: ObjectType;
  readonly name: string;
  readonly site?: number;
  /** Initial permits, parties, count, capacity (Infinity is written as -1) or value. */
  readonly initial?: number;
  /** A condition's mutex. */
  readonly mutex?: number;
}

/** The value of a variable when its space ended, complete (also where accesses were dropped). */
export interface FinalMeta {
  readonly type: "final";
  readonly space: number;
  readonly container: number;
  readonly name: string;
  /** As JSON can say it: a bigint as {"$bigint": "1"}, undefined as {"$undefined": true}, NaN and infinities as {"$number": "NaN"}, Map and Set as {"$map": […]}, {"$set": […]}, a cycle or a cut as {"$more": n}. */
  readonly value: unknown;
}

/** What a task has used: how long its creation took, told at its beginning; all, told at its end. Nanoseconds, bytes; null where the system does not tell. */
export interface CostMeta {
  readonly type: "cost";
  readonly task: number;
  readonly createdIn: number | null;
  readonly cpuUser: number | null;
  readonly cpuSystem: number | null;
  readonly memory: number | null;
  readonly voluntarySwitches: number | null;
  readonly involuntarySwitches: number | null;
}

export type RunOutcome = "completed" | "crashed" | "deadlocked" | "timed-out" | "out-of-memory" | "killed" | "not-compiled";

/** Last record of a trace that ended in order. */
export interface EndMeta {
  readonly type: "end";
  readonly outcome: RunOutcome;
  readonly exitCode: number | null;
  /** Nanoseconds since the run began. */
  readonly time: number;
  /** Why, for a person: the limit that was reached, who stopped it. */
  readonly reason?: string;
}

export type Meta =
  | HeaderMeta
  | SitesMeta
  | TaskMeta
  | TaskUpdateMeta
  | TaskFailureMeta
  | TaskHeldMeta
  | SpaceMeta
  | ContainerMeta
  | SlotMeta
  | RangeMeta
  | ObjectMeta
  | FinalMeta
  | CostMeta
  | EndMeta;

/** Addresses from here on belong to the segment that all spaces share (sharedMemory). */
export const SEGMENT_BASE = 0x8000_0000;

/** The space number of what lies in the run-wide segment. */
export const SEGMENT_SPACE = -1;

/** The task number of records that no task wrote but the runner. */
export const RUN_TASK = 0xffff_ffff;
