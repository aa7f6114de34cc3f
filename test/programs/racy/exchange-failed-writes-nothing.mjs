// races: cells. Who fails to exchange writes nothing that anybody could read
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
  if (me === 0) { cells[4] = 1; Atomics.compareExchange(cells, 0, 9, 8); Atomics.store(cells, 1, 0); }
  else {
    for (let i = 0; i < 100; i++) Atomics.load(cells, 0);
    console.log(cells[4]);
  }
}
