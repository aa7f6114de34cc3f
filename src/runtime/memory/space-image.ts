import type { Region } from "./core";
import { HEAP_TOP, TYPED_ARRAYS, T_ADDRESS, T_BUFFER, T_BUFFER_BYTES, T_NEXT } from "./layout";
import type { TypedArrays } from "./typed-arrays";
import { LOCK_TICKET, LOCK_WAITERS, LOCK_WORD } from "./words";

/** Heap length, number of buffers; then id, address and length of each; then the heap, then the buffers. */
const HEAD_BYTES = 8;
const ENTRY_BYTES = 12;

/** The private memory of a process as it is now: what fork() gives to a child. */
export function exportImage(region: Region, typed: TypedArrays): Uint8Array {
  const { words } = region;
  const buffers = new Map<number, { address: number; bytes: Uint8Array }>();
  for (let at = words.load(TYPED_ARRAYS); at !== 0; at = words.load(at + T_NEXT)) {
    const id = words.load(at + T_BUFFER);
    if (buffers.has(id)) continue;
    const address = words.load(at + T_ADDRESS);
    const bytes = new Uint8Array(typed.buffer(region, id, address).buffer, 0, words.load(at + T_BUFFER_BYTES));
    buffers.set(id, { address, bytes });
  }
  words.lock();
  let heap: Uint8Array;
  try {
    heap = words.readBytes(0, words.load(HEAP_TOP));
  } finally {
    words.unlock();
  }
  let total = HEAD_BYTES + buffers.size * ENTRY_BYTES + heap.length;
  for (const { bytes } of buffers.values()) total += bytes.length;
  const image = new Uint8Array(total);
  const view = new DataView(image.buffer);
  view.setUint32(0, heap.length, true);
  view.setUint32(4, buffers.size, true);
  let entry = HEAD_BYTES;
  let at = HEAD_BYTES + buffers.size * ENTRY_BYTES;
  image.set(heap, at);
  at += heap.length;
  for (const [id, { address, bytes }] of buffers) {
    view.setUint32(entry, id, true);
    view.setUint32(entry + 4, address, true);
    view.setUint32(entry + 8, bytes.length, true);
    entry += ENTRY_BYTES;
    image.set(bytes, at);
    at += bytes.length;
  }
  return image;
}

/** Fills a fresh heap. */
export function importImage(image: Uint8Array, region: Region, typed: TypedArrays): void {
  const { words } = region;
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const heapBytes = view.getUint32(0, true);
  const count = view.getUint32(4, true);
  let at = HEAD_BYTES + count * ENTRY_BYTES;
  words.writeBytes(0, image.subarray(at, at + heapBytes));
  // A lock that was held when the copy was made is held by nobody here.
  for (const word of [LOCK_WORD, LOCK_TICKET, LOCK_WAITERS]) words.store(word, 0);
  at += heapBytes;
  for (let i = 0; i < count; i++) {
    const entry = HEAD_BYTES + i * ENTRY_BYTES;
    const length = view.getUint32(entry + 8, true);
    const buffer = new SharedArrayBuffer(length);
    new Uint8Array(buffer).set(image.subarray(at, at + length));
    typed.restore(region, view.getUint32(entry, true), view.getUint32(entry + 4, true), buffer);
    at += length;
  }
}
