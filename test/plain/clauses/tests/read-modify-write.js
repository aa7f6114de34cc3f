/*--- includes: [kinds.js] ---*/
// 25.4.4 to 25.4.16: results of all operations, for all types, on shared memory and on other.
const FUNCTIONS = { add: (x, y) => x + y, sub: (x, y) => x - y, and: (x, y) => x & y, or: (x, y) => x | y, xor: (x, y) => x ^ y, exchange: (_x, y) => y };
const NUMBERS = [0, 1, -1, 127, 128, 255, 256, 32767, 65536, 2 ** 31 - 1, -(2 ** 31), 2 ** 32 - 1, 2 ** 33 + 5];
for (const Type of [...INTEGERS, ...BIG]) {
  const of = (value) => (BIG.includes(Type) ? BigInt(value) : value);
  const wrapped = (value) => new Type([value])[0];
  for (const array of [shared(Type, 3), new Type(3), new Type(new SharedArrayBuffer(64), 16, 3)]) {
    for (const name of READ_MODIFY_WRITE) {
      for (const before of NUMBERS.map(of)) {
        for (const operand of NUMBERS.map(of)) {
          array[1] = before;
          assert.same(Atomics[name](array, 1, operand), wrapped(before), `${name} returns what was there`);
          assert.same(array[1], wrapped(FUNCTIONS[name](wrapped(before), wrapped(operand))), `${Type.name} ${name} ${before} ${operand}`);
        }
      }
    }
    array.fill(of(5));
    assert.same(Atomics.compareExchange(array, 2, of(5), of(300)), of(5), "equal");
    assert.same(array[2], wrapped(of(300)), "exchanged");
    assert.same(Atomics.compareExchange(array, 2, of(5), of(1)), wrapped(of(300)), "not equal");
    assert.same(array[2], wrapped(of(300)), "kept");
    // The expected value is made one of the type's first.
    array[2] = of(1);
    const much = of(1) + of(2 ** 32) * of(2 ** 16) * (BIG.includes(Type) ? of(2 ** 16) : 1);
    assert.same(Atomics.compareExchange(array, 2, much, of(9)), of(1), "wrapped");
    assert.same(array[2], of(9), "wrapped and exchanged");
    assert.same(Atomics.store(array, 0, of(300)), of(300), "store returns what it was given");
    assert.same(Atomics.load(array, 0), wrapped(of(300)), "load");
    assert.list(array, [wrapped(of(300)), of(5), of(9)], "neighbours");
    const log = [];
    Atomics.compareExchange(array, told(log, "index", 0), told(log, "expected", of(0)), told(log, "replacement", of(1)));
    for (const name of [...READ_MODIFY_WRITE, "store"]) Atomics[name](array, told(log, "index", 0), told(log, name, of(1)));
    assert.list(log, ["index", "expected", "replacement", ...[...READ_MODIFY_WRITE, "store"].flatMap((name) => ["index", name])], "each argument once, in order");
    assert.throws(TypeError, () => Atomics.add(array, 0, BIG.includes(Type) ? 1 : 1n), "the other kind of number");
    assert.throws(TypeError, () => Atomics.store(array, 0, Symbol()), "a symbol");
  }
}
const numbers = shared(Int32Array);
assert.same(Atomics.store(numbers, 0, -0), 0, "negative zero");
assert.same(Atomics.store(numbers, 0, 3.7), 3, "a fraction");
assert.same(Atomics.store(numbers, 0, "33"), 33, "text");
assert.same(Atomics.store(numbers, 0, Infinity), Infinity, "infinity is returned");
assert.same(numbers[0], 0, "and stored as 0");
assert.same(Atomics.store(numbers, 0, undefined), 0, "undefined");
assert.same(Atomics.store(numbers, 0, 2 ** 40 + 7), 2 ** 40 + 7, "much");
assert.same(numbers[0], 7, "wrapped");
assert.same(Atomics.store(shared(BigInt64Array), 0, 2n ** 70n), 2n ** 70n, "very much");
for (const [size, free] of [[1, true], [2, true], [4, true], [8, true], [3, false], [0, false], [-1, false], ["4", true], [{ valueOf: () => 4 }, true], [NaN, false]]) assert.same(Atomics.isLockFree(size), free, `lock-free ${String(size)}`);
assert.same(Atomics.isLockFree(), false, "lock-free nothing");
assert.throws(TypeError, () => Atomics.isLockFree(Symbol()), "lock-free symbol");
