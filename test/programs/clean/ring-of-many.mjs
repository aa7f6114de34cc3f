// A ring for many producers and consumers: each cell has a number that says whose turn it is
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(64);
  new Int32Array(memory).set([0, 1, 2, 3], 2);
  const workers = [0, 1, 2, 3].map((me) => new Worker(new URL(import.meta.url), { workerData: { memory, me } }));
  let left = workers.length;
  for (const worker of workers) worker.on("exit", () => {
    if (--left > 0) return;
    const cells = new Int32Array(memory);
    
  });
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  // Vyukov's bounded queue. cells: 0 tail, 1 head, 2-5 numbers, 6-9 values.
  for (let i = 0; i < 6; i++) {
    const place = Atomics.add(cells, me < 2 ? 0 : 1, 1);
    const cell = place % 4;
    if (me < 2) {
      while (Atomics.load(cells, 2 + cell) !== place);
      cells[6 + cell] = i + 1;
      Atomics.store(cells, 2 + cell, place + 1);
    } else {
      while (Atomics.load(cells, 2 + cell) !== place + 1);
      const got = cells[6 + cell];
      if (got === 0) throw new Error("never");
      Atomics.store(cells, 2 + cell, place + 4);
    }
  }
}
