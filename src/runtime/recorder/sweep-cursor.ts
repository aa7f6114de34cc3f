import { MAX_SWEEP_PERIOD } from "../../trace";
import type { NumberArray } from "../memory/element-types";
import type { Run } from "./types";
import type { Sweep } from "./sweep";

/** No access has it. */
const NONE = -1;

/** Follows a sweep: knows the next access and where its value belongs. */
export class SweepCursor {
  /** Kind and site of the next access; NONE while nothing is followed. */
  word0 = NONE;
  /** As a signed word. */
  address = 0;
  /** Where the next value belongs in the array that it was given. */
  at = 0;
  /** Where to stop. */
  end = 0;
  private target: Float64Array = new Float64Array(0);
  private period = 1;
  private next = 0;
  private readonly words = new Int32Array(MAX_SWEEP_PERIOD);
  private readonly addresses = new Int32Array(MAX_SWEEP_PERIOD);
  private readonly strides = new Int32Array(MAX_SWEEP_PERIOD);
  /** Where each round reads an element and writes it (`a[i]++`), and a round comes next: kind and site of the write; else NONE. */
  private updates = NONE;
  private stride = 0;

  /** From a position of the sweep on, values belong to `target` from `at` to `end`. */
  start(sweep: Sweep, position: number, target: Float64Array, at: number, end: number): void {
    const { period } = sweep;
    this.target = target;
    this.at = at;
    this.end = end;
    this.period = period;
    this.next = position % period;
    for (let i = position; i < position + period; i++) {
      const place = i % period;
      this.words[place] = sweep.words[place]!;
      this.addresses[place] = sweep.addressAt(i);
      this.strides[place] = sweep.strides[place]!;
    }
    this.word0 = this.words[this.next]!;
    this.address = this.addresses[this.next]!;
    this.stride = this.strides[0]!;
    const updates = period === 2 && this.next === 0 && this.addresses[1] === this.address && this.strides[1] === this.stride;
    this.updates = updates ? this.words[1]! : NONE;
  }

  stop(): void {
    this.word0 = NONE;
  }

  /** As `put` of a read and of the write that follows, if they are the next two. */
  putUpdate(read: number, write: number, address: number, before: number, after: number): boolean {
    const { at, target, stride } = this;
    if (write !== this.updates || read !== this.word0 || address !== this.address || at + 2 > this.end) return false;
    target[at] = before;
    target[at + 1] = after;
    this.at = at + 2;
    if (stride !== 0) {
      this.addresses[0] = this.addresses[1] = address + stride;
      this.address = this.addresses[0];
    }
    return true;
  }

  /** Whether an access is the next one, and those after it follow at this distance. */
  runs(word0: number, address: number, stride: number): boolean {
    return word0 === this.word0 && address === this.address && this.period === 1 && this.strides[0] === stride;
  }

  /** As `put` of elements of a run from `from` on, as far as there is room. Returns the first one that was not taken. */
  putRun(run: Run, from: number): number {
    const { at, target } = this;
    const count = Math.min(run.count - from, this.end - at);
    const { bytes, construct } = run.type;
    // Not subarray(): that calls a constructor of the program's, where it has made one.
    target.set(new construct(run.buffer, run.byteOffset + from * bytes, count) as NumberArray, at);
    this.addresses[0]! += count * this.strides[0]!;
    this.address = this.addresses[0]!;
    this.at = at + count;
    return from + count;
  }

  /** The access that was next was made. Whether it is time to stop. */
  put(value: number): boolean {
    const { next, addresses } = this;
    this.target[this.at] = value;
    addresses[next]! += this.strides[next]!;
    const following = next + 1 === this.period ? 0 : next + 1;
    this.next = following;
    this.word0 = this.words[following]!;
    this.address = addresses[following]!;
    return ++this.at === this.end;
  }
}
