import { SEGMENT_BASE } from "../../trace";
import { Heap } from "./heap";
import type { MemoryContext } from "./core";
import { HEAP_BYTES } from "./layout";
import { TaskMemory } from "./memory";
import type { MemoryBacking } from "./types";
import { BufferWords } from "./words";

export { Cell } from "./cell";
export type { MemoryContext } from "./core";
export { TaskMemory } from "./memory";
export type { Memory, MemoryBacking, MessageTarget, SegmentBacking, Traveller } from "./types";

function formatted(base: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(HEAP_BYTES);
  Heap.format(new BufferWords(buffer, base, 0));
  return buffer;
}

/** An empty heap for a process. 256 MiB of addresses; memory is taken as it is used. */
export function createHeap(): SharedArrayBuffer {
  return formatted(0);
}

/** An empty segment for a run of one process. */
export function createSegmentBuffer(): SharedArrayBuffer {
  return formatted(SEGMENT_BASE);
}

/** The memory of a task: once per thread. */
export function createMemory(context: MemoryContext, backing: MemoryBacking): TaskMemory {
  if (backing.segment.type === "file") throw new Error("not yet");
  return new TaskMemory(context, backing.heap, new BufferWords(backing.segment.buffer, SEGMENT_BASE, context.task));
}
