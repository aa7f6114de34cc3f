import {
  C_KEY,
  C_PARENT,
  C_SHAPE,
  C_STATE,
  COLLECTION_BYTES,
  CHUNK_CAPACITY,
  CHUNK_HEADER,
  CHUNK_NEXT,
  FIELD_BYTES,
  FIELD_KEY,
  FIELD_ORDINAL,
  KEY_IS_INDEX,
  M_SIZE,
  OBJECT_BYTES,
  O_CHUNK,
  O_COUNT,
  O_ORDINAL,
  Shape,
} from "./layout";
import { ABSENT } from "../../trace";
import type { Place, Region } from "./core";
import type { Words } from "./words";

const MIN_FIELDS = 4;

/** Writes what every container begins with. */
export function writeHeader(region: Region, offset: number, shape: Shape, task: number, place: Place): void {
  const { words, heap } = region;
  words.store(offset + C_SHAPE, shape);
  words.store(offset + C_STATE, task);
  words.store(offset + C_PARENT, place.parent);
  words.store(offset + C_KEY, typeof place.key === "number" ? KEY_IS_INDEX + place.key : heap.key(place.key));
}

/** An empty object with room for `size` fields. */
export function createObject(region: Region, size: number, task: number, place: Place): number {
  const { words, heap } = region;
  const offset = heap.allocate(OBJECT_BYTES);
  writeHeader(region, offset, Shape.Object, task, place);
  words.store(offset + O_CHUNK, createChunk(region, Math.max(size, MIN_FIELDS)));
  return offset;
}

/** An empty Map or Set with room for `size` entries. */
export function createCollection(region: Region, shape: Shape.Map | Shape.Set, size: number, task: number, place: Place): number {
  const { words, heap } = region;
  const offset = heap.allocate(COLLECTION_BYTES);
  writeHeader(region, offset, shape, task, place);
  words.store(offset + O_CHUNK, createChunk(region, Math.max(size, MIN_FIELDS)));
  words.set(offset + M_SIZE, 0);
  return offset;
}

function createChunk(region: Region, capacity: number): number {
  const chunk = region.heap.allocate(CHUNK_HEADER + capacity * FIELD_BYTES);
  region.words.store(chunk + CHUNK_CAPACITY, capacity);
  return chunk;
}

/**
 * Adds a field without a value and returns its slot. The caller holds the region's lock, or nobody else knows the object.
 * Readers see the field only when the count says so.
 */
export function addField(region: Region, object: number, key: number): number {
  const { words } = region;
  const count = words.load(object + O_COUNT);
  let chunk = words.load(object + O_CHUNK);
  let before = 0;
  let capacity = words.load(chunk + CHUNK_CAPACITY);
  while (count - before >= capacity) {
    let next = words.load(chunk + CHUNK_NEXT);
    if (next === 0) {
      next = createChunk(region, Math.max(MIN_FIELDS, capacity * 2));
      words.store(chunk + CHUNK_NEXT, next);
    }
    before += capacity;
    chunk = next;
    capacity = words.load(chunk + CHUNK_CAPACITY);
  }
  const field = chunk + CHUNK_HEADER + (count - before) * FIELD_BYTES;
  words.set(field, ABSENT);
  words.store(field + FIELD_KEY, key);
  words.store(field + FIELD_ORDINAL, nextOrdinal(words, object));
  words.store(object + O_COUNT, count + 1);
  return field;
}

/** Properties are listed in the order in which they came to be. */
export function nextOrdinal(words: Words, object: number): number {
  return words.add(object + O_ORDINAL, 1) + 1;
}

/** The fields of an object from number `from` on, also those without a value. */
export function* fields(words: Words, object: number, from = 0): Generator<number> {
  const count = words.load(object + O_COUNT);
  let before = 0;
  for (let chunk = words.load(object + O_CHUNK); chunk !== 0 && before < count; chunk = words.load(chunk + CHUNK_NEXT)) {
    const capacity = words.load(chunk + CHUNK_CAPACITY);
    for (let i = Math.max(0, from - before); i < capacity && before + i < count; i++) yield chunk + CHUNK_HEADER + i * FIELD_BYTES;
    before += capacity;
  }
}
