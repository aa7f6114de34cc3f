import assert from "node:assert/strict";
import { startTask } from "./task";

describe("shared arrays", () => {
  it("records push as read of the length, write of the element, write of the length", () => {
    const { shared, accesses } = startTask();
    const queue = shared<number[]>([], "queue");
    queue.push(7);
    assert.deepEqual(accesses(), ["R queue.length 0", "W queue[0] 7", "W queue.length 1"]);
    queue[0] = 8;
    assert.deepEqual(accesses().slice(3), ["W queue[0] 8"]);
    queue.pop();
    assert.deepEqual(accesses().slice(4), ["R queue.length 1", "R queue[0] 8", "W queue[0] absent", "W queue.length 0"]);
  });

  it("reads each element once in methods that look for it first", () => {
    const { shared, accesses } = startTask();
    const list = shared([1, 2], "list");
    assert.equal(list.reduce((a, b) => a + b, 0), 3);
    assert.deepEqual(accesses(), ["R list.length 2", "R list[0] 1", "R list[1] 2"]);
  });

  it("keeps the site of a method across its callbacks", () => {
    const { shared, recorder, trace } = startTask();
    const list = shared([1, 2, 3], "list");
    recorder.site = 5;
    list.forEach(() => (recorder.site = 9));
    const { events } = trace().task(0);
    assert.deepEqual([...events.site.subarray(0, events.length)], [5, 5, 5, 5]);
  });

  it("grows without moving, and keeps holes", () => {
    const { shared, trace } = startTask();
    const list = shared<(number | undefined)[]>([1], "list");
    list[1000] = 2;
    assert.equal(list.length, 1001);
    assert.equal(500 in list, false);
    assert.equal(list[500], undefined);
    assert.deepEqual(Object.keys(list), ["0", "1000"]);
    for (let i = 0; i < 5000; i++) list[i] = i;
    assert.equal(list.length, 5000);
    assert.equal(list[4999], 4999);
    const read = trace();
    const event = read.event(0, read.task(0).events.length - 1);
    assert.ok(event.type === "access");
    assert.equal(read.memory.slot(0, event.address)?.name, "list[4999]");
  });

  it("is cut by its length", () => {
    const { shared } = startTask();
    const list = shared([1, 2, 3, 4]);
    list.length = 2;
    list.length = 4;
    assert.deepEqual(Object.keys(list), ["0", "1"]);
    assert.throws(() => (list.length = -1), RangeError);
    assert.throws(() => (list[2 ** 30] = 1), /too long/);
  });

  it("is an array to the language", () => {
    const { shared } = startTask();
    const list = shared<unknown[]>([3, 1, 2]);
    assert.ok(Array.isArray(list));
    assert.ok(list instanceof Array);
    assert.deepEqual([...list], [3, 1, 2]);
    assert.deepEqual(list.concat([4]), [3, 1, 2, 4]);
    assert.equal(list.sort(), list);
    assert.deepEqual(list.toString(), "1,2,3");
    assert.equal(JSON.stringify({ list }), '{"list":[1,2,3]}');
    const [first, ...rest] = list;
    assert.deepEqual([first, rest], [1, [2, 3]]);
    assert.deepEqual(list.splice(1, 1, "a", "b"), [2]);
    assert.deepEqual(list, [1, "a", "b", 3]);
    assert.throws(() => Reflect.set(list, "name", 1), TypeError);
  });
});
