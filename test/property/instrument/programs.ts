import * as fc from "fast-check";

/**
 * Random programs over the expression and statement forms of JavaScript. All free names are those of PRELUDE; `o`, `q`
 * and what hangs on them log every operation, so that order and number of evaluations can be compared.
 */
export const PRELUDE = `
import { shared } from "concurrency-playground";
import { log, observed, key } from "#observe";
let c = shared(1);
let s = shared("s" as any);
const box = shared({ n: 1, list: [1, 2, 3] } as any);
let x: any = 5, y: any = 7;
const o = observed("o", { a: 1, b: { c: 2, d: [3, 4] }, m(...p: any[]) { log("m", p.length); return p[0]; }, n: null, f: 1n }) as any;
const q = observed("q", [1, 2, [3, 4], { e: 5 }]) as any;
function f(...p: any[]): any { log("f", p.length); return p[p.length - 1]; }
function dec(label: any): any {
  log("decorator", typeof label);
  return (_value: any, { kind, name, static: isStatic }: any) => log("decorates", kind, String(name), isStatic);
}
function iterable(n: number): any {
  let i = 0;
  const next = () => (log("next"), { value: i, done: i++ >= n });
  return { [Symbol.iterator]: () => (log("iterate"), { next, return: () => (log("return"), {}) }), [Symbol.asyncIterator]: () => (log("iterate async"), { next: async () => next(), return: async () => (log("return async"), {}) }) };
}
`;

const name = fc.constantFrom("a", "b", "c", "d", "n", "e", "zz");
const variable = fc.constantFrom("x", "y", "c", "s", "o", "q", "box");
const plainTarget = fc.constantFrom("x", "y", "c", "s");
const literal = fc.constantFrom("0", "1", "2", "(-3)", "'t'", "null", "undefined", "true", "3n", "NaN", "key('a')", "''");

/** For the inside of functions that are not async. */
function sync(text: string): string {
  return text.replace(/\(await /g, "(").replace(/\bfor await\b/g, "for").replace(/\bawait using\b/g, "using").replace(/\basync function/g, "function");
}

type Rec = { expr: string; target: string; object: string; pattern: string; arg: string };

export const { expr } = fc.letrec<Rec>((tie) => {
  const e = tie("expr");
  const object = tie("object");
  return {
    object: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.constantFrom("o", "q", "box", "o.b", "o.b.d", "box.list"), fc.tuple(object, name).map(([o, n]) => `${o}.${n}`), e.map((v) => `(${v})`)),
    // Not `...[v]`: V8 takes `g([...[0]], [x] = 0)`, which recording can lead to, for a syntax error.
    arg: fc.oneof(e, e.map((v) => `...q.slice(0, 1).concat(${v})`), fc.constant("...q")),
    target: fc.oneof(plainTarget, fc.tuple(object, name).map(([o, n]) => `${o}.${n}`), fc.tuple(object, e).map(([o, k]) => `${o}[${k}]`)),
    pattern: fc.oneof(
      { maxDepth: 3 },
      tie("target"),
      fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `[${a}, ${b} = 9]`),
      fc.tuple(tie("pattern"), e, tie("pattern")).map(([a, k, b]) => `{ a: ${a} = 4, [${k}]: ${b} }`),
      fc.tuple(tie("target"), tie("target")).map(([a, b]) => `[${a}, ...${b}]`),
      fc.constant("{ c, s = 2 }"),
    ),
    expr: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      literal,
      variable,
      fc.tuple(object, name).map(([o, n]) => `${o}.${n}`),
      fc.tuple(object, e).map(([o, k]) => `${o}[${k}]`),
      fc.tuple(object, name, name).map(([o, n, m]) => `${o}?.${n}.${m}`),
      fc.tuple(object, e).map(([o, k]) => `${o}.n?.[${k}].z`),
      fc.tuple(object, tie("arg")).map(([o, v]) => `${o}.m?.(${v})`),
      fc.tuple(tie("target"), fc.constantFrom("=", "+=", "-=", "||=", "&&=", "??=", "**=", "<<="), e).map(([t, op, v]) => `(${t} ${op} ${v})`),
      fc.tuple(tie("target"), fc.constantFrom("++", "--"), fc.boolean()).map(([t, op, prefix]) => (prefix ? `(${op}${t})` : `(${t}${op})`)),
      fc.tuple(fc.constantFrom("+", "-", "*", "<", "===", "&&", "||", ",", "instanceof"), e, e).map(([op, a, b]) => `(${a} ${op} ${b})`),
      fc.tuple(e, e).map(([a, b]) => `(${a} ?? ${b})`),
      fc.tuple(fc.constantFrom("typeof ", "void ", "!", "+", "-", "~"), e).map(([op, a]) => `(${op}${a})`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(tie("arg"), tie("arg")).map(([a, b]) => `f(${a}, ${b})`),
      fc.tuple(tie("arg"), tie("arg")).map(([a, b]) => `o.m(${a}, ${b})`),
      fc.tuple(object, e, tie("arg")).map(([o, k, a]) => `${o}[${k}](${a})`),
      fc.tuple(fc.constantFrom("map", "forEach", "includes", "slice", "indexOf", "join"), e).map(([m, a]) => `q.${m}(${a})`),
      fc.constantFrom("box.list.push(c)", "new Array(c, x)", "String(s)", "JSON.stringify(box)", "Object.keys(o)"),
      fc.tuple(object, e).map(([o, k]) => `(delete ${o}[${k}])`),
      fc.tuple(object, name).map(([o, n]) => `(delete ${o}?.${n})`),
      fc.tuple(e, object).map(([k, o]) => `(${k} in ${o})`),
      fc.tuple(e, e).map(([a, b]) => `\`\${${a}}-\${${b}}\``),
      fc.tuple(e, e).map(([a, b]) => `f\`\${${a}}-\${${b}}\``),
      e.map((a) => `o.m\`\${${a}}\``),
      fc.tuple(tie("arg"), e).map(([a, b]) => `[${a}, ${b}, ...q]`),
      fc.tuple(e, e, e).map(([a, b, v]) => `({ a: ${a}, [${b}]: ${v}, c, ...o, get g() { return ${sync(a)}; } })`),
      fc.tuple(tie("pattern"), e).map(([p, v]) => (/^[[{]/.test(p) ? `(${p} = ${v})` : v)),
      fc.tuple(tie("pattern"), fc.constantFrom("q", "[o, q]", "o")).map(([p, v]) => (/^[[{]/.test(p) ? `(${p} = ${v})` : v)),
      fc.tuple(e, e).map(([a, b]) => sync(`((p = ${a}, { a: r } = { a: ${b} }) => [p, r])()`)),
      fc.tuple(e, e).map(([a, b]) => sync(`(function* () { const got = yield ${a}; yield* q; return ${b}; })().next().value`)),
      fc.tuple(e, e, e).map(([a, b, v]) => `new (class K { #p = ${a}; static z = ${b}; static { x = K.z; } w = (this.#p = ${v}); get v() { return this.#p; } })().v`).map(sync),
      e.map((a) => `(await ${a})`),
      fc.tuple(object, e, tie("arg")).map(([o, k, a]) => `${o}?.[${k}]?.(${a})`),
      fc.tuple(object, tie("arg")).map(([o, a]) => `(${o}.m)(${a})`),
      fc.tuple(object, e, e).map(([o, k, v]) => `[Reflect.set(${o}, key(${k}), ${v}), Reflect.get(${o}, key(${k})), Reflect.has(${o}, "a")].length`),
      fc.tuple(object, e).map(([o, v]) => `Reflect.apply(o.m, ${o}, [${v}, c])`),
      fc.tuple(e, e).map(([a, b]) => `Reflect.construct(class { z: any; constructor(p: any) { this.z = [p, ${a}, new.target === undefined]; } }, [${b}]).z.length`).map(sync),
      fc.tuple(tie("pattern"), fc.nat(3)).map(([p, n]) => (/^[[{]/.test(p) ? `(${p} = iterable(${n}))` : `f(...iterable(${n}))`)),
      fc.tuple(e, e, e).map(([a, b, v]) => `(() => { const g = (function* () { try { x = yield ${a}; yield* iterable(2); } finally { c = ${b}; } })(); return f(g.next().value, g.next(${v}).value, g.return(c).value); })()`).map(sync),
      fc.tuple(e, e).map(([a, b]) => `(await (async function* () { yield ${a}; yield* iterable(1); return ${b}; })().next())`),
      fc
        .tuple(e, e, e, fc.constantFrom("=", "+=", "||=", "??="), fc.constantFrom("++", "--"))
        .map(
          ([a, b, v, op, step]) =>
            `new (class extends (class { u: any = ${a}; get h(): any { log("get h"); return this.u; } set h(z: any) { log("set h"); this.u = z; } static t(...z: any[]) { return f(...z); } m(z: any) { return z; } }) { #p: any = ${b}; static #q: any = c; #r(z: any = ${v}) { return z; } get #s() { return this.#p; } set #s(z: any) { log("set s"); this.#p = z; } [key("k") as any] = ${a}; static { this.#q ${op} ${v}; } constructor(z?: any) { super(); this.#p ${op} ${v}; this.#p${step}; this.#s ${op} ${b}; super.h ${op} ${a}; super["h"]${step}; [this.#p, super.h] = [c, ${v}]; } get w() { return f(this.#p, #p in this, this.#r(), this.#r?.(c), super.m(${b}), super["h"], this.constructor === undefined); } })().w`,
        )
        .map(sync),
    ),
  };
});

const declaration = fc.oneof(
  fc.tuple(expr, expr).map(([a, b]) => `const { a, b: { c: inner = ${a} } = { c: 1 } as any, ...rest } = f(o, ${b}) ?? {}; log(a, inner, Object.keys(rest).length);`),
  expr.map((a) => `const [h, , [i] = [2], ...tail] = q; log(h, i, tail.length, ${a});`),
);

const { statement } = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    expr.map((e) => `log(${e});`),
    expr.map((e) => `;${e};`),
    declaration.map((d) => `{ ${d} }`),
    fc.tuple(plainTarget, tie("statement")).map(([v, s]) => `for (${v} of q) { ${s} }`),
    tie("statement").map((s) => `for ([c, x = 3] of [[1], [2, 3]]) { ${s} }`),
    tie("statement").map((s) => `for (s in o) { ${s} break; }`),
    fc.tuple(fc.nat(1e9), expr, tie("statement")).map(([n, e, s]) => `l${n}: for (let i = 0; i < 2; i++) { for (;;) { ${s} if (${e}) continue l${n}; break; } }`),
    fc.tuple(expr, tie("statement")).map(([e, s]) => `{ let n = 0; do { ${s} } while (n++ < 1 && ${e}); }`),
    fc.tuple(expr, tie("statement"), tie("statement")).map(([e, s, t]) => `if (${e}) { ${s} } else { ${t} }`),
    fc.tuple(expr, expr, tie("statement")).map(([e, v, s]) => `switch (${e}) { case ${v}: ${s} default: log("d"); }`),
    fc.tuple(tie("statement"), tie("statement")).map(([s, t]) => `try { ${s} throw o.zz; } catch ({ message = c }: any) { log(typeof message); } finally { ${t} }`),
    fc.tuple(expr, tie("statement")).map(([e, s]) => `{ const g = (p = ${e}) => { ${s} return p; }; log(g(), g(c)); }`).map(sync),
    fc.tuple(fc.nat(1e9), expr, expr).map(([n, e, v]) => sync(`{ enum E${n} { A = 1, B = A << 1, C = f(${e}), D = "t".length, F = f(${v}, B) } log(E${n}.A, E${n}.B, E${n}["C"], E${n}[2], E${n}.F); }`)),
    fc
      .tuple(expr, expr, tie("statement"))
      .map(([d, e, s]) => sync(`{ @dec(${d}) class K { @dec("method") m(p: any = ${e}) { ${s} return p; } @dec(c) static f: any = ${e}; @dec("private") #p: any = c; @dec("accessor") accessor g: any = ${d}; @dec("get") get h() { return this.#p; } } const k = new K(); log(k.m(), K.f, k.g, (k.g = c), k.h); }`)),
    fc.tuple(plainTarget, fc.nat(3), tie("statement"), fc.constantFrom("", "break;", "continue;")).map(([v, n, s, end]) => `for await (${v} of iterable(${n})) { ${s} ${end} }`),
    fc.tuple(fc.nat(3), tie("statement"), fc.constantFrom("", "break;")).map(([n, s, end]) => `for (const each of iterable(${n})) { log(each); ${s} ${end} }`),
    fc.tuple(fc.nat(1e9), expr, tie("statement")).map(([n, e, s]) => `b${n}: { if (${e}) break b${n}; ${s} }`),
    fc.tuple(expr, tie("statement")).map(([e, s]) => `{ await using guard = { async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() { log("disposed", c, ${e}); } }; ${s} }`),
    tie("statement").map((s) => `{ using guard = { [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() { log("disposed", c); } }; ${s} }`),
  ),
}));

/** They stand at the top of a module alone. (What they export is const: Babel, the plain programs' compiler, knows no other.) */
const namespace = fc
  .tuple(expr, expr, expr, fc.constantFrom("=", "+=", "??="))
  .map(([a, b, v, op]) => sync(`namespace N { export const n: any = { v: c }; let own: any = c; export const g = (p: any = ${a}) => { n.v ${op} ${b}; own = n.v++; [n.v, x, own] = q; return p; }; export namespace M { export const w: any = n.v; export function h() { return (own ${op} ${v}); } } }`));

/** A whole program; each statement's exceptions are logged, so that the next runs in any case. */
export const program: fc.Arbitrary<string> = fc
  .tuple(fc.array(statement, { minLength: 1, maxLength: 6 }), namespace)
  .map(([body, declared]) => [declared, [...body, "log(N.g(), N.n.v, N.n.v++, (N.n[key('v')] += c), N.M.h(), N.M.w);"]] as const)
  .map(([declared, statements]) => `${PRELUDE}
${declared}
export const result = (async () => {
${statements.map((s) => `try { ${s} } catch (error) { log("threw", error?.constructor?.name); }`).join("\n")}
log("end", c, s, x, y, JSON.stringify(box, (_, v) => typeof v === "bigint" ? String(v) : v));
})();
`);
