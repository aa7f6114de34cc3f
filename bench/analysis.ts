/**
 * Speed and memory of the analysis on traces made in memory. Prints one JSON document.
 *
 *   npx tsx bench/analysis.ts [millions of events, default 5]
 */
import { LiveAnalysis } from "../src/analysis";
import { Kind, TraceWriter } from "../src/trace";

interface Kernel {
  readonly name: string;
  /** Writes about `events` events; returns chunks in the order of their arrival. */
  readonly make: (events: number) => { chunks: Uint8Array[]; events: number };
}

const TASKS = 4;

function preamble(): { chunks: Uint8Array[]; next: () => number } {
  const run = new TraceWriter();
  let seq = 0;
  run.meta({ type: "header", version: 1, mode: "threads", file: "/s.ts", files: [], sites: [], began: 0, controlled: false, warnings: [] });
  run.meta({ type: "space", id: 0, pid: 1, copyOf: null });
  run.meta({ type: "container", space: 0, address: 64, kind: "slot", name: "counter", variable: true });
  run.meta({ type: "object", id: 1, objectType: "Mutex", name: "m" });
  for (let id = 0; id <= TASKS; id++) run.meta({ type: "task", id, name: `t${id}`, kind: "thread", pid: 1, parent: id === 0 ? null : 0, space: 0 });
  const main = new TraceWriter(0);
  main.sync(Kind.TaskStart, 0, 0, 1, ++seq);
  for (let id = 1; id <= TASKS; id++) main.sync(Kind.Spawn, 1, id, 2, ++seq);
  const chunks = [run.take(), main.take()];
  for (let id = 1; id <= TASKS; id++) {
    const writer = new TraceWriter(id);
    writer.sync(Kind.TaskStart, 0, 0, 3, ++seq);
    chunks.push(writer.take());
  }
  return { chunks, next: () => ++seq };
}

/** Each task in turn writes a chunk of `accesses` accesses by `one`. */
function rounds(events: number, perChunk: number, one: (writer: TraceWriter, task: number, i: number, next: () => number) => number): { chunks: Uint8Array[]; events: number } {
  const { chunks, next } = preamble();
  const writers = Array.from({ length: TASKS }, (_, i) => new TraceWriter(i + 1));
  let made = 0;
  for (let i = 0; made < events; ) {
    for (const writer of writers) {
      for (let n = 0; n < perChunk; ) n += one(writer, writer.task, i++, next);
      made += perChunk;
      chunks.push(writer.take());
    }
  }
  return { chunks, events: made };
}

const kernels: Kernel[] = [
  {
    name: "racy counter",
    make: (events) =>
      rounds(events, 2000, (writer, task, i) => {
        writer.access(Kind.Read8, 10 + task, 64, i);
        writer.access(Kind.Write8, 10 + task, 64, i + 1);
        return 2;
      }),
  },
  {
    name: "array sweep, disjoint",
    make: (events) =>
      rounds(events, 2000, (writer, task, i) => {
        const address = 1024 + task * 800_000 + (i % 100_000) * 8;
        writer.access(Kind.Read8, 20, address, i);
        writer.access(Kind.Write8, 21, address, i + 1);
        return 2;
      }),
  },
  {
    name: "array sweep, read by all",
    make: (events) =>
      rounds(events, 2000, (writer, _task, i) => {
        writer.access(Kind.Read8, 20, 1024 + (i % 100_000) * 8, 1);
        return 1;
      }),
  },
  {
    name: "bytes of a typed array",
    make: (events) =>
      rounds(events, 2000, (writer, task, i) => {
        writer.access(Kind.Write1, 20 + task, 1024 + ((i * TASKS + task) % 400_000), 1);
        return 1;
      }),
  },
  {
    name: "mutex loop (one lock per 2 accesses)",
    make: (events) =>
      rounds(events, 2000, (writer, task, i, next) => {
        writer.sync(Kind.Lock, 30, 1, i * 10, next());
        writer.access(Kind.Read8, 31, 64, i);
        writer.access(Kind.Write8, 31 + task, 64, i + 1);
        writer.sync(Kind.Unlock, 32, 1, i * 10 + 5, next());
        return 4;
      }),
  },
];

function measure({ name, make }: Kernel, wanted: number): object {
  const { chunks, events } = make(wanted);
  globalThis.gc?.();
  const before = process.memoryUsage();
  const begun = process.cpuUsage();
  const analysis = new LiveAnalysis();
  for (const chunk of chunks) analysis.push(chunk);
  analysis.end();
  // Time of the processor: what other programs take meanwhile does not count.
  const { user, system } = process.cpuUsage(begun);
  const seconds = (user + system) / 1e6;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  return {
    kernel: name,
    events,
    eventsPerCpuSecond: Math.round(analysis.analysed / seconds),
    analysed: analysis.analysed,
    findings: analysis.findings().length,
    megabytes: Math.round(used / 1e5) / 10,
  };
}

const millions = Number(process.argv[2] ?? 5);
for (const kernel of kernels) measure(kernel, 200_000);
const results = kernels.map((kernel) => measure(kernel, millions * 1e6));
const rates = (results as { eventsPerCpuSecond: number }[]).map((result) => result.eventsPerCpuSecond);
const mean = Math.round(Math.exp(rates.reduce((sum, rate) => sum + Math.log(rate), 0) / rates.length));
console.log(JSON.stringify({ bench: "analysis", node: process.version, reach: { eventsPerCpuSecond: 5e6 }, geometricMean: mean, results }, null, 2));
