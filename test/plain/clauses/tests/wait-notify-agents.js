/*--- includes: [kinds.js] ---*/
// Waiters are woken in the order in which they came, as many as are asked for, on their own element alone.
const AGENTS = 3;
const READY = 0;
const AT = 2;
for (let n = 0; n < AGENTS; n++) {
  $262.agent.start(`
    $262.agent.receiveBroadcast((buffer) => {
      const array = new Int32Array(buffer);
      while (Atomics.load(array, ${READY}) !== ${n});
      Atomics.add(array, ${READY}, 1);
      const how = Atomics.wait(array, ${AT}, 0);
      $262.agent.report("${n} " + how + " " + Atomics.wait(array, ${AT}, 5, 50));
      $262.agent.leaving();
    });`);
}
const array = shared(Int32Array, 8);
$262.agent.broadcast(array.buffer);
const next = () => {
  for (;;) {
    const report = $262.agent.getReport();
    if (report !== null) return report;
    $262.agent.sleep(1);
  }
};
while (Atomics.load(array, READY) < AGENTS) $262.agent.sleep(1);
// For the last one to wait.
$262.agent.sleep(300);
assert.same(Atomics.notify(array, AT + 1), 0, "another element");
assert.same(Atomics.notify(array, AT, 0), 0, "none");
assert.same(Atomics.notify(new Int32Array(array.buffer, AT * 4), 0, 1), 1, "one, through another view");
assert.same(next(), "0 ok not-equal", "the first");
assert.same(Atomics.notify(array, AT, 1.9), 1, "one");
assert.same(next(), "1 ok not-equal", "the second");
assert.same(Atomics.notify(array, AT), 1, "all that are left");
assert.same(next(), "2 ok not-equal", "the third");
assert.same(Atomics.notify(array, AT), 0, "nobody");
