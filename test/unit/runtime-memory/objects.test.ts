import assert from "node:assert/strict";
import { inspect } from "node:util";
import { createHeap } from "../../../src/runtime/memory";
import { backing, creation, startTask } from "./task";

describe("shared objects", () => {
  it("hold every kind of value and give it back", () => {
    const { shared } = startTask();
    const values = {
      number: 1.5,
      nan: NaN,
      minusZero: -0,
      infinite: -Infinity,
      tagged: -Number.MAX_VALUE,
      short: "abc",
      empty: "",
      latin: "Zoë Müller",
      wide: "日本語 🙂",
      yes: true,
      no: false,
      nothing: null,
      missing: undefined,
      small: -5n,
      limit: 2n ** 43n,
      large: -(2n ** 100n),
      list: [1, , "x"],
      inner: { deep: [{ end: true }] },
    };
    const object = shared(values);
    for (const [key, value] of Object.entries(values)) {
      const got = Reflect.get(object, key) as unknown;
      if (typeof value === "object" && value !== null) assert.deepEqual(got, value, key);
      else assert.ok(Object.is(got, value), `${key}: ${String(got)}`);
    }
    assert.deepEqual(Object.keys(object), Object.keys(values));
  });

  it("copies what is assigned, and gives the same object for the same memory", () => {
    const { shared } = startTask();
    const point = { x: 1 };
    const state = shared<{ point: { x: number }; other?: { x: number } }>({ point });
    point.x = 2;
    assert.equal(state.point.x, 1);
    assert.equal(state.point, state.point);
    state.other = state.point;
    assert.equal(state.other, state.point);
    state.other.x = 9;
    assert.equal(state.point.x, 9);
  });

  it("keeps cycles", () => {
    const { shared } = startTask();
    const ring: { next?: unknown; list: unknown[] } = { list: [] };
    ring.next = ring;
    ring.list.push(ring);
    const copy = shared(ring);
    assert.equal(copy.next, copy);
    assert.equal(copy.list[0], copy);
    assert.match(inspect(copy), /Circular/);
  });

  it("copies a linked list that is too long for recursion", () => {
    const { shared } = startTask();
    let head: { next: unknown } | null = null;
    for (let i = 0; i < 50_000; i++) head = { next: head };
    let length = 0;
    for (let node: unknown = shared(head!); node !== null; node = (node as { next: unknown }).next) length++;
    assert.equal(length, 50_000);
  });

  it("records each property access with its name and value", () => {
    const { shared, accesses } = startTask();
    const account = shared({ balance: 100, owner: "Ada Lovelace" }, "account");
    account.balance -= 10;
    void account.owner;
    delete (account as { owner?: string }).owner;
    void ("owner" in account);
    assert.deepEqual(accesses(), [
      "R account.balance 100",
      "W account.balance 90",
      'R account.owner "Ada Lovelace"',
      "W account.owner absent",
      "R account.owner absent",
    ]);
  });

  it("gives an address to a field that is read before it exists", () => {
    const { shared, accesses } = startTask();
    const flags = shared<{ done?: boolean }>({}, "flags");
    assert.equal(flags.done, undefined);
    flags.done = true;
    assert.deepEqual(accesses(), ["R flags.done absent", "W flags.done true"]);
    assert.deepEqual(Object.keys(flags), ["done"]);
  });

  it("reads each field once where properties are listed", () => {
    const { shared, accesses } = startTask();
    const point = shared({ x: 1, y: 2 }, "point");
    assert.deepEqual({ ...point }, { x: 1, y: 2 });
    assert.deepEqual(accesses(), ["R point.x 1", "R point.y 2"]);
    assert.equal(JSON.stringify(point), '{"x":1,"y":2}');
    assert.equal(accesses().length, 4);
    Object.keys(point);
    assert.equal(accesses().length, 4);
    Object.getOwnPropertyDescriptor(point, "x");
  });

  it("behaves like a plain object", () => {
    const { shared } = startTask();
    const object = shared<Record<string, unknown>>({ b: 1, 2: "two", a: 2, 1: "one" });
    assert.deepEqual(Object.keys(object), ["1", "2", "b", "a"]);
    delete object["b"];
    object["b"] = 3;
    assert.deepEqual(Object.keys(object), ["1", "2", "a", "b"]);
    assert.equal(object.hasOwnProperty("a"), true);
    assert.equal(String(object), "[object Object]");
    assert.equal(object["toString"], Object.prototype.toString);
    assert.equal(Object.getPrototypeOf(object), Object.prototype);
    assert.deepEqual(structuredClone({ ...object }), { 1: "one", 2: "two", a: 2, b: 3 });
    assert.throws(() => Object.freeze(object), TypeError);
    assert.throws(() => Object.defineProperty(object, "g", { get: () => 1 }), /getter/);
    const keys: string[] = [];
    for (const key in object) keys.push(key);
    assert.deepEqual(keys, ["1", "2", "a", "b"]);
  });

  it("prints like a plain object, and reads no deeper than it prints", () => {
    const { shared, accesses } = startTask();
    const state = shared({ a: { b: { c: { d: { e: 1 } } } }, list: [1, [2]] }, "state");
    assert.equal(inspect(state), inspect({ a: { b: { c: { d: { e: 1 } } } }, list: [1, [2]] }));
    assert.ok(!accesses().some((access) => access.includes("state.a.b.c.d.e")));
    assert.ok(accesses().includes("R state.list[0] 1"));
  });

  it("says what can't be shared, and where", () => {
    const { shared } = startTask();
    class Point {}
    const state = shared<Record<string, unknown>>({ list: [{}] }, "state");
    const list = state["list"] as Record<string, unknown>[];
    assert.throws(() => shared({ when: new Date(0) }, "meeting"), /Date can't be in shared memory \('meeting\.when'\)/);
    assert.throws(() => (state["f"] = function go() {}), { name: "TypeError", message: /The function go can't be in shared memory \('state\.f'\)/ });
    assert.throws(() => (list[0]!["the point"] = { inner: new Point() }), /class Point .*'state\.list\[0\]\["the point"\]\.inner'/);
    assert.throws(() => (state["s"] = Symbol("s")), TypeError);
    assert.throws(() => ((state as Record<symbol, unknown>)[Symbol("key")] = 1), TypeError);
    assert.equal(state["f"], undefined);
  });

  it("frees the text of a slot when it is overwritten", () => {
    const task = startTask();
    const box = task.shared({ text: "" }, "box");
    // 200 MB of text in all, in a heap of 256 MiB together with everything else; each is freed by the next.
    for (let round = 0; round < 3; round++) for (let i = 0; i < 2000; i++) box.text = String(i).padEnd(100_000, "x");
    assert.equal(box.text, "1999".padEnd(100_000, "x"));
  });

  it("tells when the memory is full", () => {
    const { shared } = startTask({ memory: { heap: createHeap(), segment: backing().segment } });
    const list = shared<string[]>([], "list");
    assert.throws(
      () => {
        for (;;) list.push("y".repeat(10_000_000));
      },
      { name: "RangeError", message: /shared memory is full: it holds 256 MB/ },
    );
    list.length = 0;
    list.push("still works");
    assert.equal(list[0], "still works");
  });

  it("makes one variable of a declaration that several tasks evaluate", () => {
    const first = startTask();
    const counter = first.shared({ n: 1 }, "counter", "m0:counter#0");
    const again = first.memory.sharedValue({ n: 5 }, false, creation("counter", "m0:counter#0"));
    assert.equal(again, counter);
    assert.notEqual(first.shared({ n: 5 }, "counter"), counter);
    assert.equal(first.trace().memory.variables(0).length, 2);
  });

  it("makes the variable that could not be made at first", () => {
    const { shared } = startTask();
    assert.throws(() => shared({ bad: () => 1 }, "v", "m0:v#0"), TypeError);
    assert.deepEqual(shared({ good: 1 }, "v", "m0:v#0"), { good: 1 });
  });

  it("tells readers the names and the initial values", () => {
    const { shared, trace } = startTask();
    shared({ balance: 100, owner: "Ada Lovelace", log: [true] }, "account");
    const read = trace();
    const inits = read.inits.map((init) => `${read.memory.slot(0, init.address)?.name}=${JSON.stringify(read.task(0).value(init.value))}`);
    assert.ok(inits.includes("account.balance=100"));
    assert.ok(inits.includes('account.owner="Ada Lovelace"'));
    assert.ok(inits.includes("account.log.length=1"));
    assert.ok(inits.includes("account.log[0]=true"));
    assert.deepEqual(read.memory.variables(0).map((v) => [v.name, v.kind]), [["account", "object"]]);
  });
});
