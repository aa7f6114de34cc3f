import assert from "node:assert/strict";
import { codeOf, compile } from "./harness";

const IMPORT = 'import { shared, sharedMemory, spawn, Mutex, Semaphore, sleep, self } from "concurrency-playground";\n';

/** The emitted code of `text` without what every module begins with. */
function emitted(text: string): string {
  const lines = codeOf(compile(IMPORT + text)).split("\n");
  return lines.slice(1).join("\n").trim();
}

describe("emitted code", () => {
  it("makes a cell of a shared variable, and reads and writes of its uses", () => {
    const code = emitted("let counter = shared(0);\ncounter++;\n--counter;\ncounter = 3;\ncounter += 2;\ncounter ||= 1;\nconsole.log(counter);");
    assert.deepEqual(code.split("\n"), [
      'let counter = ($cp.begin("m0:counter", "counter", 1), $cp.end($cp.cell(0, undefined, true, false)));',
      "$cp.cu(counter, 1, false, 2);",
      "$cp.cu(counter, -1, true, 3);",
      "$cp.cw(counter, 3, 4);",
      "$cp.cw(counter, $cp.cr(counter, 5) + 2, 5);",
      "$cp.cr(counter, 6) || $cp.cw(counter, 1, 6);",
      "console.log($cp.cr(counter, 7));",
    ]);
  });

  it("needs no cell for an object that the variable always holds", () => {
    assert.equal(
      emitted('const account = shared({ balance: 100 }, "acc");'),
      'const account = ($cp.begin("m0:account", "account", 1), $cp.end($cp.sharedValue($cp.at({ balance: 100 }, 2), "acc", false)));',
    );
    assert.match(emitted("let account = sharedMemory({ balance: 100 });\naccount = { balance: 0 };"), /\$cp\.cell\(\{ balance: 100 \}, undefined, true, true\)/);
  });

  it("sets the site at dotted accesses and takes over computed ones", () => {
    const code = emitted("export function f(o: any, k: any) {\nreturn o.p;\no.p = 1;\no.p += 2;\no[k];\no[k] = 1;\no.p++;\no[k]--;\ndelete o.p;\ndelete o[k];\nreturn k in o;\n}");
    assert.deepEqual(code.split("\n").slice(1, -1), [
      "  return $cp.at(o, 1).p;",
      "  o.p = $cp.at(1, 2);",
      "  o.p = $cp.at($cp.at(o, 3).p + 2, 3);",
      "  $cp.get(o, k, 4);",
      "  $cp.set(o, k, 1, 5);",
      '  $cp.upd(o, "p", 1, false, 6);',
      "  $cp.upd(o, k, -1, false, 7);",
      "  delete $cp.at(o, 8).p;",
      "  delete o[$cp.at(k, 9)];",
      "  return k in $cp.at(o, 10);",
    ]);
  });

  it("evaluates operands once", () => {
    const code = emitted("export function f(g: any) { g().p += 1; g()[g()] ||= 2; }");
    assert.match(code, /\(\$t1 = g\(\)\)\.p = \$cp\.at\(\$cp\.at\(\$t1, 1\)\.p \+ 1, 1\)/);
    assert.match(code, /\$cp\.get\(\$t2 = g\(\), \$t3 = g\(\), 2\) \|\| \$cp\.set\(\$t2, \$t3, 2, 2\)/);
  });

  it("sets the site of a call by its last argument, or its object", () => {
    const code = emitted("export function f(o: any, a: any) {\no.m(1, a);\no.m();\no.fill(a);\no[a](1);\nsleep(5);\nself();\nf(...a, ...a);\n}");
    assert.deepEqual(code.split("\n").slice(1, -1).map((l) => l.trim()), [
      "o.m(1, $cp.at(a, 1));",
      "$cp.at(o, 2).m();",
      '$cp.invoke(o, o.fill, [a], 3, "o.fill");',
      '$cp.invoke(o, $cp.get(o, a, 4), [1], 4, "o[a]");',
      "(0, _concurrencyPlayground.sleep)($cp.at(5, 5));",
      "$cp.site(6), (0, _concurrencyPlayground.self)();",
      "f(...$cp.iter(a, 7), ...$cp.iter(a, 8));",
    ]);
  });

  it("leaves alone what cannot be shared memory", () => {
    const source = "const list = [1, 2]; const names = new Map(); export function f(text: string) { list[0]; list.push(Math.max(list.length, text.length)); names.size; process.env.HOME; console.log(text); }";
    assert.equal(/\$cp/.test(emitted(source)), false);
  });

  it("gives each creation its identity and name", () => {
    const code = emitted("const locks = { a: new Mutex(), b: { c: new Semaphore(1) } };\nclass Bank { static lock = new Mutex(); own = new Mutex(); }\nfunction f() { const inner = new Mutex(); return inner; }");
    assert.match(code, /\$cp\.begin\("m0:locks", "locks", \d+\)/);
    assert.match(code, /\$cp\.begin\("", "locks\.a", \d+\)/);
    assert.match(code, /\$cp\.begin\("", "locks\.b\.c", \d+\)/);
    assert.match(code, /\$cp\.begin\("m0:Bank\.lock", "Bank\.lock", \d+\)/);
    assert.match(code, /own = \(\$cp\.begin\("", "own", \d+\)/);
    assert.match(code, /const inner = \(\$cp\.begin\("", "inner", \d+\)/);
  });

  it("ticks in loops that record nothing", () => {
    const code = emitted("let n = shared(0); for (let i = 0; i < 9; i++) n++; while (true) { Math.random(); } for (const x of [1]) console.log(x);");
    assert.equal(code.match(/\$cp\.tick\(\)/g)?.length, 2);
    assert.match(code, /i\+\+\) \$cp\.cu/);
  });

  it("keeps every statement on its line", () => {
    const source = IMPORT + ["", "enum E { A = 1 }", "let n = shared(0);", "", "interface I { a: number }", "function f(this: void) {", "  using g = lock.guard();", "  return n;", "}", "const lock = new Mutex();", "spawn(f);"].join("\n");
    const lines = codeOf(compile(source)).split("\n");
    const original = source.split("\n");
    for (const [i, text] of original.entries()) {
      const word = /^(?:let|const) (\w+)/.exec(text)?.[1];
      if (word) assert.match(lines[i]!, new RegExp(`\\b${word} =`));
    }
    assert.match(lines[original.indexOf("  return n;")]!, /return \$cp\.cr\(n/);
  });
});
