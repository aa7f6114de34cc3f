// Every update is atomic
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(64);
  const workers = [0, 1].map((me) => new Worker(new URL(import.meta.url), { workerData: { memory, me } }));
  let left = workers.length;
  for (const worker of workers) worker.on("exit", () => {
    if (--left > 0) return;
    const cells = new Int32Array(memory);
    console.log(Atomics.load(cells, 0));
  });
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  for (let i = 0; i < 50; i++) Atomics.add(cells, 0, 1);
}
