// A ticket that only grows; who has seen n waits for n
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
  if (me === 0) { for (let i = 0; i < 5; i++) { Atomics.add(cells, 0, 1); Atomics.notify(cells, 0); } }
  else {
    for (let seen = 0; seen < 5; seen = Atomics.load(cells, 0)) Atomics.wait(cells, 0, seen);
  }
}
