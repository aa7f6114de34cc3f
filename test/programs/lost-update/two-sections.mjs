// finds: cells. Two sections of one mutex
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
  const lock = () => { while (Atomics.compareExchange(cells, 0, 0, 1) !== 0) Atomics.wait(cells, 0, 1); };
  const unlock = () => { Atomics.store(cells, 0, 0); Atomics.notify(cells, 0, 1); };
  lock();
  const seen = cells[1];
  unlock();
  Atomics.add(cells, 2, 1);
  while (Atomics.load(cells, 2) < 2);
  lock();
  cells[1] = seen + 1;
  unlock();
}
