import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { report } from "../cli/cli";
import { printed, sameAsInNode } from "./as-in-node";

const PROGRAMS = join(__dirname, "programs");
const VERDICTS = join(__dirname, "verdicts");
const FILES = [...readdirSync(PROGRAMS).filter((name) => /\.[cm]?js$/.test(name)), "modules/main.mjs"];

describe("plain programs do what they do in Node", function () {
  this.timeout(120_000);
  for (const file of FILES) {
    it(file, async () => {
      await sameAsInNode(join(PROGRAMS, file));
    });
  }

  // The second run is the one whose code comes compiled.
  it("package/main.js, twice, without a warning", async () => {
    for (let run = 0; run < 2; run++) assert.equal(printed(await sameAsInNode(join(PROGRAMS, "package/main.js")), "stderr"), "");
  });
});

describe("races in plain programs", function () {
  this.timeout(120_000);
  const races = async (file: string): Promise<string[]> => {
    const { report: found } = await report(join(VERDICTS, file), "threads");
    assert.equal(found.outcome, "completed");
    return [...new Set(found.findings.filter(({ kind }) => kind === "data-race").map(({ variable }) => variable ?? ""))].sort();
  };

  it("finds the unordered update beside the atomic one", async () => assert.deepEqual(await races("race.mjs"), ["counter[0]"]));
  it("advises what a plain program has: Atomics, not the snippet API's lock", async () => {
    const { report: found } = await report(join(VERDICTS, "race.mjs"), "threads");
    const advice = found.findings.find(({ kind }) => kind === "data-race")?.explanation.at(-1) ?? "";
    assert.match(advice, /Atomics/);
    assert.doesNotMatch(advice, /withLock/);
  });
  it("knows a mutex made of Atomics", async () => assert.deepEqual(await races("mutex.cjs"), []));
  it("knows messages, there and back", async () => assert.deepEqual(await races("message.cjs"), []));
  it("finds bytes that a DataView and a Buffer share", async () => assert.notDeepEqual(await races("bytes.cjs"), []));
  it("finds elements that methods touch", async () => assert.match((await races("methods.cjs")).join(" "), /^numbers\[[23]\]( numbers\[3\])?$/));
  it("keeps apart the bytes of two views", async () => assert.deepEqual(await races("parts.cjs"), []));
});
