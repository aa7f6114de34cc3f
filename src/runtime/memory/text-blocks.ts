import { B_GENERATION, B_LENGTH, B_TEXT, FREE_CLASSES, FREE_LISTS, WIDE } from "./layout";
import { isWide, type Heap } from "./heap";
import { MAX_GENERATION, blockGeneration, blockOffset, blockValue, type SlotType } from "./slot-value";

const MIN_BLOCK = 32;
/** Free blocks that a thread keeps per size before it gives half of them to the others. */
const LOCAL_FREE = 64;
const LOCAL_FREE_BYTES = 1 << 20;
const CACHE_CHARACTERS = 1 << 20;
const CACHE_ENTRIES = 10_000;

/**
 * Texts of slots. A block belongs to one slot and is freed when that is overwritten; its generation then changes, so that
 * a reader who came too late notices. A block is never split or joined: its first word stays a generation for ever.
 */
export class TextBlocks {
  private readonly local: number[][] = Array.from({ length: FREE_CLASSES }, () => []);
  /** What a slot value says does not change: block and generation name it. */
  private readonly cache = new Map<number, string>();
  private cached = 0;

  constructor(private readonly heap: Heap) {}

  /** A new block with this text, as the value of a slot. */
  write(type: SlotType, text: string): number {
    const { words } = this.heap;
    const wide = isWide(text);
    const at = this.take(sizeClass(B_TEXT + text.length * (wide ? 2 : 1)));
    words.store(at + B_LENGTH, text.length + (wide ? WIDE : 0));
    words.writeText(at + B_TEXT, text, wide);
    return blockValue(type, at, words.load(at + B_GENERATION));
  }

  /** The text, or undefined if the block was freed before it was read: the slot then holds something else by now. */
  read(encoded: number): string | undefined {
    const known = this.cache.get(encoded);
    if (known !== undefined) return known;
    const { words } = this.heap;
    const at = blockOffset(encoded);
    const generation = blockGeneration(encoded);
    if (words.load(at + B_GENERATION) !== generation) return undefined;
    const length = words.load(at + B_LENGTH);
    const wide = length >= WIDE;
    const characters = length % WIDE;
    if (at + B_TEXT + characters * (wide ? 2 : 1) > words.byteLength) return undefined;
    const text = words.readText(at + B_TEXT, characters, wide);
    if (words.load(at + B_GENERATION) !== generation) return undefined;
    this.remember(encoded, text);
    return text;
  }

  private remember(encoded: number, text: string): void {
    if (text.length > CACHE_CHARACTERS / 16) return;
    if (this.cached + text.length > CACHE_CHARACTERS || this.cache.size >= CACHE_ENTRIES) {
      this.cache.clear();
      this.cached = 0;
    }
    this.cache.set(encoded, text);
    this.cached += text.length;
  }

  /** To be called exactly once per block: by whoever took its value out of the slot. */
  free(encoded: number): void {
    const { words } = this.heap;
    const at = blockOffset(encoded);
    const length = words.load(at + B_LENGTH);
    const size = sizeClass(B_TEXT + (length % WIDE) * (length >= WIDE ? 2 : 1));
    words.store(at + B_GENERATION, blockGeneration(encoded) === MAX_GENERATION ? 0 : blockGeneration(encoded) + 1);
    const local = this.local[size]!;
    local.push(at);
    if (local.length > localLimit(size)) this.giveBack(size, local.splice(0, (local.length + 1) >> 1));
  }

  private take(size: number): number {
    const local = this.local[size]!;
    if (local.length === 0) this.fetch(size, local);
    return local.pop() ?? this.heap.allocate(MIN_BLOCK << size);
  }

  /** The common free list: its links lie in the text of the blocks. */
  private giveBack(size: number, blocks: readonly number[]): void {
    const { words } = this.heap;
    words.lock();
    let first = words.load(FREE_LISTS + size * 4);
    for (const at of blocks) {
      words.store(at + B_TEXT, first);
      first = at;
    }
    words.store(FREE_LISTS + size * 4, first);
    words.unlock();
  }

  private fetch(size: number, into: number[]): void {
    const { words } = this.heap;
    const list = FREE_LISTS + size * 4;
    if (words.load(list) === 0) return;
    words.lock();
    let first = words.load(list);
    for (let i = 0; i < Math.max(1, localLimit(size) / 2) && first !== 0; i++) {
      into.push(first);
      first = words.load(first + B_TEXT);
    }
    words.store(list, first);
    words.unlock();
  }
}

function localLimit(size: number): number {
  return Math.min(LOCAL_FREE, LOCAL_FREE_BYTES / (MIN_BLOCK << size));
}

/** Blocks have 32, 64, 128 … bytes. */
function sizeClass(bytes: number): number {
  return bytes <= MIN_BLOCK ? 0 : 27 - Math.clz32(bytes - 1);
}
