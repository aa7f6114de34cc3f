import assert from "node:assert/strict";
import type { Diagnostic } from "../../../src/trace";
import { CompileError } from "../../../src/instrument";
import { compile } from "./harness";

const IMPORT = 'import { shared, sharedMemory, spawn, mark, Mutex, Socket, Thread, type Task } from "concurrency-playground";\n';

function diagnostics(text: string, files: Record<string, string> = {}, locale = "en"): readonly Diagnostic[] {
  try {
    return compile(IMPORT + text, files, "/snippet/main.ts", locale).diagnostics;
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics;
    throw error;
  }
}

function codes(text: string, files: Record<string, string> = {}): string[] {
  return diagnostics(text, files).map((d) => `${d.severity} ${d.code} ${d.line}`);
}

describe("diagnostics", () => {
  it("captured-assignment: a spawned function assigns to a local that it captures", () => {
    const text = "function start() {\n  let n = 0;\n  const t = spawn(() => { n++; });\n  t.join();\n  return n;\n}\nstart();";
    assert.deepEqual(codes(text), ["error captured-assignment 4"]);
    assert.match(diagnostics(text)[0]!.message, /`n` is a copy here/);
    assert.match(diagnostics(text, {}, "zh-cn")[0]!.message, /`n` 是副本/);
  });

  it("captured-assignment: also in a local function that it calls, and by destructuring", () => {
    assert.deepEqual(codes("function start() {\n  let n = 0;\n  const add = () => { n++; };\n  spawn(() => add());\n}\nstart();"), ["error captured-assignment 4"]);
    assert.deepEqual(codes("for (let i = 0; i < 2; i++) {\n  let n = 0;\n  spawn(() => { [n] = [1]; });\n  console.log(n);\n}"), ["error captured-assignment 4"]);
  });

  it("no captured-assignment for shared variables, its own variables, or assignments outside", () => {
    assert.deepEqual(codes("function start() {\n  let n = shared(0);\n  let k = 0;\n  k++;\n  spawn(() => { let m = 0; m++; n++; return k + m; });\n}\nstart();"), []);
  });

  it("unshared-variable: a captured array that the task fills and the spawner reads", () => {
    assert.deepEqual(codes("function start() {\n  const found: number[] = [];\n  spawn(() => found.push(1)).join();\n  console.log(found);\n}\nstart();"), ["warning unshared-variable 4"]);
    assert.deepEqual(codes("function start() {\n  const own: number[] = [];\n  spawn(() => { own.push(1); return own; });\n}\nstart();"), []);
  });

  it("captured-this: an arrow function uses the spawner's this or arguments", () => {
    assert.deepEqual(codes("class A { n = 1;\n start() { spawn(() => this.n); } }\nnew A().start();"), ["error captured-this 3"]);
    assert.deepEqual(codes("function f() {\n spawn(() => arguments[0]); }\nf();"), ["error captured-this 3"]);
    assert.deepEqual(codes("function f() { spawn(function () { return arguments.length; }); spawn(() => { class B { n = this; } return new B(); }); }\nf();"), []);
  });

  it("unshared-variable: main reads what a spawned function writes", () => {
    assert.deepEqual(codes("let n = 0;\nfunction work() {\n  n++;\n}\nspawn(work).join();\nconsole.log(n);"), ["warning unshared-variable 4"]);
    assert.deepEqual(codes("const results: number[] = [];\nfunction work() {\n  results.push(1);\n}\nspawn(work).join();\nconsole.log(results);"), ["warning unshared-variable 4"]);
    assert.deepEqual(codes("let done = false;\nspawn(() => {\n  done = true;\n});\nwhile (!done) ;"), ["warning unshared-variable 4"]);
  });

  it("unshared-variable: through called functions, between two spawned functions, and across modules", () => {
    assert.deepEqual(codes("let n = 0;\nfunction inc() {\n  n++;\n}\nfunction work() { inc(); }\nspawn(work).join();\nconsole.log(n);"), ["warning unshared-variable 4"]);
    assert.deepEqual(codes("let flag = false;\nfunction a() { flag = true; }\nfunction b() { while (!flag) ; }\nspawn(a); spawn(b);"), ["warning unshared-variable 3"]);
    const state = { "/snippet/state.ts": "export let n = 0;\nexport function inc() {\n  n++;\n}" };
    const [found] = diagnostics('import { n, inc } from "./state";\nspawn(inc).join();\nconsole.log(n);', state);
    assert.deepEqual([found?.code, found?.file, found?.line], ["unshared-variable", "/snippet/state.ts", 3]);
  });

  it("unshared-variable: what main sets later is not seen by a task", () => {
    assert.deepEqual(codes("let limit = 0;\nlimit = 5;\nfunction work() { return limit; }\nspawn(work);"), ["warning unshared-variable 3"]);
  });

  it("no false alarms on the usual programs", () => {
    const clean = [
      "const N = 100; const names = ['a', 'b']; function work(i: number) { for (let k = 0; k < N; k++) names[i]; } const tasks = names.map((_, i) => spawn(work, i)); for (const t of tasks) t.join(); console.log(N, names.length);",
      "const tasks: Task[] = []; for (let i = 0; i < 3; i++) tasks.push(spawn(() => i)); for (const t of tasks) t.join();",
      "let counter = shared(0); const list = shared([] as number[]); const lock = new Mutex(); function work() { lock.withLock(() => { counter++; list.push(1); }); } const t = spawn(work); t.join(); console.log(counter, list);",
      "let calls = 0; function work() { calls++; return calls; } spawn(work); spawn(work);",
      "let total = 0; function work() { return 1; } const t = spawn(work); total += t.join(); console.log(total);",
      "const accounts = [shared({ n: 1 }), shared({ n: 2 })]; function work() { accounts[0].n -= 1; accounts[1].n += 1; } spawn(work).join(); console.log(accounts[0].n);",
      "const view = new Int32Array(new SharedArrayBuffer(4)); function work() { view[0]++; } spawn(work).join(); console.log(view[0]);",
      "const config = { size: 3 }; function work() { const config = { size: 1 }; config.size++; return config; } spawn(work); console.log(config.size);",
    ];
    for (const text of clean) assert.deepEqual(codes(text), [], text);
  });

  it("effect-in-initialiser: output in an initialiser that a task runs again", () => {
    assert.deepEqual(codes("const limit = read();\nfunction read() { console.log('reading'); return 3; }\nfunction work() { return limit; }\nspawn(work);"), ["warning effect-in-initialiser 2"]);
    assert.deepEqual(codes("const limit = read();\nfunction read() { console.log('reading'); return 3; }\nfunction work() { return 1; }\nspawn(work);\nconsole.log(limit);"), []);
    assert.deepEqual(codes("const log = (s: string) => console.log(s);\nfunction work() { log('x'); }\nconst t = spawn(work);"), []);
  });

  it("socket-in-initialiser is an error", () => {
    assert.deepEqual(codes("const socket = Socket.accept('a');\nfunction work() { socket.close(); }\nspawn(work);"), ["error socket-in-initialiser 2"]);
  });

  it("not-shareable and shared-needs-variable", () => {
    assert.deepEqual(codes("class C {}\nconst a = shared(new Date());\nconst b = shared({ f: () => 1 });\nconst c = shared(new C());\nconst d = shared(Symbol('x'));"), [
      "warning not-shareable 3", "warning not-shareable 4", "warning not-shareable 5", "warning not-shareable 6",
    ]);
    assert.deepEqual(codes("const o = { n: shared(0) };\nfunction f() { return shared('x'); }"), ["error shared-needs-variable 2", "error shared-needs-variable 3"]);
    assert.deepEqual(codes("let a = shared(0), b = shared({ lock: new Mutex(), m: new Map([[1, [2]]]) }); const c = sharedMemory(new Float64Array(4)); console.log(shared([1]), a, b, c);"), []);
  });

  it("syntax errors have place and plain words", () => {
    const [found] = diagnostics("const a = 1;\nconst b = ;");
    assert.deepEqual([found?.code, found?.line, found?.column], ["syntax", 3, 11]);
    assert.equal(found?.message, "Unexpected token");
  });

  it("all syntax errors are told, of all modules, with imports that lead nowhere", () => {
    const places = diagnostics('const a = ;\nconst b = 1;\nconst b = 2;\nlet c: = 3;\nimport { h } from "./helper"; import { m } from "./missing";\nconsole.log(h, m);\n', { "/snippet/helper.ts": "export const h = 1;\nexport const h = 2;\nconst q = ;\n" });
    assert.deepEqual(places.map(({ file, line, column, code }) => [file, line, column, code]), [
      ["/snippet/main.ts", 2, 11, "syntax"],
      ["/snippet/main.ts", 4, 7, "syntax"],
      ["/snippet/main.ts", 5, 8, "syntax"],
    ]);
    const imports = diagnostics('import { h } from "./helper"; import { m } from "./missing";\nconsole.log(h, m);\n', { "/snippet/helper.ts": "export const h = 1;\nexport const h = 2;\nconst q = ;\n" });
    assert.deepEqual(imports.map(({ file, line, column, code }) => [file, line, column, code]), [
      ["/snippet/main.ts", 2, 49, "unresolved-import"],
      ["/snippet/helper.ts", 2, 14, "syntax"],
      ["/snippet/helper.ts", 3, 11, "syntax"],
    ]);
  });

  it("a syntax error is told once: no echoes further down", () => {
    for (const text of ["function f( {\n  return 1;\n}\nf();", "const a = [1, 2;\nconst b = 2;", "if (a {\n  b();\n}\nconst c = 1;", "const s = 'open;\nconst t = 'x';", "let a =\n;\nlet b = 2;"]) {
      assert.equal(diagnostics(text).length, 1, text);
    }
  });

  it("missing packages and unknown modules of Node", () => {
    const text = 'import { x } from "no-such-package";\nimport y from "@no/such/path";\nimport fs from "node:nothing";\nimport * as ok from "node:fs";\nimport type { T } from "no-types";\nconsole.log(x, y, fs, ok);';
    assert.deepEqual(codes(text), ["error missing-package 2", "error missing-package 3", "error missing-node-module 4"]);
    assert.match(diagnostics(text)[0]!.message, /package "no-such-package"/);
    assert.deepEqual(codes('const lazy = () => import("no-such-package");\nconsole.log(lazy);'), []);
  });

  it("syntax errors that only the scope shows have a place too", () => {
    const [found] = diagnostics("const a = 1;\nconst a = 2;");
    assert.deepEqual([found?.code, found?.line], ["syntax", 3]);
    assert.equal(found?.message.includes("\n"), false);
  });

  it("unknown-import and unresolved-import", () => {
    const unknown = diagnostics('import { spwan } from "concurrency-playground";\nspwan();');
    assert.deepEqual(unknown.map((d) => [d.code, d.line, d.column]), [["unknown-import", 2, 10]]);
    assert.match(unknown[0]!.message, /Did you mean `spawn`/);
    assert.deepEqual(codes('import { x } from "./nowhere";\nconsole.log(x);'), ["error unresolved-import 2"]);
    assert.deepEqual(codes('import type { X } from "./nowhere";\nlet x: X;'), []);
  });
});
