import type { InstrumentationRuntime } from "../../../src/runtime/abi";
import type { BufferExchange, Creation } from "../../../src/runtime/context";
import { createInstrumentation, type Instrumentation } from "../../../src/runtime/instrumentation";
import { createHeap, createMemory, createSegmentBuffer, type MemoryBacking, type TaskMemory } from "../../../src/runtime/memory";
import { createRecorder, type TaskRecorder } from "../../../src/runtime/recorder";
import { Trace, type TraceEvent } from "../../../src/trace";

/** One task with everything that records, its trace kept in memory. */
export interface TestTask {
  readonly recorder: TaskRecorder;
  readonly memory: TaskMemory;
  readonly cp: InstrumentationRuntime;
  readonly instrumentation: Instrumentation;
  shared<T>(initial: T, name?: string, identity?: string): T;
  /** All that was recorded so far, read by the project's reader. */
  trace(): Trace;
  /** Accesses so far as text: "R queue.length 1". */
  accesses(): string[];
}

/** Hundreds of full-sized heaps would make the test process too large to fork. */
export const TEST_HEAP = 16 * 1024 * 1024;

/** As large as in a real run: for tests that fill it. */
export const FULL_HEAP = 256 * 1024 * 1024;

export function backing(bytes = TEST_HEAP): MemoryBacking {
  return { heap: createHeap(bytes), segment: { type: "buffer", buffer: createSegmentBuffer(TEST_HEAP) } };
}

export function exchange(): BufferExchange {
  const buffers = new Map<number, SharedArrayBuffer>();
  return {
    publish: (id, buffer) => void buffers.set(id, buffer),
    fetch: (id) => {
      const buffer = buffers.get(id);
      if (!buffer) throw new Error(`no buffer ${id}`);
      return buffer;
    },
  };
}

export function creation(name: string | undefined, identity?: string): Creation {
  return { name, identity, site: 0 };
}

export function startTask(options: { task?: number; space?: number; memory?: MemoryBacking; buffers?: BufferExchange; limit?: number } = {}): TestTask {
  const { task = 0, space = 0 } = options;
  const chunks: Uint8Array[] = [];
  const recorder = createRecorder({
    task,
    sink: { write: (chunk) => void chunks.push(chunk.slice()) },
    runStart: process.hrtime.bigint(),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
  });
  const context = { task, kind: "thread" as const, space, recorder, buffers: options.buffers ?? exchange() };
  const memory = createMemory(context, options.memory ?? backing());
  const instrumentation = createInstrumentation({ recorder, memory, tasks: { fn: () => undefined, def: () => undefined, made: (_key, fn) => fn, entry: () => undefined } });
  const trace = (): Trace => {
    recorder.flush();
    const read = new Trace();
    read.meta(task, { type: "task", id: task, name: "test", kind: "thread", pid: 1, parent: null, space });
    for (const chunk of chunks) read.push(chunk);
    read.close();
    return read;
  };
  return {
    recorder,
    memory,
    cp: instrumentation.cp,
    instrumentation,
    shared: <T>(initial: T, name = "x", identity?: string) => memory.sharedValue(initial, false, creation(name, identity)) as T,
    trace,
    accesses: () => accessesOf(trace(), task, space),
  };
}

export function accessesOf(trace: Trace, task: number, space: number): string[] {
  const told: string[] = [];
  const { length } = trace.task(task).events;
  for (let i = 0; i < length; i++) {
    const event = trace.event(task, i);
    if (event.type === "access") told.push(accessText(trace, space, event));
  }
  return told;
}

function accessText(trace: Trace, space: number, event: Extract<TraceEvent, { type: "access" }>): string {
  const name = trace.memory.slot(space, event.address)?.name ?? "?";
  const { value } = event;
  const text = typeof value === "object" && value !== null ? "ref" : typeof value === "bigint" ? `${value}n` : typeof value === "symbol" ? "absent" : JSON.stringify(value);
  return `${event.write ? "W" : "R"} ${name} ${text}`;
}
