import assert from "node:assert/strict";
import { CostCollector } from "../../../src/report/costs";
import { compareRuns, comparisonReport, spreadOf } from "../../../src/report/comparison";
import { formatReport } from "../../../src/report";
import type { Report, TaskCosts } from "../../../src/report/contract";
import { wordsOf } from "../../../src/report/words";
import { Kind, SEGMENT_BASE } from "../../../src/trace";

function costs(task: number, figures: Partial<TaskCosts>): TaskCosts {
  return { task, createdInMs: null, cpuUserMs: null, cpuSystemMs: null, memoryBytes: null, voluntarySwitches: null, involuntarySwitches: null, communication: [], ...figures };
}

function report(change: Partial<Report>): Report {
  const task = { kind: "thread", pid: 10, parent: null, space: 0, state: "finished", started: 0, ended: 1 } as const;
  return {
    schema: 1,
    command: "run",
    file: "s.ts",
    mode: "threads",
    outcome: "completed",
    duration: 10,
    tasks: [
      { ...task, id: 0, name: "main" },
      { ...task, id: 1, name: "work", parent: 0 },
    ],
    variables: [],
    syncObjects: [],
    findings: [],
    output: [],
    events: { recorded: 0, dropped: 0 },
    ...change,
  };
}

describe("costs of tasks", () => {
  it("sums messages and bytes per means, and accesses of the segment alone", () => {
    const collector = new CostCollector();
    collector.sync(1, Kind.Send, 5, 100);
    collector.sync(1, Kind.Send, 6, 20);
    collector.sync(1, Kind.Receive, 5, 3);
    collector.sync(1, Kind.StreamWrite, 7, 8);
    collector.sync(1, Kind.Lock, 5, 999);
    collector.access(1, Kind.Write8, SEGMENT_BASE + 64, 1);
    collector.access(1, Kind.Read8, SEGMENT_BASE + 64, 1);
    collector.access(1, Kind.Read8, 64, 1);
    collector.sync(2, Kind.Send, 5, 1);
    const told = collector.of(1, (object) => (object === 7 ? "Pipe" : "MessageQueue"));
    assert.deepEqual(told.communication, [
      { means: "message-queue", sent: 2, sentBytes: 120, received: 1, receivedBytes: 3 },
      { means: "pipe", sent: 1, sentBytes: 8, received: 0, receivedBytes: 0 },
      { means: "shared-segment", sent: 1, sentBytes: 8, received: 1, receivedBytes: 8 },
    ]);
    assert.equal(told.memoryBytes, null);
  });

  it("does not tell the size of messages that Node carries", () => {
    const collector = new CostCollector();
    collector.sync(1, Kind.Send, 5, 0);
    const [told] = collector.of(1, () => "MessageQueue").communication;
    assert.deepEqual(told, { means: "message-queue", sent: 1, sentBytes: null, received: 0, receivedBytes: 0 });
    assert.equal(wordsOf("en").trafficLine("message-queue", 1, null, 0, 0), "message queue: sent 1 (size not told), received 0 (0 bytes)");
  });

  it("gives nanoseconds as milliseconds and leaves unknown what is", () => {
    const collector = new CostCollector();
    collector.meta({ type: "cost", task: 3, createdIn: 2_500_000, cpuUser: 1_000_000, cpuSystem: null, memory: 4096, voluntarySwitches: 7, involuntarySwitches: null });
    const told = collector.of(3, () => undefined);
    assert.deepEqual(told, costs(3, { createdInMs: 2.5, cpuUserMs: 1, memoryBytes: 4096, voluntarySwitches: 7 }));
  });
});

describe("comparison of runs", () => {
  it("takes median, least and most, and nothing from figures that are not told", () => {
    assert.deepEqual(spreadOf([3, null, 1, 2]), { median: 2, least: 1, most: 3, samples: [3, 1, 2] });
    assert.deepEqual(spreadOf([4, 1])?.median, 2.5);
    assert.equal(spreadOf([null]), null);
  });

  it("counts a process once, whose first task tells of all its threads", () => {
    const compared = compareRuns([report({ costs: [costs(0, { cpuUserMs: 30, cpuSystemMs: 5, memoryBytes: 1e6 }), costs(1, { cpuUserMs: 20, memoryBytes: 2e6, createdInMs: 4 })] })]);
    assert.equal(compared.cpuMs?.median, 35);
    // Creation and memory are those of spawned tasks.
    assert.equal(compared.createdInMs?.median, 4);
    assert.equal(compared.memoryBytes?.median, 2e6);
  });

  it("sums processes", () => {
    const tasks = report({}).tasks.map((task) => ({ ...task, pid: 10 + task.id }));
    const compared = compareRuns([report({ tasks, costs: [costs(0, { voluntarySwitches: 3 }), costs(1, { voluntarySwitches: 4 })] })]);
    assert.equal(compared.voluntarySwitches?.median, 7);
  });

  it("tells which final values came how often, in main's memory only", () => {
    const run = (value: number): Report =>
      report({
        variables: [
          { name: "n", space: 0, value, reads: 0, writes: 0, guardedBy: null },
          { name: "n", space: 1, value: 99, reads: 0, writes: 0, guardedBy: null },
        ],
      });
    assert.deepEqual(compareRuns([run(1), run(2), run(2)]).finals, [{ name: "n", values: [{ value: 2, count: 2 }, { value: 1, count: 1 }] }]);
  });

  it("tells what a crash took down, and prints both modes in both languages", () => {
    const [main, work] = report({}).tasks;
    const crash = report({ outcome: "crashed", tasks: [{ ...main!, state: "killed" }, { ...work!, state: "crashed" }] });
    const contained = report({ tasks: [main!, { ...work!, state: "crashed" }] });
    const told = comparisonReport([crash, crash], [contained, contained], { communication: [{ means: "shared-variable", threads: spreadOf([1.25]), processes: null }] });
    assert.equal(told.command, "compare");
    assert.deepEqual(told.comparison?.threads.crashes, [{ crashed: ["work"], ended: ["main"], wentOn: [], runs: 2 }]);
    assert.deepEqual(told.comparison?.processes.crashes, [{ crashed: ["work"], ended: [], wentOn: ["main"], runs: 2 }]);
    const text = formatReport(told, { colour: false });
    assert.match(text, /work crashed; main ended with it; nothing went on \(2 runs\)/);
    assert.match(text, /work crashed; nothing ended with it; main went on \(2 runs\)/);
    assert.match(text, /shared variable +1\.3 \(1\.3 – 1\.3\) +does not reach the other/);
    assert.match(formatReport(told, { colour: false, locale: "zh-cn" }), /共享变量 +1\.3 .* +无法到达对方/);
    assert.match(formatReport(told, { colour: false, locale: "zh-cn" }), /已?崩溃: 全部 2 次运行/);
  });

  it("says which exchange of messages failed instead of what it would have told", () => {
    const told = comparisonReport([report({})], [report({})], { communication: [{ means: "pipe", threads: spreadOf([1.25]), processes: null }], failedExchanges: [{ mode: "processes", runs: 2, outcome: "crashed", error: "EMFILE" }] });
    assert.match(formatReport(told, { colour: false }), /pipe +1\.3 \(1\.3 – 1\.3\) +–\n.*Not measured in 2 runs as processes: the exchange of messages: crashed \(EMFILE\)/);
    assert.match(formatReport(told, { colour: false, locale: "zh-cn" }), /以进程方式有 2 次未能测量/);
  });

  it("says of a task that could not tell its costs that they are not known", () => {
    const [main, work] = report({}).tasks;
    const told = report({ outcome: "crashed", tasks: [main!, work!], costs: [costs(main!.id, { memoryBytes: 5e6, cpuUserMs: 1 }), costs(work!.id, {})] });
    assert.match(formatReport(told, { colour: false }), /work \(#1\): not told: its process ended before it could/);
    assert.doesNotMatch(formatReport({ ...told, outcome: "killed" }, { colour: false }), /not told: its process/);
  });
});
