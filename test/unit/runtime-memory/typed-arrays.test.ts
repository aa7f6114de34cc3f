import assert from "node:assert/strict";
import { exchange, startTask, backing } from "./task";

type Numbers = Float64Array | Int32Array | Uint8Array | Uint8ClampedArray | Int16Array | Float32Array | Uint32Array;

describe("shared typed arrays", () => {
  it("are real typed arrays on shared bytes, recorded by element", () => {
    const { shared, cp, accesses, trace } = startTask();
    const pixels = shared(new Float64Array([1, 2, 3]), "pixels");
    assert.ok(pixels instanceof Float64Array);
    assert.ok(pixels.buffer instanceof SharedArrayBuffer);
    assert.equal(cp.get(pixels, 1, 4), 2);
    cp.set(pixels, 2, 0.5, 4);
    assert.equal(cp.upd(pixels, 0, 1, false, 4), 1);
    assert.equal(cp.get(pixels, 3, 4), undefined);
    cp.set(pixels, 3, 1, 4);
    assert.equal(cp.get(pixels, "1", 4), 2);
    assert.equal(cp.get(pixels, "length", 4), 3);
    assert.deepEqual(accesses(), ["R pixels[1] 2", "W pixels[2] 0.5", "R pixels[0] 1", "W pixels[0] 2", "R pixels[1] 2"]);
    assert.equal(trace().initBytesOf.length, 1);
  });

  it("record what the element holds after a store", () => {
    const { shared, cp, accesses } = startTask();
    const cases: [Numbers, number, number][] = [
      [new Uint8Array(1), 300, 44],
      [new Uint8ClampedArray(1), 2.5, 2],
      [new Uint8ClampedArray(1), 3.5, 4],
      [new Uint8ClampedArray(1), -1, 0],
      [new Int16Array(1), 40000, -25536],
      [new Int32Array(1), 2 ** 31, -(2 ** 31)],
      [new Uint32Array(1), -1, 4294967295],
      [new Float32Array(1), 0.1, Math.fround(0.1)],
    ];
    for (const [array, value, held] of cases) {
      const view = shared(array, array.constructor.name);
      cp.set(view, 0, value, 1);
      assert.equal(view[0], held);
      assert.equal(accesses().at(-1), `W ${array.constructor.name}[0] ${held}`);
    }
    const big = shared(new BigInt64Array(2), "big");
    cp.set(big, 1, 2n ** 63n, 1);
    assert.equal(accesses().at(-1), `W big[1] ${-(2n ** 63n)}n`);
    assert.equal(cp.upd(big, 1, 1, true, 1), -(2n ** 63n) + 1n);
    assert.throws(() => cp.set(big, 0, 1, 1), TypeError);
  });

  it("are updated as the language says, and every update is counted", () => {
    const { shared, cp, accesses } = startTask();
    const words = shared(new Int32Array([0, 2 ** 31 - 1, 5]), "words");
    cp.get(words, 0, 1);
    assert.equal(cp.upd(words, 1, 1, true, 2), 2 ** 31);
    assert.equal(words[1], -(2 ** 31));
    assert.equal(cp.upd(words, 1, -1, false, 2), -(2 ** 31));
    assert.equal(words[1], 2 ** 31 - 1);
    assert.ok(Number.isNaN(cp.upd(words, 3, 1, false, 2)));
    assert.ok(Number.isNaN(cp.upd(words, 0.5, 1, true, 2)));
    assert.equal(cp.upd(words, "2", 1, false, 2), 5);
    assert.deepEqual(accesses(), ["R words[0] 0", `R words[1] ${2 ** 31 - 1}`, `W words[1] ${-(2 ** 31)}`, `R words[1] ${-(2 ** 31)}`, `W words[1] ${2 ** 31 - 1}`, "R words[2] 5", "W words[2] 6"]);

    const limited = startTask({ limit: 0 });
    const counters = limited.shared(new Int32Array(4), "counters");
    limited.cp.get(counters, 0, 1);
    for (let i = 0; i < 3000; i++) {
      limited.cp.upd(counters, i < 1500 ? 0 : 1, 1, false, 2);
      if (i % 100 === 0) limited.cp.upd(counters, 2 + (i % 200) / 100, -1, true, 3);
    }
    const { dropped } = limited.trace().task(0);
    const kept = limited.accesses();
    assert.equal(kept.length + dropped, 1 + 2 * 3000 + 2 * 30);
    for (const last of ["W counters[0] 1500", "W counters[1] 1500", "W counters[2] -15", "W counters[3] -15"]) assert.ok(kept.includes(last), last);
  });

  it("convert a stored object once, as JavaScript does", () => {
    const { shared, cp } = startTask();
    const view = shared(new Int32Array(1), "view");
    let asked = 0;
    const value = { valueOf: () => ++asked };
    assert.equal(cp.set(view, 0, value, 1), value);
    assert.deepEqual([view[0], asked], [1, 1]);
  });

  it("record each element that a method touches", () => {
    const { shared, cp, accesses } = startTask();
    const a = shared(new Int32Array([3, 1, 2]), "a");
    const run = (key: string, ...args: unknown[]): unknown => cp.invoke(a, Reflect.get(a, key), args, 1, `a.${key}`);
    const since = (action: () => unknown): string[] => {
      const before = accesses().length;
      action();
      return accesses().slice(before);
    };
    assert.deepEqual(since(() => run("fill", 7, 1)), ["W a[1] 7", "W a[2] 7"]);
    assert.deepEqual(since(() => assert.equal(run("indexOf", 7), 1)), ["R a[0] 3", "R a[1] 7"]);
    assert.deepEqual(since(() => run("set", [5, 6], 1)), ["W a[1] 5", "W a[2] 6"]);
    assert.deepEqual(since(() => run("copyWithin", 0, 1)), ["R a[1] 5", "R a[2] 6", "W a[0] 5", "W a[1] 6"]);
    assert.deepEqual(since(() => assert.deepEqual([...(run("map", (x: number) => x * 2) as Int32Array)], [10, 12, 12])), ["R a[0] 5", "R a[1] 6", "R a[2] 6"]);
    assert.deepEqual(since(() => assert.equal(run("reduce", (x: number, y: number) => x + y), 17)), ["R a[0] 5", "R a[1] 6", "R a[2] 6"]);
    assert.deepEqual(since(() => assert.equal(run("some", (x: number) => x === 6), true)), ["R a[0] 5", "R a[1] 6"]);
    assert.deepEqual(since(() => run("slice", -1)), ["R a[2] 6"]);
    assert.deepEqual(since(() => run("reverse")).length, 6);
    assert.deepEqual([...a], [6, 6, 5]);
    assert.deepEqual(since(() => assert.deepEqual([...cp.iter(a, 2)], [6, 6, 5])), ["R a[0] 6", "R a[1] 6", "R a[2] 5"]);
    assert.throws(() => cp.invoke(a, undefined, [], 1, "a.foo"), /a\.foo is not a function/);
  });

  it("are recognised through every view of their bytes", () => {
    const { shared, cp, accesses } = startTask();
    const a = shared(new Int32Array(4), "a");
    const tail = cp.invoke(a, a.subarray, [2], 1, "a.subarray") as Int32Array;
    cp.set(tail, 0, 1, 1);
    const bytes = new Uint8Array(a.buffer, 4, 4);
    cp.set(bytes, 0, 9, 1);
    assert.deepEqual(accesses(), ["W a[2] 1", "W a[1] 9"]);
    const plain = new Int32Array(2);
    cp.set(plain, 0, 5, 1);
    assert.equal(accesses().length, 2);
  });

  it("are the same bytes for all threads of the process", () => {
    const memory = backing();
    const buffers = exchange();
    const one = startTask({ memory, buffers });
    const two = startTask({ memory, buffers, task: 1 });
    const here = one.shared({ data: new Uint16Array([1, 2]) }, "box", "m0:box#0");
    const there = two.shared({ data: new Uint16Array(9) }, "box", "m0:box#0");
    here.data[0] = 77;
    assert.deepEqual([...there.data], [77, 2]);
    two.cp.get(there.data, 1, 3);
    const read = two.trace();
    const event = read.event(1, read.task(1).events.length - 1);
    assert.ok(event.type === "access" && event.size === 2 && event.value === 2);
    assert.equal(one.trace().memory.slot(0, event.address)?.name, "box.data[1]");
  });
});
