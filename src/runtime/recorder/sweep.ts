import { ACCESS_BYTES, MAX_SWEEP_PERIOD } from "../../trace";

/** Accesses of one sweep: past them another one begins. */
const MAX_LENGTH = 1 << 20;
/** A sweep that is repeated in more pieces than these is none. */
const MAX_PIECES = 32;
/** So often may a sweep be told before its time, since something else is done to the same memory. */
const MAX_CROSSINGS = 3;
/** To follow it for fewer accesses is not worth the while; so often in a row, and it is given up. */
const LEAST_FOLLOWED = 12;
const MAX_VAIN = 4;
const WORDS = ACCESS_BYTES >> 2;
/** Memory ends there. Counted by 8 bytes it is a small integer, as the engine likes them. */
const MEMORY = 2 ** 32;
const PLACES = 2 ** 29;
const NO_VALUES = new Float64Array(0);

/** A part of a sweep that was made again, and left out. */
interface Piece {
  readonly from: number;
  readonly to: number;
  /** How often. */
  readonly count: number;
  /** Of the latest time, among all sweeps. */
  readonly order: number;
}

export interface LeftOut extends Piece {
  readonly sweep: Sweep;
}

/**
 * What a regular loop does to memory: in each round the same few accesses, each at a constant distance (its stride) from where it was in the
 * round before. Positions count accesses from the beginning of round 0.
 */
export class Sweep {
  /** Accesses that are recorded. */
  length = 0;
  /** May not be repeated: what it touches is too entangled with other accesses. */
  torn = false;
  /** The latest values by position, where accesses are made again and left out. */
  values: Float64Array = NO_VALUES;
  private pieces: Piece[] = [];
  private crossings = 0;
  /** What each access of a round touches from first to last, in 8 bytes of memory. */
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  low = PLACES;
  high = -1;
  private latestTo = -1;
  private vain = 0;

  constructor(
    /** Kind and site of each access of a round, as signed words. */
    readonly words: Int32Array,
    /** Where round 0 is. */
    readonly addresses: Float64Array,
    readonly strides: Int32Array,
  ) {
    this.lows = new Int32Array(words.length).fill(PLACES);
    this.highs = new Int32Array(words.length).fill(-1);
  }

  /** Whether each access goes on to other memory in each round. */
  get moves(): boolean {
    return !this.strides.includes(0);
  }

  get period(): number {
    return this.words.length;
  }

  addressAt(position: number): number {
    const at = position % this.period;
    return this.addresses[at]! + this.strides[at]! * Math.floor(position / this.period);
  }

  /** Takes the memory of the first `length` accesses as its own, and no more. False if there is no such memory, or too much. */
  cover(length: number): boolean {
    if (length > MAX_LENGTH) return false;
    const { period } = this;
    this.low = PLACES;
    this.high = -1;
    for (let at = 0; at < period && at < length; at++) {
      const first = this.addresses[at]!;
      const last = first + this.strides[at]! * Math.floor((length - 1 - at) / period);
      if (first < 0 || first >= MEMORY || last < 0 || last >= MEMORY) return false;
      this.lows[at] = Math.min(first, last) >>> 3;
      this.highs[at] = Math.max(first, last) >>> 3;
      this.low = Math.min(this.low, this.lows[at]!);
      this.high = Math.max(this.high, this.highs[at]!);
    }
    return true;
  }

  /** Whether it touches these 8 bytes, or may. */
  covers(place: number): boolean {
    if (place < this.low || place > this.high) return false;
    for (let at = 0; at < this.period; at++) if (place >= this.lows[at]! && place <= this.highs[at]!) return true;
    return false;
  }

  /** Whether the same site touches the same memory in both, or may. */
  sharesWith(other: Sweep): boolean {
    if (this.low > other.high || this.high < other.low) return false;
    return this.words.some((word, at) => other.words.some((word2, at2) => word === word2 && this.lows[at]! <= other.highs[at2]! && this.highs[at]! >= other.lows[at2]!));
  }

  /** Where this access is in it, up to the one that would come next; -1 if it is not. */
  position(word0: number, address: number): number {
    const { period } = this;
    for (let at = 0; at < period; at++) {
      if (this.words[at] !== word0) continue;
      const round = (address - this.addresses[at]!) / this.strides[at]!;
      const position = round * period + at;
      if (round >= 0 && Number.isInteger(round) && position <= this.length) return position | 0; // (-0 would make doubles of what the cursor counts)
    }
    return -1;
  }

  /** So many accesses in a row were as expected. */
  followed(count: number): void {
    if (count >= LEAST_FOLLOWED) this.vain = 0;
    else if (++this.vain > MAX_VAIN) this.torn = true;
  }

  get isPending(): boolean {
    return this.pieces.length > 0;
  }

  /** From `from` to `to` it was made again. `newest`: no other sweep was since the last time of this one. */
  again(from: number, to: number, order: number, newest: boolean): void {
    const latest = this.pieces[0];
    // What goes on where it was left is one time.
    if (newest && this.latestTo === from && latest) order = Math.max(...this.pieces.map((piece) => piece.order));
    this.latestTo = to;
    const pieces: Piece[] = [];
    let at = from;
    for (const piece of this.pieces) {
      if (piece.to <= from || piece.from >= to) {
        if (piece.from >= to && at < to) {
          pieces.push({ from: at, to, count: 1, order });
          at = to;
        }
        pieces.push(piece);
        continue;
      }
      if (piece.from < from) pieces.push({ ...piece, to: from });
      if (piece.from > at) pieces.push({ from: at, to: piece.from, count: 1, order });
      at = Math.min(piece.to, to);
      pieces.push({ from: Math.max(piece.from, from), to: at, count: piece.count + 1, order });
      if (piece.to > to) pieces.push({ ...piece, from: to });
    }
    if (at < to) pieces.push({ from: at, to, count: 1, order });
    this.pieces = pieces.reduce<Piece[]>((merged, piece) => {
      const before = merged.at(-1);
      if (before && before.to === piece.from && before.count === piece.count && before.order === piece.order) merged[merged.length - 1] = { ...before, to: piece.to };
      else merged.push(piece);
      return merged;
    }, []);
    if (this.pieces.length > MAX_PIECES) this.torn = true;
  }

  /** A sweep of its own of what is not recorded yet. */
  rest(): Sweep {
    const { period, length } = this;
    const places = this.words.map((_, at) => (length + at) % period);
    return new Sweep(places.map((at) => this.words[at]!), this.addresses.map((_, at) => this.addressAt(length + at)), places.map((at) => this.strides[at]!));
  }

  /** What was left out and is told now. */
  take(crossed: boolean): LeftOut[] {
    const taken = this.pieces.map((piece) => ({ ...piece, sweep: this }));
    if (crossed && taken.length > 0 && ++this.crossings > MAX_CROSSINGS) this.torn = true;
    this.pieces = [];
    this.latestTo = -1;
    return taken;
  }
}

/** The sweep of which the accesses before `end` are recorded, as far as they are regular; `begin` and `end` count words, between which accesses lie one after another. */
export function sweepBefore(words: Uint32Array, begin: number, end: number): Sweep | undefined {
  for (let period = 1; period <= MAX_SWEEP_PERIOD; period++) {
    const round = period * WORDS;
    if (end - 3 * round < begin) return undefined;
    if (!isRegular(words, end, round)) continue;
    let from = end - 3 * round;
    while (from - round >= begin && isRegular(words, from + 2 * round, round)) from -= round;
    return sweepOf(words, from, end, round);
  }
  return undefined;
}

function isRegular(words: Uint32Array, end: number, round: number): boolean {
  for (let at = end - WORDS; at >= end - round; at -= WORDS) {
    const before = at - round;
    const word = words[at]!;
    if (word !== words[before] || word !== words[before - round]) return false;
    if (((words[at + 1]! - words[before + 1]!) | 0) !== ((words[before + 1]! - words[before - round + 1]!) | 0)) return false;
  }
  return true;
}

/** Of the accesses from `from` to `end`, both in words. */
function sweepOf(words: Uint32Array, from: number, end: number, round: number): Sweep {
  const period = round / WORDS;
  const kinds = new Int32Array(period);
  const addresses = new Float64Array(period);
  const strides = new Int32Array(period);
  for (let i = 0, at = from; i < period; i++, at += WORDS) {
    kinds[i] = words[at]!;
    addresses[i] = words[at + 1]!;
    strides[i] = (words[at + round + 1]! - words[at + 1]!) | 0;
  }
  const sweep = new Sweep(kinds, addresses, strides);
  sweep.length = ((end - from) / WORDS) | 0;
  return sweep;
}
