import assert from "node:assert/strict";
import { AtomicOp, Kind, readTrace, type TraceVisitor } from "../../../src/trace";
import { createRecorder } from "../../../src/runtime/recorder";
import { startTask } from "./task";

function record(limit?: number): { recorder: ReturnType<typeof createRecorder>; bytes: () => Uint8Array; writes: () => number } {
  const chunks: Uint8Array[] = [];
  const recorder = createRecorder({ task: 3, sink: { write: (chunk) => void chunks.push(chunk.slice()) }, runStart: process.hrtime.bigint(), ...(limit === undefined ? {} : { limit }) });
  return { recorder, bytes: () => Buffer.concat(chunks), writes: () => chunks.length };
}

describe("recorder", () => {
  it("writes what the reader reads, in order and whole, over many chunks", () => {
    const { recorder, bytes, writes } = record();
    const total = 20_000;
    for (let i = 0; i < total; i++) {
      recorder.site = i % 1000;
      recorder.access(i % 2 ? Kind.Write8 : Kind.Read4, 4096 + i * 8, i / 2);
      if (i % 1000 === 0) recorder.sync(Kind.Lock, 7, i + 1, 1, 2, 3, 4);
    }
    recorder.close();
    assert.ok(writes() > 4);
    let at = 0;
    let time = 0;
    let syncs = 0;
    const visitor: TraceVisitor = {
      access(task, kind, site, address, value) {
        assert.deepEqual([task, kind, site, address, value], [3, at % 2 ? Kind.Write8 : Kind.Read4, at % 1000, 4096 + at * 8, at / 2]);
        at++;
      },
      time(_task, now) {
        assert.ok(now >= time);
        time = now;
      },
      sync(_task, kind, site, word1, now, seq, a, b, c, d) {
        assert.deepEqual([kind, site, word1, seq, a, b, c, d], [Kind.Lock, (seq - 1) % 1000, 7, seq, 1, 2, 3, 4]);
        assert.ok(now >= time);
        time = now;
        syncs++;
      },
    };
    assert.deepEqual(readTrace(bytes(), visitor), []);
    assert.deepEqual([at, syncs], [total, 20]);
    assert.equal(recorder.recorded, total);
  });

  it("tells atomic operations on words as any other, however large their number", () => {
    const { recorder, bytes } = record();
    const told: number[][] = [
      [4096, 1, AtomicOp.Add, -5, 7],
      [4100, 2 ** 31, AtomicOp.CompareExchangeFailed, -(2 ** 31), -(2 ** 31)],
      [0xffff_fffc, 2 ** 32 - 1, AtomicOp.Store, 2 ** 31 - 1, 0],
      [8, 2 ** 32 + 3, AtomicOp.Exchange, -1, 1],
    ];
    told.forEach(([address, seq, op, before, after], i) => {
      recorder.site = i + 1;
      recorder.access(Kind.Read4, 64, i);
      recorder.wordAtomic(address!, seq!, op as AtomicOp, before!, after!);
    });
    recorder.close();
    const seen: number[][] = [];
    let time = 0;
    const problems = readTrace(bytes(), {
      access: () => undefined,
      sync(task, kind, site, word1, now, seq, a, b, c, d) {
        assert.deepEqual([task, kind, site, a >> 8, d], [3, Kind.MemoryAtomic, seen.length + 1, 2, 0]);
        assert.ok(now >= time);
        time = now;
        seen.push([word1, seq, a & 0xff, b, c]);
      },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(seen, told);
  });

  it("passes on texts of any length", () => {
    const { recorder, bytes } = record();
    const texts = ["short\n", "日本語".repeat(2000), "x".repeat(200_000), "🙂".repeat(3_000_000), ""];
    texts.forEach((text, i) => recorder.output(i % 2 ? "stderr" : "stdout", text, i + 1));
    recorder.mark("here");
    recorder.close();
    const seen = ["", "", "", "", ""];
    const marks: string[] = [];
    const problems = readTrace(bytes(), {
      access: () => undefined,
      sync: () => undefined,
      output: (_task, stream, _site, _time, seq, text) => {
        assert.equal(stream, seq % 2 ? "stdout" : "stderr");
        seen[seq - 1] += text;
      },
      mark: (_task, _site, _time, text) => void marks.push(text),
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(seen.map((text) => text.length), texts.map((text) => text.length));
    assert.ok(seen.every((text, i) => text === texts[i]));
    assert.deepEqual(marks, ["here"]);
  });

  it("hands over frequent lines in few pieces", () => {
    const { recorder, bytes, writes } = record();
    for (let i = 0; i < 200_000; i++) recorder.output("stdout", `line ${i}\n`, i + 1);
    recorder.close();
    let lines = 0;
    readTrace(bytes(), { access: () => undefined, sync: () => undefined, output: (_t, _s, _si, _ti, _q, text) => void assert.equal(text, `line ${lines++}\n`) });
    assert.equal(lines, 200_000);
    assert.ok(writes() < 20_000, `${writes()} writes`);
  });

  it("hands over the lines of a program that prints some at once, each before the next statement", () => {
    const { recorder, writes } = record();
    for (let i = 1; i <= 200; i++) {
      recorder.output("stdout", `line ${i}\n`, i);
      assert.equal(writes(), i);
    }
    recorder.close();
  });

  it("leaves out only what it has recorded since the last synchronization", () => {
    const { recorder, bytes } = record(100);
    const address = (i: number): number => 8 * (i + 1);
    const burst = (): void => {
      for (let round = 0; round < 50; round++) for (let i = 0; i < 100; i++) for (const site of [1, 2]) {
        recorder.site = site;
        recorder.access(Kind.Write8, address(i), round);
        recorder.access(Kind.Read8, address(i), round);
      }
    };
    // Time stands still: what was left out for long is told in between.
    const { now } = performance;
    performance.now = () => 0;
    try {
      burst();
      recorder.sync(Kind.Unlock, 1, 5);
      burst();
    } finally {
      performance.now = now;
    }
    recorder.close();
    const kept = [new Set<string>(), new Set<string>()];
    let part = 0;
    let accesses = 0;
    let dropped = 0;
    readTrace(bytes(), {
      access: (_t, kind, site, at) => {
        accesses++;
        kept[part]!.add(`${kind} ${site} ${at}`);
      },
      sync: () => void part++,
      dropped: (_t, count) => void (dropped += count),
    });
    assert.deepEqual(kept.map((set) => set.size), [400, 400]);
    assert.equal(accesses + dropped, 2 * 50 * 400);
    assert.ok(accesses < 2000, `${accesses} kept`);
    assert.equal(recorder.dropped, dropped);
    assert.equal(recorder.recorded, accesses);
  });

  it("keeps every distinct access of a sweep that is larger than its memory of them", () => {
    const { recorder, bytes } = record(0);
    const size = 300_000;
    for (let round = 0; round < 3; round++) for (let i = 0; i < size; i++) recorder.access(Kind.Write1, 0x8000_0000 + i, 0);
    recorder.close();
    const seen = new Set<number>();
    readTrace(bytes(), { access: (_t, _k, _s, address) => void seen.add(address), sync: () => undefined });
    assert.equal(seen.size, size);
  });

  it("writes output of any length, in its order, in pieces that cut no character in two", () => {
    const { recorder, bytes } = record();
    // The last but one is longer than its pieces may be, and each of its characters is two units.
    const texts = ["short", "", "é".repeat(100_000), `x${"😀".repeat(2_000_000)}`, "after"];
    recorder.site = 9;
    texts.forEach((text, i) => recorder.output(i % 2 ? "stderr" : "stdout", text, i + 1));
    recorder.close();
    const read = texts.map(() => "");
    const problems = readTrace(bytes(), {
      access: () => assert.fail("nothing was accessed"),
      sync: () => assert.fail("nothing was synchronized"),
      output(task, stream, site, _time, seq, text) {
        assert.deepEqual([task, stream, site], [3, seq % 2 ? "stdout" : "stderr", 9]);
        assert.ok(!text.includes("\ufffd"));
        read[seq - 1] += text;
      },
    });
    assert.deepEqual(problems, []);
    assert.ok(read.every((text, i) => text === texts[i]));
  });

  it("writes a text once and refers to it", () => {
    const { recorder, shared, trace } = startTask();
    const box = shared({ text: "" }, "box");
    for (let i = 0; i < 1000; i++) box.text = i % 2 ? "the first text" : "the second text";
    const read = trace();
    assert.equal([...read.task(0).texts.values()].filter((text) => text.startsWith("the ")).length, 2);
    box.text = "long ".repeat(1000);
    const last = trace();
    const event = last.event(0, last.task(0).events.length - 1);
    assert.ok(event.type === "access" && typeof event.value === "string" && event.value.length === 1000 && event.value.endsWith("…"));
    assert.equal(box.text.length, 5000);
    recorder.close();
  });
});
