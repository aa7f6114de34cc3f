// races: cells. Atomic both, but of different sizes
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(64);
  const workers = [0, 1].map((me) => new Worker(new URL(import.meta.url), { workerData: { memory, me } }));
  let left = workers.length;
  for (const worker of workers) worker.on("exit", () => {
    if (--left > 0) return;
    const cells = new Int32Array(memory);
    console.log(cells[0]);
  });
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  const half = new Int16Array(memory);
  if (me === 0) Atomics.store(cells, 0, 0x10001);
  else Atomics.store(half, 1, 2);
}
