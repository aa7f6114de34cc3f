import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { lendMethods } from "../../../src/runtime/memory/borrowed-methods";
import { backing, creation, exchange, startTask } from "./task";

type AnyMap = Map<unknown, unknown>;
type AnySet = Set<unknown>;

describe("shared Maps and Sets", () => {
  it("behave as Map and Set do under random operations", () => {
    const key = fc.oneof(fc.integer({ min: -1, max: 3 }), fc.constantFrom<unknown>("1", "a", "", NaN, -0, 5n, true, null, undefined, "true", "undefined"));
    const step = fc.oneof(
      fc.tuple(fc.constant("set"), key, fc.oneof(fc.integer(), fc.string(), fc.constant(undefined))),
      fc.tuple(fc.constant("get"), key),
      fc.tuple(fc.constant("has"), key),
      fc.tuple(fc.constant("delete"), key),
      fc.tuple(fc.constantFrom("clear", "size", "entries", "keys", "values", "forEach")),
    );
    const run = (map: AnyMap, set: AnySet, [op, ...args]: readonly unknown[]): unknown => {
      switch (op) {
        case "size":
          return [map.size, set.size];
        case "entries":
        case "keys":
        case "values":
          return [[...map[op]()], [...set[op]()], [...map], [...set]];
        case "forEach": {
          const seen: unknown[] = [];
          map.forEach((value, at) => seen.push(at, value));
          set.forEach((value, at) => seen.push(at, value));
          return seen;
        }
        case "set":
          return [map.set(args[0], args[1]) === map, set.add(args[0]) === set];
        case "get":
          return map.get(args[0]);
        case "has":
          return [map.has(args[0]), set.has(args[0])];
        case "delete":
          return [map.delete(args[0]), set.delete(args[0])];
        default:
          return [map.clear(), set.clear()];
      }
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer()), { maxLength: 4 }), fc.array(step, { maxLength: 40 }), (initial, steps) => {
        const { shared } = startTask();
        const plain = { map: new Map<unknown, unknown>(initial), set: new Set<unknown>(initial.map(([at]) => at)) };
        const ours = shared({ map: new Map<unknown, unknown>(initial), set: new Set<unknown>(initial.map(([at]) => at)) });
        for (const one of steps) assert.deepEqual(run(ours.map, ours.set, one), run(plain.map, plain.set, one), String(one[0]));
        assert.equal(inspect(ours, { depth: 5 }), inspect(plain, { depth: 5 }));
      }),
      { numRuns: 60 },
    );
  });

  it("say what they are", () => {
    const { shared } = startTask();
    const map: AnyMap = shared(new Map<unknown, unknown>());
    assert.ok(map instanceof Map);
    assert.equal(map.constructor, Map);
    assert.equal(Object.prototype.toString.call(map), "[object Map]");
    assert.ok(shared(new Set<unknown>()) instanceof Set);
    assert.throws(() => Object.assign(map, { extra: 1 }), TypeError);
  });

  it("one slot is the value of a key, the presence of an element, the size", () => {
    const { shared, accesses, recorder } = startTask();
    const map: AnyMap = shared(new Map<unknown, unknown>([["a", 1]]), "m");
    const set: AnySet = shared(new Set<unknown>(["x"]), "s");
    const steps: readonly [() => unknown, readonly string[]][] = [
      [() => map.get("a"), ['R m["a"] 1']],
      [() => map.set("a", 2), ['W m["a"] 2']],
      [() => map.set("b", 3), ['W m["b"] 3', "R m.size 1", "W m.size 2"]],
      [() => map.has("c"), ['R m["c"] absent']],
      [() => map.delete("b"), ['R m["b"] 3', 'W m["b"] absent', "R m.size 2", "W m.size 1"]],
      [() => map.size, ["R m.size 1"]],
      [() => set.add("x"), ['R s["x"] "x"']],
      [() => set.add(7), ["R s[7] absent", "W s[7] 7", "R s.size 1", "W s.size 2"]],
      [() => set.has(7), ["R s[7] 7"]],
      [() => set.delete("y"), ['R s["y"] absent']],
      [() => [...set], ["R s.size 2", 'R s["x"] "x"', "R s[7] 7", "R s.size 2"]],
      [() => set.clear(), ['W s["x"] absent', "W s[7] absent", "W s.size 0"]],
    ];
    let before = 0;
    let site = 1;
    for (const [run, expected] of steps) {
      recorder.site = site++;
      run();
      const all = accesses();
      assert.deepEqual(all.slice(before), expected, String(run));
      before = all.length;
    }
  });

  it("iterate over what comes meanwhile, and not over what has gone", () => {
    const { shared } = startTask();
    for (const make of [(map: AnyMap): AnyMap => map, (map: AnyMap): AnyMap => shared(map)]) {
      const map = make(new Map<unknown, unknown>([[1, "a"], [2, "b"], [3, "c"]]));
      const seen: unknown[] = [];
      for (const [key] of map) {
        seen.push(key);
        if (key === 1) map.delete(2);
        if (key === 3 && seen.length < 4) map.set(9, "late").delete(1);
        if (key === 9) map.set(1, "again");
      }
      assert.deepEqual(seen, [1, 3, 9, 1]);
    }
  });

  it("hold objects, Maps and Sets, as values and as keys", () => {
    const { shared } = startTask();
    const point = shared({ x: 1 }, "point");
    const map: AnyMap = shared(new Map<unknown, unknown>([["inner", new Map([["deep", new Set([1])]])]]));
    map.set(point, "here");
    assert.equal(map.get(point), "here");
    assert.equal(map.get({ x: 1 }), undefined);
    assert.equal([...map.keys()][1], point);
    const inner = map.get("inner") as Map<string, AnySet>;
    inner.get("deep")!.add(2);
    assert.deepEqual([...inner.get("deep")!], [1, 2]);
    const ring: AnyMap = new Map<unknown, unknown>();
    ring.set("self", ring);
    const copy = shared(ring);
    assert.equal(copy.get("self"), copy);
    assert.throws(() => map.set(() => 0, 1), /can't be in shared memory/);
    assert.throws(() => map.set("when", new Date(0)), /Date/);
  });

  it("are one and the same for all threads of a space", () => {
    const memory = backing();
    const buffers = exchange();
    const one = startTask({ task: 1, memory, buffers });
    const two = startTask({ task: 2, memory, buffers });
    const mine = one.shared<AnyMap>(new Map<unknown, unknown>([["a", 1]]), "m", "m0:m");
    const yours = two.shared<AnyMap>(new Map<unknown, unknown>(), "m", "m0:m");
    yours.set("b", new Set(["x"]));
    mine.set("c", 3);
    assert.deepEqual([...mine.keys()], ["a", "b", "c"]);
    assert.deepEqual([...yours.keys()], ["a", "b", "c"]);
    (mine.get("b") as AnySet).add("y");
    assert.deepEqual([...(yours.get("b") as AnySet)], ["x", "y"]);
    assert.equal(yours.size, 3);
  });

  it("travel into other spaces as copies, and into forks as they are", () => {
    const parent = startTask();
    const map = parent.shared<AnyMap>(new Map<unknown, unknown>([["list", [1]], [2, new Set([3])]]), "m");
    const other = startTask({ space: 1 });
    const copy = other.memory.decodeMessage(parent.memory.encodeMessage({ map }, "other")) as { map: AnyMap };
    assert.equal(inspect(copy.map, { depth: 4 }), inspect(map, { depth: 4 }));
    copy.map.set("new", 1);
    assert.equal(map.has("new"), false);
    const fork = startTask({ space: 2 });
    const bytes = parent.memory.encodeMessage({ map }, "fork");
    fork.memory.importSpace(parent.memory.exportSpace());
    const same = fork.memory.decodeMessage(bytes) as { map: AnyMap };
    assert.deepEqual([...same.map.keys()], ["list", 2]);
  });

  it("are shown with their final values", () => {
    const { memory, trace } = startTask();
    memory.sharedValue({ map: new Map<unknown, unknown>([["a", 1n]]), set: new Set([undefined]) }, false, creation("v"));
    memory.emitFinals(true);
    assert.match(JSON.stringify(trace().finals), /"map":\{"\$map":\[\["a",\{"\$bigint":"1"\}\]\]\},"set":\{"\$set":\[\{"\$undefined":true\}\]\}/);
  });

  it("take the methods that a program borrows from Map and Set", () => {
    const { shared } = startTask();
    const map: AnyMap = shared(new Map<unknown, unknown>([["a", 1]]));
    const set: AnySet = shared(new Set<unknown>([1]));
    const before = [Map.prototype, Set.prototype].map((prototype) => ({ prototype, own: Object.getOwnPropertyDescriptors(prototype) }));
    lendMethods();
    const { get, has, set: put, keys, forEach } = Map.prototype as AnyMap;
    const { add, values } = Set.prototype as AnySet;
    const size = Object.getOwnPropertyDescriptor(Set.prototype, "size")!.get!;
    // The process is not this test's alone.
    for (const { prototype, own } of before) Object.defineProperties(prototype, own);
    put.call(map, "b", 2);
    add.call(set, 2);
    const seen: unknown[] = [];
    forEach.call(map, (value, key) => seen.push(key, value));
    assert.deepEqual([get.call(map, "b"), has.call(map, "c"), [...keys.call(map)], seen], [2, false, ["a", "b"], ["a", 1, "b", 2]]);
    assert.deepEqual([[...values.call(set)], size.call(set)], [[1, 2], 2]);
    assert.deepEqual([get.name, get.length, get.call(new Map([[1, 2]]), 1)], ["get", 1, 2]);
    assert.throws(() => get.call(set as never, 1), TypeError);
  });
});
