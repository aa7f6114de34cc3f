function assert(condition, message) {
  if (condition !== true) throw new Test262Error(message);
}
assert.same = (actual, expected, message) => {
  if (!Object.is(actual, expected)) throw new Test262Error(`${message}: ${String(actual)}, not ${String(expected)}`);
};
assert.list = (actual, expected, message) => assert.same([...actual].map(String).join(), [...expected].map(String).join(), message);
assert.throws = (constructor, body, message) => {
  try {
    body();
  } catch (error) {
    assert.same(error.constructor, constructor, message);
    return;
  }
  throw new Test262Error(`${message}: it did not throw`);
};
