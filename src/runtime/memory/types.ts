import type { Creation } from "../context";

/** Where the run-wide segment lies: in one process a SharedArrayBuffer, between processes a file on tmpfs. */
export type SegmentBacking =
  | { readonly type: "buffer"; readonly buffer: SharedArrayBuffer }
  | { readonly type: "file"; readonly path: string };

/** The memory that a task works on. Can be posted to a worker as it is. */
export interface MemoryBacking {
  /** The heap of the process: common to its threads. */
  readonly heap: SharedArrayBuffer;
  readonly segment: SegmentBacking;
}

/** Where a message goes: into the same space, into one that is a copy of this one as it is now, or into any other. */
export type MessageTarget = "same" | "fork" | "other";

/** Something that is no shared memory but travels as itself: a lock, a queue, a task. */
export interface Traveller {
  /** Whether `value` is one of this kind. */
  test(value: object): boolean;
  /** `id` is its id in the trace; `data` must be JSON. */
  toRef(value: object): { readonly id: number; readonly data?: unknown };
  fromRef(ref: { readonly id: number; readonly data?: unknown }): object;
}

/** Shared memory as one task sees it. */
export interface Memory {
  /** A `shared` (or, with `segment`, `sharedMemory`) object or array; TypeError for a primitive and what can't be shared. */
  sharedValue(initial: unknown, segment: boolean, creation: Creation): object;
  /** A variable that holds a primitive, or may be assigned another object. */
  cell(initial: unknown, segment: boolean, assigned: boolean, creation: Creation): unknown;
  /** Structured clone in which shared values and travellers arrive as themselves. Throws DataCloneError. */
  encodeMessage(value: unknown, target: MessageTarget): Uint8Array;
  decodeMessage(bytes: Uint8Array): unknown;
  registerTraveller(tag: string, traveller: Traveller): void;
  /** The whole private memory as it is now, typed arrays included. */
  exportSpace(): Uint8Array;
  /** Fills a fresh heap (createHeap) with another space's; before anything else is done with it. */
  importSpace(image: Uint8Array): void;
  /** Records the final value of each variable of the space (and of the segment, once per run). */
  emitFinals(segment: boolean): void;
}
