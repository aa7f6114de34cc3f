// finds: cells. One task stores, the other exchanges, and nobody looks at what was there
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(64));
  for (const me of [0, 1]) new Worker(new URL(import.meta.url), { workerData: { cells, me } });
} else {
  const { cells, me } = workerData;
  const seen = Atomics.load(cells, 0);
  Atomics.add(cells, 1, 1);
  while (Atomics.load(cells, 1) < 2);
  if (me === 0) Atomics.store(cells, 0, seen + 10);
  else {
    Atomics.exchange(cells, 0, seen + 1)
  }
}
