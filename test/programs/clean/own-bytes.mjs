// Bytes of one's own in the same word
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
  const bytes = new Uint8Array(memory);
  for (let i = 0; i < 20; i++) bytes[me]++;
}
