import assert from "node:assert/strict";
import type { Diagnostic } from "../../../src/trace";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CompileError, compileSnippet } from "../../../src/instrument";
import { compile } from "./harness";

const IMPORT = 'import { shared, sharedMemory, spawn, mark, Latch, MessageQueue, Mutex, Semaphore, Socket, Thread, type Task } from "concurrency-playground";\n';

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

  it("a namespace's and an enum's own object is no variable that anybody writes; a variable in it is", () => {
    const text = "enum Level { Low }\nnamespace Level {\n  export const parse = (s: string) => s.length;\n  export let last = 0;\n  export function set() {\n    last = 1;\n  }\n}\n";
    assert.deepEqual(codes(`${text}console.log(spawn(Level.parse, "x").join(), Level.Low);`), []);
    assert.deepEqual(codes(`${text}function work() { return Level.Low; }\nconsole.log(spawn(work).join(), Level.parse("x"));`), []);
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

  it("unshared-variable: fields of an object of the program's own class, changed by its methods, and static fields", () => {
    const counter = "class Base { protected n = 0; protected add(by: number) { this.n += by; } }\nclass Counter extends Base { seen: number[] = []; inc() { this.add(1); } note(x: number) { this.seen.push(x); } get value() { return this.n; } look() { return this.seen.length; } }\nconst c = new Counter();\n";
    for (const call of ["c.inc()", "c.note(1)", "c.seen = []"]) {
      assert.deepEqual(codes(`${counter}function work() {\n  ${call};\n}\nspawn(work).join();\nconsole.log(c.value);`), ["warning unshared-variable 6"], call);
    }
    assert.deepEqual(codes(`${counter}function work() { return c.look() + c.value; }\nspawn(work).join();\nconsole.log(c.value);`), []);
    assert.deepEqual(codes("class Stack { private readonly items = shared<number[]>([]); private lock = new Mutex(); push(x: number) { this.lock.withLock(() => this.items.push(x)); } size() { return this.items.length; } }\nconst s = new Stack();\nfunction work() { s.push(1); }\nspawn(work).join();\nconsole.log(s.size());"), []);
    const [found] = diagnostics("class Shape { static made = 0; static lock = new Mutex(); constructor() { Shape.made++; } }\nfunction work() { return Shape.lock.withLock(() => new Shape()) !== null; }\nspawn(work).join();\nconsole.log(Shape.made);");
    assert.deepEqual([found?.code, found?.line, found?.column], ["unshared-variable", 2, 75]);
    assert.match(found!.message, /copy of `Shape\.made`/);
  });

  it("assigning to a constant is no unshared variable", () => {
    assert.deepEqual(codes("const a = 1;\na = 2;\nspawn(() => a);"), []);
  });

  it("effect-in-initialiser: what changes shared memory or a sync object, also in a constructor", () => {
    const use = "\nfunction work() { return x; }\nspawn(work).join();";
    for (const text of [
      "const list = shared<number[]>([]);\nconst x = list.push(1);",
      "let n = shared(0);\nconst x = n++;",
      "const s = new Semaphore(0);\nconst x = [s.release()];",
      "const list = shared<number[]>([]);\nclass Bank { constructor() { this.add(); list.push(1); } add() {} }\nconst x = new Bank();",
    ]) assert.deepEqual(codes(text + use), [`warning effect-in-initialiser ${text.split("\n").length + 1}`], text);
    for (const text of [
      "const list = shared<number[]>([1]);\nconst x = list.map((k) => k + 1);",
      "class Bank { readonly all = shared([0]); constructor() { this.all.push(1); } }\nconst x = new Bank();",
      "const q = new MessageQueue<number>();\nconst x = { q, put(k: number) { q.send(k); } };",
    ]) assert.deepEqual(codes(text + use), [], text);
  });

  it("not-shareable: what is put into shared memory later", () => {
    assert.deepEqual(codes("class P {}\nconst o = shared<any>({ list: [] });\nlet v = shared<any>(0);\no.when = new Date();\no.list.push(new P());\no.list[0] = [() => 1];\nv = P;\nconst m = shared(new Map<string, any>());\nm.set('k', { at: /x/, get: new RegExp('x') });"), [
      "warning not-shareable 5", "warning not-shareable 6", "warning not-shareable 7", "warning not-shareable 8", "warning not-shareable 10",
    ]);
    assert.deepEqual(codes("const o = shared<any>({ get a() { return 1; } });\no.list = [1, new Map()];\no.n = Number('3');\nconst plain: any = {};\nplain.f = () => 1;"), []);
  });

  it("not-cloneable: functions, symbols and sockets as arguments, messages and results", () => {
    assert.deepEqual(codes("function help() { return 1; }\nfunction work(f: unknown) { return f; }\nspawn(work, help);\nspawn(work, { f: () => 1 });\nspawn(() => {\n  return () => 1; });\nconst q = new MessageQueue<unknown>();\nq.send([help]);\nfunction talk() { const s = Socket.connect('x');\n  spawn(work, s); }\nspawn(talk);"), [
      "warning not-cloneable 4", "warning not-cloneable 5", "warning not-cloneable 7", "warning not-cloneable 9", "warning not-cloneable 11",
    ]);
    assert.deepEqual(codes("function work(list: unknown[], m: unknown) { return [list.map((x) => x), m]; }\nspawn(work, [1, new Map(), new Date()], new Mutex());\nspawn(() => new Promise<number>((done) => done(1)));\nconst other = { send(f: () => void) { f(); } };\nother.send(() => {});"), []);
  });

  it("lost-methods: an object whose method the task calls", () => {
    const text = "class P { x = 1; get() { return this.x; } }\nfunction work(p: P) { return p.get(); }\nfunction look(p: P) { return p.x; }\nconst p = new P();\nspawn(work, p);\nspawn(look, new P());";
    assert.deepEqual(codes(text), ["warning lost-methods 6"]);
    assert.match(diagnostics(text)[0]!.message, /^An instance of P arrives .* so `p\.get` fails/);
  });

  it("unknown-export: a module of the snippet's own does not export it", () => {
    const lib = { "/snippet/lib.ts": "export const a = 1; export interface Shape { n: number } export * from './more';", "/snippet/more.ts": "export function b() {}" };
    const [found] = diagnostics('import { a, b, gone } from "./lib";\nimport type { Shape } from "./lib";\nimport { Shape as S } from "./lib";\nlet s: S, t: Shape;\nexport { S };\nspawn(b); console.log(a, gone, s, t);', lib);
    assert.deepEqual([found?.severity, found?.code, found?.line, found?.column], ["error", "unknown-export", 2, 16]);
    assert.deepEqual(codes('import { a, b } from "./lib";\nimport { type Shape as S } from "./lib";\nexport { S };\nspawn(b); console.log(a);', lib), []);
    assert.deepEqual(codes('import x from "./lib";\nspawn(() => x);', lib), ["error unknown-export 2"]);
  });

  it("fixes: a variable is made shared, with its import; a wrong name is put right", () => {
    const fixed = (text: string, files: Record<string, string> = {}): string | undefined => {
      const [found] = diagnostics(text, files);
      const texts: Record<string, string> = { "/snippet/main.ts": IMPORT + text, ...files };
      const edits = [...(found?.fix?.edits ?? [])].sort((a, b) => b.line - a.line || b.column - a.column);
      for (const { file, line, column, endLine, endColumn, text: by } of edits) {
        const offset = (l: number, c: number): number => texts[file]!.split("\n").slice(0, l - 1).join("\n").length + (l > 1 ? 1 : 0) + c - 1;
        texts[file] = texts[file]!.slice(0, offset(line, column)) + by + texts[file]!.slice(offset(endLine, endColumn));
      }
      return edits.length === 0 ? undefined : texts[edits[0]!.file]!.replace(IMPORT, "");
    };
    assert.equal(fixed("let n: number = 0;\nfunction work() { n++; }\nspawn(work).join();\nconsole.log(n);"), "let n: number = shared(0);\nfunction work() { n++; }\nspawn(work).join();\nconsole.log(n);");
    assert.equal(fixed("function f() { let n = 0; spawn(() => { n = 1; }).join(); return n; }\nf();"), "function f() { let n = shared(0); spawn(() => { n = 1; }).join(); return n; }\nf();");
    assert.equal(fixed("import { m, f } from './lib';\nspawn(f).join();\nconsole.log(m);", { "/snippet/lib.ts": "export const m = new Map([\n  [1, 2],\n]);\nexport function f() { m.set(2, 3); }" }), 'import { shared } from "concurrency-playground";\nexport const m = shared(new Map([\n  [1, 2],\n]));\nexport function f() { m.set(2, 3); }');
    assert.equal(fixed("import { Mutxe } from 'concurrency-playground';\nconst m = new Mutxe();\nspawn(() => m);"), "import { Mutex } from 'concurrency-playground';\nconst m = new Mutex();\nspawn(() => m);");
    assert.equal(fixed("class C { n = 0; inc() { this.n++; } }\nconst c = new C();\nspawn(() => c.inc()).join();\nconsole.log(c.n);"), undefined);
  });

  it("nothing is said of the samples and of programs that are right", () => {
    for (const folder of ["samples", "test/programs/clean", "test/programs/racy", "test/programs/deadlock"]) {
      for (const name of readdirSync(folder).filter((file) => file.endsWith(".ts"))) {
        assert.deepEqual(compileSnippet({ file: join(folder, name) }).diagnostics, [], name);
      }
    }
  });
});
