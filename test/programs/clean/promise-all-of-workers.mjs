// All ends awaited as promises
import { once } from "node:events";
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const cells = new Float64Array(new SharedArrayBuffer(64));
  const workers = [0, 1, 2].map((me) => new Worker(new URL(import.meta.url), { workerData: { cells, me } }));
  await Promise.all(workers.map((worker) => once(worker, "exit")));
  console.log(cells.slice(0, 3).reduce((x, y) => x + y));
} else {
  const { cells, me } = workerData;
  cells[me] = me + 0.5;
}
