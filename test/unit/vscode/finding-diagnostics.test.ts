import assert from "node:assert/strict";
import type { LocatedFinding } from "../../../src/report/contract";
import { type LineChange, type Span, placeFinding, shift, spanOf } from "../../../src/vscode/finding-diagnostics";

const words = {
  read: (task: number) => `${task} reads`,
  write: (task: number) => `${task} writes`,
  update: (task: number) => `${task} updates`,
  waits: (task: number, object: string) => `${task} waits for ${object}`,
};

const at = (line: number): LocatedFinding["ranges"][number] => ({ file: "/s.ts", line, column: 3, endLine: line, endColumn: 10 });

function race(lines: number[]): LocatedFinding {
  return {
    kind: "data-race",
    message: "a race",
    explanation: [],
    tasks: [1, 2],
    count: 1,
    id: "r",
    events: [],
    accesses: lines.map((line, index) => ({ task: index + 1, op: index ? "write" : "read", atomic: false, locks: [], file: "/s.ts", line, column: 3, text: "x" })),
    ranges: lines.map(at),
  };
}

describe("findings as diagnostics", () => {
  it("stand at both places, each with the other as related information", () => {
    const placed = placeFinding(race([4, 7]), words);
    assert.deepEqual(
      placed.map(({ span, severity, code, related }) => [span.startLine, severity, code, related.map(({ span: { startLine }, message }) => [startLine, message])]),
      [
        [3, "error", "data-race", [[6, "2 writes"]]],
        [6, "error", "data-race", [[3, "1 reads"]]],
      ],
    );
  });

  it("stand once where both accesses are at one place, and still name the other", () => {
    const placed = placeFinding(race([4, 4]), words);
    assert.equal(placed.length, 1);
    assert.deepEqual(placed[0]!.related.map(({ message }) => message), ["2 writes"]);
  });

  it("say of a cycle who waits for what", () => {
    const finding: LocatedFinding = {
      ...race([]),
      kind: "deadlock",
      accesses: [],
      cycle: [
        { task: 1, waitsFor: "right", heldBy: [2], holds: ["left"], file: "/s.ts", line: 2 },
        { task: 2, waitsFor: "left", heldBy: [1], holds: ["right"], file: "/s.ts", line: 9 },
      ],
      ranges: [at(2), at(9)],
    };
    assert.deepEqual(placeFinding(finding, words)[0]!.related.map(({ message }) => message), ["2 waits for left"]);
  });

  it("never stand before the beginning of the file", () => {
    assert.deepEqual(spanOf({ line: 0, column: 0 }), { startLine: 0, startColumn: 0, endLine: 0, endColumn: 1 });
  });
});

describe("an edit", () => {
  const span: Span = { startLine: 5, startColumn: 2, endLine: 6, endColumn: 4 };
  const change = (startLine: number, startColumn: number, endLine: number, insertedLines: number): LineChange => ({ startLine, startColumn, endLine, insertedLines });

  it("below leaves a place where it is", () => assert.deepEqual(shift(span, change(7, 0, 9, 0)), span));
  it("above moves it by the lines put in and taken away", () => {
    assert.equal(shift(span, change(1, 4, 1, 2))?.startLine, 7);
    assert.equal(shift(span, change(1, 4, 3, 0))?.startLine, 3);
    assert.equal(shift(span, change(1, 4, 1, 0))?.startLine, 5);
  });
  it("that puts lines in at the start of its line moves it", () => {
    assert.deepEqual(shift(span, change(5, 0, 5, 1)), { ...span, startLine: 6, endLine: 7 });
  });
  it("of its own lines takes it away", () => {
    assert.equal(shift(span, change(5, 4, 5, 0)), undefined);
    assert.equal(shift(span, change(6, 0, 6, 0)), undefined);
    assert.equal(shift(span, change(3, 0, 8, 0)), undefined);
  });
});
