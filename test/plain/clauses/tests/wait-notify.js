/*--- includes: [kinds.js] ---*/
// 25.4.13 wait, 25.4.15 notify, as far as one agent can tell.
for (const Type of [Int32Array, BigInt64Array]) {
  const of = (value) => (Type === BigInt64Array ? BigInt(value) : value);
  const array = shared(Type);
  assert.same(Atomics.wait(array, 0, of(1), 1e6), "not-equal", "another value");
  const began = $262.agent.monotonicNow();
  assert.same(Atomics.wait(array, 0, of(0), 30), "timed-out", "the time passes");
  assert(30 - ($262.agent.monotonicNow() - began) < 2, "not before");
  for (const timeout of [0, -1, -Infinity, null, "", false, [], { valueOf: () => -5 }]) assert.same(Atomics.wait(array, 0, of(0), timeout), "timed-out", `timeout ${String(timeout)}`);
  for (const timeout of [undefined, NaN, Infinity, {}, "text"]) assert.same(Atomics.wait(array, 0, of(1), timeout), "not-equal", `timeout ${String(timeout)}`);
  const log = [];
  Atomics.wait(array, told(log, "index", 0), told(log, "value", of(1)), told(log, "timeout", 0));
  assert.list(log, ["index", "value", "timeout"], "order");
  assert.throws(TypeError, () => Atomics.wait(new Type(4), { valueOf: () => { throw new Test262Error("index first"); } }, of(0), 0), "memory of its own");
  assert.throws(RangeError, () => Atomics.wait(array, 4, of(0), 0), "index");
  assert.throws(TypeError, () => Atomics.wait(array, 0, of(0), Symbol()), "timeout");
  assert.throws(TypeError, () => Atomics.wait(array, 0, of(0), 1n), "timeout");
  assert.throws(TypeError, () => Atomics.wait(array, 0, Type === Int32Array ? 0n : 0, 0), "value");
  for (const count of [undefined, 0, 1, Infinity, NaN, -3, "2", null, { valueOf: () => 1 }]) assert.same(Atomics.notify(array, 0, count), 0, "nobody waits");
  assert.same(Atomics.notify(array, 0), 0, "nobody waits");
  assert.same(Atomics.notify(new Type(4), 0, 1), 0, "memory of its own");
  assert.throws(RangeError, () => Atomics.notify(array, 4, 1), "index");
  assert.throws(RangeError, () => Atomics.notify(new Type(4), -1, 1), "index in memory of its own");
  assert.throws(TypeError, () => Atomics.notify(array, 0, Symbol()), "count");
  assert.throws(TypeError, () => Atomics.notify(array, 0, 1n), "count");
}
for (const Type of [...INTEGERS, ...BIG, ...OTHERS].filter((type) => type !== Int32Array && type !== BigInt64Array)) {
  assert.throws(TypeError, () => Atomics.wait(shared(Type), 0, 0, 0), `wait on ${Type.name}`);
  assert.throws(TypeError, () => Atomics.notify(shared(Type), 0), `notify on ${Type.name}`);
  assert.throws(TypeError, () => Atomics.waitAsync(shared(Type), 0, 0, 0), `waitAsync on ${Type.name}`);
}
for (const object of [undefined, null, 1, {}, new SharedArrayBuffer(8)]) {
  for (const name of ["wait", "notify", "waitAsync"]) assert.throws(TypeError, () => Atomics[name](object, 0, 0, 0), name);
}
