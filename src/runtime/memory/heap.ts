import {
  FIRST_FREE,
  HEAP_TOP,
  K_HASH,
  K_LENGTH,
  K_NEXT,
  K_TEXT,
  KEYS,
  KEY_BUCKETS,
  NEXT_BUFFER,
  TYPED_BASE,
  TYPED_LIMIT,
  TYPED_TOP,
  WIDE,
} from "./layout";
import type { Words } from "./words";
import { phrases } from "./phrases";

/** A thread takes this much at a time, so that small allocations need no atomic operation. */
const ARENA_BYTES = 16 * 1024;
const NOT_LATIN1 = /[^\u0000-\u00ff]/;

export function isWide(text: string): boolean {
  return NOT_LATIN1.test(text);
}

/** Allocation and interned names in one shared memory, as one thread uses it. */
export class Heap {
  private arena = 0;
  private arenaEnd = 0;
  private readonly keyOffsets = new Map<string, number>();
  private readonly keyTexts = new Map<number, string>();

  constructor(readonly words: Words) {}

  /** Makes an empty heap of zeroed memory. */
  static format(words: Words): void {
    words.store(HEAP_TOP, FIRST_FREE);
    words.store(TYPED_TOP, TYPED_BASE);
    words.store(NEXT_BUFFER, 1);
  }

  /** `bytes` zeroed bytes at a multiple of 16. Throws RangeError when the memory is full. */
  allocate(bytes: number): number {
    const size = (bytes + 15) & ~15;
    if (size > ARENA_BYTES / 4) return this.claim(size);
    if (this.arena + size > this.arenaEnd) {
      this.arena = this.claim(ARENA_BYTES);
      this.arenaEnd = this.arena + ARENA_BYTES;
    }
    const at = this.arena;
    this.arena += size;
    return at;
  }

  private claim(size: number): number {
    const { words } = this;
    for (;;) {
      const top = words.load(HEAP_TOP);
      if (top + size > words.byteLength) {
        throw new RangeError(phrases().full(words.byteLength / 2 ** 20));
      }
      if (words.compareExchange(HEAP_TOP, top, top + size) === top) return top;
    }
  }

  /** Trace addresses for the bytes of a typed array's buffer. */
  claimTyped(bytes: number): number {
    const { words } = this;
    const size = (bytes + 15) & ~15;
    for (;;) {
      const top = words.load(TYPED_TOP);
      if (top + size > TYPED_LIMIT) throw new RangeError(phrases().typedFull((TYPED_LIMIT - TYPED_BASE) / 2 ** 20));
      if (words.compareExchange(TYPED_TOP, top, top + size) === top) return words.base + top;
    }
  }

  nextBuffer(): number {
    return this.words.add(NEXT_BUFFER, 1);
  }

  /** The offset that stands for a name in this memory, the same in all tasks. */
  key(text: string): number {
    return this.keyOffsets.get(text) ?? this.intern(text);
  }

  private intern(text: string): number {
    const { words } = this;
    const hash = hashOf(text);
    const bucket = KEYS + (hash % KEY_BUCKETS) * 4;
    let found = this.search(bucket, hash, text);
    if (found === 0) {
      const wide = isWide(text);
      const at = this.allocate(K_TEXT + text.length * (wide ? 2 : 1));
      words.store(at + K_HASH, hash);
      words.store(at + K_LENGTH, text.length + (wide ? WIDE : 0));
      words.writeText(at + K_TEXT, text, wide);
      for (;;) {
        const first = words.load(bucket);
        words.store(at + K_NEXT, first);
        // Somebody else may have added the same name meanwhile.
        found = this.search(bucket, hash, text);
        if (found !== 0) break;
        if (words.compareExchange(bucket, first, at) === first) {
          found = at;
          break;
        }
      }
    }
    this.keyOffsets.set(text, found);
    this.keyTexts.set(found, text);
    return found;
  }

  private search(bucket: number, hash: number, text: string): number {
    const { words } = this;
    for (let at = words.load(bucket); at !== 0; at = words.load(at + K_NEXT)) {
      if (words.load(at + K_HASH) === hash && this.keyText(at) === text) return at;
    }
    return 0;
  }

  keyText(at: number): string {
    let text = this.keyTexts.get(at);
    if (text === undefined) {
      const length = this.words.load(at + K_LENGTH);
      text = this.words.readText(at + K_TEXT, length % WIDE, length >= WIDE);
      this.keyTexts.set(at, text);
      this.keyOffsets.set(text, at);
    }
    return text;
  }
}

/** FNV-1a over UTF-16 units. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
