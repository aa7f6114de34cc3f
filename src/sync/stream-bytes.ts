import type { Arena } from "./arena";
import { objectRecord } from "./layout";
import { STREAM_CAPACITY, STREAM_RING } from "./stream";

/**
 * Moves the bytes of streams. Whoever calls has claimed the span (stream.ts), so it is alone at its end of the stream.
 */
export interface StreamBytes {
  /** Writes at `offset`. False if there is no memory for it. */
  put(stream: number, offset: number, bytes: Uint8Array): boolean;
  /** Takes `count` bytes from `offset` on; with `until`, no more than up to and including the first such byte. */
  take(stream: number, offset: number, count: number, until: number | undefined): Uint8Array;
}

/** Rings in the arena's message store: for threads of one process, or the broker's own memory. */
export class RingBytes implements StreamBytes {
  constructor(private readonly arena: Arena) {}

  put(stream: number, offset: number, bytes: Uint8Array): boolean {
    const { words, messages } = this.arena;
    const at = objectRecord(stream) + STREAM_RING;
    if (words[at] === 0) words[at] = messages.put(new Uint8Array(STREAM_CAPACITY));
    if (words[at] === 0) return false;
    const ring = messages.view(words[at]!);
    const start = offset % STREAM_CAPACITY;
    const first = Math.min(bytes.length, STREAM_CAPACITY - start);
    ring.set(bytes.subarray(0, first), start);
    ring.set(bytes.subarray(first), 0);
    return true;
  }

  take(stream: number, offset: number, count: number, until: number | undefined): Uint8Array {
    const ring = this.arena.messages.view(this.arena.words[objectRecord(stream) + STREAM_RING]!);
    const start = offset % STREAM_CAPACITY;
    const first = Math.min(count, STREAM_CAPACITY - start);
    const bytes = new Uint8Array(count);
    bytes.set(ring.subarray(start, start + first));
    bytes.set(ring.subarray(0, count - first), first);
    const end = until === undefined ? -1 : bytes.indexOf(until);
    return end < 0 ? bytes : bytes.subarray(0, end + 1);
  }
}
