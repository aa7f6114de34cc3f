// A promise of a notify
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
  if (me === 0) { cells[1] = 42; Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); }
  else {
    // Node does not wait for the promise by itself.
    const alive = setInterval(() => {}, 5);
    const { async, value } = Atomics.waitAsync(cells, 0, 0);
    if (async) await value;
    clearInterval(alive);
    console.log(cells[1]);
  }
}
