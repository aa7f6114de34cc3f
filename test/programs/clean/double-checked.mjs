// The first check is an atomic load
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(64);
  const workers = [0, 1].map((me) => new Worker(new URL(import.meta.url), { workerData: { memory, me } }));
  let left = workers.length;
  for (const worker of workers) worker.on("exit", () => {
    if (--left > 0) return;
    const cells = new Int32Array(memory);
    
  });
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  if (Atomics.load(cells, 1) === 0) {
    while (Atomics.compareExchange(cells, 0, 0, 1) !== 0) Atomics.wait(cells, 0, 1);
    if (Atomics.load(cells, 1) === 0) { cells[2] = 42; Atomics.store(cells, 1, 1); }
    Atomics.store(cells, 0, 0);
    Atomics.notify(cells, 0);
  }
  console.log(cells[2]);
}
