import { Kind, TraceWriter } from "../../src/trace";

/** Takes the pieces of a trace as they are made; none is kept. */
export type Sink = (chunks: readonly Uint8Array[]) => void;

/** Made at once, so that the time of making them can be told from that of what they are for. */
const BATCH_BYTES = 4 << 20;

/** A run of `tasks` threads beside main that share a counter and a mutex (object 1). */
function preamble(tasks: number): { chunks: Uint8Array[]; next: () => number } {
  const run = new TraceWriter();
  let seq = 0;
  run.meta({ type: "header", version: 1, mode: "threads", file: "/s.ts", files: [], sites: [], began: 0, controlled: false, warnings: [] });
  run.meta({ type: "space", id: 0, pid: 1, copyOf: null });
  run.meta({ type: "container", space: 0, address: 64, kind: "slot", name: "counter", variable: true });
  run.meta({ type: "object", id: 1, objectType: "Mutex", name: "m" });
  for (let id = 0; id <= tasks; id++) run.meta({ type: "task", id, name: `t${id}`, kind: "thread", pid: 1, parent: id === 0 ? null : 0, space: 0 });
  const main = new TraceWriter(0);
  main.sync(Kind.TaskStart, 0, 0, 1, ++seq);
  for (let id = 1; id <= tasks; id++) main.sync(Kind.Spawn, 1, id, 2, ++seq);
  const chunks = [run.take(), main.take()];
  for (let id = 1; id <= tasks; id++) {
    const writer = new TraceWriter(id);
    writer.sync(Kind.TaskStart, 0, 0, 3, ++seq);
    chunks.push(writer.take());
  }
  return { chunks, next: () => ++seq };
}

export interface Part {
  readonly writer: TraceWriter;
  /** 1, 2, … */
  readonly task: number;
  /** Of all parts so far, in all tasks. */
  readonly i: number;
  /** Of this task's parts so far. */
  readonly own: number;
  /** The next number of a synchronization event. */
  readonly next: () => number;
}

/** Each task in turn writes a chunk of about 2000 events, made of parts by `one`, which returns how many events it wrote; returns how many there are. */
export function rounds(tasks: number, events: number, one: (part: Part) => number, sink: Sink): number {
  const { chunks: first, next } = preamble(tasks);
  const writers = Array.from({ length: tasks }, (_, i) => new TraceWriter(i + 1));
  const own = writers.map(() => 0);
  let chunks = first;
  let bytes = 0;
  let made = 0;
  let i = 0;
  while (made < events) {
    for (const [index, writer] of writers.entries()) {
      for (let n = 0; n < 2000; ) {
        const wrote = one({ writer, task: index + 1, i: i++, own: own[index]!++, next });
        n += wrote;
        made += wrote;
      }
      const chunk = writer.take();
      chunks.push(chunk);
      bytes += chunk.length;
    }
    if (bytes >= BATCH_BYTES) {
      sink(chunks);
      chunks = [];
      bytes = 0;
    }
  }
  sink(chunks);
  return made;
}

export interface Kernel {
  readonly name: string;
  readonly one: (part: Part) => number;
}

export const TASKS = 4;

export const kernels: readonly Kernel[] = [
  {
    name: "racy counter",
    one: ({ writer, task, i }) => {
      writer.access(Kind.Read8, 10 + task, 64, i);
      writer.access(Kind.Write8, 10 + task, 64, i + 1);
      return 2;
    },
  },
  {
    name: "array sweep, disjoint",
    one: ({ writer, task, i }) => {
      const address = 1024 + task * 800_000 + (i % 100_000) * 8;
      writer.access(Kind.Read8, 20, address, i);
      writer.access(Kind.Write8, 21, address, i + 1);
      return 2;
    },
  },
  {
    name: "array sweep, read by all",
    one: ({ writer, i }) => {
      writer.access(Kind.Read8, 20, 1024 + (i % 100_000) * 8, 1);
      return 1;
    },
  },
  {
    name: "bytes of a typed array",
    one: ({ writer, task, i }) => {
      writer.access(Kind.Write1, 20 + task, 1024 + ((i * TASKS + task) % 400_000), 1);
      return 1;
    },
  },
  {
    name: "mutex loop (one lock per 2 accesses)",
    one: ({ writer, task, i, next }) => {
      writer.sync(Kind.Lock, 30, 1, i * 10, next());
      writer.access(Kind.Read8, 31, 64, i);
      writer.access(Kind.Write8, 31 + task, 64, i + 1);
      writer.sync(Kind.Unlock, 32, 1, i * 10 + 5, next());
      return 4;
    },
  },
];

/** Every task reads every variable again and again, with a lock now and then; nothing orders two tasks' reads: the most that a variable can cost. */
export function sharing(variables: number): (part: Part) => number {
  return ({ writer, own, next }) => {
    if (own % 1000 === 999) {
      writer.sync(Kind.Lock, 30, 1, own * 10, next());
      writer.access(Kind.Read8, 31, 64, own);
      writer.access(Kind.Write8, 32, 64, own + 1);
      writer.sync(Kind.Unlock, 33, 1, own * 10 + 5, next());
      return 4;
    }
    writer.access(Kind.Read8, 20, 1024 + (own % variables) * 8, 1);
    return 1;
  };
}
