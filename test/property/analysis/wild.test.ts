import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveAnalysis, type DataRaceFinding } from "../../../src/analysis";
import { Kind } from "../../../src/trace";
import { shuffle } from "../../support/arrival";
import { racesOf } from "./wild-oracle";
import { wildTrace } from "./wild-trace";

function races(chunks: readonly Uint8Array[]): Set<string> {
  const analysis = new LiveAnalysis();
  for (const chunk of chunks) analysis.push(chunk);
  analysis.end();
  assert.deepEqual(analysis.problems, []);
  const found = analysis.findings().filter((finding): finding is DataRaceFinding => finding.kind === "data-race");
  assert.equal(new Set(found.map((race) => race.id)).size, found.length, "one report per pair of sites and variable");
  return new Set(found.map((race) => `${race.space} ${race.variable.replace(/\[.*/, "")} ${race.accesses.map((access) => access.site).sort((x, y) => x - y).join("-")}`));
}

const runs = Number(process.env["PROPERTY_RUNS"] ?? 1000);

describe("random traces of all kinds of events against brute force", function () {
  this.timeout(300_000);

  it("race exactly where the closure of happens-before says, in whatever order the chunks arrive", () => {
    let racy = 0;
    let ordered = 0;
    const kinds = new Set<Kind>();
    fc.assert(
      fc.property(wildTrace, fc.array(fc.nat(100), { minLength: 8, maxLength: 8 }), (trace, choices) => {
        const expected = racesOf(trace);
        if (expected.size > 0) racy++;
        else ordered++;
        for (const event of trace.events) kinds.add(event.kind);
        const byTask = trace.builder.byTask();
        assert.deepEqual(sorted(races(byTask.flat())), sorted(expected), "task after task");
        assert.deepEqual(sorted(races(shuffle(byTask, choices))), sorted(expected), "shuffled");
      }),
      { numRuns: runs },
    );
    assert.ok(racy > runs / 4 && ordered > runs / 20, `${racy} raced, ${ordered} did not: the property says little`);
    for (let kind = Kind.TaskStart; kind <= Kind.MemoryNotify; kind++) {
      // Of these the traces have none: they order nothing, and the machinery around them is tested elsewhere.
      if (kind === Kind.Kill || kind === Kind.Block || kind === Kind.Connect) continue;
      assert.ok(runs < 500 || kinds.has(kind), `no trace had ${Kind[kind]}`);
    }
  });
});

function sorted(set: ReadonlySet<string>): string[] {
  return [...set].sort();
}
