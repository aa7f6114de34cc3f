import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

describe("what is shared, asked what it is", () => {
  const snippets = new Snippets();
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    it(`has the prototype, tag and constructor that it was written with: ${mode}`, async () => {
      const file = snippets.write(`
const values = { Map: shared(new Map([[1, 2]])), Set: shared(new Set([1])), Array: shared([1]), Object: shared({ a: 1 }), Float64Array: shared(new Float64Array(1)) };
const segment = { Map: sharedMemory(new Map([[1, 2]])), Set: sharedMemory(new Set([1])), Array: sharedMemory([1]), Object: sharedMemory({ a: 1 }), Float64Array: sharedMemory(new Float64Array(1)) };
function look(which: "values" | "segment") {
  for (const [name, value] of Object.entries(which === "values" ? values : segment) as [string, any][]) {
    const made: any = Reflect.get(globalThis, name);
    console.log(name, [Object.getPrototypeOf(value), Reflect.getPrototypeOf(value), value.__proto__].every((p) => p === made.prototype) && value instanceof made && made.prototype.isPrototypeOf(value), Object.prototype.toString.call(value), value.constructor === made, Object.keys(value).length);
  }
}
for (const which of ["values", "segment"] as const) { look(which); spawn(look, which).join(); }
try { Object.getPrototypeOf(null); } catch (e) { console.log(String(e)); }
console.log(Object.getPrototypeOf(1) === Number.prototype, Object.getPrototypeOf.length, Object.getPrototypeOf.name);`);
      const { report: told } = await report(file, mode);
      const lines = ["Map", "Set", "Array", "Object", "Float64Array"].map((name) => `${name} true [object ${name}] true ${name === "Map" || name === "Set" ? 0 : 1}\n`).join("");
      assert.equal(outputOf(told, 0), `${lines}${lines}TypeError: Cannot convert undefined or null to object\ntrue 1 getPrototypeOf\n`);
      assert.equal(outputOf(told, 1), lines);
    });

    it(`is compared deeply by node:assert and node:util: ${mode}`, async () => {
      const file = snippets.write(`import assert, { deepEqual } from "node:assert"; import strict from "assert/strict"; import { isDeepStrictEqual } from "node:util";
const map = shared(new Map([["a", [1]]])), set = shared(new Set([1])), object = shared({ map: new Map([[1, new Set(["x"])]]) }), numbers = sharedMemory(new Float64Array([1, 2]));
assert.deepStrictEqual(map, new Map([["a", [1]]])); strict.deepEqual({ set }, { set: new Set([1]) }); deepEqual([object], [{ map: new Map([[1, new Set(["x"])]]) }]); assert.strict.deepEqual(numbers, new Float64Array([1, 2]));
assert.notDeepStrictEqual(map, new Map([["a", [2]]])); strict.notDeepEqual(set, new Set());
console.log(isDeepStrictEqual(map, new Map([["a", [1]]])), isDeepStrictEqual(map, new Map()), isDeepStrictEqual(numbers, new Float64Array([1, 3])));
assert.deepStrictEqual(map, new Map([["a", [5]]]), "not the same");`);
      const { report: told } = await report(file, mode, "--tasks", "1");
      assert.equal(outputOf(told, 0), "true false false\n");
      assert.deepEqual(told.findings.map(({ kind, message }) => [kind, message.includes("AssertionError: not the same")]), [["assertion-failed", true]]);
    });
  }
});
