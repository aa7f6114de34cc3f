import assert from "node:assert/strict";
import { codeOf, compile, FakeRuntime, runEntry } from "./harness";

const IMPORT = 'import { shared, spawn, Mutex, Thread, Process } from "concurrency-playground";\n';

describe("entries", () => {
  it("hold only the declarations that the function reaches", () => {
    const compiled = compile(`${IMPORT}import * as fs from "node:fs";
enum Level { Low = 1 }
const used = Level.Low, unused = fs.readFileSync("/nowhere");
class Helper { run() { return used; } }
function work() { return new Helper().run(); }
function other() { return unused; }
console.log("main only");
spawn(work);
other();`);
    assert.deepEqual(Object.keys(compiled.entries), ["main", "m0:work"]);
    const code = codeOf(compiled, "m0:work");
    for (const word of ["Level", "used =", "class Helper", "function work", "$cp.entry(work)"]) assert.ok(code.includes(word), word);
    for (const word of ["unused", "node:fs", "other", "main only", "concurrency-playground"]) assert.ok(!code.includes(word), word);
    assert.equal(compiled.entries["m0:work"]!.name, "work");
  });

  it("run: captured values, shared cells and local helpers arrive", async () => {
    const compiled = compile(`${IMPORT}
const BASE = 100;
function main() {
  let total = shared(5);
  for (let i = 1; i <= 2; i++) {
    const offset = i * 10;
    const twice = (n: number) => n * 2 + offset;
    function add(n: number): number { return n === 0 ? 0 : twice(n) + add(n - 1) - add(n - 1); }
    spawn(() => { total += add(i); return BASE + total; });
  }
}
main();`);
    const runtime = new FakeRuntime();
    await runEntry(compiled.entries["main"]!, runtime);
    const spawned = runtime.spawned[1]!;
    assert.equal(spawned.key, "m0:#1");
    assert.deepEqual(Object.keys(spawned.captures!).sort(), ["i", "offset", "total"]);
    const task = new FakeRuntime();
    await runEntry(compiled.entries["m0:#1"]!, task);
    const fn = (task.entries[0] as (captures: object) => () => unknown)(spawned.captures!);
    assert.equal(fn(), 100 + 5 + 24);
  });

  it("spawn functions of other modules, through re-exports and namespaces", async () => {
    const files = {
      "/snippet/lib/index.ts": 'export * from "./work.js"; export { limit as max } from "./limits";',
      "/snippet/lib/work.ts": 'import { limit } from "./limits"; import data from "./data.json"; export default function () { return 1; } export function work(n: number) { return limit + n + data.extra; } console.log("not in tasks");',
      "/snippet/lib/limits.ts": "export const limit = 7; export const other = 8;",
      "/snippet/lib/data.json": '{ "extra": 100 }',
    };
    const compiled = compile(`${IMPORT}import * as lib from "./lib"; import first from "./lib/work"; spawn(lib.work, lib.max); spawn(first);`, files);
    const key = Object.keys(compiled.entries).find((k) => k.endsWith(":work"))!;
    const entry = compiled.entries[key]!;
    assert.ok(!entry.modules.some((m) => m.code.includes("not in tasks") || m.code.includes("other")));
    const runtime = new FakeRuntime();
    await runEntry(entry, runtime);
    assert.equal((runtime.entries[0] as (n: number) => number)(1), 108);
    const second = compiled.entries[Object.keys(compiled.entries).find((k) => k.endsWith(":default"))!]!;
    await runEntry(second, runtime);
    assert.equal((runtime.entries[1] as () => number)(), 1);
  });

  it("know Thread.spawn, Process.spawn, renamed imports, namespaces and require", () => {
    const keys = (text: string): string[] => Object.keys(compile(text).entries);
    assert.deepEqual(keys(`${IMPORT}function a() {} function b() {} Thread.spawn(a); Process.spawn(b);`), ["main", "m0:a", "m0:b"]);
    assert.deepEqual(keys('import { spawn as start } from "concurrency-playground"; function a() {} start(a);'), ["main", "m0:a"]);
    assert.deepEqual(keys('import * as cp from "concurrency-playground"; const a = () => 1; cp.spawn(a); cp.Thread.spawn(a);'), ["main", "m0:a"]);
    assert.deepEqual(keys('const { spawn: go } = require("concurrency-playground"); function a() {} go(a);'), ["main", "m0:a"]);
    assert.deepEqual(keys('const cp = require("concurrency-playground"); cp.spawn(function named() {});'), ["main", "m0:#1"]);
  });

  it("tell what kind of run the snippet needs", () => {
    const facts = (text: string): boolean[] => {
      const { spawns, mixed, usesApi } = compile(text);
      return [spawns, mixed, usesApi];
    };
    assert.deepEqual(facts(`${IMPORT}spawn(() => 1);`), [true, false, true]);
    assert.deepEqual(facts(`${IMPORT}Thread.spawn(() => 1);`), [true, true, true]);
    assert.deepEqual(facts('import { shared } from "concurrency-playground"; let n = shared(0);'), [false, false, true]);
    assert.deepEqual(facts('import { Worker } from "node:worker_threads"; console.log(Worker);'), [true, false, false]);
  });

  it("exist for every module function where the spawned one is not known, and register them", async () => {
    const compiled = compile(`${IMPORT}function a() {} const b = () => 1; const c = 3; for (const f of [a, b]) spawn(f);`);
    assert.deepEqual(Object.keys(compiled.entries), ["main", "m0:a", "m0:b"]);
    const runtime = new FakeRuntime();
    await runEntry(compiled.entries["main"]!, runtime);
    assert.deepEqual([...runtime.definitions.keys()], ["m0:a", "m0:b"]);
    assert.equal(runtime.spawned[0]!.key, undefined);
  });

  it("exist for functions that get to a spawn as values, with what they capture and under their own names", async () => {
    const compiled = compile(`${IMPORT}
function parallel<T>(n: number, body: (i: number) => T) { for (let i = 0; i < n; i++) spawn(body, i); }
const factor = 10;
function main() {
  let times = 3;
  parallel(2, (i) => i * factor * times);
  const jobs = { first: () => times, second() { return 2; } };
  for (const job of Object.values(jobs)) spawn(job);
  const names = [jobs.first.name, jobs.second.name];
  return names;
}
export const names = main();`);
    const runtime = new FakeRuntime();
    const { names } = await runEntry(compiled.entries["main"]!, runtime);
    assert.deepEqual(names, ["first", "second"]);
    assert.deepEqual([...runtime.literals.values()], ["m0:=1", "m0:=2"]);
    assert.equal(runtime.literals.get(runtime.spawned[0]!.fn), "m0:=1");
    const task = new FakeRuntime();
    await runEntry(compiled.entries["m0:=1"]!, task);
    assert.equal((task.entries[0] as (captures: object) => (i: number) => number)({ times: 3 })(2), 60);
  });

  it("have no function that could not run in another task, and none that is only called where it stands", () => {
    const { entries } = compile(`${IMPORT}function main(fs: (() => unknown)[]) { let n = 0; fs.push(() => n++); fs.push(() => n); fs.map((f) => f()); fs.forEach((f) => spawn(f)); } main([]);`);
    assert.deepEqual(Object.keys(entries), ["main", "m0:main", "m0:=1"]);
  });

  it("know static methods, functions in constant objects, and spawns that are chosen when they run or have another name", async () => {
    const keys = (text: string): string[] => Object.keys(compile(`${IMPORT}${text}`).entries);
    assert.deepEqual(keys("class Bank { static audit() { return 1; } own() {} } spawn(Bank.audit);"), ["main", "m0:Bank.audit"]);
    assert.deepEqual(keys("const jobs = { a() {}, b: () => 1, c: 3 }; spawn(jobs.a); spawn(jobs.b);"), ["main", "m0:jobs.a", "m0:jobs.b"]);
    assert.deepEqual(keys("declare const fast: boolean; function a() {} (fast ? Thread : Process).spawn(a);"), ["main", "m0:a"]);
    assert.deepEqual(keys("declare const fast: boolean; function a() {} const kind = fast ? Thread : Process; const t = kind.spawn(a);"), ["main", "m0:a"]);
    assert.deepEqual(keys("function a() {} const start = spawn; start(a);"), ["main", "m0:a"]);
    const task = new FakeRuntime();
    await runEntry(compile(`${IMPORT}class Bank { static audit() { return 5; } } spawn(Bank.audit);`).entries["m0:Bank.audit"]!, task);
    assert.equal((task.entries[0] as () => number)(), 5);
  });

  it("warn only of functions that are surely or probably spawned", () => {
    const warned = (text: string): string[] => compile(`${IMPORT}${text}`).diagnostics.map((d) => d.message);
    assert.equal(warned("let n = 0; function count() { n++; } function other() {} for (const f of [other]) spawn(f); count(); console.log(n);").length, 0);
    assert.equal(warned("let n = 0; function count() { n++; } for (const f of [count]) spawn(f); console.log(n);").length, 1);
  });

  it("hold only what is reached of a CommonJS snippet, too, and all of the modules that it requires", () => {
    const files = { "/snippet/lib.cjs": 'let count = 3; module.exports = { work: () => count }; console.log("lib");' };
    const compiled = compile('const { spawn } = require("concurrency-playground"); const lib = require("./lib.cjs"); const n = 2; function f() { return n + lib.work(); } const t = spawn(f); t.join(); console.log("main only");', files, "/snippet/main.js");
    const entry = compiled.entries["m0:f"]!;
    const code = codeOf(compiled, "m0:f");
    for (const word of ["n = 2", "function f", 'require("./lib.cjs")']) assert.ok(code.includes(word), word);
    for (const word of ["t.join", "main only"]) assert.ok(!code.includes(word), word);
    assert.ok(entry.modules.some((m) => m.code.includes('console.log("lib")')));
  });

  it("are the same in a .cts file that imports, and behind a byte order mark", () => {
    const code = 'import cp = require("concurrency-playground");\nlet n = cp.shared(0); function f() { n++; } cp.spawn(f);';
    for (const [text, file] of [[code, "/snippet/main.cts"], [`\uFEFF${code}`, "/snippet/main.ts"], [`\uFEFF#!/usr/bin/env node\r\n${code}`, "/snippet/main.ts"]] as const) {
      const compiled = compile(text, {}, file);
      assert.deepEqual(Object.keys(compiled.entries), ["main", "m0:f"]);
      assert.match(codeOf(compiled), /\$cp\.cu\(n, 1/);
    }
  });

  it("let a spawned function spawn itself and others", () => {
    const compiled = compile(`${IMPORT}function tree(n: number): void { if (n > 0) { spawn(tree, n - 1); const leaf = n; spawn(() => leaf + limit); } } const limit = 2; spawn(tree, 3);`);
    assert.deepEqual(Object.keys(compiled.entries), ["main", "m0:tree", "m0:#1"]);
    assert.match(codeOf(compiled, "m0:tree"), /limit = 2/);
    assert.match(codeOf(compiled, "m0:#1"), /limit = 2/);
  });

  it("keep the identity of a task that a module variable holds", () => {
    const compiled = compile(`${IMPORT}function a() { return t.id; }\nconst t = spawn(a);`);
    assert.match(codeOf(compiled, "m0:a"), /const t = \(\$cp\.begin\("m0:t", "t", \d+\), \$cp\.end\(/);
  });
});
