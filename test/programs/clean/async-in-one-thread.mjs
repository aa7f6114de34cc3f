// One thread with several asynchronous functions at once: they take turns, and no other thread is there yet
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const add = async (n) => { for (let i = 0; i < n; i++) { cells[0]++; await null; } };
  await Promise.all([add(3), add(4)]);
  new Worker(new URL(import.meta.url), { workerData: cells });
} else console.log(workerData[0]);
