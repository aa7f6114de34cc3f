import { ACCESS_BYTES, Kind, SWEEP_HEADER_BYTES } from "../../trace";
import type { ChunkWriter } from "./chunk-writer";
import type { RepeatFilter } from "./repeat-filter";
import { writeRepeats } from "./repeats-record";
import { Sweep, type LeftOut } from "./sweep";
import { SweepCursor } from "./sweep-cursor";
import { Sweeps } from "./sweeps";

/** Accesses of a sweep between two looks at the clock. */
const MIN_SEGMENT = 128;
const MAX_SEGMENT = 1024;
/** The rounds of a regular loop take equally long: its accesses' times are right though they are few. */
const BUSY_SEGMENT_NS = 50_000;
/** Values in one record of what was left out. */
const SWEEP_GROUP = 2048;
/** Accesses of a sweep that is made again between two looks at the clock: a power of two. */
const AGAIN_INTERVAL = 1024;

/**
 * Follows a regular loop, so that of an access only the value need be kept: a record of a sweep is written while the loop makes it for the first
 * time (a segment), and nothing at all while it makes it again.
 */
export class SweepFollower {
  readonly cursor = new SweepCursor();
  readonly sweeps = new Sweeps();
  private sweep: Sweep | undefined;
  /** The word where the record of a sweep begins that is being written; -1 if there is none. */
  private segment = -1;
  private segmentLength = MIN_SEGMENT;
  /** From where on the sweep is made again, and left out; -1 if it is not. */
  private againFrom = -1;

  constructor(
    private readonly out: ChunkWriter,
    private readonly filter: RepeatFilter,
  ) {
    out.finish = () => this.closeSegment();
    // It comes after what was left out of sweeps there.
    filter.onPending = (address) => this.crossed(address);
  }

  get recording(): boolean {
    return this.segment >= 0;
  }

  /** Something was left out and is not told yet. */
  get anyPending(): boolean {
    return this.againFrom >= 0 || this.sweeps.anyPending;
  }

  /** A synchronization event: what was recorded before may be told anew. Nothing may be pending. */
  nextInterval(): void {
    this.closeSegment();
    this.sweeps.forget();
  }

  /** Accesses in the record that is being written. */
  get unfinished(): number {
    return this.segment < 0 ? 0 : this.cursor.at - this.segmentValues();
  }

  /** Something else is done to these 8 bytes than what is left out. */
  crossed(address: number): void {
    if (this.sweeps.crosses(address >>> 3)) this.tell(true);
  }

  /** Before a sweep is recorded or made again: what the table has of the same memory came before it. */
  private settleBefore(sweep: Sweep): void {
    const { filter } = this;
    filter.spill();
    if (filter.anyPendingOf(sweep)) writeRepeats(filter, this.out);
  }

  /** Records what was left out. `crossed`: before its time. */
  tell(crossed: boolean): void {
    this.closeSegment();
    this.endAgain();
    if (!this.sweeps.anyPending) return;
    for (const left of this.sweeps.take(crossed)) {
      for (let from = left.from; from < left.to; from += SWEEP_GROUP) this.tellPiece(left, from, Math.min(from + SWEEP_GROUP, left.to));
    }
  }

  private tellPiece({ sweep, count }: LeftOut, from: number, to: number): void {
    const { out } = this;
    out.room(SWEEP_HEADER_BYTES + sweep.period * ACCESS_BYTES + (to - from + 1) * 8);
    const first = this.header(sweep, from, to - from, count - 1);
    out.doubles.set(sweep.values.subarray(from, to), first);
    this.end(first + to - from);
    out.repeats += (count - 1) * (to - from);
    out.accesses += to - from;
  }

  /** Writes what stands before the values; returns where they belong, counted in doubles. */
  private header(sweep: Sweep, position: number, count: number, repeated: number): number {
    const { words, doubles } = this.out;
    const { period } = sweep;
    let { at } = this.out;
    words[at] = Kind.Sweep | (period << 8);
    words[at + 1] = count;
    doubles[(at >> 1) + 1] = repeated;
    at += SWEEP_HEADER_BYTES >> 2;
    for (let i = position; i < position + period; i++, at += ACCESS_BYTES >> 2) {
      words[at] = sweep.words[i % period]!;
      words[at + 1] = sweep.addressAt(i);
      doubles[(at >> 1) + 1] = sweep.strides[i % period]!;
    }
    return at >> 1;
  }

  /** The values end before `end`, counted in doubles. */
  private end(end: number): void {
    const { out } = this;
    if (end & 1) out.doubles[end++] = 0;
    out.at = end << 1;
    out.untimed = true;
  }

  /** As `accessRun`: makes a sweep of the accesses that come next, or goes on with the one that has them. */
  followRun(word0: number, address: number, bytes: number): boolean {
    const { cursor, filter } = this;
    if (filter.active) {
      if (filter.isPending(word0, address | 0)) return false;
      if (this.resume(word0, address)) return cursor.runs(word0, address | 0, bytes);
    }
    this.closeSegment();
    this.endAgain();
    this.openSegment(new Sweep(Int32Array.of(word0), Float64Array.of(address >>> 0), Int32Array.of(bytes)));
    return this.segment >= 0;
  }

  /** The segment is full, after so many nanoseconds. The next one has the right length for that. */
  segmentTook(took: number): void {
    if (took < BUSY_SEGMENT_NS) this.segmentLength = Math.min(this.segmentLength * 2, MAX_SEGMENT);
    else if (took > BUSY_SEGMENT_NS * 3) this.segmentLength = MIN_SEGMENT;
  }

  /** Of what was recorded before this moment, nothing is known. */
  forgetRecorded(): void {
    this.sweep = this.sweep?.rest();
  }

  /** Goes on with the sweep whose segment was full. */
  nextSegment(): void {
    if (this.sweep) this.openSegment(this.sweep);
  }

  /** What is made again goes on, to the next look at the clock or to the end of what is recorded. */
  nextAgain(): void {
    const { cursor, sweep } = this;
    if (!sweep) return;
    if (cursor.at === sweep.length) this.endAgain();
    else cursor.end = Math.min(cursor.at + AGAIN_INTERVAL, sweep.length);
  }

  /** Begins the record of what comes next of a sweep. */
  openSegment(sweep: Sweep): void {
    const { out, filter, sweeps } = this;
    const length = this.segmentLength - (this.segmentLength % sweep.period);
    // Where the same is done again and again, the table leaves more of it out.
    if (filter.active && !sweep.moves) return;
    if (!sweep.cover(sweep.length + length) || (filter.active && !sweeps.mayRecord(sweep))) {
      sweep.cover(sweep.length);
      return;
    }
    if (filter.active) {
      this.settleBefore(sweep);
      this.endAgain();
      if (sweeps.crossesSweep(sweep)) this.tell(true);
      sweeps.activate(sweep);
    }
    out.room(SWEEP_HEADER_BYTES + sweep.period * ACCESS_BYTES + (length + 1) * 8);
    this.segment = out.at;
    out.open = true;
    this.sweep = sweep;
    const first = this.header(sweep, sweep.length, 0, 0);
    this.cursor.start(sweep, sweep.length, out.doubles, first, first + length);
  }

  /** Where the values of the record that is being written begin, counted in doubles. */
  private segmentValues(): number {
    return (this.segment + (SWEEP_HEADER_BYTES >> 2) + this.sweep!.period * (ACCESS_BYTES >> 2)) >> 1;
  }

  closeSegment(): void {
    const { segment, sweep, cursor, out } = this;
    if (segment < 0 || !sweep) return;
    const count = cursor.at - this.segmentValues();
    this.segment = -1;
    out.open = false;
    cursor.stop();
    this.sweeps.active = undefined;
    sweep.followed(count);
    if (count === 0) {
      sweep.cover(sweep.length);
      return;
    }
    out.words[segment + 1] = count;
    this.end(cursor.at);
    out.accesses += count;
    sweep.length += count;
    sweep.cover(sweep.length);
    if (this.filter.active) this.sweeps.remember(sweep);
  }

  /** If an access belongs to a sweep of this interval, that is followed from there on. */
  resume(word0: number, address: number): boolean {
    const sweep = this.sweeps.find(word0, address >>> 0);
    if (!sweep) return false;
    this.closeSegment();
    this.endAgain();
    const position = sweep.position(word0, address >>> 0);
    if (position === sweep.length) {
      this.openSegment(sweep);
      return this.segment >= 0;
    }
    if (position > sweep.length) return false;
    if (!this.sweeps.makeRoom(sweep)) {
      sweep.torn = true;
      return false;
    }
    this.settleBefore(sweep);
    this.sweeps.activate(sweep);
    this.sweep = sweep;
    this.againFrom = position;
    this.cursor.start(sweep, position, sweep.values, position, Math.min(position + AGAIN_INTERVAL, sweep.length));
    return true;
  }

  /** An access that is in the table as well as in a sweep goes with that from now on: what is left out is in one of the two. */
  belongsToSweep(entry: number, word0: number, address: number): boolean {
    const sweep = this.sweeps.find(word0, address >>> 0);
    if (!sweep || sweep.position(word0, address >>> 0) === sweep.length || !this.resume(word0, address)) return false;
    this.filter.forget(entry);
    return true;
  }

  /** What was made again of a sweep is left out, for now. */
  private endAgain(): void {
    const { againFrom, sweep, cursor } = this;
    if (againFrom < 0 || !sweep) return;
    this.againFrom = -1;
    cursor.stop();
    sweep.followed(cursor.at - againFrom);
    this.sweeps.again(sweep, againFrom, cursor.at);
  }
}
