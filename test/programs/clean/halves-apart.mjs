// Two halves of one word, each atomic and its owner's
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
  if (me === 0) { const halves = new Int16Array(memory); for (let i = 0; i < 5; i++) Atomics.add(halves, 0, 1); }
  else {
    const halves = new Int16Array(memory);
    for (let i = 0; i < 5; i++) halves[1]++;
  }
}
