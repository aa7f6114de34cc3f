import { ACCESS_BYTES, Kind, SYNC_BYTES, isSync } from "../trace";
import type { OrderedVisitor } from "./order";

const RECORD = ACCESS_BYTES >> 2;
const SYNC = SYNC_BYTES >> 2;

/** Records of one task that wait for an earlier synchronization event of another task: in the form that they have in a chunk. */
export class TaskStream {
  private words = new Uint32Array(64 * RECORD);
  private doubles = new Float64Array(this.words.buffer);
  /** In words. */
  private head = 0;
  private tail = 0;
  /** Events delivered so far: the index of the next, as in `EventColumns`. */
  index = 0;
  /** The number that the head of the queue waits for; 0 while nothing is queued. */
  waitsFor = 0;
  /** Nothing is delivered before this number has been. */
  heldUntil = 0;
  /** Kind of the latest record received. */
  latest: Kind | 0 = 0;

  constructor(readonly task: number) {}

  /** `from` and `to` in words. */
  pushAccesses(words: Uint32Array, from: number, to: number): void {
    this.room(to - from);
    this.words.set(words.subarray(from, to), this.tail);
    this.tail += to - from;
  }

  pushSync(kind: Kind, site: number, word1: number, time: number, seq: number, a: number, b: number, c: number, d: number): void {
    this.room(SYNC);
    const at = this.tail;
    this.words[at] = kind | (site << 8);
    this.words[at + 1] = word1;
    let i = at >> 1;
    const f = this.doubles;
    f[++i] = time;
    f[++i] = seq;
    f[++i] = a;
    f[++i] = b;
    f[++i] = c;
    f[++i] = d;
    this.tail = at + SYNC;
  }

  /**
   * Delivers what is queued up to the first event whose number is above `next` and returns that number; returns -1
   * after the event `next` itself, -2 when the task is held, 0 when the queue is empty.
   */
  deliver(visitor: OrderedVisitor, next: number): number {
    if (this.heldUntil >= next) {
      this.waitsFor = this.heldUntil;
      return -2;
    }
    const { words, doubles, tail } = this;
    while (this.head < tail) {
      const at = this.head;
      const kind: Kind = words[at]! & 0xff;
      if (kind < Kind.TaskStart) {
        let end = at + RECORD;
        while (end < tail && (words[end]! & 0xff) < Number(Kind.TaskStart)) end += RECORD;
        this.head = end;
        visitor.accesses(this.task, words, doubles, at, end, this.index);
        this.index += (end - at) / RECORD;
        continue;
      }
      const f = at >> 1;
      const seq = doubles[f + 2]!;
      if (seq > next) return (this.waitsFor = seq);
      this.head = at + SYNC;
      if (!isSync(kind)) this.index++;
      else {
        const hold = visitor.sync(this.task, kind, words[at]! >>> 8, words[at + 1]!, doubles[f + 1]!, seq, doubles[f + 3]!, doubles[f + 4]!, doubles[f + 5]!, doubles[f + 6]!, this.index++);
        if (hold !== undefined) this.heldUntil = hold;
      }
      if (seq === next) return -1;
    }
    this.head = this.tail = 0;
    return (this.waitsFor = 0);
  }

  private room(wanted: number): void {
    if (this.tail + wanted <= this.words.length) return;
    if (this.head >= this.words.length >> 1) {
      this.words.copyWithin(0, this.head, this.tail);
      this.tail -= this.head;
      this.head = 0;
      if (this.tail + wanted <= this.words.length) return;
    }
    let size = this.words.length * 2;
    while (this.tail + wanted > size) size *= 2;
    const larger = new Uint32Array(size);
    larger.set(this.words);
    this.words = larger;
    this.doubles = new Float64Array(larger.buffer);
  }
}
