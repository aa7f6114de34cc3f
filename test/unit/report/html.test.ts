import assert from "node:assert/strict";
import type { LocatedFinding, Report } from "../../../src/report/contract";
import { htmlPage } from "../../../src/report/html/page";

const work = { parent: 0, space: 0, kind: "thread", pid: 1, state: "finished", started: 0, ended: 5 } as const;
const REPORT: Report = {
  schema: 1,
  command: "run",
  file: "/lesson/snippet.ts",
  mode: "threads",
  outcome: "completed",
  exitCode: 0,
  duration: 12,
  tasks: [
    { ...work, id: 0, parent: null, name: "main" },
    { ...work, id: 1, name: "ann" },
    { ...work, id: 2, name: "<bob>" },
  ],
  findings: [],
  variables: [],
  syncObjects: [
    { name: "m", type: "Mutex", waits: 3, waitedMs: 4.5, heldMs: 9, taken: 16, longestWait: { task: 2, ms: 2.25, file: "/lesson/snippet.ts", line: 7, column: 3 } },
    { name: "q", type: "MessageQueue", waits: 0, waitedMs: 0, heldMs: 0 },
  ],
  output: [],
  events: { recorded: 0, dropped: 0 },
};

/** The cells of each row of the table under a heading. */
function rowsUnder(html: string, heading: string): string[][] {
  const part = html.slice(html.indexOf(`<h2>${heading}</h2>`)).split("<h2>")[1]!;
  return [...part.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell!));
}

describe("the page of a run", () => {
  it("tells of each lock how often it was taken, and who waited longest, where", () => {
    assert.deepEqual(rowsUnder(htmlPage(REPORT, undefined), "Locks, queues and other objects"), [
      ["Name", "Type", "Taken", "Waits", "Waited (ms)", "Held (ms)", "Longest wait"],
      ["m", "Mutex", "16", "3", "4.5", "9", "2.25 ms · &lt;bob&gt; (#2) · snippet.ts:7"],
      ["q", "MessageQueue", "", "0", "0", "0", ""],
    ]);
    assert.deepEqual(rowsUnder(htmlPage(REPORT, undefined, "zh-cn"), "锁、队列和其他对象")[0], ["名称", "类型", "获取次数", "等待次数", "等待（毫秒）", "持有（毫秒）", "最长等待"]);
  });

  it("tells what happened step by step, a column per task", () => {
    const at = { file: "/lesson/snippet.ts", column: 3 };
    const steps = [
      { ...at, task: 1, line: 4, text: "reads n: 0" },
      { ...at, task: 2, line: 9, text: "writes n = 1" },
    ];
    const finding: LocatedFinding = { kind: "data-race", id: "r", message: "n", explanation: [], count: 1, tasks: [1, 2], steps, events: [], ranges: [] };
    const html = htmlPage({ ...REPORT, findings: [finding] }, undefined);
    assert.deepEqual(rowsUnder(html, "Findings"), [
      ["", "ann (#1)", "&lt;bob&gt; (#2)"],
      ["line 4", "reads n: 0", ""],
      ["line 9", "", "writes n = 1"],
    ]);
  });
});
