import assert from "node:assert/strict";
import { findingText } from "../../../webview/findings/finding-text";
import { wordsFor } from "../../../webview/l10n";
import type { LocatedFinding } from "../../../src/report/contract";

const at = { file: "/lesson/snippet.ts", column: 3 };
const RACE: LocatedFinding = {
  kind: "data-race",
  id: "r",
  message: "ann and bob change n.",
  explanation: ["Nothing orders them."],
  count: 1,
  tasks: [1, 2],
  steps: [
    { ...at, task: 1, line: 4, text: "reads n: 0" },
    { ...at, task: 2, line: 12, text: "writes n = 1" },
  ],
  events: [],
  ranges: [],
};

describe("a finding as plain text", () => {
  const text = (finding: LocatedFinding, locale = "en"): string => findingText(wordsFor(locale), finding, (task) => ["main", "ann", "bob"][task]!);

  it("has what happened step by step, a column per task", () => {
    assert.equal(
      text(RACE),
      [
        "Data race: ann and bob change n.",
        "",
        "          ann          bob",
        "line 4    reads n: 0",
        "line 12                writes n = 1",
        "",
        "Nothing orders them.",
        "",
      ].join("\n"),
    );
    assert.match(text(RACE, "zh-cn"), /第 4 行 +reads n: 0/);
  });

  it("has no table of one task's steps: the words tell them", () => {
    assert.doesNotMatch(text({ ...RACE, steps: RACE.steps!.slice(0, 1) }), /line 4/);
  });
});
