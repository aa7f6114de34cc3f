import assert from "node:assert/strict";
import fc from "fast-check";
import { Kind, Trace, readTrace } from "../../../src/trace";
import { ELEMENT_TYPES, ElementType } from "../../../src/runtime/memory/element-types";
import { createRecorder } from "../../../src/runtime/recorder";
import { Memo } from "../../../src/runtime/recorder/memos";

const FLOAT64 = ELEMENT_TYPES[ElementType.Float64]!;

interface Access {
  readonly kind: Kind;
  readonly site: number;
  readonly address: number;
}

/** A regular loop, of which passes begin and end anywhere, and other accesses come between. */
const loop = fc
  .record({
    round: fc.array(fc.record({ kind: fc.constantFrom(Kind.Read8, Kind.Write8), site: fc.integer({ min: 1, max: 3 }), first: fc.integer({ min: 64, max: 76 }), stride: fc.constantFrom(1, 1, 1, 2, -1, 0) }), { minLength: 1, maxLength: 3 }),
    passes: fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 7, 31), fc.constantFrom(60, 60, 60, 40, 90)), { minLength: 1, maxLength: 4 }),
    others: fc.array(fc.record({ at: fc.nat(300), kind: fc.constantFrom(Kind.Read8, Kind.Write8), site: fc.integer({ min: 1, max: 5 }), place: fc.integer({ min: 30, max: 140 }) }), { maxLength: 6 }),
  })
  .map(({ round, passes, others }): Access[] => {
    const made: Access[] = [];
    for (const [from, to] of passes) {
      for (let i = from; i < to; i++) for (const { kind, site, first, stride } of round) made.push({ kind, site, address: 8 * (first + stride * i + 64) });
    }
    for (const { at, kind, site, place } of others) made.splice(at % made.length, 0, { kind, site, address: 8 * (place + 64) });
    return made;
  });

/** What a task does between its synchronization events. */
const intervals = fc.array(fc.array(loop, { maxLength: 4 }).map((loops) => loops.flat()), { minLength: 1, maxLength: 3 });

interface Told extends Access {
  readonly value: number;
  readonly repeated: number;
}

/** How many accesses from here on are of elements that follow one another: at least 1. */
function runFrom(accesses: readonly Access[], at: number): number {
  const { kind, site, address } = accesses[at]!;
  let length = 1;
  for (let next = accesses[at + 1]; next?.kind === kind && next.site === site && next.address === address + 8 * length; next = accesses[at + length]) length++;
  return length;
}

/** `asRuns`: elements that follow one another are told together, as methods of typed arrays do. */
function record(program: readonly (readonly Access[])[], limit: number, asRuns: boolean): { told: Told[][]; made: Told[][] } {
  const chunks: Uint8Array[] = [];
  const recorder = createRecorder({ task: 1, sink: { write: (chunk) => void chunks.push(chunk.slice()) }, runStart: process.hrtime.bigint(), limit, filterEntries: 64 });
  const memo = new Memo();
  const kept = 8 * (70 + 64);
  let value = 0;
  const made = program.map((accesses, interval) => {
    const values = accesses.map((access): Told => ({ ...access, value: ++value, repeated: 0 }));
    for (let at = 0; at < values.length; ) {
      const { kind, site, address, value: own } = values[at]!;
      recorder.site = site;
      const length = asRuns ? runFrom(values, at) : 1;
      if (length > 1) {
        const elements = new Float64Array(length + 3);
        for (let i = 0; i < length; i++) elements[i + 2] = values[at + i]!.value;
        recorder.accessRun(kind, address, { type: FLOAT64, buffer: elements.buffer, byteOffset: 16, count: length });
      } else if (address === kept && kind === Kind.Write8) recorder.accessAgain(memo, kind, address, own);
      else recorder.access(kind, address, own);
      at += length;
    }
    recorder.sync(Kind.Lock, 1, interval + 1);
    return values;
  });
  recorder.close();
  const told: Told[][] = [[]];
  const problems = readTrace(Buffer.concat(chunks), {
    access: (_task, kind, site, address, told_, repeated) => void told.at(-1)!.push({ kind, site, address, value: told_, repeated }),
    sync: () => void told.push([]),
  });
  assert.deepEqual(problems, []);
  told.pop();
  return { told, made };
}

/** By place and access, how often and with which last value; by 8 bytes, in which order they were made last. */
function summary(accesses: readonly Told[]): unknown {
  const all = new Map<string, { count: number; value: number }>();
  const orders = new Map<number, string[]>();
  for (const { kind, site, address, value, repeated } of accesses) {
    const key = `${address} ${kind} ${site}`;
    all.set(key, { count: (all.get(key)?.count ?? 0) + 1 + repeated, value });
    orders.set(address, [...(orders.get(address) ?? []).filter((other) => other !== key), key]);
  }
  return [[...all].sort(([x], [y]) => (x < y ? -1 : 1)), [...orders].sort(([x], [y]) => x - y)];
}

describe("recorder of regular loops", function () {
  this.timeout(120_000);

  it("encodes the elements of a run that are no numbers of their own in a trace", () => {
    const chunks: Uint8Array[] = [];
    const recorder = createRecorder({ task: 1, sink: { write: (chunk) => void chunks.push(chunk.slice()) }, runStart: process.hrtime.bigint() });
    const values = Float64Array.from({ length: 40 }, (_, i) => (i === 20 ? -Number.MAX_VALUE : i === 21 ? NaN : i));
    recorder.accessRun(Kind.Write8, 4096, { type: FLOAT64, buffer: values.buffer, byteOffset: 0, count: values.length });
    recorder.close();
    const trace = Trace.from(Buffer.concat(chunks));
    assert.deepEqual(trace.problems, []);
    const { events } = trace.task(1);
    assert.deepEqual(Array.from({ length: events.length }, (_, i) => trace.task(1).value(events.a[i]!)), [...values]);
  });

  it("keeps every access in its place, while all are kept", () => {
    fc.assert(
      fc.property(intervals, fc.boolean(), (program, asRuns) => {
        const { told, made } = record(program, Infinity, asRuns);
        assert.deepEqual(told, made);
      }),
      { numRuns: 200 },
    );
  });

  it("past the limit keeps of each how often and the last, and in which order the last of the same memory were", () => {
    fc.assert(
      fc.property(intervals, fc.constantFrom(0, 50, 150), fc.boolean(), (program, limit, asRuns) => {
        const { told, made } = record(program, limit, asRuns);
        assert.deepEqual(told.map(summary), made.map(summary));
      }),
      { numRuns: 300 },
    );
  });
});
