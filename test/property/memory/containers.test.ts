import assert from "node:assert/strict";
import fc from "fast-check";
import { startTask } from "../../unit/runtime-memory/task";

type Primitive = number | string | boolean | bigint | null | undefined;
const primitive: fc.Arbitrary<Primitive> = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.boolean(),
  fc.bigInt(),
  fc.constant(null),
  fc.constant(undefined),
);
const key = fc.constantFrom("a", "b", "c", "1", "0", "10", "the key", "toString", "ü");
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, primitive, fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true })),
})).value;

/** One operation on an array and what it gives; run on a shared and on an ordinary one. */
type ArrayStep = (array: unknown[]) => unknown;
const index = fc.integer({ min: 0, max: 40 });
const near = fc.integer({ min: -12, max: 12 });
const number = fc.integer({ min: -5, max: 5 });
const arrayStep: fc.Arbitrary<ArrayStep> = fc.oneof(
  fc.array(value, { maxLength: 3 }).map((items): ArrayStep => (a) => a.push(...items)),
  fc.constant<ArrayStep>((a) => a.pop()),
  fc.constant<ArrayStep>((a) => a.shift()),
  fc.array(value, { maxLength: 2 }).map((items): ArrayStep => (a) => a.unshift(...items)),
  fc.tuple(index, value).map(([i, item]): ArrayStep => (a) => (a[i] = item)),
  index.map((i): ArrayStep => (a) => a[i]),
  index.map((i): ArrayStep => (a) => i in a),
  index.map((i): ArrayStep => (a) => delete a[i]),
  fc.integer({ min: 0, max: 30 }).map((n): ArrayStep => (a) => (a.length = n)),
  fc.tuple(near, fc.nat(4), fc.array(value, { maxLength: 3 })).map(([at, count, items]): ArrayStep => (a) => a.splice(at, count, ...items)),
  fc.tuple(near, near).map(([from, to]): ArrayStep => (a) => a.slice(from, to)),
  fc.tuple(number, near, near).map(([n, from, to]): ArrayStep => (a) => void a.fill(n, from, to)),
  fc.tuple(near, near, near).map(([to, from, end]): ArrayStep => (a) => void a.copyWithin(to, from, end)),
  fc.constant<ArrayStep>((a) => void a.reverse()),
  fc.constant<ArrayStep>((a) => void a.sort((x, y) => rank(x) - rank(y))),
  primitive.map((n): ArrayStep => (a) => [a.indexOf(n), a.includes(n), a.lastIndexOf(n)]),
  fc.constant<ArrayStep>((a) => a.map((x) => typeof x)),
  fc.constant<ArrayStep>((a) => a.filter((x) => typeof x === "number")),
  fc.constant<ArrayStep>((a) => a.flat().length),
  fc.constant<ArrayStep>((a) => [a.find((x) => typeof x === "string"), a.findLastIndex((x) => x === null), a.some((x) => x === true), a.every((x) => x !== 1)]),
  fc.constant<ArrayStep>((a) => [...a.entries()].length),
  near.map((i): ArrayStep => (a) => [a.at(i), a.toReversed().length, a.concat([1], a).length]),
  fc.constant<ArrayStep>((a) => [Object.keys(a), a.length]),
);

function rank(value: unknown): number {
  return typeof value === "object" ? 0 : String(value).length;
}

type ObjectStep = (object: Record<string, unknown>) => unknown;
const objectStep: fc.Arbitrary<ObjectStep> = fc.oneof(
  fc.tuple(key, value).map(([k, v]): ObjectStep => (o) => (o[k] = v)),
  key.map((k): ObjectStep => (o) => (typeof o[k] === "function" ? "function" : o[k])),
  key.map((k): ObjectStep => (o) => delete o[k]),
  key.map((k): ObjectStep => (o) => [k in o, Object.hasOwn(o, k)]),
  fc.constant<ObjectStep>((o) => Object.keys(o)),
  fc.constant<ObjectStep>((o) => Object.entries(o)),
  fc.constant<ObjectStep>((o) => ({ ...o })),
  fc.tuple(key, key).map(([from, to]): ObjectStep => (o) => {
    if (Object.hasOwn(o, from)) o[to] = structuredCloneOf(o[from]);
    return undefined;
  }),
  fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true }).map((more): ObjectStep => (o) => void Object.assign(o, more)),
);

/** What assignment into shared memory does to an ordinary value, for the twin to do the same. */
function structuredCloneOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? structuredClone(plain(value)) : value;
}

/** Ordinary objects in place of shared ones. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const copy = new Array<unknown>(value.length);
    for (const k of Object.keys(value)) copy[Number(k)] = plain(value[Number(k)]);
    return copy;
  }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
}

describe("shared containers against ordinary ones", () => {
  it("arrays: any sequence of operations gives the same results and the same array", () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 12 }), fc.array(arrayStep, { maxLength: 25 }), (initial, steps) => {
        const ordinary = structuredClone(initial);
        const common = startTask().shared(initial, "a");
        for (const step of steps) assert.deepEqual(plain(step(common)), structuredCloneOf(step(ordinary)));
        assert.deepEqual(plain(common), ordinary);
      }),
      { numRuns: 150 },
    );
  });

  it("objects: any sequence of operations gives the same results, keys in the same order", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), fc.array(objectStep, { maxLength: 25 }), (initial, steps) => {
        const ordinary = structuredClone(initial);
        const common = startTask().shared(initial, "o");
        for (const step of steps) assert.deepEqual(plain(step(common)), structuredCloneOf(step(ordinary)));
        assert.deepEqual(Object.keys(common), Object.keys(ordinary));
        assert.deepEqual(plain(common), ordinary);
      }),
      { numRuns: 150 },
    );
  });
});
