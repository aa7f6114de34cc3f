// races: cells. Views that overlap by two bytes
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
  const left = new Uint8Array(memory, 0, 10);
  const right = new Uint8Array(memory, 8);
  if (me === 0) left.fill(1);
  else right.set([1, 2, 3, 4]);
}
