import assert from "node:assert/strict";
import { backing, creation, exchange, startTask, type TestTask } from "./task";

class Lock {
  constructor(readonly id: number) {}
}

function withLocks(task: TestTask): TestTask {
  task.memory.registerTraveller("lock", {
    test: (value) => value instanceof Lock,
    toRef: (value) => ({ id: (value as Lock).id }),
    fromRef: ({ id }) => new Lock(id),
  });
  return task;
}

function pair(): [TestTask, TestTask] {
  const memory = backing();
  const buffers = exchange();
  return [withLocks(startTask({ memory, buffers })), withLocks(startTask({ memory, buffers, task: 1 }))];
}

describe("messages", () => {
  it("clone plain data as structured clone does", () => {
    const [a, b] = pair();
    const data = {
      date: new Date(5),
      map: new Map<unknown, unknown>([[{ k: 1 }, new Set([1n])]]),
      bytes: new Uint8Array([1, 2, 3]).subarray(1),
      floats: new Float64Array([0.5]),
      view: new DataView(new ArrayBuffer(2)),
      error: new RangeError("far"),
      pattern: /x/gi,
      hole: [1, , 3],
      none: undefined,
    };
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    assert.deepEqual(b.memory.decodeMessage(a.memory.encodeMessage(data, "same")), structuredClone(data));
    const ring = b.memory.decodeMessage(a.memory.encodeMessage(cycle, "other")) as { self: unknown };
    assert.equal(ring.self, ring);
  });

  it("carry shared values and travellers as themselves, wherever they are", () => {
    const [a, b] = pair();
    const state = a.shared({ n: 1 }, "state");
    const pixels = a.shared(new Float64Array([1, 2]), "pixels");
    const counter = a.memory.cell(5, false, true, creation("counter"));
    const lock = new Lock(7);
    const got = b.memory.decodeMessage(
      a.memory.encodeMessage({ list: [state, state], map: new Map([["pixels", pixels]]), part: pixels.subarray(1), counter, lock, date: new Date(1) }, "same"),
    ) as { list: { n: number }[]; map: Map<string, Float64Array>; part: Float64Array; counter: unknown; lock: Lock; date: Date };
    assert.equal(got.list[0], got.list[1]);
    got.list[0]!.n = 2;
    assert.equal(state.n, 2);
    got.map.get("pixels")![1] = 9;
    assert.deepEqual([pixels[1], got.part[0], got.part.length], [9, 9, 1]);
    b.cp.cw(got.counter, 6, 1);
    assert.equal(a.cp.cr(counter, 1), 6);
    assert.ok(got.lock instanceof Lock && got.lock.id === 7);
    assert.equal(got.date.getTime(), 1);
  });

  it("carry travellers within shared memory, too", () => {
    const [a, b] = pair();
    const state = a.shared<{ lock: Lock; extra?: Lock }>({ lock: new Lock(3) }, "state", "m0:state#0");
    state.extra = new Lock(4);
    const there = b.shared<{ lock: Lock; extra?: Lock }>({ lock: new Lock(9) }, "state", "m0:state#0");
    assert.deepEqual([there.lock.id, there.extra?.id], [3, 4]);
    const read = a.trace();
    const event = read.event(0, read.task(0).events.length - 1);
    assert.deepEqual(event.type === "access" && event.value, { object: 4 });
  });

  it("become the receiver's own copy in another space, and stay in the segment", () => {
    const segment = backing().segment;
    const a = startTask({ memory: { ...backing(), segment } });
    const b = startTask({ memory: { ...backing(), segment }, task: 1, space: 1 });
    const own = b.shared({ n: 50 }, "state", "m0:state#0");
    const state = a.shared({ n: 1 }, "state", "m0:state#0");
    const local = a.shared({ deep: { list: [1, 2] }, self: null as unknown, at: new Int8Array([4]) }, "local");
    local.self = local;
    const common = a.memory.sharedValue({ n: 7 }, true, creation("common")) as { n: number };
    const cell = a.memory.cell("text of some length", false, true, creation("c"));
    const got = b.memory.decodeMessage(a.memory.encodeMessage({ state, local, common, cell }, "other")) as {
      state: { n: number };
      local: { deep: { list: number[] }; self: unknown; at: Int8Array };
      common: { n: number };
      cell: unknown;
    };
    assert.equal(got.state, own);
    assert.equal(got.state.n, 50);
    assert.equal(got.local.self, got.local);
    got.local.deep.list.push(3);
    got.local.at[0] = 5;
    assert.deepEqual([[...local.deep.list], local.at[0]], [[1, 2], 4]);
    got.common.n = 8;
    assert.equal(common.n, 8);
    assert.equal(b.cp.cr(got.cell, 1), "text of some length");
  });

  it("say what can't be cloned", () => {
    const [a] = pair();
    for (const value of [() => 1, { deep: [Symbol("s")] }, { state: a.shared({}), f() {} }]) {
      assert.throws(() => a.memory.encodeMessage(value, "same"), { name: "DataCloneError", message: /could not be cloned/ });
    }
  });
});

describe("a copied space", () => {
  it("starts with the parent's values and then lives alone", () => {
    const parent = startTask();
    const state = parent.shared({ text: "a rather long text", list: [1, { x: 2 }], big: 2n ** 70n }, "state", "m0:state#0");
    const pixels = parent.shared(new Uint8Array([1, 2, 3]), "pixels", "m0:pixels#0");
    const counter = parent.memory.cell(5, false, true, creation("counter", "m0:counter#0"));
    const call = parent.memory.encodeMessage([state, pixels, counter], "fork");

    const child = startTask({ task: 1, space: 1 });
    child.memory.importSpace(parent.memory.exportSpace());
    const [theirs, theirPixels, theirCounter] = child.memory.decodeMessage(call) as [typeof state, Uint8Array, unknown];
    assert.equal(child.shared({ text: "", list: [], big: 0n }, "state", "m0:state#0"), theirs);
    assert.equal(child.shared(new Uint8Array(1), "pixels", "m0:pixels#0"), theirPixels);
    state.text = "changed by the parent";
    theirs.list.push(3);
    theirPixels[0] = 9;
    child.cp.cw(theirCounter, 6, 1);
    assert.deepEqual({ ...theirs }, { text: "a rather long text", list: theirs.list, big: 2n ** 70n });
    assert.deepEqual([[...theirs.list].length, state.list.length], [3, 2]);
    assert.deepEqual([[...pixels], [...theirPixels]], [[1, 2, 3], [9, 2, 3]]);
    assert.equal(parent.cp.cr(counter, 1), 5);
    child.memory.emitFinals(false);
    assert.deepEqual(
      child.trace().finals.map(({ name, space, value }) => [name, space, value]),
      [
        ["state", 1, { text: "a rather long text", list: [1, { x: 2 }, 3], big: { $bigint: String(2n ** 70n) } }],
        ["pixels", 1, [9, 2, 3]],
        ["counter", 1, 6],
      ],
    );
    // What is made later lies at addresses of its own.
    const fresh = child.shared({ x: 1 }, "fresh");
    fresh.x = 2;
    assert.equal(child.accesses().at(-1), "W fresh.x 2");
  });

  it("is as small as what is used of it", () => {
    const parent = startTask();
    parent.shared({ x: 1 });
    assert.ok(parent.memory.exportSpace().length < 200_000);
  });
});

describe("final values", () => {
  it("are written as JSON can say them", () => {
    const { shared, memory, trace } = startTask();
    shared({ u: undefined, n: NaN, i: -Infinity, z: -0, b: 12n, none: null }, "odd");
    shared(Array.from({ length: 10_005 }, (_, i) => i), "long");
    const ring = shared<{ self?: unknown }>({}, "ring");
    ring.self = ring;
    memory.sharedValue([1], true, creation("segment"));
    memory.emitFinals(true);
    const finals = new Map(trace().finals.map((final) => [final.name, final]));
    assert.deepEqual(finals.get("odd")!.value, {
      u: { $undefined: true },
      n: { $number: "NaN" },
      i: { $number: "-Infinity" },
      z: { $number: "-0" },
      b: { $bigint: "12" },
      none: null,
    });
    const long = finals.get("long")!.value as unknown[];
    assert.deepEqual([long.length, long[9999], long[10_000]], [10_001, 9999, { $more: 5 }]);
    assert.deepEqual(finals.get("ring")!.value, { self: { $more: 0 } });
    assert.equal(finals.get("segment")!.space, -1);
  });
});
