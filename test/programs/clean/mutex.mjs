// A mutex of wait and notify
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(64);
  const workers = [0, 1].map((me) => new Worker(new URL(import.meta.url), { workerData: { memory, me } }));
  let left = workers.length;
  for (const worker of workers) worker.on("exit", () => {
    if (--left > 0) return;
    const cells = new Int32Array(memory);
    console.log(cells[1]);
  });
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  const lock = () => { while (Atomics.compareExchange(cells, 0, 0, 1) !== 0) Atomics.wait(cells, 0, 1); };
  const unlock = () => { Atomics.store(cells, 0, 0); Atomics.notify(cells, 0, 1); };
  for (let i = 0; i < 20; i++) { lock(); cells[1]++; unlock(); }
}
