/*--- includes: [kinds.js] ---*/
// 25.4.3.1 ValidateIntegerTypedArray, 25.4.3.2 ValidateAtomicAccess: what may be operated on, and in which order it is looked at.
const poison = { valueOf: () => { throw new Test262Error("a value was looked at first"); } };
const bad = [undefined, null, true, 1, 1n, "text", Symbol(), {}, [], () => {}, new ArrayBuffer(8), new SharedArrayBuffer(8), new DataView(new ArrayBuffer(8)), ...OTHERS.map((Type) => new Type(4))];
for (const name of Object.keys(OPERANDS)) {
  for (const object of bad) assert.throws(TypeError, () => Atomics[name](object, poison, poison, poison), `${name} of ${typeof object}`);
  for (const Type of [...INTEGERS, ...BIG]) {
    const operands = Array(OPERANDS[name]).fill(BIG.includes(Type) ? 1n : 1);
    for (const array of [shared(Type), new Type(4)]) {
      for (const index of [-1, 4, 2 ** 53, Infinity, -Infinity, 1e300, "4", { valueOf: () => 4 }]) assert.throws(RangeError, () => Atomics[name](array, index, ...operands), `${name} at ${String(index)}`);
      // The index is looked at before the values.
      if (OPERANDS[name] > 0) assert.throws(RangeError, () => Atomics[name](array, 4, poison, poison), `${name}: index first`);
      for (const index of [undefined, null, NaN, -0, 0.9, "0", false, "", { valueOf: () => 0 }, { toString: () => "0x0" }, -0.5]) Atomics[name](array, index, ...operands);
      assert.throws(TypeError, () => Atomics[name](array, Symbol(), ...operands), `${name} at a symbol`);
      assert.throws(TypeError, () => Atomics[name](array, 0n, ...operands), `${name} at a bigint`);
    }
    const detached = new Type(4);
    $262.detachArrayBuffer(detached.buffer);
    assert.throws(TypeError, () => Atomics[name](detached, poison, poison, poison), `${name} of what is detached`);
  }
}
// Detached by its own argument.
for (const name of Object.keys(OPERANDS).filter((key) => OPERANDS[key] > 0)) {
  const array = new Int32Array(4);
  const detaches = { valueOf: () => ($262.detachArrayBuffer(array.buffer), 0) };
  assert.throws(TypeError, () => Atomics[name](array, 0, detaches, 0), `${name} of what its argument detaches`);
}
