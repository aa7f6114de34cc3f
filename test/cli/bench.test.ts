import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findSanitizer } from "../../bench/sanitizer";
import { documentOf, goalsOf, type Goal } from "../../scripts/lib/goals.mjs";

const root = join(__dirname, "../..");

describe("npm run bench", () => {
  it("prints one JSON document with the machine, its load, each bench and each number to reach", () => {
    const output = execFileSync(process.execPath, [join(root, "scripts/bench.mjs"), "--built", "--quick", "analysis"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const document = JSON.parse(output) as { machine: Record<string, unknown>; loadBefore: number; loadAfter: number; benches: Record<string, { memory: { measured: unknown[] } }>; reach: Goal[] };
    assert.deepEqual(Object.keys(document.machine), ["cpus", "model", "platform", "node", "memoryGB", "freeMemoryGB"]);
    assert.equal(typeof document.loadBefore, "number");
    assert.equal(typeof document.loadAfter, "number");
    assert.deepEqual(Object.keys(document.benches), ["analysis"]);
    assert.equal(document.benches["analysis"]!.memory.measured.length, 4);
    assert.equal(document.reach.filter(({ bound }) => bound === "at least").length, 5);
    for (const goal of document.reach) assert.equal(typeof goal.measured, "number", goal.number);
  });

  it("refuses a bench that there is not", () => {
    assert.throws(() => execFileSync(process.execPath, [join(root, "scripts/bench.mjs"), "nothing"], { stdio: "pipe" }), /There is no bench nothing: there are recording, /);
  });
});

describe("the peer of the recording", () => {
  it("is not told where there is no g++", () => {
    const path = process.env["PATH"];
    process.env["PATH"] = __dirname;
    try {
      assert.deepEqual(findSanitizer(), { missing: "not told: no g++" });
    } finally {
      process.env["PATH"] = path;
    }
  });
});

describe("numbers to reach", () => {
  it("are found wherever they stand, and met or not", () => {
    const goals = goalsOf("b", { reach: { slowdown: 5, perSecond: { atLeast: 10 } }, threads: { slowdown: 4.5, other: 9 }, all: [{ name: "x", perSecond: 9 }, { kernel: "y", perSecond: 10 }, { perSecond: 11 }] });
    assert.deepEqual(
      goals.map(({ number, bound, met }) => [number, bound, met]),
      [
        ["threads.slowdown", "at most", true],
        ["all.x.perSecond", "at least", false],
        ["all.y.perSecond", "at least", true],
        ["all.2.perSecond", "at least", true],
      ],
    );
  });

  it("that were not measured are neither", () => {
    assert.deepEqual(
      goalsOf("b", { reach: { here: 5, nowhere: 1 }, here: null }).map(({ measured, met }) => [measured, met]),
      [
        [null, null],
        [null, null],
      ],
    );
  });

  it("are read from the document, not from what was printed before it", () => {
    assert.deepEqual(documentOf('Installing { …\n{\n  "a": 1\n}\n'), { a: 1 });
    assert.throws(() => documentOf("nothing"), /no document/);
  });
});
