import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { createHeap } from "../../../src/runtime/memory";
import { TEST_HEAP, creation, startTask, type TestTask } from "../../unit/runtime-memory/task";

type Any = Record<PropertyKey, unknown> & { length: number };
type Make = new (from: unknown) => Any;
const TYPES = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array] as unknown as Make[];
const isBig = (type: Make): boolean => type.name.startsWith("Big");

/** Something that a program may do with an array, by name; `v` makes an element of the array's own type. */
type Step = (array: Any, v: (n: number) => unknown) => unknown;
const n = fc.oneof(fc.integer({ min: -400, max: 400 }), fc.double({ noNaN: false }), fc.constantFrom(0.5, 1.5, 2.5, -0, 1e10, 4294967295, -2147483649));
const near = fc.oneof(fc.integer({ min: -14, max: 14 }), fc.constantFrom(undefined, 1.7, NaN, Infinity, -Infinity));
const index = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom("0", "3", "-0", "1.5", "NaN", "01", "name", 1.5, -0));
const call = (name: string, ...args: unknown[]): Step => (a) => (a[name] as (...args: unknown[]) => unknown)(...args);
const step: fc.Arbitrary<Step> = fc.oneof(
  index.map((i): Step => (a) => a[i]),
  fc.tuple(index, n).map(([i, x]): Step => (a, v) => (a[i] = v(x))),
  fc.tuple(index, n).map(([i, x]): Step => (a, v) => Reflect.defineProperty(a, i, { value: v(x), writable: true, enumerable: true, configurable: true })),
  index.map((i): Step => (a) => [i in a, Object.hasOwn(a, i), Reflect.deleteProperty(a, i), Reflect.getOwnPropertyDescriptor(a, i)]),
  fc.constant<Step>((a) => [Object.keys(a), JSON.stringify(a, (_, x: unknown) => (typeof x === "bigint" ? String(x) : x)), Object.prototype.toString.call(a), String(a)]),
  fc.constant<Step>((a) => [...(a as unknown as Iterable<unknown>)]),
  fc.constant<Step>((a) => ({ ...a })),
  fc.constant<Step>((a) => [a["byteLength"], a["byteOffset"], a.length, a["BYTES_PER_ELEMENT"], Array.isArray(a), Array.from(a as unknown as ArrayLike<unknown>)]),
  fc.constant<Step>((a) => inspect(a)),
  fc.constant<Step>((a) => new (a.constructor as Make)(a)),
  fc.constantFrom("keys", "values", "entries").map((name): Step => (a) => [...(call(name)(a, Number) as Iterable<unknown>)]),
  fc.tuple(fc.constantFrom("slice", "copyWithin", "at", "subarray"), near, near, near).map(([name, ...args]) => call(name, ...args)),
  fc.tuple(fc.constantFrom("indexOf", "lastIndexOf", "includes"), n, near).map(([name, x, from]): Step => (a, v) => call(name, v(x), ...(from === undefined ? [] : [from]))(a, v)),
  fc.tuple(n, near, near).map(([x, from, to]): Step => (a, v) => call("fill", v(x), from ?? 0, to)(a, v)), // V8 of Node 20 ignores the end where the beginning is undefined.
  fc.tuple(near, n).map(([i, x]): Step => (a, v) => call("with", i, v(x))(a, v)),
  fc.tuple(fc.array(n, { maxLength: 5 }), near).map(([xs, at]): Step => (a, v) => call("set", xs.map(v), at)(a, v)),
  fc.tuple(fc.integer({ min: 0, max: 8 }), near).map(([from, at]): Step => (a, v) => call("set", call("subarray", from)(a, v), at)(a, v)),
  fc.constantFrom("sort", "reverse", "toSorted", "toReversed", "join", "toString", "toLocaleString").map((name) => call(name)),
  fc.constant<Step>((a) => call("sort", (x: number, y: number) => (x < y ? 1 : x > y ? -1 : 0))(a, Number)),
  fc.constantFrom("some", "every", "find", "findIndex", "findLast", "findLastIndex", "filter").map((name) => call(name, (x: number, i: number) => Number(x) > 0 && i > 1)),
  fc.constant<Step>((a, v) => call("map", (x: unknown, i: number) => (i % 2 ? x : v(i)))(a, v)),
  fc.constant<Step>((a) => [call("reduce", (s: string, x: unknown) => `${s},${String(x)}`, "")(a, Number), call("reduceRight", (s: unknown, x: unknown) => `${String(s)},${String(x)}`)(a, Number)]),
  fc.constant<Step>((a) => {
    const seen: unknown[] = [];
    call("forEach", (x: unknown, i: number, whole: unknown) => seen.push([x, i, whole === a]))(a, Number);
    return seen;
  }),
  // What must fail, and how.
  fc.constantFrom<Step>((a) => call("map", 1)(a, Number), (a) => call("sort", 1)(a, Number), (a) => call("set", [1n, 1], 0)(a, Number), (a) => (a[0] = "x"), (a) => (a[0] = Symbol("s"))),
);

function outcome(make: () => unknown, array: Any): unknown {
  try {
    const result = make();
    // An array that comes back is itself, or one like it.
    if (result === array) return "itself";
    return ArrayBuffer.isView(result) || (typeof result === "object" && result !== null && Symbol.toStringTag in result) ? [Object.prototype.toString.call(result), Array.from(result as unknown as ArrayLike<unknown>)] : result;
  } catch (error) {
    return (error as Error).name;
  }
}

describe("typed arrays of a segment between processes", () => {
  let directory: string;
  before(() => void (directory = mkdtempSync(join(tmpdir(), "segment-views-"))));
  after(() => rmSync(directory, { recursive: true }));
  const task = (number: number): TestTask => startTask({ task: number, space: number, memory: { heap: createHeap(TEST_HEAP), segment: { type: "file", path: join(directory, "segment") } } });

  it("do what the engine's do, whatever is done with them, and another process sees it", () => {
    const a = task(0);
    const b = task(1);
    let count = 0;
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.array(n, { minLength: 0, maxLength: 10 }), fc.array(step, { maxLength: 12 }), (type, initial, steps) => {
        const v = (x: number): unknown => (isBig(type) ? BigInt(Number.isFinite(x) ? Math.trunc(x) : 0) : x);
        const real = new type(initial.map(v));
        const name = `array${count++}`;
        const shared = a.memory.sharedValue(new type(initial.map(v)), true, creation(name, `m0:${name}#0`)) as Any;
        const other = b.memory.sharedValue(new type(0), true, creation(name, `m0:${name}#0`)) as Any;
        for (const one of steps) {
          assert.deepEqual(outcome(() => one(shared, v), shared), outcome(() => one(real, v), real));
          assert.deepEqual(Array.from(other), Array.from(real));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("record what they touch and hold: the last write of each element is its value", () => {
    const a = task(2);
    let count = 0;
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.array(step, { minLength: 1, maxLength: 8 }), (type, steps) => {
        const v = (x: number): unknown => (isBig(type) ? BigInt(Number.isFinite(x) ? Math.trunc(x) : 0) : x);
        const name = `told${count++}`;
        const array = a.memory.sharedValue(new type([1, 2, 3, 4].map(v)), true, creation(name, `m0:${name}#0`)) as Any;
        for (const one of steps) outcome(() => one(array, v), array);
        const last = new Map<string, string>();
        for (const line of a.accesses()) {
          const [, slot, value] = /^[RW] (\S+) (.*)$/.exec(line)!;
          if (slot!.startsWith(`${name}[`)) last.set(slot!, value!);
        }
        const told = (x: unknown): string => (typeof x === "bigint" ? `${x}n` : JSON.stringify(x));
        for (const [slot, value] of last) assert.equal(value, told(array[Number(slot.slice(name.length + 1, -1))]), slot);
      }),
      { numRuns: 60 },
    );
  });
});
