import type { AtomicOp, Kind } from "../../trace";
import type { ChunkSink, Recorder } from "../context";
import type { ElementTypeInfo } from "../memory/element-types";
import type { Memo, UpdateMemo } from "./memos";

export interface RecorderOptions {
  readonly task: number;
  readonly sink: ChunkSink;
  /** process.hrtime.bigint() of the moment when the run began, on this machine. */
  readonly runStart: bigint;
  /** Accesses recorded in full; later ones are recorded per address, kind, site and synchronization interval: the first and the last, and how many between. Default 250,000. */
  readonly limit?: number;
  /** Accesses that are remembered to recognise repetitions, at first; a power of two, at least 4. Default 65,536. */
  readonly filterEntries?: number | undefined;
}

/** Elements of numbers that follow one another. */
export interface Run {
  readonly type: ElementTypeInfo;
  readonly buffer: ArrayBufferLike;
  /** Of the first, in the buffer. */
  readonly byteOffset: number;
  readonly count: number;
}

/** The recorder of one task: the binary form of `src/trace`, written without an object per event. */
export interface TaskRecorder extends Recorder {
  /** Accesses recorded so far, and those that were told by their number alone (their analysis would have told nothing new). */
  readonly recorded: number;
  readonly dropped: number;
  /** `kind` is Read1 … Write8; `value` is encoded (trace/value.ts). Uses the current site. */
  access(kind: Kind, address: number, value: number): void;
  /** Accesses of elements that follow one another, with the values they have now. `address` is that of the first. */
  accessRun(kind: Kind, address: number, run: Run): void;
  /** As `access`, of a slot that keeps a memo per kind of access: quicker where a loop repeats itself. */
  accessAgain(memo: Memo, kind: Kind, address: number, value: number): void;
  /** The same of a read and the write that follows it. The memo is of one site. */
  updateAgain(memo: UpdateMemo, type: ElementTypeInfo, address: number, before: number, after: number): void;
  /** Kind.MemoryAtomic of an element of 4 signed bytes. */
  wordAtomic(address: number, seq: number, op: AtomicOp, before: number, after: number): void;
  init(address: number, value: number): void;
  initBytes(address: number, bytes: Uint8Array): void;
  /** The encoded form of a primitive; strings get a Text record. */
  encode(value: string | number | boolean | bigint | null | undefined): number;
  /** Encoded form of text under a type: String, BigInt or Number. */
  encodeText(type: number, text: string): number;
  /** Called in loops that record nothing: writes out what is older than 20 ms. */
  tick(): void;
  /** Lets the event loop have no timer of the recorder's until the function that it gives is called: then only the task's own are there. */
  withoutTimer(): () => void;
  /** Writes the last time and hands over everything; nothing may be recorded afterwards. */
  close(): void;
}
