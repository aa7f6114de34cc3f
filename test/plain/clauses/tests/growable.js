/*--- includes: [kinds.js] ---*/
// 25.2.3.1, 25.2.5: maxByteLength, grow, and views that follow.
const fixed = new SharedArrayBuffer(8);
assert.same(fixed.growable, false, "fixed");
assert.same(fixed.maxByteLength, 8, "fixed");
assert.throws(TypeError, () => fixed.grow(8), "fixed");
for (const options of [{}, { maxByteLength: undefined }, undefined, null, 4, "text"]) assert.same(new SharedArrayBuffer(8, options).growable, false, "no options");
assert.throws(RangeError, () => new SharedArrayBuffer(8, { maxByteLength: 7 }), "less than its length");
assert.throws(RangeError, () => new SharedArrayBuffer(0, { maxByteLength: -1 }), "negative");
const buffer = new SharedArrayBuffer(8, { maxByteLength: { valueOf: () => 32.9 } });
assert.same(`${buffer.growable} ${buffer.byteLength} ${buffer.maxByteLength}`, "true 8 32", "growable");
const whole = new Int32Array(buffer);
const tail = new Uint8Array(buffer, 4);
const part = new Int32Array(buffer, 0, 2);
const view = new DataView(buffer);
const lengths = () => [whole.length, tail.length, part.length, view.byteLength, buffer.byteLength].join();
assert.same(lengths(), "2,4,2,8,8", "before");
whole[1] = -1;
assert.same(buffer.grow(16), undefined, "grow returns nothing");
assert.same(lengths(), "4,12,2,16,16", "grown");
assert.list(whole, [0, -1, 0, 0], "what was there, and zeros");
assert.throws(RangeError, () => buffer.grow(8), "it can't shrink");
assert.throws(RangeError, () => buffer.grow(33), "more than its greatest");
assert.throws(RangeError, () => buffer.grow(-1), "negative");
assert.throws(TypeError, () => SharedArrayBuffer.prototype.grow.call(new ArrayBuffer(4), 4), "another's");
buffer.grow(16);
buffer.grow("18");
assert.same(lengths(), "4,14,2,18,18", "not a whole element");
assert.throws(RangeError, () => Atomics.store(whole, 4, 1), "beyond");
buffer.grow(32);
assert.same(Atomics.add(whole, 7, 5), 0, "the new end");
assert.same(view.getInt32(28, true), 5, "the new end");
assert.same([...whole.entries()].length, 8, "iteration");
// Grown by its own argument.
const late = new SharedArrayBuffer(4, { maxByteLength: 8 });
const array = new Int32Array(late);
assert.same(Atomics.store(array, 0, { valueOf: () => (late.grow(8), 7) }), 7, "by an argument");
assert.list(array, [7, 0], "by an argument");
let seen = 0;
const growing = new SharedArrayBuffer(1, { maxByteLength: 4 });
for (const byte of new Uint8Array(growing)) {
  seen += 1 + byte;
  if (growing.byteLength < 4) growing.grow(growing.byteLength + 1);
}
assert.same(seen, 4, "while it is iterated");
