/*---
flags: [async]
includes: [kinds.js]
---*/
// 25.4.14: what it returns at once, and what its promises become.
async function main() {
  for (const Type of [Int32Array, BigInt64Array]) {
    const of = (value) => (Type === BigInt64Array ? BigInt(value) : value);
    const array = shared(Type);
    const described = (result) => `${Object.getOwnPropertyNames(result)} ${result.async} ${typeof result.value === "string" ? result.value : Object.getPrototypeOf(result.value) === Promise.prototype}`;
    assert.same(described(Atomics.waitAsync(array, 0, of(1), 0)), "async,value false not-equal", "another value");
    assert.same(described(Atomics.waitAsync(array, 0, of(0), 0)), "async,value false timed-out", "no time");
    assert.same(described(Atomics.waitAsync(array, 0, of(0), -5)), "async,value false timed-out", "less than no time");
    const { async, value } = Atomics.waitAsync(array, 0, of(0), 20);
    assert.same(async, true, "waits");
    assert.same(await value, "timed-out", "the time passes");
    const waits = [0, 0, 1, 0].map((index) => Atomics.waitAsync(array, index, of(0)));
    assert.same(waits.map(described).join(";"), Array(4).fill("async,value true true").join(";"), "all wait");
    const order = [];
    waits.forEach(({ value: promise }, n) => void promise.then((how) => order.push(`${n} ${how}`)));
    assert.same(Atomics.notify(array, 0, 2), 2, "two");
    await waits[1].value;
    Atomics.store(array, 0, of(7));
    assert.same(Atomics.notify(array, 0), 1, "the last one");
    assert.same(Atomics.notify(array, 1), 1, "the other element's");
    await Promise.all(waits.map(({ value: promise }) => promise));
    assert.list(order.sort(), ["0 ok", "1 ok", "2 ok", "3 ok"], "all are woken");
    const log = [];
    Atomics.waitAsync(array, told(log, "index", 0), told(log, "value", of(1)), told(log, "timeout", 0));
    assert.list(log, ["index", "value", "timeout"], "order");
    assert.throws(TypeError, () => Atomics.waitAsync(new Type(4), 0, of(0), 0), "memory of its own");
    assert.throws(RangeError, () => Atomics.waitAsync(array, 4, of(0), 0), "index");
    assert.throws(TypeError, () => Atomics.waitAsync(array, 0, of(0), Symbol()), "timeout");
  }
}
main().then(() => $DONE(), $DONE);
