import assert from "node:assert/strict";
import { LiveAnalysis } from "../../../src/analysis";
import { ReportCollector, buildReport, describeFinding, formatReport, type LocatedFinding, type Report } from "../../../src/report";
import { en } from "../../../src/report/words/en";
import { zhCn } from "../../../src/report/words/zh-cn";
import { draw, type ObjectsOf } from "../../support/trace-dsl";

interface Told {
  readonly report: Report;
  readonly located: LocatedFinding[];
}

function tell(text: string, objects: ObjectsOf = {}, outcome: Report["outcome"] = "completed", locale = "en"): Told {
  const analysis = new LiveAnalysis();
  const collector = new ReportCollector();
  for (const chunk of draw(text, objects).builder.byTask().flat()) {
    analysis.push(chunk);
    collector.push(chunk);
  }
  analysis.end();
  collector.close();
  const report = buildReport({ command: "run", file: "snippet.ts", mode: "threads", result: { outcome, exitCode: 0, duration: 12 }, analysis, collector, locale });
  return { report, located: analysis.findings().map((finding) => describeFinding(finding, { names: collector, locale })) };
}

const race = `
main       worker
spawn worker
lock m
read x 0
           read x 0
write x 1
           write x 1
unlock m
`;

describe("the report", () => {
  it("counts a race in pairs of accesses, and says so", () => {
    const { report } = tell("\nmain       worker\nspawn worker\nread x 0\n           write x 1\n");
    const [found] = report.findings;
    const seen = { ...report, findings: [{ ...found!, count: 5976 }] };
    assert.match(formatReport(seen, { colour: false }), /data race \(5,976 conflicting pairs\)/);
    assert.match(formatReport(seen, { colour: false, locale: "zh-cn" }), /\(5,976 对冲突的访问\)/);
    const crossed = { ...report, findings: [{ ...found!, kind: "lock-order" as const, count: 2 }] };
    assert.match(formatReport(crossed, { colour: false }), /\(2 times\)/);
  });

  it("tells of a race both accesses with task, value, locks and place", () => {
    const { report } = tell(race, { m: "Mutex" });
    const found = report.findings.find((finding) => finding.accesses?.every((access) => access.op === "write"));
    assert.deepEqual(found?.accesses, [
      { task: 0, op: "write", atomic: false, value: 1, locks: ["m"], file: "/snippet.ts", line: 5, column: 1, text: "write x 1" },
      { task: 1, op: "write", atomic: false, value: 1, locks: [], file: "/snippet.ts", line: 6, column: 1, text: "write x 1" },
    ]);
    assert.deepEqual(found.tasks, [0, 1]);
    assert.equal(found.variable, "x");
  });

  it("explains what happened, the loss, the missing edge, the lock that one side lacks, and the repair", () => {
    const { report } = tell(race, { m: "Mutex" });
    const text = report.findings.find((finding) => finding.accesses?.every((access) => access.op === "write"))!.explanation.join("\n");
    assert.match(text, /main \(#0\) wrote 1 to "x" at snippet\.ts:5:1: write x 1 – holding m/);
    assert.match(text, /both read 0 .* one update is lost/);
    assert.match(text, /no chain of happens-before edges/);
    assert.match(text, /main \(#0\) holds m, but worker \(#1\) does not/);
    assert.match(text, /m\.withLock/);
  });

  it("tells how long permits were held, and that a signal is none", () => {
    const pool = `
main       worker
spawn worker
acquire s
acquire s
release s
           acquire s
           release s
release s
`;
    const held = (text: string, permits: number): number => tell(text, { s: ["Semaphore", permits] }).report.syncObjects[0]!.heldMs;
    assert.ok(held(pool, 2) > 0);
    assert.equal(held(pool.replace(/release s\n$/, "join worker\n"), 2), held(pool, 2), "what is not given back is held to the end");
    assert.equal(held("\nmain       worker\nspawn worker\nrelease s\nrelease s\n           acquire s\n           acquire s\njoin worker\n", 0), 0);
  });

  it("gives variables, locks, tasks and events", () => {
    const { report } = tell(
      `
main       worker
spawn worker
lock m
write x 1
           block lock m
unlock m
           lock m
           write x 2
           unlock m
           end
join worker
read x 2
end
`,
      { m: "Mutex" },
    );
    assert.deepEqual(report.variables, [{ name: "x", space: 0, value: 2, reads: 1, writes: 2, guardedBy: "m" }]);
    const [m] = report.syncObjects;
    assert.deepEqual([m?.name, m?.type, m?.waits], ["m", "Mutex", 1]);
    assert.ok(m!.waitedMs > 0 && m!.heldMs > m!.waitedMs);
    assert.equal(m?.taken, 2);
    assert.deepEqual(m.longestWait, { task: 1, ms: m.waitedMs, file: "/snippet.ts", line: 4, column: 1 });
    assert.match(formatReport(report, { colour: false }), /m \(Mutex\) {3}taken 2 times, 1 wait, .*; longest wait [\d.]+ ms: worker \(#1\) at line 4/);
    assert.deepEqual(report.tasks.map(({ id, name, state, parent }) => ({ id, name, state, parent })), [
      { id: 0, name: "main", state: "finished", parent: null },
      { id: 1, name: "worker", state: "finished", parent: 0 },
    ]);
    assert.deepEqual(report.findings, []);
    assert.deepEqual(report.events, { recorded: 14, dropped: 0 });
  });

  it("tells a deadlock with its cycle, and its tasks as blocked", () => {
    const { report } = tell(
      `
main       worker
spawn worker
lock a
           lock b
block lock b
           block lock a
`,
      { a: "Mutex", b: "Mutex" },
      "deadlocked",
    );
    const [deadlock] = report.findings;
    assert.equal(deadlock?.kind, "deadlock");
    assert.deepEqual(deadlock.cycle, [
      { task: 0, waitsFor: "b", heldBy: [1], holds: ["a"], file: "/snippet.ts", line: 4 },
      { task: 1, waitsFor: "a", heldBy: [0], holds: ["b"], file: "/snippet.ts", line: 5 },
    ]);
    assert.deepEqual(report.tasks.map((task) => [task.state, task.ended]), [["blocked", null], ["blocked", null]]);
  });

  it("is JSON all through", () => {
    const { report } = tell(race, { m: "Mutex" });
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });

  it("says the same in Chinese, without English sentences", () => {
    const { report } = tell(race, { m: "Mutex" }, "completed", "zh-cn");
    for (const finding of report.findings) {
      for (const text of [finding.message, ...finding.explanation]) assert.match(text, /[\u4e00-\u9fff]/);
      assert.doesNotMatch([finding.message, ...finding.explanation].join(" "), /\b(the|both|task|holding)\b/);
    }
  });

  it("prints for people: places, both lines, a summary; colours only when asked", () => {
    const { report } = tell(race, { m: "Mutex" });
    const plain = formatReport(report, { colour: false });
    assert.match(plain, /\/snippet\.ts:5:1 {2}write x 1/);
    assert.match(plain, /\/snippet\.ts:6:1 {2}write x 1/);
    assert.match(plain, /Run as threads: completed/);
    assert.doesNotMatch(plain, /\u001b/);
    assert.match(formatReport(report, { colour: true }), /\u001b\[31m/);
  });

  it("both languages have the same words", () => {
    assert.deepEqual(Object.keys(zhCn).sort(), Object.keys(en).sort());
  });
});
