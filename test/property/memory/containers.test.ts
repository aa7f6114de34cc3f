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

type MapStep = (map: Map<unknown, unknown>) => unknown;
const entryKey = fc.oneof(fc.constantFrom<unknown>("a", "b", 1, "1", 0, -0, Number.NaN, null, undefined, true, 5n), primitive);
const mapStep: fc.Arbitrary<MapStep> = fc.oneof(
  fc.tuple(entryKey, value).map(([k, v]): MapStep => (m) => m.set(k, v) === m),
  entryKey.map((k): MapStep => (m) => [m.get(k), m.has(k), m.size]),
  entryKey.map((k): MapStep => (m) => m.delete(k)),
  fc.constant<MapStep>((m) => [...m.keys()]),
  fc.constant<MapStep>((m) => [...m.values()].length + [...m.entries()].length),
  fc.constantFrom<MapStep>((m) => void m.clear(), (m) => new Map(m).size, (m) => Object.prototype.toString.call(m.keys())),
  // Entries that go and come while the walk is under way, and a walk that goes on where it was left.
  fc.tuple(entryKey, entryKey, fc.nat(3)).map(([gone, come, after]): MapStep => (m) => {
    const seen: unknown[] = [];
    m.forEach((_, k) => {
      seen.push(k);
      if (seen.length === after) m.delete(gone);
      if (seen.length === after + 1) m.set(come, 1);
    });
    return seen;
  }),
  fc.tuple(fc.nat(3), entryKey).map(([count, gone]): MapStep => (m) => {
    const walk = m.keys();
    const seen: unknown[] = [];
    for (const k of walk) if (seen.push(k) > count) break;
    m.delete(gone);
    return [seen, ...walk, walk.next()];
  }),
);

type SetStep = (set: Set<unknown>) => unknown;
const setStep: fc.Arbitrary<SetStep> = fc.oneof(
  entryKey.map((k): SetStep => (s) => s.add(k) === s),
  entryKey.map((k): SetStep => (s) => [s.has(k), s.size]),
  entryKey.map((k): SetStep => (s) => s.delete(k)),
  fc.constant<SetStep>((s) => [[...s], [...s.keys()].length, [...s.entries()].length]),
  fc.constantFrom<SetStep>((s) => void s.clear(), (s) => new Set(s).size, (s) => Object.prototype.toString.call(s.values())),
  fc.array(entryKey, { maxLength: 3 }).map((others): SetStep => (s) => {
    const united = (s as { union?: (other: Set<unknown>) => Set<unknown> }).union?.(new Set(others));
    const common = (new Set(others) as { intersection?: (other: Set<unknown>) => Set<unknown> }).intersection?.(s);
    return [united && [...united], common && [...common]];
  }),
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

  it("Maps and Sets: any sequence of operations gives the same results, also while they are walked over", () => {
    fc.assert(
      fc.property(fc.array(mapStep, { maxLength: 20 }), fc.array(setStep, { maxLength: 20 }), (mapSteps, setSteps) => {
        const map = new Map<unknown, unknown>();
        const set = new Set<unknown>();
        const task = startTask();
        const commonMap = task.shared(new Map<unknown, unknown>(), "m");
        const commonSet = task.shared(new Set<unknown>(), "s");
        for (const step of mapSteps) assert.deepEqual(plain(step(commonMap)), structuredCloneOf(step(map)));
        for (const step of setSteps) assert.deepEqual(plain(step(commonSet)), structuredCloneOf(step(set)));
        assert.deepEqual([...commonMap.keys()], [...map.keys()]);
        assert.deepEqual([...commonSet], [...set]);
      }),
      { numRuns: 150 },
    );
  });

  it("what inherits from a shared object keeps what is assigned to it for itself", () => {
    const { shared } = startTask();
    for (const parent of [shared({ a: 1, 0: 1 } as Record<string, unknown>, "o"), shared([1], "a") as unknown as Record<string, unknown>]) {
      const heir = Object.create(parent) as Record<string, unknown>;
      heir["0"] = 2;
      assert.deepEqual([heir["0"], parent["0"], Object.keys(heir)], [2, 1, ["0"]]);
      Object.defineProperty(heir, "0", { value: 3, writable: false });
      assert.throws(() => (heir["0"] = 4), TypeError);
      assert.equal(parent["0"], 1);
    }
  });

  it("Object.defineProperty leaves a value that it does not give, and says which attributes there are not", () => {
    const { shared } = startTask();
    const object = shared({ n: 1 } as Record<string, unknown>, "o");
    const array = shared([1, 2], "a");
    Object.defineProperty(object, "n", { enumerable: true });
    Object.defineProperty(array, 0, { writable: true });
    assert.deepEqual([object["n"], array[0]], [1, 1]);
    assert.throws(() => Object.defineProperty(object, "n", { enumerable: false }), /'o\.n' can't be hidden or made read-only/);
    assert.throws(() => Object.defineProperty(array, 1, { value: 5, writable: false }), /'a\[1\]' can't be hidden or made read-only/);
    assert.throws(() => Object.defineProperty(array, "length", { writable: false }), TypeError);
    Object.defineProperty(array, "length", { value: 1 });
    assert.deepEqual([object["n"], array.length], [1, 1]);
  });
});
