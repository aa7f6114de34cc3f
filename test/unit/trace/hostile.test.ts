import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveAnalysis, buildTaskSpans, lockStateAt, memoryAt } from "../../../src/analysis";
import { ReportCollector, buildReport } from "../../../src/report";
import { CHUNK_MAGIC, Kind, Trace, TraceReader, readTrace, type TraceVisitor } from "../../../src/trace";
import { execute, program } from "../../property/analysis/program";

/** Reads bytes with everything there is; throws only where something of ours does. */
function readWithAll(bytes: Uint8Array, pieces: readonly number[] = []): LiveAnalysis {
  const analysis = new LiveAnalysis();
  const collector = new ReportCollector();
  const trace = new Trace();
  let at = 0;
  for (const piece of [...pieces, Infinity]) {
    const part = bytes.subarray(at, Math.min(bytes.length, at + piece));
    at += part.length;
    for (const reader of [analysis, collector, trace]) reader.push(part);
  }
  analysis.idle();
  analysis.end();
  collector.close();
  trace.close();
  buildReport({ command: "run", file: "x", mode: "threads", result: { outcome: "killed", exitCode: null, duration: 0 }, analysis, collector });
  buildTaskSpans(trace);
  lockStateAt(trace, trace.duration / 2);
  memoryAt(trace, trace.duration / 2);
  return analysis;
}

const someTrace = program.map((source) => execute(source).builder.bytes());

describe("traces that are not sound", function () {
  this.timeout(120_000);

  it("cut anywhere: what is whole is read, the rest is told", () => {
    fc.assert(
      fc.property(someTrace, fc.double({ min: 0, max: 1, noNaN: true }), fc.array(fc.nat(500), { maxLength: 8 }), (bytes, where, pieces) => {
        const cut = bytes.subarray(0, Math.floor(bytes.length * where));
        const analysis = readWithAll(cut, pieces);
        const whole = wholeChunks(cut);
        assert.equal(analysis.problems.length, whole === cut.length ? 0 : 1);
      }),
      { numRuns: 150 },
    );
  });

  it("a stretch of other bytes is one problem, in however many pieces it comes", () => {
    // None of them begins a chunk.
    const other = fc.uint8Array({ min: 0, max: 0x42, minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(someTrace, other, fc.boolean(), fc.array(fc.nat(60), { maxLength: 12 }), (bytes, garbage, goesOn, pieces) => {
        const damaged = Uint8Array.from([...bytes, ...garbage, ...(goesOn ? bytes : [])]);
        const { problems } = readWithAll(damaged, [bytes.length, ...pieces]);
        assert.equal(problems.length, 1);
        if (goesOn || garbage.length >= 16) assert.deepEqual(problems[0], { offset: bytes.length, message: `${garbage.length} bytes are not part of a trace` });
      }),
      { numRuns: 150 },
    );
  });

  it("changed anywhere: nothing throws, and reading goes on", () => {
    fc.assert(
      fc.property(someTrace, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }), (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, value] of changes) changed[at % changed.length] = value;
        readWithAll(changed);
      }),
      { numRuns: 400 },
    );
  });

  it("records of random numbers: nothing throws, memory stays in proportion", () => {
    const wild = fc.oneof(fc.double(), fc.constantFrom(0, -1, 1, NaN, Infinity, -Infinity, 2 ** 53, 1e308, 5), fc.nat(10));
    const record = fc.tuple(fc.integer({ min: Kind.TaskStart, max: Kind.NotOwner }), fc.nat(0xffff_ffff), fc.array(wild, { minLength: 7, maxLength: 7 }), fc.nat(70_000));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), (records) => {
        const chunks = records.map(([kind, word1, values, task]) => {
          const bytes = new Uint8Array(16 + 64);
          const view = new DataView(bytes.buffer);
          [CHUNK_MAGIC, task, 64, 0, kind, word1 % 3 === 0 ? word1 : word1 % 8].forEach((word, i) => view.setUint32(i * 4, word, true));
          values.forEach((value, i) => view.setFloat64(24 + i * 8, value, true));
          return bytes;
        });
        readWithAll(new Uint8Array(chunks.flatMap((chunk) => [...chunk])));
      }),
      { numRuns: 400 },
    );
  });

  it("regular loops of random numbers: nothing throws, and no access is outside of memory", () => {
    const number = fc.oneof(fc.nat(9), fc.nat(0xffff_ffff), fc.constantFrom(0, -8, 8, 0.5, NaN, Infinity, -(2 ** 40), 2 ** 53));
    fc.assert(
      fc.property(fc.nat(9), fc.nat(20), fc.array(fc.tuple(fc.nat(9), fc.nat(0xffff_ffff), number), { minLength: 1, maxLength: 9 }), number, fc.nat(200), (period, count, round, repeated, bytes) => {
        const length = Math.ceil(bytes / 16) * 16 + 16;
        const view = new DataView(new ArrayBuffer(16 + Math.max(length, 16 + round.length * 16)));
        [CHUNK_MAGIC, 1, length, 0, Kind.Sweep | (period << 8), count].forEach((word, i) => view.setUint32(i * 4, word, true));
        view.setFloat64(24, repeated, true);
        round.forEach(([kind, address, stride], i) => {
          view.setUint32(32 + i * 16, kind | 0x300, true);
          view.setUint32(36 + i * 16, address, true);
          view.setFloat64(40 + i * 16, stride, true);
        });
        const chunk = new Uint8Array(view.buffer, 0, 16 + length);
        let told = 0;
        const problems = readTrace(chunk, {
          access(_task, kind, _site, address, _value, times) {
            if (told < count) {
              const { length: places } = round.slice(0, period);
              const [first, from, stride] = round[told % places]!;
              assert.deepEqual([kind, address, times], [first, from + stride * Math.floor(told / places), repeated]);
            }
            told++;
          },
          sync: () => undefined,
        });
        assert.ok(told >= count || problems.length > 0);
        readWithAll(chunk);
      }),
      { numRuns: 1000 },
    );
  });

  it("facts of the wrong form do not throw", () => {
    const anything = fc.json().map((text) => `{"type":"task","id":1,"name":"x","kind":"thread","pid":1,"parent":0,"space":0,"more":${text}}`);
    fc.assert(
      fc.property(anything, (text) => {
        const data = new TextEncoder().encode(text);
        const padded = (data.length + 15) & ~15;
        const bytes = new Uint8Array(16 + 32 + padded);
        const view = new DataView(bytes.buffer);
        [CHUNK_MAGIC, 0xffff_ffff, 32 + padded, 0, Kind.Meta, data.length].forEach((word, i) => view.setUint32(i * 4, word, true));
        bytes.set(data, 48);
        readWithAll(bytes);
      }),
    );
  });

  it("a trace means the same in a Buffer at any place of a larger one, as pipes give it", () => {
    fc.assert(
      fc.property(someTrace, fc.nat(40), (bytes, offset) => {
        const pool = Buffer.alloc(bytes.length + offset, 0xa5);
        pool.set(bytes, offset);
        const analysis = readWithAll(pool.subarray(offset));
        const expected = readWithAll(bytes);
        assert.deepEqual(analysis.problems, []);
        assert.equal(analysis.analysed, expected.analysed);
        assert.deepEqual(analysis.findings(), expected.findings());
      }),
      { numRuns: 150 },
    );
  });

  it("a length beyond all bounds is not believed", () => {
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    [CHUNK_MAGIC, 0, 0xffff_fff0].forEach((word, i) => view.setUint32(i * 4, word, true));
    const visitor: TraceVisitor = { access: () => assert.fail("no record is there"), sync: () => assert.fail("no record is there") };
    const reader = new TraceReader(visitor);
    reader.push(bytes);
    reader.end();
    assert.ok(reader.problems.length > 0);
  });
});

/** Bytes that whole chunks at the beginning take. */
function wholeChunks(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 16 <= bytes.length && at + 16 + view.getUint32(at + 8, true) <= bytes.length) at += 16 + view.getUint32(at + 8, true);
  return at;
}
