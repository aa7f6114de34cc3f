import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveAnalysis, type DataRaceFinding, type DeadlockFinding } from "../../../src/analysis";
import { shuffle } from "../../support/arrival";
import { execute, program } from "./program";
import { onCycle, racesByClosure } from "./oracle";

interface Verdict {
  readonly races: Set<string>;
  readonly deadlocks: DeadlockFinding[];
  readonly told: DeadlockFinding[];
}

function verdict(chunks: readonly Uint8Array[]): Verdict {
  const told: DeadlockFinding[] = [];
  const analysis = new LiveAnalysis({ onDeadlock: (deadlock) => told.push(deadlock) });
  for (const chunk of chunks) analysis.push(chunk);
  const live = told.length;
  analysis.end();
  // What is known at the end was known when the last byte came.
  assert.equal(told.length, live);
  const findings = analysis.findings();
  const races = findings.filter((finding): finding is DataRaceFinding => finding.kind === "data-race");
  return {
    races: new Set(races.map((race) => `${race.variable} ${race.accesses.map((access) => access.site).sort((x, y) => x - y).join("-")}`)),
    deadlocks: findings.filter((finding): finding is DeadlockFinding => finding.kind === "deadlock"),
    told,
  };
}

const runs = Number(process.env["PROPERTY_RUNS"] ?? 1000);

describe("random programs against brute force", function () {
  this.timeout(300_000);

  it("race exactly where the closure of happens-before says, in whatever order the chunks arrive", () => {
    let racy = 0;
    fc.assert(
      fc.property(program, fc.array(fc.nat(100), { minLength: 8, maxLength: 8 }), (source, choices) => {
        const { builder, events } = execute(source);
        const expected = racesByClosure(events);
        if (expected.size > 0) racy++;
        const byTask = builder.byTask();
        assert.deepEqual(verdict(byTask.flat()).races, expected, "task after task");
        assert.deepEqual(verdict(shuffle(byTask, choices)).races, expected, "shuffled");
      }),
      { numRuns: runs },
    );
    assert.ok(racy > runs / 20, `only ${racy} programs raced: the property says little`);
  });

  it("deadlock exactly where no task can go on, and name the cycle where there is one", () => {
    let stuckRuns = 0;
    let cycles = 0;
    fc.assert(
      fc.property(program, fc.array(fc.nat(100), { minLength: 8, maxLength: 8 }), (source, choices) => {
        const { builder, stuck, waitsFor } = execute(source);
        const { told, deadlocks } = verdict(shuffle(builder.byTask(), choices));
        assert.equal(told.length, stuck.length > 0 ? 1 : 0);
        if (stuck.length === 0) return assert.deepEqual(deadlocks, []);
        stuckRuns++;
        const circular = stuck.filter((task) => onCycle(waitsFor, task));
        for (const { waits, cyclic } of deadlocks.filter((found) => found.complete)) {
          const tasks = waits.map((wait) => wait.task);
          if (circular.length > 0) {
            cycles++;
            assert.ok(cyclic && tasks.every((task) => circular.includes(task)), `${tasks.join()} of ${circular.join()}`);
            waits.forEach((wait, i) => assert.ok(wait.heldBy.includes(tasks[(i + 1) % tasks.length]!), "each waits for the next"));
          } else if (!cyclic) assert.deepEqual([...tasks].sort(), [...stuck].sort());
        }
      }),
      { numRuns: runs },
    );
    assert.ok(stuckRuns > runs / 20 && cycles > 0, `${stuckRuns} stuck, ${cycles} cycles: the property says little`);
  });
});
