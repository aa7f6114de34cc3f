import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";
import assert from "node:assert/strict";
import { codeOf, compile } from "./harness";

const SOURCE = `import { shared, spawn, Mutex } from "concurrency-playground";
type Point = { x: number };
let counter = shared(0);
const point = shared<Point>({ x: 1 });
const lock = new Mutex();
function work(step: number, list: number[]) {
  lock.lock();
  counter += step;
    point.x++; list[0] = point
      .x;
  const [a, b] = list;
  lock.unlock();
  return "a long text that nobody wants to see in full on one line" + point.x + counter + list[a + b] + lock.tryLock(100 + 200 + 300 + 400);
}
spawn(work, 1, [2]);
`;

describe("sites", () => {
  const compiled = compile(SOURCE);

  it("are the source's own text, where it stands", () => {
    const lines = SOURCE.split("\n");
    assert.ok(compiled.sites.length > 10);
    for (const site of compiled.sites.slice(1)) {
      const first = lines[site.line - 1]!;
      const slice =
        site.line === site.endLine
          ? first.slice(site.column - 1, site.endColumn - 1)
          : [first.slice(site.column - 1), ...lines.slice(site.line, site.endLine - 1), lines[site.endLine - 1]!.slice(0, site.endColumn - 1)].join("\n");
      const text = slice.replace(/\s+/g, " ");
      assert.equal(site.text, text.length > 80 ? `${text.slice(0, 79)}…` : text);
    }
  });

  it("name the variable or object", () => {
    const named = (text: string): string | undefined => compiled.sites.find((s) => s.text === text)?.name;
    assert.equal(named("counter += step"), "counter");
    assert.equal(named("point.x++"), "point");
    assert.equal(named("lock.lock()"), "lock");
    assert.equal(named("list[a + b]"), "list");
  });

  it("site 0 is no site", () => assert.deepEqual(compiled.sites[0], { file: 0, line: 0, column: 0, endLine: 0, endColumn: 0, text: "" }));

  it("source maps lead back to the expression", () => {
    const code = codeOf(compiled, "m0:work").split("\n");
    const map = new TraceMap(compiled.entries["m0:work"]!.modules.at(-1)!.map);
    for (const [needle, text] of [["$cp.cw(counter", "counter += step"], ["$cp.set(list", "list[0]"], ["$cp.iter(list", "list;"]] as const) {
      const line = code.findIndex((l) => l.includes(needle));
      const found = originalPositionFor(map, { line: line + 1, column: code[line]!.indexOf(needle) });
      assert.equal(SOURCE.split("\n")[found.line! - 1]!.slice(found.column!, found.column! + text.length), text);
    }
  });
});
