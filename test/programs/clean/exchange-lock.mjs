// A lock by exchange that is looked at before: test and test-and-set
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(64));
  let left = 3;
  for (let i = 0; i < 3; i++) new Worker(new URL(import.meta.url), { workerData: cells }).on("exit", () => { if (--left === 0) console.log(cells[1]); });
} else {
  const cells = workerData;
  for (let i = 0; i < 20; i++) {
    do {
      while (Atomics.load(cells, 0) !== 0);
    } while (Atomics.exchange(cells, 0, 1) !== 0);
    cells[1]++;
    Atomics.exchange(cells, 0, 0);
  }
}
