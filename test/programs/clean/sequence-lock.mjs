// A reader that tries again; the data are atomic, too
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
  if (me === 0) {
    for (let i = 1; i <= 5; i++) { Atomics.add(cells, 0, 1); Atomics.store(cells, 1, i); Atomics.store(cells, 2, -i); Atomics.add(cells, 0, 1); }
  } else {
    for (;;) {
      const before = Atomics.load(cells, 0);
      const sum = Atomics.load(cells, 1) + Atomics.load(cells, 2);
      if (before % 2 === 0 && Atomics.load(cells, 0) === before) { console.log(sum); break; }
    }
  }
}
