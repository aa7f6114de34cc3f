import assert from "node:assert/strict";
import type { LocatedFinding } from "../../../src/report/contract";
import { topicOf } from "../../../src/report/gone";
import { asAtomic } from "../../../src/vscode/atomic-edits";
import { fixesOf, type FindingFix } from "../../../src/vscode/finding-edits";

const FILE = "/s.ts";

/** The range of the n-th `code` in a text. */
function rangeOf(text: string, code: string, n = 1): LocatedFinding["ranges"][number] {
  let at = -1;
  for (let i = 0; i < n; i++) at = text.indexOf(code, at + 1);
  const line = text.slice(0, at).split("\n").length;
  const column = at - text.lastIndexOf("\n", at - 1);
  return { file: FILE, line, column, endLine: line, endColumn: column + code.length };
}

function race(text: string, ...sides: readonly (readonly [code: string, locks: readonly string[], n?: number])[]): LocatedFinding {
  const ranges = sides.map(([code, , n]) => rangeOf(text, code, n));
  return {
    kind: "data-race",
    id: "data-race",
    message: "",
    explanation: [],
    variable: "n",
    tasks: [1, 2],
    accesses: sides.map(([code, locks], i) => ({ task: i + 1, op: "update", atomic: false, locks: [...locks], ...ranges[i]!, text: code })),
    count: 1,
    events: [],
    ranges,
  };
}

/** The text after the only fix, or the only one of its kind. */
function applied(text: string, all: readonly FindingFix[], kind?: FindingFix["kind"]): string {
  const fixes = all.filter((fix) => (kind === undefined ? fix.kind !== "atomic" : fix.kind === kind));
  assert.equal(fixes.length, 1, "one fix");
  return [...fixes[0]!.edits].sort((x, y) => y.start - x.start).reduce((result, { start, end, text: put }) => result.slice(0, start) + put + result.slice(end), text);
}

const HEAD = 'import { spawn, shared } from "concurrency-playground";\nlet n = shared(0);\n';

describe("quick fixes of findings", () => {
  it("put an update under a new Mutex where neither side has a lock", () => {
    const text = `${HEAD}function add() {\n  for (let i = 0; i < 9; i++) n++;\n}\n`;
    assert.equal(
      applied(text, fixesOf(race(text, ["n++", []], ["n++", []]), text, FILE)),
      'import { spawn, shared, Mutex } from "concurrency-playground";\nlet n = shared(0);\nconst nLock = new Mutex();\nfunction add() {\n  for (let i = 0; i < 9; i++) nLock.withLock(() => { n++; });\n}\n',
    );
  });

  it("put the side without a lock under the other's", () => {
    const text = `${HEAD}const m = new Mutex();\nfunction a() { m.withLock(() => { n += 1; }); }\nfunction b() {\n  n += 2;\n}\n`;
    assert.match(applied(text, fixesOf(race(text, ["n += 1", ["m"]], ["n += 2", []]), text, FILE)), /function b\(\) \{\n {2}m\.withLock\(\(\) => \{ n \+= 2; \}\);\n\}/);
  });

  for (const [why, line, code] of [
    ["a value that is used", "const now = n++;", "n++"],
    ["a read, which alone would not help", "console.log(n);", "n"],
    ["a result of an arrow", "const f = () => n++;", "n++"],
    ["a loop's head", "for (let i = 0; i < 9; n++) work();", "n++"],
    ["a write of what was read before", "n = seen + 1;", "n = seen + 1"],
  ] as const) {
    it(`do not touch ${why}`, () => {
      const text = `${HEAD}${line}\n`;
      const fixes = fixesOf(race(text, [code, [], line === "console.log(n);" ? 4 : 1], [code, [], line === "console.log(n);" ? 4 : 1]), text, FILE);
      assert.deepEqual(fixes.filter(({ kind }) => kind !== "atomic"), []);
    });
  }

  it("do not invent a name that there is", () => {
    const text = `${HEAD}const nLock = 1;\nfunction add() {\n  n++;\n}\n`;
    assert.deepEqual(fixesOf(race(text, ["n++", []], ["n++", []]), text, FILE).filter(({ kind }) => kind !== "atomic"), []);
  });

  it("make a while of an if around a wait", () => {
    for (const [before, after] of [
      ["  if (items === 0) filled.wait();\n", "  while (items === 0) filled.wait();\n"],
      ["  if (items === 0) {\n    filled.wait();\n  }\n", "  while (items === 0) {\n    filled.wait();\n  }\n"],
    ] as const) {
      const finding: LocatedFinding = { ...race(before, ["filled.wait()", []]), kind: "lost-wakeup" };
      assert.equal(applied(before, fixesOf(finding, before, FILE)), after);
    }
    const loop = "  while (items === 0) filled.wait();\n";
    assert.deepEqual(fixesOf({ ...race(loop, ["filled.wait()", []]), kind: "lost-wakeup" }, loop, FILE), []);
  });

  it("let two lines that lock change places", () => {
    const text = "  a.lock();\n  b.lock();\n  work();\n  b.lock();\n  a.lock();\n";
    const cycle = [
      { task: 1, waitsFor: "b", heldBy: [2], holds: ["a"], file: FILE, line: 2 },
      { task: 2, waitsFor: "a", heldBy: [1], holds: ["b"], file: FILE, line: 5 },
    ];
    const finding: LocatedFinding = { ...race(text, ["b.lock()", []]), kind: "lock-order", cycle };
    assert.equal(applied(text, fixesOf(finding, text, FILE)), "  a.lock();\n  b.lock();\n  work();\n  a.lock();\n  b.lock();\n");
    assert.deepEqual(fixesOf({ ...finding, cycle: [{ ...cycle[0]!, holds: ["a", "g"] }, { ...cycle[1]!, holds: ["b", "g"] }] }, text, FILE), []);
  });

  it("are none in other files, and a finding is known again whatever its lines", () => {
    const text = `${HEAD}n++;\n`;
    const finding = race(text, ["n++", []], ["n++", []]);
    assert.deepEqual(fixesOf(finding, text, "/other.ts"), []);
    assert.equal(topicOf(finding), topicOf({ ...finding, accesses: [], message: "moved" }));
  });

  it("make an Atomic of a counter, in all its uses", () => {
    const body = 'function add() {\n  n++; // n grows\n  n += 2;\n  const was = n--;\n  n = 7;\n  while (n < 3) sleep(1);\n}\nconsole.log("n", n, `n = ${n} {n}`, state.n);\n';
    const text = `${HEAD}${body}`;
    assert.equal(
      applied(text, fixesOf(race(text, ["n++", []], ["n++", []]), text, FILE), "atomic"),
      'import { spawn, shared, Atomic } from "concurrency-playground";\nconst n = new Atomic(0);\n' +
        'function add() {\n  n.add(1); // n grows\n  n.add(2);\n  const was = n.sub(1);\n  n.store(7);\n  while (n.load() < 3) sleep(1);\n}\nconsole.log("n", n.load(), `n = ${n.load()} {n}`, state.n);\n',
    );
  });

  for (const [why, code] of [
    ["an assignment of what is computed", "n = n * 2;"],
    ["another operator", "n *= 2;"],
    ["a step that may be no whole number", "n += step;"],
    ["an assignment whose value is used", "const now = (n += 1);"],
    ["the value after", "const now = ++n;"],
    ["a decision that would still be a step of its own", "if (n > 0) n--;"],
    ["a parameter of that name", "const f = (n: number) => n + 1;"],
    ["an entry of an object", "send({ n });"],
    ["another declaration", "{ const n = 2; show(n); }"],
    ["a regular expression, in which anything may stand", "const f = /n'/;"],
    ["an element by destructuring", "[n, m] = [m, n];"],
  ] as const) {
    it(`make no Atomic of ${why}`, () => assert.equal(asAtomic(`let n = shared(0);\n${code}\n`, "n"), undefined));
  }

  it("make an Atomic of whole numbers only, and of nothing that is guarded in places", () => {
    assert.equal(asAtomic("let n = shared(0.5);\nn++;\n", "n"), undefined);
    assert.equal(asAtomic("const n = shared([1]);\nn[0]++;\n", "n"), undefined);
    assert.notEqual(asAtomic("let n = sharedMemory(-3);\n++n;\n", "n"), undefined);
    const text = `${HEAD}const m = new Mutex();\nfunction a() { m.withLock(() => { n += 1; }); }\nfunction b() {\n  n += 2;\n}\n`;
    assert.deepEqual(fixesOf(race(text, ["n += 1", ["m"]], ["n += 2", []]), text, FILE).map(({ kind }) => kind), ["with-lock"]);
  });
});
