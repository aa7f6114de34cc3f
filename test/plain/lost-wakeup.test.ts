import assert from "node:assert/strict";
import { join } from "node:path";
import type { Report } from "../../src/report/contract";
import { outputOf, report } from "../cli/cli";

const SEEDS = [1, 2, 3] as const;

/** 300 calls of a worker, each waiting for its answer, with random delays. */
async function calls(version: string, seed: number): Promise<Report> {
  const { report: told } = await report(join(__dirname, "lost-wakeup", `synckit-${version}.mjs`), "threads", "--perturb", String(seed));
  return told;
}

describe("a lost wake-up in a published package", function () {
  this.timeout(120_000);

  it("is found again in synckit 0.9.1: a late notify ends the next call's wait, and no answer is there", async () => {
    const failures: string[] = [];
    for (const seed of SEEDS) {
      const { outcome, findings } = await calls("0.9.1", seed);
      assert.deepEqual(findings.filter(({ kind }) => kind === "data-race"), []);
      if (outcome === "crashed") failures.push(findings.find(({ kind }) => kind === "crash")?.message ?? "");
    }
    assert.ok(failures.length > 0);
    for (const message of failures) assert.match(message, /undefined \(reading 'message'\)/);
  });

  it("is not in 0.11.7, where a wait that ends without an answer waits again", async () => {
    for (const seed of SEEDS) {
      const told = await calls("0.11.7", seed);
      assert.deepEqual(told.findings, []);
      assert.equal(told.outcome, "completed");
      assert.equal(outputOf(told, 0), "45150\n");
    }
  });
});
