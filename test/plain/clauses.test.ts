import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sameAsInNode, printed } from "./as-in-node";
import { prepare, testsOf, type Suite } from "./test262/suite";

const RUNNER = join(__dirname, "test262", "runner.cjs");
const OWN: Suite = { tests: join(__dirname, "clauses", "tests"), harness: join(__dirname, "clauses", "harness") };

/** Tests in one run, each with its agents a few threads: a run can tell a thousand apart. */
const AT_ONCE = 100;
const FOLDERS = ["built-ins/Atomics", "built-ins/SharedArrayBuffer"];

/** Fails unless all tests have the same results recorded as in plain Node. Gives the results. */
async function compare(suite: Suite, names: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "cp-clauses-"));
  try {
    const found = await sameAsInNode(RUNNER, prepare(suite, names, folder), "4");
    assert.equal(found.outcome, "completed");
    return printed(found).split("\n").filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the clauses on Atomics and SharedArrayBuffer", function () {
  this.timeout(300_000);

  for (const name of testsOf(OWN, ["."])) {
    it(name, async () => {
      for (const result of await compare(OWN, [name])) assert.match(result, /: passed$/);
    });
  }
});

// What test262 itself says: its tests come in no package; TEST262 names a checkout.
const checkout = process.env.TEST262;
(checkout === undefined ? describe.skip : describe)("test262", function () {
  this.timeout(3_600_000);
  const suite: Suite = { tests: join(checkout ?? "", "test"), harness: join(checkout ?? "", "harness") };
  const names = checkout === undefined ? [] : testsOf(suite, FOLDERS);
  for (let from = 0; from < names.length; from += AT_ONCE) {
    it(`tests ${from + 1} to ${Math.min(from + AT_ONCE, names.length)} have the same results as in Node`, async () => {
      const results = await compare(suite, names.slice(from, from + AT_ONCE));
      assert.ok(results.length > 0);
    });
  }
});
