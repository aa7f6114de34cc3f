import assert from "node:assert/strict";
import { compile } from "./harness";

/** `read op bound holds: acts` of each site that has a guard, in source order. */
function guards(body: string): string[] {
  const text = `import { spawn, shared, Atomic, Mutex } from "concurrency-playground";
const MAX = 3;
let n = shared(0);
const room = shared({ members: 0 });
const seats = new Atomic(3);
const lock = new Mutex();
function task() {
${body}
}
spawn(task).join();
`;
  const lines = text.split("\n");
  const { sites } = compile(text);
  return sites.flatMap(({ text: read, guard }) => (guard ? [`${read} ${guard.op} ${guard.bound} ${guard.holds}: ${guard.acts.map(({ line, column }) => lines[line - 1]!.slice(column - 1)).join(" | ")}`] : []));
}

describe("what an if compares before a change", () => {
  const told = (body: string, ...expected: string[]): void => assert.deepEqual(guards(body), expected);

  it("is known for a comparison in the if", () => told("if (n < MAX) n++;", "n < 3 true: n++;"));
  it("is known the other way round, and negated", () => {
    told("if (MAX > n) n++;", "n < 3 true: n++;");
    told("if (!(n >= 3)) { n += 1; }", "n >= 3 false: n += 1; }");
  });
  it("is known for each part that must hold", () => told("const ok = true; if (ok && n < 3) n++;", "n < 3 true: n++;"));
  it("is not known for parts of which one must hold", () => told("const ok = true; if (ok || n < 3) n++;"));
  it("is known behind an else, and after an early end", () => {
    told("if (n >= MAX) { return; } else { n++; }", "n >= 3 false: n++; }");
    told("if (n >= MAX) return;\nn++;", "n >= 3 false: n++;");
    told("if (n >= MAX) console.log(1);\nn++;");
  });
  it("is known over constants and critical sections", () => {
    told("const room = lock.withLock(() => n < MAX);\nif (room) lock.withLock(() => { n++; });", "n < 3 true: n++; });");
    told("const seen = lock.withLock(() => { return n; });\nif (seen < MAX) lock.withLock(() => n++);", "n < 3 true: n++);");
  });
  it("is known for members and Atomics", () => {
    told("if (room.members < MAX) room.members++;", "room.members < 3 true: room.members++;");
    told("if (seats.load() > 0) seats.sub(1);", "seats.load() > 0 true: seats.sub(1);");
  });
  it("is not known where another variable is changed, or the change is looked at", () => {
    told("if (n < MAX) room.members++;");
    told("if (seats.load() > 0) { const left = seats.sub(1); if (left < 1) seats.add(1); }", "seats.load() > 0 true: seats.add(1); }");
  });
});
