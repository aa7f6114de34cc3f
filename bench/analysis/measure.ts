import { LiveAnalysis } from "../../src/analysis";
import { TraceReader } from "../../src/trace";
import { geometricMean } from "../statistics";
import { TASKS, kernels, rounds, sharing, type Kernel, type Sink } from "./workload";

/** Microseconds of the processor: what other programs take meanwhile does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Bytes that are in use when all garbage is gone. */
function used(): number {
  if (!globalThis.gc) throw new Error("start it with --expose-gc");
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Reads the trace and nothing more than that: the sum of its values. */
class Decoder {
  sum = 0;
  private readonly reader = new TraceReader({
    access: (_task, _kind, _site, _address, value) => void (this.sum += value),
    accesses: (_task, _words, doubles, from, to) => {
      let sum = 0;
      for (let at = (from >> 1) + 1; at < to >> 1; at += 2) sum += doubles[at]!;
      this.sum += sum;
    },
    sync: (_task, _kind, _site, _word1, time) => void (this.sum += time),
  });

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }
}

interface Consumer {
  push(chunk: Uint8Array): void;
}

/** Seconds of the processor that a consumer takes for all pieces, without what making them takes. */
function timed(consumer: Consumer, make: (sink: Sink) => number): { seconds: number; events: number } {
  let micro = 0;
  const events = make((chunks) => {
    const begun = cpu();
    for (const chunk of chunks) consumer.push(chunk);
    micro += cpu() - begun;
  });
  return { seconds: micro / 1e6, events };
}

function speed({ name, one }: Kernel, wanted: number): { name: string; events: number; eventsPerCpuSecond: number; timesDecoding: number; findings: number } {
  const make = (sink: Sink): number => rounds(TASKS, wanted, one, sink);
  const analysis = new LiveAnalysis();
  const { seconds, events } = timed(analysis, make);
  analysis.end();
  const decoding = timed(new Decoder(), make);
  return {
    name,
    events,
    eventsPerCpuSecond: Math.round(analysis.analysed / seconds),
    timesDecoding: Math.round((seconds / decoding.seconds) * 10) / 10,
    findings: analysis.findings().length,
  };
}

interface Memory {
  readonly variables: number;
  readonly tasks: number;
  readonly events: number;
  readonly megabytes: number;
  readonly bytesPerVariableAndTask: number;
}

/** What the analysis holds on to, the trace being made and forgotten while it is read. */
function memory(variables: number, tasks: number, wanted: number): Memory {
  const before = used();
  const analysis = new LiveAnalysis();
  const { events } = timed(analysis, (sink) => rounds(tasks, wanted, sharing(variables), sink));
  const bytes = used() - before;
  if (analysis.analysed < events) throw new Error(`of ${events} events ${analysis.analysed} were analysed`);
  return { variables, tasks, events, megabytes: Math.round(bytes / 1e5) / 10, bytesPerVariableAndTask: Math.round(bytes / variables / tasks) };
}

const millions = Number(process.argv[2] ?? 5);
const events = millions * 1e6;
for (const kernel of kernels) speed(kernel, Math.min(events, 400_000));
const results = kernels.map((kernel) => speed(kernel, events));

const variables = Math.min(100_000, events / 50);
const base = memory(variables, TASKS, events);
const longer = memory(variables, TASKS, events * 10);
const moreVariables = memory(variables * 2, TASKS, events);
const moreTasks = memory(variables, TASKS * 2, events);
const ratio = (one: Memory): number => Math.round((one.megabytes / base.megabytes) * 100) / 100;

console.log(
  JSON.stringify(
    {
      bench: "analysis",
      node: process.version,
      reach: { eventsPerCpuSecond: { atLeast: 5e6 }, tenTimesTheEvents: 1.1, twiceTheVariables: 2.2, twiceTheTasks: 2.2 },
      geometricMeanPerCpuSecond: Math.round(geometricMean(results.map(({ eventsPerCpuSecond }) => eventsPerCpuSecond))),
      results,
      memory: { tenTimesTheEvents: ratio(longer), twiceTheVariables: ratio(moreVariables), twiceTheTasks: ratio(moreTasks), measured: [base, longer, moreVariables, moreTasks] },
    },
    undefined,
    2,
  ),
);
