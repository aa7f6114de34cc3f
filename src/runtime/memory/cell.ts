import { Memo } from "../recorder/memos";
import type { Region } from "./core";

export enum CellMode {
  /** A slot of the process's heap: the fast case. */
  Heap = 0,
  /** An object that the variable is for good: reading the variable touches no slot. */
  Object = 1,
  /** A slot of the run-wide segment. */
  Segment = 2,
}

/** What instrumented code holds for `let x = shared(…)`. */
export class Cell {
  /** Of the slot, in doubles from the start of its memory. */
  readonly index: number;
  /** Of the slot, in the trace. */
  readonly address: number;
  /** The task's latest read and write. */
  readonly reads = new Memo();
  readonly writes = new Memo();

  constructor(
    readonly mode: CellMode,
    readonly region: Region,
    /** Of the variable's record, which begins with the slot. */
    readonly record: number,
    readonly name: string,
    readonly object: object | undefined,
  ) {
    this.index = record >>> 3;
    this.address = region.words.base + record;
  }
}
