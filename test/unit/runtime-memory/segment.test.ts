import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fork } from "node:child_process";
import { createHeap } from "../../../src/runtime/memory";
import { TEST_HEAP, creation, startTask, type TestTask } from "./task";

describe("a segment between processes", () => {
  let directory: string;
  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "segment-test-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const process_ = (space: number): TestTask => startTask({ task: space, space, memory: { heap: createHeap(TEST_HEAP), segment: { type: "file", path: join(directory, "segment") } } });

  it("shows every process the same variable", () => {
    const a = process_(0);
    const b = process_(1);
    const initial = { n: 1, list: [1, 2], text: "a text of some length" };
    const here = a.memory.sharedValue(initial, true, creation("common", "m0:common#0")) as typeof initial;
    const there = b.memory.sharedValue(initial, true, creation("common", "m0:common#0")) as typeof initial;
    here.n = 5;
    there.list.push(3);
    there.text = "日本語の文字列です";
    assert.deepEqual([there.n, [...here.list], here.text], [5, [1, 2, 3], "日本語の文字列です"]);
    assert.equal(a.memory.decodeMessage(b.memory.encodeMessage(there, "other")), here);
    const counter = a.memory.cell(0, true, true, creation("counter", "m0:counter#0"));
    a.cp.cu(counter, 1, true, 1);
    assert.equal(b.cp.cr(b.memory.cell(0, true, true, creation("counter", "m0:counter#0")), 1), 1);
    const read = a.trace();
    const event = read.event(0, read.task(0).events.length - 1);
    assert.ok(event.type === "access" && event.write);
    assert.equal(read.memory.slot(0, event.address)?.name, "counter");
    assert.equal(read.memory.slot(1, event.address)?.name, "counter");
  });

  it("copies private objects in, and refers from private memory to itself", () => {
    const a = process_(0);
    const own = a.shared<{ p: { x: number }; common?: unknown }>({ p: { x: 1 } });
    const common = a.memory.sharedValue({ q: null as unknown }, true, creation("common")) as { q: unknown };
    common.q = own.p;
    own.p.x = 2;
    assert.deepEqual({ ...(common.q as object) }, { x: 1 });
    own.common = common;
    assert.equal(own.common, common);
  });

  it("holds typed arrays, whose elements and views all processes see", () => {
    const a = process_(0);
    const b = process_(1);
    const make = (task: TestTask): Float64Array => task.memory.sharedValue(new Float64Array([1, 2, 3]), true, creation("pixels", "m0:pixels#0")) as Float64Array;
    const here = make(a);
    const there = make(b);
    assert.ok(here instanceof Float64Array && there.length === 3);
    a.cp.set(here, 1, 0.5, 7);
    assert.equal(b.cp.get(there, 1, 8), 0.5);
    const part = there.subarray(1);
    part[0] = 9;
    assert.deepEqual((a.memory.decodeMessage(b.memory.encodeMessage(part, "other")) as Float64Array).length, 2);
    assert.equal(a.memory.decodeMessage(b.memory.encodeMessage(there, "other")), here);
    a.cp.get(here, 1, 9);
    assert.deepEqual(a.accesses(), ["W pixels[1] 0.5", "R pixels[1] 9"]);
    // As parts of other shared values, too: themselves in the segment, in private memory by reference.
    const state = a.memory.sharedValue({ all: here, some: here.subarray(1) }, true, creation("state", "m0:state#0")) as { all: Float64Array; some: Float64Array };
    assert.equal(state.all, here);
    const seen = b.memory.sharedValue({}, true, creation("state", "m0:state#0")) as typeof state;
    seen.some[0] = 4;
    assert.equal(here[1], 4);
    assert.equal(b.shared({ all: there }).all, there);
  });

  it("tells what a typed array held at the beginning and at the end", () => {
    const a = process_(0);
    const array = a.memory.sharedValue(new BigInt64Array([5n, 6n]), true, creation("big", "m0:big#0")) as BigInt64Array;
    array[1] = -1n;
    a.memory.emitFinals(true);
    const finals = a.trace().finals.map(({ name, value }) => [name, value]);
    assert.deepEqual(finals, [["big", [{ $bigint: "5" }, { $bigint: "-1" }]]]);
    assert.deepEqual(a.accesses(), ["W big[1] -1n"]);
  });

  it("takes the lock of a dead process away", () => {
    const a = process_(0);
    // No process has this number: Linux's highest is 4,194,304.
    symlinkSync("99999999.0.0", join(directory, "segment.lock"));
    const common = a.memory.sharedValue({ n: 1 }, true, creation("common")) as { n: number };
    assert.equal(common.n, 1);
    assert.deepEqual(readdirSync(directory), ["segment"]);
  });

  it("loses no field and tears no value under two processes", async () => {
    const file = fileURLToPath(new URL("./hammer-process.ts", import.meta.url));
    const results = await Promise.all(
      [1, 2].map(async (task) => {
        const child = fork(file, [join(directory, "segment"), String(task)], { execArgv: ["--import", "tsx"] });
        const [bad] = (await once(child, "message")) as [number];
        return bad;
      }),
    );
    assert.deepEqual(results, [0, 0]);
    const fields = process_(0).memory.sharedValue({}, true, creation("arena", "m0:arena#0"));
    assert.equal(Object.keys(fields).length, 101);
  });
});
