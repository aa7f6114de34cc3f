import { Worker, isMainThread, workerData } from "node:worker_threads";

const WARM = 500;
const TURNS = 2500;
const turn = isMainThread ? new Int32Array(new SharedArrayBuffer(4)) : workerData;
const me = isMainThread ? 0 : 1;
if (isMainThread) new Worker(new URL(import.meta.url), { workerData: turn });
let began = 0;
for (let i = 0; i < TURNS; i++) {
  if (i === WARM) began = performance.now();
  while (Atomics.load(turn, 0) !== me) Atomics.wait(turn, 0, 1 - me);
  Atomics.store(turn, 0, 1 - me);
  Atomics.notify(turn, 0);
}
if (isMainThread) console.log(`BENCH ${(performance.now() - began) / (2 * (TURNS - WARM))}`);
