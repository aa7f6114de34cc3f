import { ABSENT } from "../../trace";
import type { Place, Region } from "./core";
import { A_CHUNKS, A_FIRST_SHIFT, A_LENGTH, A_SPINE, ARRAY_BYTES, MIN_FIRST_SHIFT, Shape } from "./layout";
import { writeHeader } from "./object-layout";
import type { Words } from "./words";

/** An array of holes, with room for `size` elements in one piece. */
export function createArray(region: Region, size: number, task: number, place: Place): number {
  const { words } = region;
  const offset = region.heap.allocate(ARRAY_BYTES);
  writeHeader(region, offset, Shape.Array, task, place);
  const shift = Math.max(MIN_FIRST_SHIFT, size <= 1 ? 0 : 32 - Math.clz32(size - 1));
  words.store(offset + A_FIRST_SHIFT, shift);
  words.store(offset + A_CHUNKS, createChunk(region, 1 << shift));
  words.set(offset + A_LENGTH, size);
  return offset;
}

export function createChunk(region: Region, count: number): number {
  const chunk = region.heap.allocate(count * 8);
  region.words.fill(chunk, count, ABSENT);
  return chunk;
}

/** Which chunk holds an index. Chunk 0 has 2^shift elements; each later one has as many as all before it. */
export function chunkNumber(index: number, shift: number): number {
  return index >>> shift === 0 ? 0 : 32 - Math.clz32(index) - shift;
}
export function chunkFirst(chunk: number, shift: number): number {
  return chunk === 0 ? 0 : 2 ** (shift + chunk - 1);
}
export function chunkCount(chunk: number, shift: number): number {
  return chunk === 0 ? 2 ** shift : 2 ** (shift + chunk - 1);
}

/** The chunks that exist. */
export function* arrayChunks(words: Words, array: number): Generator<{ offset: number; first: number; count: number }> {
  const shift = words.load(array + A_FIRST_SHIFT);
  for (let chunk = 0; chunk < A_SPINE; chunk++) {
    const offset = words.load(array + A_CHUNKS + chunk * 4);
    if (offset !== 0) yield { offset, first: chunkFirst(chunk, shift), count: chunkCount(chunk, shift) };
  }
}
