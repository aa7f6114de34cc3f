/*--- includes: [kinds.js] ---*/
// The memory model: atomic operations have one order for all agents, and what came before a store is seen by who reads it.
const ROUNDS = 300;
const agent = (body) => $262.agent.start(`
  $262.agent.receiveBroadcast((buffer) => {
    const array = new Int32Array(buffer);
    const wide = new BigInt64Array(buffer, 64);
    const round = (n) => { Atomics.add(array, 0, 1); while (Atomics.load(array, 0) < 2 * (n + 1)); };
    ${body}
    $262.agent.leaving();
  });`);
// Each writes its own and reads the other's: at least one must see the other's (store buffering). Then a counter, then 64 bits at once.
for (const [own, other] of [[2, 3], [3, 2]]) {
  agent(`
    let saw = 0;
    for (let n = 0; n < ${ROUNDS}; n++) {
      round(2 * n);
      Atomics.store(array, ${own}, n + 1);
      if (Atomics.load(array, ${other}) === n + 1) Atomics.add(array, 4, 1);
      round(2 * n + 1);
      if (${own} === 2 && Atomics.exchange(array, 4, 0) === 0) Atomics.add(array, 5, 1);
    }
    for (let n = 0; n < ${ROUNDS}; n++) Atomics.add(array, 6, ${own});
    for (let n = 0; n < ${ROUNDS}; n++) {
      Atomics.store(wide, 0, ${own === 2 ? "0x1111111122222222n" : "0x3333333344444444n"});
      const value = Atomics.load(wide, 0);
      if (value !== 0x1111111122222222n && value !== 0x3333333344444444n) Atomics.add(array, 7, 1);
    }
    array[${8 + own}] = 123;
    Atomics.add(array, 8, 1);`);
}
const array = new Int32Array(new SharedArrayBuffer(128));
$262.agent.broadcast(array.buffer);
while (Atomics.load(array, 8) < 2) $262.agent.sleep(1);
assert.same(array[10] + array[11], 246, "what came before is there");
assert.same(Atomics.load(array, 5), 0, "rounds in which neither saw the other");
assert.same(Atomics.load(array, 6), 5 * ROUNDS, "the counter");
assert.same(Atomics.load(array, 7), 0, "torn");
