import assert from "node:assert/strict";
import { startTask } from "./task";

describe("instrumentation runtime", () => {
  it("reads and writes variables with their sites", () => {
    const { cp, accesses, trace } = startTask();
    cp.begin("m0:counter", "counter", 3);
    const counter = cp.end(cp.cell(0, undefined, true, false));
    assert.equal(cp.cw(counter, (cp.cr(counter, 11) as number) + 1, 12), 1);
    assert.equal(cp.cu(counter, 1, false, 13), 1);
    assert.equal(cp.cu(counter, -1, true, 14), 1);
    for (const value of ["some longer text", 5n, -Infinity, NaN, null, true, "5"]) {
      cp.cw(counter, value, 15);
      assert.ok(Object.is(cp.cr(counter, 16), value));
    }
    assert.equal(cp.cu(counter, 1, true, 17), 6);
    cp.cellRef(counter, 18).v = 10n;
    assert.equal(cp.cu(counter, 1, true, 19), 11n);
    assert.deepEqual(accesses().slice(0, 6), ["R counter 0", "W counter 1", "R counter 1", "W counter 2", "R counter 2", "W counter 1"]);
    assert.deepEqual([...trace().task(0).events.site.subarray(0, 6)], [11, 12, 13, 13, 14, 14]);
    assert.equal(trace().memory.variables(0)[0]?.site, 3);
  });

  it("gives a variable that is never assigned the object itself", () => {
    const { cp, accesses } = startTask();
    const cell = cp.cell([1], "list", false, false);
    assert.equal((cp.cr(cell, 1) as number[])[0], 1);
    assert.deepEqual(accesses(), ["R list[0] 1"]);
    const assigned = cp.cell({ x: 1 }, "state", true, false);
    cp.cw(assigned, { x: 2 }, 1);
    assert.equal((cp.cr(assigned, 1) as { x: number }).x, 2);
    assert.deepEqual(accesses().slice(-3), ["W state ref", "R state ref", "R state.x 2"]);
  });

  it("keeps the language's semantics for everything that is no shared memory", () => {
    const { cp, shared } = startTask();
    shared(new Int32Array(1));
    const log: string[] = [];
    const key = { toString: () => (log.push("key"), "p") };
    const object = { p: 1 };
    assert.equal(cp.upd(object, key, 1, false, 1), 1);
    assert.deepEqual([object.p, log], [2, ["key"]]);
    assert.equal(cp.get("abc", 1, 1), "b");
    assert.equal(cp.get([1, 2], 1, 1), 2);
    assert.equal(cp.set(object, "p", 5, 1), 5);
    assert.equal(cp.upd({ n: "5" }, "n", 1, true, 1), 6);
    assert.equal(cp.upd({ n: 5n }, "n", -1, false, 1), 5n);
    assert.throws(() => cp.upd({ n: Symbol() }, "n", 1, true, 1), TypeError);
    assert.throws(() => cp.get(undefined, "x", 1), /Cannot read properties of undefined/);
    assert.throws(() => cp.set(null, 0, 1, 1), /Cannot set properties of null/);
    assert.throws(() => cp.upd(null, key, 1, true, 1), /Cannot read properties of null/);
    assert.equal(log.length, 1);
    assert.throws(() => cp.set(Object.freeze([1]), 0, 2, 1), TypeError);
    const set = new Set([1]);
    assert.equal(cp.iter(set, 1), set);
    assert.deepEqual(cp.invoke([3, 1], Array.prototype.sort, [], 1, "a.sort"), [1, 3]);
    const symbol = Symbol("s");
    assert.equal(cp.get({ [symbol]: 4 }, symbol, 1), 4);
  });

  it("iterates a shared array at the site of the loop", () => {
    const { cp, shared, recorder, trace } = startTask();
    const list = shared([1, 2], "list");
    for (const value of cp.iter(list, 5)) recorder.site = 90 + value;
    const { events } = trace().task(0);
    assert.deepEqual([...events.site.subarray(0, events.length)], [5, 5, 5, 5, 5]);
  });

  it("names what is created, and gives it an identity at module level", () => {
    const { cp, instrumentation } = startTask();
    const next = (kind: string): string => {
      const { identity, name } = instrumentation.nextCreation(kind);
      return `${name} ${identity}`;
    };
    cp.begin("m0:lock", "lock", 3);
    assert.equal(next("Mutex"), "lock m0:lock#0");
    cp.begin("", "lock.inner", 4);
    assert.equal(next("Mutex"), "lock.inner m0:lock#1");
    cp.end(0);
    assert.equal(next("Mutex"), "lock[1] m0:lock#2");
    cp.end(0);
    cp.begin("m0:forks", "forks[]", 3);
    assert.deepEqual([next("Mutex"), next("Mutex")], ["forks[0] m0:forks#0", "forks[1] m0:forks#1"]);
    cp.end(0);
    cp.begin("", "local", 3);
    assert.equal(next("Mutex"), "local undefined");
    cp.end(0);
    assert.deepEqual([next("Mutex"), next("Mutex"), next("Latch")], ["Mutex 1 undefined", "Mutex 2 undefined", "Latch 1 undefined"]);
  });

  it("a setter on Array.prototype does not get into the recording of what is created", () => {
    const { cp } = startTask();
    Object.defineProperty(Array.prototype, "0", { get: () => 1, set: undefined, configurable: true });
    try {
      cp.begin("m0:a", "a", 1);
      cp.begin("", "a.b", 2);
      assert.equal(cp.end(5), 5);
      assert.equal(cp.end(6), 6);
    } finally {
      Reflect.deleteProperty(Array.prototype, "0");
    }
  });
});
