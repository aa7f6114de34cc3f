import { SEGMENT_BASE } from "../../trace";
import { Heap } from "./heap";
import type { MemoryContext } from "./core";
import { HEAP_BYTES, HEAP_TOP } from "./layout";
import { TaskMemory } from "./memory";
import { FileWords } from "./file-words";
import type { MemoryBacking, SegmentBacking } from "./types";
import { BufferWords, type Words } from "./words";

export { Cell } from "./cell";
export type { MemoryContext } from "./core";
export { TaskMemory } from "./memory";
export { setMemoryLocale } from "./phrases";
export type { Memory, MemoryBacking, MessageTarget, SegmentBacking, Traveller } from "./types";

function formatted(base: number, bytes: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes);
  Heap.format(new BufferWords(buffer, base, 0));
  return buffer;
}

/** An empty heap for a process. 256 MiB of addresses unless less is asked for; memory is taken as it is used. */
export function createHeap(bytes: number = HEAP_BYTES): SharedArrayBuffer {
  return formatted(0, bytes);
}

/** An empty segment for a run of one process. */
export function createSegmentBuffer(bytes: number = HEAP_BYTES): SharedArrayBuffer {
  return formatted(SEGMENT_BASE, bytes);
}

/** The memory of a task: once per thread. A segment's file is made and formatted by whoever comes first. */
export function createMemory(context: MemoryContext, backing: MemoryBacking): TaskMemory {
  return new TaskMemory(context, backing.heap, segmentWords(backing.segment, context.task));
}

function segmentWords(segment: SegmentBacking, task: number): Words {
  if (segment.type === "buffer") return new BufferWords(segment.buffer, SEGMENT_BASE, task);
  const words = new FileWords(segment.path, HEAP_BYTES, SEGMENT_BASE, task);
  words.lock();
  try {
    if (words.load(HEAP_TOP) === 0) Heap.format(words);
  } finally {
    words.unlock();
  }
  return words;
}
