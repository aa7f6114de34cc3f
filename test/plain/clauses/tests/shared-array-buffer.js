/*--- includes: [kinds.js] ---*/
// 25.2: constructor, prototype, slice.
assert.same(SharedArrayBuffer.length, 1, "length");
assert.same(SharedArrayBuffer.name, "SharedArrayBuffer", "name");
assert.same(SharedArrayBuffer[Symbol.species], SharedArrayBuffer, "species");
assert.throws(TypeError, () => SharedArrayBuffer(8), "call");
for (const [length, bytes] of [[undefined, 0], [0, 0], [-0, 0], [1.9, 1], ["7", 7], [null, 0], [true, 1], [NaN, 0], [-0.5, 0], [{ valueOf: () => 5 }, 5], [[6], 6]]) assert.same(new SharedArrayBuffer(length).byteLength, bytes, String(length));
for (const length of [-1, Infinity, -Infinity, 2 ** 53, 7 * 2 ** 50]) assert.throws(RangeError, () => new SharedArrayBuffer(length), String(length));
for (const length of [Symbol(), 1n]) assert.throws(TypeError, () => new SharedArrayBuffer(length), String(length));
const buffer = new SharedArrayBuffer(16);
assert.same(Object.prototype.toString.call(buffer), "[object SharedArrayBuffer]", "tag");
assert.same(Object.getPrototypeOf(buffer), SharedArrayBuffer.prototype, "prototype");
assert.same(buffer.constructor, SharedArrayBuffer, "constructor");
assert.same(ArrayBuffer.isView(buffer), false, "no view");
assert(new Uint8Array(buffer).every((byte) => byte === 0), "zero");
class Mine extends SharedArrayBuffer {}
assert.same(Object.getPrototypeOf(new Mine(4)), Mine.prototype, "a class of one's own");
assert.same(Object.getPrototypeOf(Reflect.construct(SharedArrayBuffer, [4], Object)), Object.prototype, "another new target");
const getter = Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, "byteLength").get;
for (const object of [undefined, null, {}, new ArrayBuffer(4), SharedArrayBuffer.prototype]) assert.throws(TypeError, () => getter.call(object), "the getter's object");
const other = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength").get;
assert.throws(TypeError, () => other.call(buffer), "the other getter");
const bytes = new Uint8Array(buffer);
bytes.forEach((_byte, index) => (bytes[index] = index));
for (const [begin, end] of [[], [4], [4, 8], [-4], [-8, -4], [12, 4], [0, 100], [100], [undefined, 3], ["2", "5"], [2.9, 5.9], [NaN, -1], [-Infinity, Infinity]]) {
  const slice = buffer.slice(begin, end);
  assert.same(slice.constructor, SharedArrayBuffer, "a slice's constructor");
  assert.list(new Uint8Array(slice), [...bytes].slice(begin, end), `slice ${begin} ${end}`);
}
const copy = buffer.slice(0);
new Uint8Array(copy)[0] = 99;
assert.same(bytes[0], 0, "a copy");
assert.throws(TypeError, () => SharedArrayBuffer.prototype.slice.call(new ArrayBuffer(4)), "slice of another");
assert.throws(TypeError, () => ArrayBuffer.prototype.slice.call(buffer), "another's slice");
const withSpecies = (species) => Object.assign(new SharedArrayBuffer(8), { constructor: { [Symbol.species]: species } });
assert.same(withSpecies(undefined).slice().constructor, SharedArrayBuffer, "no species");
assert.same(withSpecies(null).slice().constructor, SharedArrayBuffer, "species null");
assert.throws(TypeError, () => withSpecies({}).slice(), "a species that is none");
assert.throws(TypeError, () => withSpecies(ArrayBuffer).slice(), "a species that is not shared");
assert.throws(TypeError, () => withSpecies(function () { return new SharedArrayBuffer(4); }).slice(), "a species too short");
const longer = new SharedArrayBuffer(10);
assert.same(withSpecies(function () { return longer; }).slice(), longer, "a longer species");
const same = new SharedArrayBuffer(8);
assert.throws(TypeError, () => Object.assign(same, { constructor: { [Symbol.species]: function () { return same; } } }).slice(), "the same buffer");
