// A barrier of wait and notify
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
  cells[me] = me + 1;
  if (Atomics.add(cells, 5, 1) === 1) { Atomics.store(cells, 6, 1); Atomics.notify(cells, 6); }
  else Atomics.wait(cells, 6, 0);
  console.log(cells[1 - me]);
}
