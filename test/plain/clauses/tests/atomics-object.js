/*--- includes: [kinds.js] ---*/
// 25.4: the object itself, and each function's name, length, attributes.
const LENGTHS = { add: 3, and: 3, compareExchange: 4, exchange: 3, isLockFree: 1, load: 2, notify: 3, or: 3, store: 3, sub: 3, wait: 4, waitAsync: 4, xor: 3 };
assert.same(typeof Atomics, "object", "type");
assert.same(Object.getPrototypeOf(Atomics), Object.prototype, "prototype");
assert.same(Object.prototype.toString.call(Atomics), "[object Atomics]", "tag");
assert.throws(TypeError, () => Atomics(), "call");
assert.throws(TypeError, () => new Atomics(), "construct");
const tag = Object.getOwnPropertyDescriptor(Atomics, Symbol.toStringTag);
assert.same(`${tag.value} ${tag.writable} ${tag.enumerable} ${tag.configurable}`, "Atomics false false true", "attributes of the tag");
for (const [name, length] of Object.entries(LENGTHS)) {
  const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(Atomics, name);
  assert.same(`${writable} ${enumerable} ${configurable}`, "true false true", `attributes of ${name}`);
  assert.same(value.length, length, `length of ${name}`);
  assert.same(value.name, name, `name of ${name}`);
  assert.throws(TypeError, () => new value(shared(Int32Array), 0, 0), `construct ${name}`);
  assert.throws(TypeError, () => Reflect.construct(Object, [], value), `${name} as a new target`);
}
assert.same(Object.keys(Atomics).length, 0, "nothing to enumerate");
// As any object it can be changed, and changed back.
const { load } = Atomics;
Atomics.load = () => "replaced";
assert.same(Atomics.load(shared(Int8Array), 0), "replaced", "replaced");
Atomics.load = load;
assert.same(Atomics.load(shared(Int8Array), 0), 0, "put back");
assert.same(load(new Int8Array([7]), 0), 7, "without a receiver");
assert.same(Reflect.apply(Atomics.add, null, [new Int8Array([7]), 0, 1]), 7, "by Reflect");
assert.same(Atomics["a" + "dd"](new Int8Array([7]), 0, 1), 7, "by a computed name");
assert.same([1, 2].map((n) => Atomics.exchange(new Int16Array([n]), 0, 9)).join(), "1,2", "in a callback");
