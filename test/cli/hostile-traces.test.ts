import assert from "node:assert/strict";
import { resolve } from "node:path";
import fc from "fast-check";
import { LiveAnalysis, buildArrows, buildLockSpans, buildTaskSpans, lockStateAt, memoryAt } from "../../src/analysis";
import { ReportCollector, buildReport, formatReport } from "../../src/report";
import { htmlPage } from "../../src/report/html/page";
import { perfettoTrace } from "../../src/report/perfetto";
import { startSession } from "../../src/session";
import { CHUNK_HEADER_BYTES, Kind, SHORT, SHORT_SYNC_BYTES, SYNC_BYTES, Trace, WORD_ATOMIC_BYTES, blobBytes, isBlob, isSync, type RunMode } from "../../src/trace";

/** Runs that have something of everything: locks, waits, messages, streams, memory of all kinds, crashes, a deadlock. */
const RUNS: readonly (readonly [program: string, mode: RunMode])[] = [
  ["clean/bounded-buffer.ts", "threads"],
  ["clean/messages-through-processes.ts", "processes"],
  ["clean/socket-request-reply.ts", "threads"],
  ["racy/map-new-keys.ts", "threads"],
  ["racy/fill.ts", "threads"],
  ["deadlock/three-philosophers.ts", "processes"],
  ["lost-update/atomic-load-and-store.ts", "threads"],
  ["lock-misuse/unlock-by-another.ts", "threads"],
  ["racy/mixed-sizes.mjs", "threads"],
];
/** What reading any of them may take beyond what reading the sound one takes. Far more than that is a number believed. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The chunks of a run's trace. */
async function record(program: string, mode: RunMode): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  await new Promise<void>((done) => {
    startSession({ file: resolve("test/programs", program), mode, timeLimit: 30_000 }, { onTrace: (chunk) => pieces.push(new Uint8Array(chunk)), onFindings() {}, onEnd: () => done() });
  });
  return pieces.flatMap(chunksOf);
}

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + CHUNK_HEADER_BYTES + view.getUint32(at + 8, true);
    chunks.push(bytes.slice(at, end));
    at = end;
  }
  return chunks;
}

/** Everything that reads a trace, to the end; throws where something of ours does. */
function readWithAll(chunks: readonly Uint8Array[]): void {
  const analysis = new LiveAnalysis();
  const collector = new ReportCollector();
  const trace = new Trace();
  for (const chunk of chunks) for (const reader of [analysis, collector, trace]) reader.push(chunk);
  analysis.findings();
  analysis.idle();
  analysis.end();
  collector.close();
  trace.close();
  for (const locale of ["en", "zh-cn"]) {
    const report = buildReport({ command: "run", file: "x", mode: "threads", result: { outcome: "killed", exitCode: null, duration: 0 }, analysis, collector, locale });
    JSON.parse(JSON.stringify(report));
    formatReport(report, { locale, colour: true });
    htmlPage(report, trace, locale);
    JSON.stringify(perfettoTrace(trace, report.findings, locale));
  }
  buildTaskSpans(trace);
  buildLockSpans(trace);
  buildArrows(trace);
  for (const time of [0, trace.duration / 2, trace.duration, NaN, Infinity]) {
    lockStateAt(trace, time);
    memoryAt(trace, time);
  }
}

const memory = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

function formOf(kind: Kind): "sync" | "short sync" | "blob" | "access" {
  return isSync(kind) ? "sync" : isSync(kind - SHORT) || kind === Kind.WordAtomic ? "short sync" : isBlob(kind) ? "blob" : "access";
}

/** Where the records of a chunk begin, with the length of each. */
function recordsOf(chunk: Uint8Array): { at: number; length: number; kind: Kind }[] {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const records: { at: number; length: number; kind: Kind }[] = [];
  for (let at = CHUNK_HEADER_BYTES; at + 16 <= chunk.length; ) {
    const kind: Kind = view.getUint32(at, true) & 0xff;
    const length = isSync(kind) ? SYNC_BYTES : isSync(kind - SHORT) ? SHORT_SYNC_BYTES : kind === Kind.WordAtomic ? WORD_ATOMIC_BYTES : isBlob(kind) ? blobBytes(view.getUint32(at + 4, true)) : 16;
    // An earlier change may have made it something else.
    if (length <= 0 || at + length > chunk.length) break;
    records.push({ at, length, kind });
    at += length;
  }
  return records;
}

const NUMBERS = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 2, 63, 64, 65, 255, 65535, 65536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 53, -(2 ** 53), 1e308, -1e308, 0.5, 5e-324, NaN, Infinity, -Infinity),
  fc.double(),
  fc.nat(20),
);
const WORDS = fc.oneof(fc.constantFrom(0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff, 0xff_ffff), fc.nat(0xffff_ffff), fc.nat(40));
const ANYTHING = fc.oneof(fc.anything({ withBigInt: false, maxDepth: 2 }).map((value) => value ?? null), NUMBERS.map((n) => (Number.isFinite(n) ? n : 1e300)), fc.constantFrom("", "__proto__", "constructor", "thread", "<b>&\"'", "\u0000\ud800", "x".repeat(10_000)));

type Chunks = readonly Uint8Array[];
type Change = (chunks: Chunks) => Chunks;

/** A word or a number of some record is another one. */
const otherField: fc.Arbitrary<Change> = fc.tuple(fc.nat(), fc.nat(), fc.nat(7), NUMBERS, WORDS, fc.boolean()).map(([which, where, field, number, word, inWord]) => (chunks) => {
  const copy = [...chunks];
  const i = which % copy.length;
  const chunk = copy[i]!.slice();
  const records = recordsOf(chunk);
  const found = records[where % Math.max(1, records.length)];
  if (!found) return copy;
  const view = new DataView(chunk.buffer);
  if (inWord) view.setUint32(found.at + (field % 2) * 4, word, true);
  else if (!isBlob(found.kind)) view.setFloat64(found.at + 8 + ((field * 8) % (found.length - 8)), number, true);
  else view.setFloat64(found.at + 8 + (field % 2) * 8, number, true);
  copy[i] = chunk;
  return copy;
});

/** Another kind of record, of the same length. */
const otherKind: fc.Arbitrary<Change> = fc.tuple(fc.nat(), fc.nat(), fc.nat()).map(([which, where, choice]) => (chunks) => {
  const copy = [...chunks];
  const i = which % copy.length;
  const chunk = copy[i]!.slice();
  const records = recordsOf(chunk);
  const found = records[where % Math.max(1, records.length)];
  if (!found) return copy;
  const same = Array.from({ length: 256 }, (_, kind) => kind as Kind).filter((kind) => formOf(kind) === formOf(found.kind));
  chunk[found.at] = same[choice % same.length]!;
  copy[i] = chunk;
  return copy;
});

/** Chunks lost, told twice, told in another order, told of another task. */
const otherOrder: fc.Arbitrary<Change> = fc.tuple(fc.constantFrom("lost", "twice", "moved", "other task", "cut"), fc.nat(), fc.nat(), WORDS).map(([what, from, to, task]) => (chunks) => {
  const copy = [...chunks];
  const i = from % copy.length;
  const chunk = copy[i]!;
  switch (what) {
    case "lost":
      copy.splice(i, 1);
      break;
    case "twice":
      copy.splice(to % copy.length, 0, chunk);
      break;
    case "moved":
      copy.splice(i, 1);
      copy.splice(to % (copy.length + 1), 0, chunk);
      break;
    case "other task": {
      if (chunk.length < CHUNK_HEADER_BYTES) break;
      const changed = chunk.slice();
      new DataView(changed.buffer).setUint32(4, task % 70_000, true);
      copy[i] = changed;
      break;
    }
    case "cut":
      copy[i] = chunk.slice(0, to % chunk.length);
      break;
  }
  return copy.length > 0 ? copy : chunks;
});

/** A value in some fact is another one, of whatever type. */
const otherFact: fc.Arbitrary<Change> = fc.tuple(fc.nat(), fc.nat(), ANYTHING).map(([which, where, value]) => (chunks) => {
  const places = chunks.flatMap((chunk, i) => recordsOf(chunk).flatMap(({ at, kind }) => (kind === Kind.Meta ? [{ i, at }] : [])));
  const place = places[which % Math.max(1, places.length)];
  if (!place) return chunks;
  const { i, at } = place;
  const chunk = chunks[i]!;
  const length = new DataView(chunk.buffer, chunk.byteOffset).getUint32(at + 4, true);
  const text = new TextDecoder().decode(chunk.subarray(at + 32, at + 32 + length));
  let fact: unknown;
  try {
    fact = JSON.parse(text);
  } catch {
    return chunks;
  }
  replaceOne(fact, where, value);
  const data = new TextEncoder().encode(JSON.stringify(fact));
  const padded = blobBytes(data.length);
  const tail = chunk.subarray(at + blobBytes(length));
  const changed = new Uint8Array(at + padded + tail.length);
  changed.set(chunk.subarray(0, at + 32));
  changed.set(data, at + 32);
  changed.set(tail, at + padded);
  const view = new DataView(changed.buffer);
  view.setUint32(8, changed.length - CHUNK_HEADER_BYTES, true);
  view.setUint32(at + 4, data.length, true);
  return chunks.with(i, changed);
});

function replaceOne(fact: unknown, where: number, value: unknown): void {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const walk = (holder: unknown): void => {
    if (typeof holder !== "object" || holder === null) return;
    for (const key of Object.keys(holder)) {
      if (key !== "type") places.push({ holder: holder as Record<string, unknown>, key });
      walk((holder as Record<string, unknown>)[key]);
    }
  };
  walk(fact);
  const place = places[where % Math.max(1, places.length)];
  if (place) place.holder[place.key] = value;
}

describe("hostile traces of real runs", function () {
  this.timeout(600_000);
  const traces: Chunks[] = [];

  before(async () => {
    for (const [program, mode] of RUNS) traces.push(await record(program, mode));
    for (const chunks of traces) readWithAll(chunks);
  });

  const never = (what: string, change: fc.Arbitrary<Change>, numRuns: number): void => {
    it(`${what}: nothing throws, and no number is believed that would take memory`, () => {
      fc.assert(
        fc.property(fc.nat(RUNS.length - 1), fc.array(change, { minLength: 1, maxLength: 4 }), (which, changes) => {
          const hostile = changes.reduce((chunks, one) => one(chunks), traces[which]!);
          const before = memory();
          readWithAll(hostile);
          assert.ok(memory() - before < MOST_BYTES, `${memory() - before} bytes`);
        }),
        { numRuns },
      );
    });
  };

  never("other numbers", otherField, 300);
  never("other kinds of records", otherKind, 150);
  never("chunks lost, twice, elsewhere, cut", otherOrder, 200);
  never("other facts", otherFact, 300);
  never("all of these", fc.oneof(otherField, otherKind, otherFact), 200);
});
