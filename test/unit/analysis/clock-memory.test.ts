import assert from "node:assert/strict";
import { LiveAnalysis } from "../../../src/analysis";
import { ReportCollector, buildReport, formatReport } from "../../../src/report";
import { Kind, WaitFor } from "../../../src/trace";
import { TraceBuilder } from "../../support/trace-builder";

const TASKS = 40;
const SLOT = 64;

/** A race; then tasks that pass on many clocks, and a second race; then two of them deadlock. */
function trace(): TraceBuilder {
  const builder = new TraceBuilder();
  builder.task(0, "main", null);
  builder.variable(SLOT, "early");
  builder.variable(SLOT + 8, "late");
  for (let id = 1; id <= TASKS; id++) builder.task(id, `t${id}`, 0);
  builder.object(1, "Mutex", "a");
  builder.object(2, "Mutex", "b");
  for (let id = 100; id < 200; id++) builder.object(id, "Latch", `l${id}`, 1);
  builder.sync(0, Kind.TaskStart, 0, 0);
  for (let id = 1; id <= TASKS; id++) {
    builder.sync(0, Kind.Spawn, 1, id);
    builder.sync(id, Kind.TaskStart, 0, id);
  }
  for (const id of [1, 2]) builder.access(id, Kind.Write8, 10 + id, SLOT, id);
  for (let id = 1; id <= TASKS; id++) {
    for (let object = 100; object < 200; object++) {
      builder.sync(id, Kind.LatchPass, 20, object);
      builder.sync(id, Kind.LatchCountDown, 21, object, 1);
    }
  }
  for (const id of [TASKS - 1, TASKS]) builder.access(id, Kind.Write8, 30 + id, SLOT + 8, id);
  builder.sync(1, Kind.Lock, 40, 1);
  builder.sync(2, Kind.Lock, 41, 2);
  builder.sync(1, Kind.Block, 42, 2, WaitFor.Lock, -1);
  builder.sync(2, Kind.Block, 43, 1, WaitFor.Lock, -1);
  return builder;
}

function judge(clockWords?: number): { analysis: LiveAnalysis; kinds: string[]; notes: string[] | undefined; text: string } {
  const analysis = new LiveAnalysis(clockWords === undefined ? {} : { clockWords });
  const collector = new ReportCollector();
  for (const chunk of trace().byTask().flat()) {
    analysis.push(chunk);
    collector.push(chunk);
  }
  analysis.end();
  collector.close();
  const report = buildReport({ command: "run", file: "x.ts", mode: "threads", result: { outcome: "deadlocked", exitCode: null, duration: 1 }, analysis, collector });
  const kinds = report.findings.map(({ kind, variable }) => (variable === undefined ? kind : `${kind} ${variable}`)).sort();
  return { analysis, kinds, notes: report.notes, text: formatReport(report, { colour: false }) };
}

describe("the memory of clocks", () => {
  it("is enough for what runs do", () => {
    const { analysis, kinds, notes } = judge();
    assert.equal(analysis.exceeded, false);
    assert.equal(notes, undefined);
    assert.ok(["data-race early", "data-race late", "deadlock"].every((kind) => kinds.includes(kind)), kinds.join());
  });

  it("is bounded: beyond it nothing is made up, deadlocks are still found, and the report says so", () => {
    const { analysis, kinds, notes, text } = judge(8_000);
    assert.equal(analysis.exceeded, true);
    assert.deepEqual(kinds, ["data-race early", "deadlock"]);
    assert.equal(notes?.length, 1);
    assert.match(text, /takes more memory than it may/);
  });
});
