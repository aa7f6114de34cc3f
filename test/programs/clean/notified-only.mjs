// Nothing is stored; notify until somebody is woken
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
  if (me === 0) { cells[4] = 1; while (Atomics.notify(cells, 0) === 0) Atomics.wait(cells, 8, 0, 1); }
  else {
    Atomics.wait(cells, 0, 0);
    console.log(cells[4]);
  }
}
