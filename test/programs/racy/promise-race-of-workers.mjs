// races: cells. Only the first to end is waited for
import { once } from "node:events";
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const cells = new Float64Array(new SharedArrayBuffer(64));
  const workers = [0, 1].map((me) => new Worker(new URL(import.meta.url), { workerData: { cells, me } }));
  await Promise.race(workers.map((worker) => once(worker, "exit")));
  console.log(cells[0] + cells[1]);
} else {
  const { cells, me } = workerData;
  cells[me] = me + 0.5;
}
