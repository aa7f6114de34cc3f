import assert from "node:assert/strict";
import { run, runPlain } from "./harness";

/** Runs `text` with and without instrumentation; both must export the same `result`, which is returned. */
async function same(text: string): Promise<unknown> {
  const plain = await (await runPlain(text))["result"];
  const recorded = await (await run(text)).exports["result"];
  assert.deepEqual(recorded, plain);
  return recorded;
}

const IMPORT = 'import { shared, Mutex } from "concurrency-playground";\n';

describe("instrumented code does what the source says", () => {
  const cases: Record<string, string> = {
    "enums, namespaces, parameter properties": `enum A { X, Y = X + 5, Z } const enum B { Q = "q" } namespace N { export const k = A.Z; export function f() { return k; } } class P { constructor(public a: number, readonly b = a * 2) {} }
      export const result = [A.X, A[5], B.Q, N.f(), new P(3)].map((v) => JSON.stringify(v));`,
    "standard decorators": `const seen: string[] = []; function d(value: any, context: any) { seen.push(context.kind + ":" + String(context.name)); return value; }
      @d class K { @d m() { return 1; } @d accessor z = 2; @d static s() {} @d f = 3; } export const result = [seen, new K().m(), new K().z];`,
    "accessors without decorators": `class K<T> { accessor x: T | undefined; static accessor n = 1; accessor #p = 4; sum() { return K.n++ + this.#p; } } const k = new K<number>(); k.x = 5; export const result = [k.x, k.sum(), K.n, Object.keys(k)];`,
    "using disposes in reverse order": `const order: string[] = []; const r = (n: string) => ({ [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() { order.push(n); } });
      { using a = r("a"), b = r("b"); order.push("body"); } export const result = order;`,
    "classes with private members, statics, accessors, super": `class A { #n = 1; static count = 0; static { A.count = 5; } get n() { return this.#n; } set n(v) { this.#n = v; } has(o: any) { return #n in o; } m() { return "A"; } }
      class B extends A { n2 = this.n; m() { return super.m() + "B"; } get [Symbol.toStringTag]() { return "tag"; } static make() { return new this(); } } const b = B.make(); b.n += 4; b.n++;
      export const result = [b.n, b.n2, A.count, b.has(b), b.m(), String(b), new.target === undefined];`.replace(", new.target === undefined", ""),
    "generators and iteration protocols": `function* g(): any { const a = yield 1; try { yield* [a, ...[3]]; } finally { yield "f"; } return 9; } const it = g(); const out: any[] = [it.next().value, it.next("x").value]; out.push(it.return(7).value, it.next());
      async function* ag() { for await (const v of [Promise.resolve(1), 2]) yield v; } export const result = (async () => { for await (const v of ag()) out.push(v); return out; })();`,
    "shared variables everywhere": `${IMPORT}let n = shared(1); let big = shared(1n); let text = shared("a"); const box = shared({ n: 1, list: [1, 2] } as any);
      const swap = () => { [n, box.n] = [box.n + 1, n]; return { n, t: typeof n, s: \`\${n}\${text}\` }; }; text += "b"; big++; big **= 3n; ({ n, ...box.rest } = { n: 8, k: 4 } as any); for (n of [3, 4]) box.n += n; for (text in { k: 1 }) ;
      export const result = [swap(), n, big--, String(big), text, box, n > 1 ? n-- : 0, (n ??= 5), (n &&= 0), (n ||= 6), [n, ...box.list], ((a = n) => a)()];`,
    "exceptions at the right moment": `const order: string[] = []; const t = (s: string) => (order.push(s), undefined as any); for (const f of [() => t("o")[t("k")] = t("v"), () => t("a").b(t("c")), () => t("d")[t("e")](t("f")), () => t("g")?.x.y(t("h")), () => { t("i").p += t("j"); }, () => { const { x } = t("l"); return x; }]) { try { f(); order.push("ok"); } catch (e) { order.push((e as Error).constructor.name); } }
      export const result = order;`,
    "this in calls": `const o = { v: 1, m() { return this?.v; }, at() { return this.v + 1; } } as any; const id = (x: any) => x; export const result = [id(o).m(), id(o)["m"](), id(o).at(), id(o)?.m(), id(o).m?.(), (id(o)?.m)(), (id(o).m)(), id(o)[id("at")](), (0, id(o).m)?.call({ v: 9 })];`,
    "an optional call of a chain in parentheses keeps its this": `const a = { v: 3, b() { return this?.v; }, o: { v: 4, c() { return this?.v; } } } as any; const none = undefined as any; export const result = [(a?.b)?.(), (a?.o.c)?.(), (a.o?.c)?.().x, (a?.zz)?.(), (none?.b)?.(), (a?.b?.bind({ v: 5 }))?.()];`,
    "tagged templates keep their strings": `const tag = (s: TemplateStringsArray, ...v: any[]) => [s.raw.join("|"), ...v]; const o = { tag }; const twice = () => ((s: any) => s)\`x\`; export const result = [tag\`a\${1}\\n\`, o.tag\`b\${2}\`, twice() === twice()];`,
    "names of functions": `let a = () => {}; const o = { b: () => {}, ["c"]: function () {} }; let d; d = class {}; export const result = [a.name, o.b.name, o.c.name, (d as any).name];`,
    "names of functions in fields": `class A { static f = () => 1; static #g = function () {}; static k = class {}; h = () => 2; #i = async () => 3; static names(a: any) { return [A.f.name, A.#g.name, A.k.name, a.h.name, a.#i.name]; } } export const result = A.names(new A());`,
    "names like those of temporaries": `let $t1 = 5, $t_2 = 6; const o: any = { a: {} }; const id = (x: any) => x; id(o).a[$t1] ??= 3; id(o).a[id($t_2)] += "x"; export const result = [$t1, $t_2, id(o)?.a, id(o.a)[$t1]?.toFixed?.(1)];`,
    "labels, switch and closures over loop variables": `const fs: (() => number)[] = []; out: for (let i = 0; i < 4; i++) { switch (i) { case 1: continue out; case 3: break out; default: fs.push(() => i); } } export const result = fs.map((f) => f());`,
    "direct eval sees local variables": `function f() { const hidden = 41; return eval("hidden + 1"); } export const result = f();`,
  };
  for (const [name, text] of Object.entries(cases)) {
    it(name, async () => assert.notEqual(await same(text), undefined));
  }

  it("compiles exported variables of namespaces, which stay live", async () => {
    const { exports } = await run(`${IMPORT}namespace N { export let n = 1; export const s = shared(5); export function inc() { n++; return n; } } N.inc(); N.n += 10; export const result = [N.n, N.inc(), N.s];`);
    assert.deepEqual(exports["result"], [12, 13, 5]);
  });

  it("shares cells between the snippet's modules, under any name", async () => {
    const files = {
      "/snippet/state.ts": `${IMPORT}export let n = shared(1); let m = shared(2); export { m as other }; export function inc() { n++; m += 10; } export default n;`,
      "/snippet/again.ts": 'export * from "./state"; export { n as renamed } from "./state";',
    };
    const { exports } = await run(
      'import first, { inc, n, other } from "./state"; import { renamed, other as o2 } from "./again"; import * as ns from "./state"; inc(); const copy = { n, ...{} }; export const result = [first, n, other, renamed, o2, ns.n, ns.other, copy.n, `${ns.n}`];',
      files,
    );
    assert.deepEqual(exports["result"], [1, 2, 12, 2, 12, 2, 12, 2, "2"]);
  });

  it("lets the blocks of a namespace use each other's exports", async () => {
    const { exports } = await run(`const x = "outer", own = "outer"; namespace A { export const x = 1; export let n = 5; export function f() { return x; } } namespace A { n++; const own = [x, n, f()]; export const seen = { own, x }; ({ n } = { n: 9 }); }
      namespace A.B { export const deep = x + 10; } namespace A { export namespace B { export const sum = ((x: number) => deep + x)(1); type T = typeof x; export const t: T = 1; } }
      enum E { P = 3 } namespace E { export const twice = (P: number) => P * 2, p = P; } export const result = [A.seen, A.n, A.B.sum, E.twice(2), E.p, x, own];`);
    assert.deepEqual(exports["result"], [{ own: [1, 6, 1], x: 1 }, 9, 12, 4, 3, "outer", "outer"]);
  });

  it("leaves a program the names that compiled code has for itself", async () => {
    const { exports } = await run(`${IMPORT}let $cp = shared(5); const o = { $cp }, $meta = import.meta.url.length > 0; const f = ($cp: any) => $cp.x; { const $cp = 7; o.$cp += $cp; }
      export const result = [$cp++, $cp, o, f({ x: 2 }), $meta]; export { $cp as kept };`);
    assert.deepEqual(exports["result"], [5, 6, { $cp: 12 }, 2, true]);
    const text = "$cp = 1; exports.made = [typeof $cp, Reflect.get(globalThis, '$cp'), delete globalThis.$cp, typeof $cp];";
    const { exports: none } = await run('import { made } from "./a.cjs"; export const result = made;', { "/snippet/a.cjs": text });
    assert.deepEqual(none["result"], ["number", 1, true, "undefined"]);
  });

  it("evaluates modules in order, and required ones when asked", async () => {
    const files = {
      "/snippet/a.ts": 'import "./b"; (globalThis as any).order.push("a");',
      "/snippet/b.ts": '(globalThis as any).order.push("b");',
      "/snippet/c.cjs": 'globalThis.order.push("c"); exports.x = 3; this.y = 4;',
      "/snippet/d.ts": '(globalThis as any).order.push("d"); export const d = 5;',
    };
    (globalThis as unknown as { order: string[] }).order = [];
    const { exports } = await run(
      'import "./a"; const order = (globalThis as any).order; order.push("main"); const { x } = require("./c.cjs"); export const result = (async () => { const { d } = await import("./d"); return [...order, x, d]; })();',
      files,
    );
    assert.deepEqual(await exports["result"], ["b", "a", "main", "c", "d", 3, 5]);
  });

  it("passes over assignments that fail where the code is not strict", async () => {
    const text = `
      const frozen = Object.freeze([1, 2]), id = (x) => x, key = "0";
      const attempts = [
        () => (frozen[key] = 9), () => (frozen[key] += 1), () => frozen[key]++, () => --id(frozen).length, () => ([frozen[key]] = [3]), () => (id("text")[key] = 1), () => id(5)[key]++,
      ];
      const tried = (list) => list.map((f) => { try { return String(f()); } catch (e) { return e.constructor.name; } });
      function strictly() { "use strict"; return tried([() => (frozen[key] = 9), () => frozen[key]++, () => ([frozen[key]] = [3])]); }
      class C { static tried = tried([() => (frozen[key] = 9), () => id(frozen).length--]); }
      exports.result = [tried(attempts), strictly(), C.tried, tried([() => (id(null)[key] = 1)]), frozen];`;
    const { exports } = await run('import { result as made } from "./a.cjs"; export const result = made;', { "/snippet/a.cjs": text });
    assert.deepEqual(exports["result"], [["9", "2", "1", "1", "3", "1", "NaN"], ["TypeError", "TypeError", "TypeError"], ["TypeError", "TypeError"], ["TypeError"], [1, 2]]);
  });

  it("has top-level await, import() and import.meta, beside variables of Node's names", async () => {
    const { exports } = await run(
      'import { fileURLToPath } from "node:url"; const __filename = fileURLToPath(import.meta.url); const v = await Promise.resolve(4); const { sep } = await import("node:path"); export const result = [v, sep, __filename, import.meta.dirname];',
    );
    assert.deepEqual(exports["result"], [4, "/", "/snippet/main.ts", "/snippet"]);
  });

  it("uses legacy decorators where tsconfig.json asks for them", async () => {
    const text = "const seen: string[] = []; function d(target: any, key: string) { seen.push(key); } class K { @d m() {} } export const result = [seen, K.name];";
    const { exports } = await run(text, { "/snippet/tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true } }' });
    assert.deepEqual(exports["result"], [["m"], "K"]);
  });

  it("compiles accessors beside legacy decorators, which get the descriptor of both", async () => {
    const text = `const seen: string[] = []; function d(_: any, key: string, both?: PropertyDescriptor) { seen.push(key + typeof both?.get + typeof both?.set); }
      class K<T> { @d accessor x = 1; static accessor n = 2; accessor y: T | undefined; accessor #p = 4; accessor "q-r" = 5; sum() { return ++this.#p + K.n++; } } class L extends K<string> {}
      const k = new L(); k.x += 2; k.y = "y"; export const result = [seen, k.x, k.y, k.sum(), K.n, k["q-r"], Object.keys(k), Object.keys(Object.getOwnPropertyDescriptor(K.prototype, "x")!)];`;
    const { exports } = await run(text, { "/snippet/tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true } }' });
    assert.deepEqual(exports["result"], [["xfunctionfunction"], 3, "y", 7, 3, 5, [], ["get", "set", "enumerable", "configurable"]]);
  });

  it("evaluates the key of an accessor beside legacy decorators once, wherever its class stands", async () => {
    const text = `const log: string[] = []; function d(_: any, key: string) { log.push("d " + key); } const key = (k: string) => (log.push(k), k) as any;
      class K { @d m() {} accessor [key("a")] = 1; static accessor [key("b")] = 2; accessor ["c"] = 3; accessor [\`d\`] = 4; }
      function f(P = class { accessor [key("p")] = 5; }) { const made = []; for (const k of ["q", "r"]) { class I { accessor [key(k)] = k; } made.push(new I()[k as "q"]); } return [new P()["p" as "x"], ...made]; }
      class O { field = class { accessor [key("o")] = 6; }; }
      const k: any = new K(); k.a++; export const result = [k.a, (K as any).b, k.c, k.d, f(), (new new O().field() as any).o, log.join(" ")];`;
    const { exports } = await run(text, { "/snippet/tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true } }' });
    assert.deepEqual(exports["result"], [2, 2, 3, 4, [5, "q", "r"], 6, "a b d m p q r o"]);
  });

  it("calls a variable of the runtime's name by that name", async () => {
    const { runtime, compiled } = await run(`${IMPORT}let $cp = shared(1); const $cp_ = shared([new Mutex()]); function f() { $cp++; } f(); export const result = $cp;`);
    assert.deepEqual(runtime.calls.filter(([op]) => op === "begin").map((call) => call[2]), ["$cp", "$cp_"]);
    assert.deepEqual([...new Set(compiled.sites.map(({ name }) => name))].filter((name) => name?.startsWith("$")), ["$cp", "$cp_"]);
  });

  it("records each access once, in order", async () => {
    const { runtime, compiled } = await run(`${IMPORT}let n = shared(1); export const result = n++ + n; n = n * 2;`);
    const accesses = runtime.calls.filter(([op]) => op.startsWith("c") && op !== "cell").map(([op, site]) => `${op} ${compiled.sites[site as number]!.text}`);
    assert.deepEqual(accesses, ["cu n++", "cr n", "cr n", "cw n = n * 2"]);
  });
});
