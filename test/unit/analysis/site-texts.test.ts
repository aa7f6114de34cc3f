import assert from "node:assert/strict";
import { SiteTexts } from "../../../src/analysis/site-texts";
import type { HeaderMeta } from "../../../src/trace";

/** A table of one file; its only site is what stands between « and ». */
function around(marked: string): SiteTexts {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace("«", "").replace("»", "");
  const placeOf = (offset: number): [number, number] => [text.slice(0, offset).split("\n").length, offset - text.lastIndexOf("\n", offset - 1)];
  const [line, column] = placeOf(start);
  const [endLine, endColumn] = placeOf(end);
  const texts = new SiteTexts();
  const none = { file: 0, line: 0, column: 0, endLine: 0, endColumn: 0, text: "" };
  texts.add({ type: "header", files: [{ path: "/a.ts", text }], sites: [none, { file: 0, line, column, endLine, endColumn, text: text.slice(start, end) }] } as unknown as HeaderMeta);
  return texts;
}

/** The same with two sites, in the order of the text. */
function twoOf(marked: string): SiteTexts {
  const text = marked.replace(/[«»]/g, "");
  const none = { file: 0, line: 0, column: 0, endLine: 0, endColumn: 0, text: "" };
  const placeOf = (offset: number): [number, number] => [text.slice(0, offset).split("\n").length, offset - text.lastIndexOf("\n", offset - 1)];
  const sites = [...marked.matchAll(/«([^»]*)»/g)].map((match, i) => {
    const [line, column] = placeOf(match.index - 2 * i);
    const [endLine, endColumn] = placeOf(match.index - 2 * i + match[1]!.length);
    return { file: 0, line, column, endLine, endColumn, text: match[1]! };
  });
  const texts = new SiteTexts();
  texts.add({ type: "header", files: [{ path: "/a.ts", text }], sites: [none, ...sites] } as unknown as HeaderMeta);
  return texts;
}

describe("what the text at a place says", () => {
  for (const text of [
    "if («seats» > 0) book();",
    "const ok = lock.withLock(() => «balance» >= amount);",
    "const ok = lock.withLock(() => amount <= «balance»);",
    "while (!«done») work();",
    "if (lock.withLock(() => «free»)) {",
    "const seen = lock.withLock(() => «balance»);\nsleep(1);\nif (seen >= amount) pay();",
    "const free = lock.withLock(() => {\n  return «taken»;\n});\nif (!free) return;",
    "if («counter.load()» === 0) counter.store(1);",
    "const next = «turn» ? 1 : 2;",
  ]) {
    it(`decides: ${text.replace(/\s+/g, " ")}`, () => assert.equal(around(text).decides(1), true));
  }

  for (const text of [
    "console.log(lock.withLock(() => «balance»));",
    "const seen = lock.withLock(() => «balance»);\nconsole.log(seen);",
    "const seen = lock.withLock(() => «balance»);\nif (i === 9) console.log(seen);",
    "if (ok) lock.withLock(() => { «balance -= 10»; });",
    "const f = () => «balance»;",
    "total = «balance» + 1;",
    "show(«balance»?.name ?? 1);",
  ]) {
    it(`does not decide: ${text.replace(/\s+/g, " ")}`, () => assert.equal(around(text).decides(1), false));
  }

  for (const text of ["taken = true", "owner = null", 'state = "sold"', "held.store(1)", "Atomics.store(words, 0, LOCKED)", "n = -1"]) {
    it(`writes a constant: ${text}`, () => assert.equal(around(`«${text}»;`).writesConstant(1), true));
  }

  for (const text of ["balance = seen + 10", "counter.store(seen + 1)", "owner = me", "n += 1", "n++", "flag = a === 1", "Atomics.store(words, 0, seen + 1)", "log = `${log}x`"]) {
    it(`writes no constant: ${text}`, () => assert.equal(around(`«${text}»;`).writesConstant(1), false));
  }

  for (const text of [
    "const seen = x.load();\n«x.exchange(seen + 1)»;",
    "function f() {\n  «x.exchange(1)»\n}",
    "if (seen < 5) «x.exchange(seen + 1)»;",
    "if (a) b();\nelse «x.exchange(2)»; // as agreed",
    "const seen = x.load()\n// the result does not matter\n«x.exchange(seen + 1)»\ndone()",
    "«x.exchange(2)»",
    "lock.withLock(() => { «x.exchange(2)» });",
  ]) {
    it(`uses no result: ${text.replace(/\s+/g, " ")}`, () => assert.equal(around(text).discards(1), true));
  }

  for (const text of [
    "const old = «x.exchange(2)»;",
    "const old =\n  «x.exchange(2)»;",
    "while («x.exchange(1)» === 1);",
    "if («x.exchange(1)») wait();",
    "return «x.exchange(2)»;",
    "f(«x.exchange(2)»);",
    "const f = () => «x.exchange(2)»;",
    "console.log(`${«x.exchange(2)»}`);",
    "const seen = x.load();\n«x.exchange(2)» === 3 || wait();",
    "old = // what was there\n  «x.exchange(2)»;",
    "«x.exchange(2)»\n  .toString();",
  ]) {
    it(`uses a result: ${text.replace(/\s+/g, " ")}`, () => assert.equal(around(text).discards(1), false));
  }

  for (const text of ["console.log(«x»);", "console.log('now', f(1), «x.load()» + 1);", "console.error(`at ${«x»}`)", "lock.withLock(() => console.log(«balance»));", "console.log(a === 1, «x»);"]) {
    it(`shows: ${text}`, () => assert.equal(around(text).shows(1), true));
  }

  for (const text of ["console.log(«x»);\nx.store(«x.load()» + 1);".replace("«x»", "x"), "console.log(y = «x»)", "console.log(f(«x»))", "console.log(1); f(«x»)", "console.log(1)\nf(«x»)", "console.log(() => «x»)", "log(«x»)"]) {
    it(`does more than show: ${text.replace(/\s+/g, " ")}`, () => assert.equal(around(text).shows(1), false));
  }

  for (const [known, text] of [
    [true, "function visit(me: number) {\n  const before = «x.load()»;\n  meet();\n  «x.store(me)»;\n}"],
    [true, "const visit = (me) => { log(«last»); if (a) { «last = me»; } };"],
    [true, "const me = threadId;\nconst seen = «x.load()»;\n«x.exchange(me)»;"],
    [true, "const { cells, me } = workerData;\nconst seen = «Atomics.load(cells, 0)»;\n«Atomics.store(cells, 0, me)»;"],
    [false, "function add(me: number) {\n  const seen = «x.load()»;\n  «x.store(seen)»;\n}"],
    [false, "function add(me: number) {\n  const seen = «x.load()»;\n  const next = seen + me;\n  «x.store(next)»;\n}"],
    [false, "function add(next: number) {\n  next += «x.load()»;\n  «x.store(next)»;\n}"],
    [false, "function add(me: number) {\n  const seen = «x.load()»;\n  «x.store(seen + me)»;\n}"],
    [false, "function seen() { return «x.load()»; }\nfunction put(next: number) { «x.store(next)»; }\nput(seen() + 1);"],
    [false, "function put(next: number) { x.store(next); }\nfunction add() {\n  const seen = «x.load()»;\n  let next = seen + 1;\n  «x.store(next)»;\n}"],
    [false, "let me = 1;\nconst seen = «x.load()»;\n«x.store(me)»;"],
    [false, "function f(me: number) { const seen = «x.load()»; me = seen + 1; «x.store(me)»; }"],
  ] as const) {
    it(`${known ? "writes what was known" : "may write what was read"}: ${text.replace(/\s+/g, " ")}`, () => assert.equal(twoOf(text).knownBefore(1, 2), known));
  }

  it("knows nothing of places that no table has", () => {
    assert.equal(around("«x» > 0").decides(7), false);
    assert.equal(new SiteTexts().writesConstant(1), false);
  });

  for (const text of [
    "while («flag.load()» === 0);",
    "while («over.load()» === 0) yieldNow();",
    "while (!«ready») changed.wait();",
    "while (count === 0 || «closed») { changed.wait(100); }",
    "lock.withLock(() => changed.waitUntil(() => «over»));",
  ]) {
    it(`awaits: ${text}`, () => assert.equal(around(text).awaits(1), true));
  }

  for (const text of [
    "while («left» > 0) work();",
    "while (next !== 0) { sum += «values[next]»; }",
    "while («next.load()» !== 0) { wait(); next.sub(1); }",
    "if («flag.load()» === 1) changed.wait();",
    "while (other); console.log(«flag.load()»);",
    "changed.waitUntil(() => over); show(«over»);",
  ]) {
    it(`does not await: ${text}`, () => assert.equal(around(text).awaits(1), false));
  }
});
