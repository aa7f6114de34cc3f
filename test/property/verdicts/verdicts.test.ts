import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveAnalysis, type AnalysisFinding } from "../../../src/analysis";
import { shuffle } from "../../support/arrival";
import { canDeadlock, interleave, lostUpdates, record, type Interleaving, type Model, type Step } from "./model";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 1000);

const tasks = (steps: fc.Arbitrary<Step[]>): fc.Arbitrary<Model> => fc.array(steps, { minLength: 2, maxLength: 3 });
const choices = fc.array(fc.nat(30), { minLength: 40, maxLength: 40 });
const section = (lock: number, inside: readonly Step[]): Step[] => [{ op: "lock", of: lock }, ...inside, { op: "unlock", of: lock }];

/** Sections of one lock per variable: nothing races, but what one section reads another may write. */
const guarded = tasks(
  fc
    .array(
      fc.tuple(fc.nat(1), fc.constantFrom<readonly Step["op"][]>(["read"], ["write"], ["read", "write"], ["write", "read"])).map(([of, ops]) => section(of, ops.map((op) => ({ op, of })))),
      { maxLength: 5 },
    )
    .map((sections) => sections.flat()),
);

/** Atomics alone. */
const atomic = tasks(fc.array(fc.record({ op: fc.constantFrom("load" as const, "store" as const, "add" as const, "load" as const), of: fc.constantFrom(0, 0, 0, 1) }), { maxLength: 8 }));

/** Nested sections of three locks; no task takes a lock that it holds. */
const nested = tasks(
  fc
    .array(fc.shuffledSubarray([0, 1, 2], { minLength: 1 }), { minLength: 1, maxLength: 3 })
    .map((blocks) => blocks.flatMap((locks) => locks.reduceRight<Step[]>((inside, lock) => section(lock, inside), []))),
);

function findings(model: Model, order: Interleaving, arrival: readonly number[]): readonly AnalysisFinding[] {
  const analysis = new LiveAnalysis();
  for (const chunk of shuffle(record(model, order).byTask(), arrival)) analysis.push(chunk);
  analysis.end();
  return analysis.findings();
}

describe("verdicts against all interleavings", function () {
  this.timeout(300_000);

  for (const [what, models] of [["sections of a lock", guarded], ["atomic steps", atomic]] as const) {
    it(`a lost update is told exactly where two tasks have updated the same instance of a value, of ${what}`, () => {
      let lossy = 0;
      fc.assert(
        fc.property(models, choices, (model, schedule) => {
          const { order } = interleave(model, schedule);
          const expected = lostUpdates(model, order);
          if (expected.size > 0) lossy++;
          const told = findings(model, order, schedule);
          assert.deepEqual([...new Set(told.map(({ kind }) => kind))], expected.size > 0 ? ["lost-update"] : []);
          assert.deepEqual(new Set(told.map((finding) => ("variable" in finding ? finding.variable : ""))), expected);
        }),
        { numRuns: RUNS },
      );
      assert.ok(lossy > RUNS / 20, `only ${lossy} programs lost an update: the property says little`);
    });
  }

  it("a lock order is told of a run that ended well exactly where another interleaving deadlocks", () => {
    let deadly = 0;
    let ended = 0;
    fc.assert(
      fc.property(nested, choices, (model, schedule) => {
        const { order, stuck } = interleave(model, schedule);
        fc.pre(!stuck);
        ended++;
        const expected = canDeadlock(model);
        if (expected) deadly++;
        const told = findings(model, order, schedule);
        assert.deepEqual([...new Set(told.map(({ kind }) => kind))], expected ? ["lock-order"] : []);
      }),
      { numRuns: RUNS },
    );
    assert.ok(deadly > RUNS / 20 && deadly < ended, `${deadly} of ${ended} programs can deadlock: the property says little`);
  });
});
