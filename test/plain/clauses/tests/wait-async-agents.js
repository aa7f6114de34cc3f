/*---
flags: [async]
includes: [kinds.js]
---*/
// An agent that waits with a promise is woken by another, and before one that came later and blocks.
$262.agent.start(`
  $262.agent.receiveBroadcast(async (buffer) => {
    const array = new BigInt64Array(buffer);
    const { value } = Atomics.waitAsync(array, 1, 0n);
    Atomics.add(array, 0, 1n);
    $262.agent.report("promise " + (await value) + " " + Atomics.load(array, 2));
    $262.agent.leaving();
  });`);
$262.agent.start(`
  $262.agent.receiveBroadcast((buffer) => {
    const array = new BigInt64Array(buffer);
    while (Atomics.load(array, 0) !== 1n);
    Atomics.add(array, 0, 1n);
    $262.agent.report("blocked " + Atomics.wait(array, 1, 0n) + " " + Atomics.load(array, 2));
    $262.agent.leaving();
  });`);
const array = shared(BigInt64Array);
$262.agent.broadcast(array.buffer);
const later = () => new Promise((done) => setTimeout(done, 5));
const next = async () => {
  for (;;) {
    const report = $262.agent.getReport();
    if (report !== null) return report;
    await later();
  }
};
async function main() {
  while (Atomics.load(array, 0) < 2n) await later();
  await new Promise((done) => setTimeout(done, 300));
  Atomics.store(array, 2, 1n);
  assert.same(Atomics.notify(array, 1, 1), 1, "the first");
  assert.same(await next(), "promise ok 1", "the first");
  Atomics.store(array, 2, 2n);
  assert.same(Atomics.notify(array, 1, 5), 1, "the second");
  assert.same(await next(), "blocked ok 2", "the second");
}
main().then(() => $DONE(), $DONE);
