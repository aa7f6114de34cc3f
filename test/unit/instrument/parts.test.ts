import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPrintedInParts } from "../../../src/instrument/emit-parts";
import { Program } from "../../../src/instrument/program";
import { compile } from "./harness";

/** Each part of a module that has this word is made CommonJS by itself. */
const BY_ITSELF = "\n// exports";

const programs: Record<string, string> = {
  "imports of several modules, of which each entry needs others": `import { spawn, shared } from "concurrency-playground";
import { join } from "node:path";
import { cpus, hostname as host } from "node:os";
let n = shared(0), separator = join("a", "b");
const unused = cpus().length;
function one() { n += cpus().length; return separator; }
function two(host: string) { return host + n++; }
console.log(spawn(one).join(), spawn(two, host()).join(), join("c"), this);`,
  "names that hide an import": `import { spawn, shared } from "concurrency-playground";
import { join } from "node:path";
const list = shared<string[]>([]);
function outer(join: (...parts: string[]) => string, spawned = 1) {
  { let shared = 2; var kept = shared + spawned; }
  return { join, kept, spawn: () => join("x") };
}
function work() { return outer((...parts) => parts.join(join("-", "-"))); }
spawn(work).join();
if (list.length > 0) { var late = join("a", "b"); }`,
  "inline functions with captured locals, helpers and temporaries": `import { spawn, shared, Mutex } from "concurrency-playground";
import { basename } from "node:path";
const lock = new Mutex(), counts = shared({ a: { b: 1 } });
function start(k: number) {
  const twice = (x: number) => x * 2 + k;
  return spawn(() => { lock.lock(); counts.a.b ||= twice(k); (counts.a ??= { b: 2 }).b **= 2; lock.unlock(); return basename(String(k)); });
}
class Later { static #n = 1; static { start(Later.#n++); } }
for (const i of [1, 2]) start(i).join();
spawn(function named() { return basename("q", counts?.a?.["b"] + ""); }).join();`,
};

describe("a module whose entries are printed from one tree", () => {
  for (const name of ["05-train", "08-producer-consumer"]) programs[name] = readFileSync(join(__dirname, "../../../samples", `${name}.ts`), "utf8");
  for (const [name, text] of Object.entries(programs)) {
    it(`has the code and the source maps that each has by itself: ${name}`, () => {
      const read = (): never => {
        throw Object.assign(new Error("no such file"), { code: "ENOENT" });
      };
      assert.ok(isPrintedInParts(new Program({ file: "/snippet/main.ts", text, readFile: read }).main));
      assert.ok(!isPrintedInParts(new Program({ file: "/snippet/main.ts", text: text + BY_ITSELF, readFile: read }).main));
      const { entries } = compile(text);
      assert.ok(Object.keys(entries).length > 1);
      assert.deepEqual(entries, compile(text + BY_ITSELF).entries);
    });
  }
});
