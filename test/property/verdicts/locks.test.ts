import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveAnalysis, type AnalysisFinding } from "../../../src/analysis";
import { shuffle } from "../../support/arrival";
import { LOCKS, canDeadlock, run, type Hold, type LockModel, type LockStep } from "./lock-model";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 1000);

const choices = fc.array(fc.nat(30), { minLength: 40, maxLength: 40 });

function holdsOf(of: number): readonly Hold[] {
  switch (LOCKS[of]!.type) {
    case "ReadWriteLock":
      return ["read", "read", "write"];
    case "Semaphore":
      return ["permit"];
    default:
      return ["lock"];
  }
}

/** Nested sections of some of the locks; no task takes what it holds. */
function models(locks: readonly number[], tasks: number): fc.Arbitrary<LockModel> {
  const section = fc.shuffledSubarray([...locks], { minLength: 1, maxLength: 3 }).chain((chosen) =>
    fc.tuple(...chosen.map((of) => fc.constantFrom(...holdsOf(of)).map((as): LockStep => ({ take: true, of, as })))).map((taken) => [...taken, ...taken.toReversed().map((step) => ({ ...step, take: false }))]),
  );
  return fc.array(fc.array(section, { minLength: 1, maxLength: 2 }).map((sections) => sections.flat()), { minLength: 2, maxLength: tasks });
}

function findings(chunks: readonly Uint8Array[]): readonly AnalysisFinding[] {
  const analysis = new LiveAnalysis();
  for (const chunk of chunks) analysis.push(chunk);
  analysis.end();
  return analysis.findings();
}

describe("locks of all kinds against all interleavings", function () {
  this.timeout(300_000);

  for (const [what, all] of [
    ["mutexes and spin locks", models([0, 1, 4], 3)],
    ["a read-write lock and mutexes", models([0, 1, 2], 3)],
    ["two read-write locks", models([0, 2, 3], 4)],
    ["semaphores", models([0, 4, 5], 3)],
  ] as const) {
    it(`deadlock told where nobody could go on, lock order where another interleaving gets there, nothing where none does: ${what}`, () => {
      const counts = { stuck: 0, deadly: 0, harmless: 0 };
      fc.assert(
        fc.property(all, choices, (model, schedule) => {
          const { builder, stuck } = run(model, schedule);
          const deadly = stuck || canDeadlock(model);
          counts[stuck ? "stuck" : deadly ? "deadly" : "harmless"]++;
          const kinds = new Set(findings(shuffle(builder.byTask(), schedule)).map(({ kind }) => kind));
          // What is another circle than the one that closed may be told beside it.
          if (stuck) kinds.delete("lock-order");
          assert.deepEqual([...kinds], stuck ? ["deadlock"] : deadly ? ["lock-order"] : []);
        }),
        { numRuns: RUNS },
      );
      for (const [which, count] of Object.entries(counts)) assert.ok(count > RUNS / 50, `only ${count} programs were ${which}: the property says little`);
    });
  }
});
