// finds: cells. Two see a free place of one, and both take it
import { Worker, isMainThread, workerData } from "node:worker_threads";

const PLACES = 1;
if (isMainThread) {
  const memory = new SharedArrayBuffer(64);
  for (const me of [0, 1]) new Worker(new URL(import.meta.url), { workerData: { memory, me } });
} else {
  const { memory } = workerData;
  const cells = new Int32Array(memory);
  const free = Atomics.load(cells, 0) < PLACES;
  Atomics.add(cells, 1, 1);
  while (Atomics.load(cells, 1) < 2);
  if (free) Atomics.add(cells, 0, 1);
}
