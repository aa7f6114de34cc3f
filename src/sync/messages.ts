/** Bytes on their way between tasks, each under a handle (never 0), with a link so that queues can chain them. */
export interface MessageStore {
  /** A handle, or 0 if there is no room. */
  put(bytes: Uint8Array): number;
  byteLength(handle: number): number;
  /** The bytes; the handle is free afterwards. */
  take(handle: number): Uint8Array;
  /** The bytes; the handle stays. */
  read(handle: number): Uint8Array;
  /** The very bytes, to be read and written in place; on a multiple of 4. Not to be kept once the handle is free. */
  view(handle: number): Uint8Array;
  free(handle: number): void;
  next(handle: number): number;
  setNext(handle: number, next: number): void;
}

/** The broker's: ordinary memory of one thread. */
export class LocalMessages implements MessageStore {
  private readonly entries = new Map<number, { readonly bytes: Uint8Array; next: number }>();
  private last = 0;

  put(bytes: Uint8Array): number {
    do {
      this.last = (this.last + 1) & 0x7fff_ffff;
    } while (this.last === 0 || this.entries.has(this.last));
    this.entries.set(this.last, { bytes, next: 0 });
    return this.last;
  }

  private entry(handle: number): { readonly bytes: Uint8Array; next: number } {
    const entry = this.entries.get(handle);
    if (!entry) throw new Error(`no message has the handle ${handle}`);
    return entry;
  }

  byteLength(handle: number): number {
    return this.entry(handle).bytes.length;
  }

  read(handle: number): Uint8Array {
    return this.entry(handle).bytes;
  }

  view(handle: number): Uint8Array {
    return this.entry(handle).bytes;
  }

  take(handle: number): Uint8Array {
    const { bytes } = this.entry(handle);
    this.entries.delete(handle);
    return bytes;
  }

  free(handle: number): void {
    this.entries.delete(handle);
  }

  next(handle: number): number {
    return this.entry(handle).next;
  }

  setNext(handle: number, next: number): void {
    this.entry(handle).next = next;
  }
}

/** Words of a block: size class, link, length in bytes; then the bytes. */
const BLOCK_WORDS = 4;
const SMALLEST = 6; // 64 bytes
const LARGEST = 28; // 256 MiB
const GUARD = 0;
const BUMP = 1;
const FREE = 2; // one list per size class

/**
 * Between threads of one process: a heap of power-of-two blocks on shared memory. A handle is the word index of its block.
 */
export class SharedMessages implements MessageStore {
  private readonly words: Int32Array;
  private readonly bytes: Uint8Array;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }

  /** Reserved, not used: the system gives a page when it is first written. */
  static readonly byteLength = 256 * 1024 * 1024;

  private enter(): void {
    let spins = 0;
    while (Atomics.compareExchange(this.words, GUARD, 0, 1) !== 0) {
      if (++spins % 200 === 0) Atomics.wait(this.words, 63, 0, 0.02);
    }
  }

  private leave(): void {
    Atomics.store(this.words, GUARD, 0);
  }

  put(bytes: Uint8Array): number {
    const size = Math.max(SMALLEST, Math.ceil(Math.log2(bytes.length + BLOCK_WORDS * 4)));
    if (size > LARGEST) return 0;
    const { words } = this;
    this.enter();
    let block = words[FREE + size]!;
    if (block !== 0) {
      words[FREE + size] = words[block + 1]!;
    } else {
      block = words[BUMP]! || 64;
      const end = block + (1 << (size - 2));
      if (end > words.length) {
        this.leave();
        return 0;
      }
      words[BUMP] = end;
    }
    this.leave();
    words[block] = size;
    words[block + 1] = 0;
    words[block + 2] = bytes.length;
    this.bytes.set(bytes, (block + BLOCK_WORDS) * 4);
    return block;
  }

  byteLength(handle: number): number {
    return this.words[handle + 2]!;
  }

  read(handle: number): Uint8Array {
    const at = (handle + BLOCK_WORDS) * 4;
    const copy = new Uint8Array(this.words[handle + 2]!);
    copy.set(this.bytes.subarray(at, at + copy.length));
    return copy;
  }

  view(handle: number): Uint8Array {
    const at = (handle + BLOCK_WORDS) * 4;
    return this.bytes.subarray(at, at + this.words[handle + 2]!);
  }

  take(handle: number): Uint8Array {
    const bytes = this.read(handle);
    this.free(handle);
    return bytes;
  }

  free(handle: number): void {
    const { words } = this;
    this.enter();
    const size = words[handle]!;
    words[handle + 1] = words[FREE + size]!;
    words[FREE + size] = handle;
    this.leave();
  }

  next(handle: number): number {
    return this.words[handle + 1]!;
  }

  setNext(handle: number, next: number): void {
    this.words[handle + 1] = next;
  }
}
