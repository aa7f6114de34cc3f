import type { LeftOut, Sweep } from "./sweep";

const MAX_SWEEPS = 16;
/** Values that are kept of sweeps that are repeated: 32 MB. */
const MAX_VALUES = 1 << 22;
const NOWHERE = 2 ** 29;

/**
 * The sweeps that a task has recorded since its last synchronization event: as in `RepeatFilter`, what is made again is left out until the interval
 * ends, or until something else is done to the same memory; the numbers and the last values are told then. A sweep keeps 8 bytes per access, and
 * needs no look into a table.
 */
export class Sweeps {
  private known: Sweep[] = [];
  private values = 0;
  private readonly spare: Float64Array[] = [];
  private order = 0;
  /** Made again last. */
  private newest: Sweep | undefined;
  /** Being recorded, or made again, at this moment. */
  active: Sweep | undefined;
  /** Bounds, in 8 bytes of memory, of what is active or left out. */
  private low = NOWHERE;
  private high = -1;
  anyPending = false;

  get any(): boolean {
    return this.known.length > 0;
  }

  /** What is known of the interval is of no use in the next one. Nothing may be pending. */
  forget(): void {
    this.active = undefined;
    this.newest = undefined;
    this.low = NOWHERE;
    this.high = -1;
    if (this.known.length === 0) return;
    for (const { values } of this.known) if (values.length > 0 && this.spare.length < MAX_SWEEPS) this.spare.push(values);
    this.known = [];
    this.values = 0;
  }

  /** The one that has an access, or would have it next. */
  find(word0: number, address: number): Sweep | undefined {
    let next: Sweep | undefined;
    for (const sweep of this.known) {
      if (sweep.torn) continue;
      const position = sweep.position(word0, address);
      if (position === sweep.length) next = sweep;
      else if (position >= 0) return sweep;
    }
    return next;
  }

  /** Whether no other one records the same already, and there are not too many. */
  mayRecord(sweep: Sweep): boolean {
    const { known } = this;
    return (known.length < MAX_SWEEPS || known.includes(sweep)) && !known.some((other) => other !== sweep && other.sharesWith(sweep));
  }

  remember(sweep: Sweep): void {
    if (!this.known.includes(sweep)) this.known.push(sweep);
  }

  /** From now on it is followed. */
  activate(sweep: Sweep): void {
    this.active = sweep;
    this.low = Math.min(this.low, sweep.low);
    this.high = Math.max(this.high, sweep.high);
  }

  /** Room for its values; false if it takes too much. */
  makeRoom(sweep: Sweep): boolean {
    const { length, values } = sweep;
    if (values.length >= length) return true;
    const added = length - values.length;
    if (this.values + added > MAX_VALUES) return false;
    this.values += added;
    const spare = this.spare.findIndex((array) => array.length >= length && array.length < 2 * length);
    const larger = spare >= 0 ? this.spare.splice(spare, 1)[0]! : new Float64Array(length);
    larger.set(values);
    sweep.values = larger;
    return true;
  }

  /** The active one was made again from `from` to `to`. */
  again(sweep: Sweep, from: number, to: number): void {
    this.active = undefined;
    if (from === to) return;
    sweep.again(from, to, ++this.order, this.newest === sweep);
    this.newest = sweep;
    this.anyPending = true;
  }

  /** Whether something that is left out or active touches these 8 bytes. */
  crosses(place: number): boolean {
    if (place < this.low || place > this.high) return false;
    for (const sweep of this.known) if (sweep.isPending && sweep.covers(place)) return true;
    return this.active?.covers(place) ?? false;
  }

  /** Whether something that is left out may touch what a sweep does. */
  crossesSweep(sweep: Sweep): boolean {
    return this.anyPending && this.known.some((other) => other.isPending && other.low <= sweep.high && other.high >= sweep.low);
  }

  /** All that was left out, in the order in which it was made last. `crossed`: before its time. */
  take(crossed: boolean): LeftOut[] {
    this.anyPending = false;
    this.low = this.active?.low ?? NOWHERE;
    this.high = this.active?.high ?? -1;
    return this.known.flatMap((sweep) => sweep.take(crossed)).sort((x, y) => x.order - y.order || x.from - y.from);
  }
}
