import { lowerBound, upperBound } from "../common/search";
import { STATE_COUNT, type StateCode } from "./states";

/**
 * Consecutive stretches of time with a state each, in columns, with running sums: how much of any interval was spent
 * in a state is known in two binary searches, so a row is drawn in time proportional to its pixels, not to its spans.
 */
export class SpanColumns {
  private readonly sums: Float64Array[];

  /** `starts` must not decrease; a stretch ends where the next one starts, the last at `end`. */
  constructor(
    readonly starts: Float64Array,
    readonly states: Uint8Array,
    readonly end: number,
  ) {
    const count = starts.length;
    const used = new Set(states);
    this.sums = [];
    for (let state = 0; state < STATE_COUNT; state++) {
      const sums = new Float64Array(used.has(state) ? count + 1 : 0);
      for (let i = 0; i < count && sums.length > 0; i++) sums[i + 1] = sums[i]! + (states[i] === state ? this.endOf(i) - starts[i]! : 0);
      this.sums.push(sums);
    }
  }

  get length(): number {
    return this.starts.length;
  }

  endOf(i: number): number {
    return i + 1 < this.starts.length ? this.starts[i + 1]! : this.end;
  }

  /** Index of the stretch that holds `time`; -1 outside. */
  at(time: number): number {
    if (time > this.end) return -1;
    return upperBound(this.starts, time, this.length) - 1;
  }

  /** Writes into `sums`, by state, how many nanoseconds were spent in it up to `time`. */
  sumsAt(time: number, sums: Float64Array): void {
    const i = this.length === 0 || time <= this.starts[0]! ? -1 : time >= this.end ? this.length : upperBound(this.starts, time, this.length) - 1;
    for (let state = 0; state < STATE_COUNT; state++) {
      const known = this.sums[state]!;
      sums[state] = i < 0 || known.length === 0 ? 0 : known[i]! + (this.states[i] === state ? time - this.starts[i]! : 0);
    }
  }

  /** Nanoseconds of [from, to] spent in a state. */
  spent(state: StateCode, from: number, to: number): number {
    return this.upTo(state, to) - this.upTo(state, from);
  }

  private upTo(state: StateCode, time: number): number {
    const sums = this.sums[state]!;
    if (sums.length === 0 || this.length === 0 || time <= this.starts[0]!) return 0;
    if (time >= this.end) return sums[this.length]!;
    const i = upperBound(this.starts, time, this.length) - 1;
    return sums[i]! + (this.states[i] === state ? time - this.starts[i]! : 0);
  }
}

/** What is drawn of a row: stretches wide enough to be seen, and merged ones between them. */
export type Piece =
  | { readonly type: "span"; readonly index: number; readonly from: number; readonly to: number }
  | { readonly type: "merged"; readonly first: number; readonly count: number; readonly from: number; readonly to: number };

/**
 * Splits the visible part of a row. Neighbouring stretches narrower than `minWidth` (nanoseconds) are merged.
 * @returns at most a few pieces per `minWidth` of the visible range, however many stretches there are
 */
export function pieces(columns: SpanColumns, from: number, to: number, minWidth: number): Piece[] {
  const { starts, length } = columns;
  const found: Piece[] = [];
  let i = Math.max(0, upperBound(starts, from, length) - 1);
  while (i < length && starts[i]! <= to) {
    const start = starts[i]!;
    const end = columns.endOf(i);
    if (end < from) {
      i++;
      continue;
    }
    if (end - start >= minWidth) {
      found.push({ type: "span", index: i++, from: start, to: end });
      continue;
    }
    const first = i;
    let reached = start;
    // Jump a pixel or so at a time: the last stretch that begins within the jump is either wide (and ends the merging) or goes in.
    while (i < length && reached <= to) {
      const next = lowerBound(starts, reached + minWidth, length, i + 1);
      const last = next - 1;
      if (last > first && columns.endOf(last) - starts[last]! >= minWidth) {
        i = last;
        reached = starts[last]!;
        break;
      }
      i = next;
      reached = columns.endOf(last);
    }
    if (i - first === 1) found.push({ type: "span", index: first, from: start, to: end });
    else found.push({ type: "merged", first, count: i - first, from: start, to: reached });
  }
  return found;
}
