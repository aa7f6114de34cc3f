/**
 * Raw shared memory: 8-byte slots that are read and written whole, and 32-bit words with atomic operations.
 * Two forms: a SharedArrayBuffer (one process) and a file (several). Offsets are in bytes, aligned to what is accessed.
 */
export interface Words {
  /** What is added to an offset to get the address in the trace: 0, or SEGMENT_BASE. */
  readonly base: number;
  readonly byteLength: number;
  get(offset: number): number;
  set(offset: number, value: number): void;
  /** Atomically replaces a slot; returns what it held. */
  exchange(offset: number, value: number): number;
  load(offset: number): number;
  store(offset: number, value: number): void;
  /** Returns what was there; it was replaced if that is `expected`. */
  compareExchange(offset: number, expected: number, replacement: number): number;
  /** Adds and returns what was there before. */
  add(offset: number, delta: number): number;
  fill(offset: number, count: number, value: number): void;
  readText(offset: number, length: number, wide: boolean): string;
  writeText(offset: number, text: string, wide: boolean): void;
  readBytes(offset: number, length: number): Uint8Array;
  writeBytes(offset: number, bytes: Uint8Array): void;
  /** Guards changes of structure (never plain accesses). Not reentrant. */
  lock(): void;
  unlock(): void;
}

/** Where the lock of a memory lies; the rest of its header is the heap's. */
export const LOCK_WORD = 8;
export const LOCK_TICKET = 12;
export const LOCK_WAITERS = 16;

const SPINS = 200;
/** A lock that one and the same holder has kept for so long belongs to a task that was ended while it held it. */
const ABANDONED_MS = 2000;

export class BufferWords implements Words {
  readonly byteLength: number;
  readonly doubles: Float64Array;
  private readonly ints: Int32Array;
  private readonly longs: BigInt64Array;
  private readonly bytes: Buffer;
  private readonly scratch = new Float64Array(1);
  private readonly scratchLong = new BigInt64Array(this.scratch.buffer);
  /** Tells holders apart: a task has its own. */
  private readonly token: number;

  constructor(buffer: SharedArrayBuffer, readonly base: number, task: number) {
    this.byteLength = buffer.byteLength;
    this.doubles = new Float64Array(buffer);
    this.ints = new Int32Array(buffer);
    this.longs = new BigInt64Array(buffer);
    this.bytes = Buffer.from(buffer);
    this.token = task + 1;
  }

  get(offset: number): number {
    return this.doubles[offset >>> 3]!;
  }

  set(offset: number, value: number): void {
    this.doubles[offset >>> 3] = value;
  }

  exchange(offset: number, value: number): number {
    this.scratch[0] = value;
    this.scratchLong[0] = Atomics.exchange(this.longs, offset >>> 3, this.scratchLong[0]!);
    return this.scratch[0];
  }

  load(offset: number): number {
    return Atomics.load(this.ints, offset >>> 2) >>> 0;
  }

  store(offset: number, value: number): void {
    Atomics.store(this.ints, offset >>> 2, value);
  }

  compareExchange(offset: number, expected: number, replacement: number): number {
    return Atomics.compareExchange(this.ints, offset >>> 2, expected | 0, replacement | 0) >>> 0;
  }

  add(offset: number, delta: number): number {
    return Atomics.add(this.ints, offset >>> 2, delta) >>> 0;
  }

  fill(offset: number, count: number, value: number): void {
    this.doubles.fill(value, offset >>> 3, (offset >>> 3) + count);
  }

  readText(offset: number, length: number, wide: boolean): string {
    return wide ? this.bytes.toString("utf16le", offset, offset + length * 2) : this.bytes.toString("latin1", offset, offset + length);
  }

  writeText(offset: number, text: string, wide: boolean): void {
    this.bytes.write(text, offset, wide ? text.length * 2 : text.length, wide ? "utf16le" : "latin1");
  }

  readBytes(offset: number, length: number): Uint8Array {
    return this.bytes.subarray(offset, offset + length).slice();
  }

  writeBytes(offset: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, offset);
  }

  lock(): void {
    const { ints } = this;
    const word = LOCK_WORD >> 2;
    for (let i = 0; i < SPINS; i++) {
      if (Atomics.compareExchange(ints, word, 0, this.token) === 0) return void Atomics.add(ints, LOCK_TICKET >> 2, 1);
    }
    Atomics.add(ints, LOCK_WAITERS >> 2, 1);
    let ticket = Atomics.load(ints, LOCK_TICKET >> 2);
    let since = performance.now();
    for (;;) {
      const holder = Atomics.load(ints, word);
      if (holder === 0) {
        if (Atomics.compareExchange(ints, word, 0, this.token) === 0) break;
        continue;
      }
      Atomics.wait(ints, word, holder, 20);
      const now = Atomics.load(ints, LOCK_TICKET >> 2);
      if (now !== ticket) {
        ticket = now;
        since = performance.now();
      } else if (performance.now() - since > ABANDONED_MS && Atomics.compareExchange(ints, word, holder, this.token) === holder) break;
    }
    Atomics.sub(ints, LOCK_WAITERS >> 2, 1);
    Atomics.add(ints, LOCK_TICKET >> 2, 1);
  }

  unlock(): void {
    const { ints } = this;
    // An abandoned lock may have been taken over from a task that was only slow: then it is not ours to release.
    if (Atomics.compareExchange(ints, LOCK_WORD >> 2, this.token, 0) !== this.token) return;
    if (Atomics.load(ints, LOCK_WAITERS >> 2) > 0) Atomics.notify(ints, LOCK_WORD >> 2, 1);
  }
}
