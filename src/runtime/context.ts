import type { Kind, Meta, TaskKind } from "../trace";

/** Where finished chunks go: the pipe to the supervisor. Blocks until written; a process-wide lock keeps chunks whole. */
export interface ChunkSink {
  /** `later`: nobody has to see it at once. */
  write(chunk: Uint8Array, later?: boolean): void;
}

/** Records what one task does (`runtime/recorder`). */
export interface Recorder {
  /** The site of the expression that is being evaluated. */
  site: number;
  /** Nanoseconds since the run began, on the one monotonic clock of all tasks. */
  now(): number;
  sync(kind: Kind, word1: number, seq: number, a?: number, b?: number, c?: number, d?: number): void;
  meta(meta: Meta): void;
  output(stream: "stdout" | "stderr", text: string, seq: number): void;
  mark(text: string): void;
  /** Hands over everything recorded so far. Called before the task blocks. `later`: nobody has to see it at once. */
  flush(later?: boolean): void;
}

/** The identity and name of something that is being created (`$cp.begin` … `$cp.end`). */
export interface Creation {
  /** The same in every task of the run, for module-level declarations: "m0:forks#2". Undefined: a new object. */
  readonly identity: string | undefined;
  /** The declaring variable's name, numbered or by key where there are several; undefined where none is known. */
  readonly name: string | undefined;
  readonly site: number;
}

/** Typed arrays in shared() have a SharedArrayBuffer each; other threads of the space fetch them by number. */
export interface BufferExchange {
  publish(id: number, buffer: SharedArrayBuffer): void;
  /** Blocks until it has it. */
  fetch(id: number): SharedArrayBuffer;
}

/** What the parts of the runtime in one task know of it. One per thread; set once at its start. */
export interface TaskContext {
  readonly task: number;
  readonly kind: TaskKind;
  readonly space: number;
  readonly recorder: Recorder;
  readonly buffers: BufferExchange;
}
