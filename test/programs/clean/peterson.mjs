// Peterson's algorithm
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(64);
  const workers = [0, 1].map((me) => new Worker(new URL(import.meta.url), { workerData: { memory, me } }));
  let left = workers.length;
  for (const worker of workers) worker.on("exit", () => {
    if (--left > 0) return;
    const cells = new Int32Array(memory);
    console.log(cells[3]);
  });
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  const other = 1 - me;
  for (let i = 0; i < 10; i++) {
    Atomics.store(cells, me, 1);
    Atomics.store(cells, 2, other);
    while (Atomics.load(cells, other) === 1 && Atomics.load(cells, 2) === other);
    cells[3]++;
    Atomics.store(cells, me, 0);
  }
}
