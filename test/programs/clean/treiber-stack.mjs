// A stack without locks; who has linked a node wrote it before
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(256);
  new Int32Array(memory)[1] = 1;
  const workers = [0, 1].map((me) => new Worker(new URL(import.meta.url), { workerData: { memory, me } }));
  let left = workers.length;
  for (const worker of workers) worker.on("exit", () => {
    if (--left > 0) return;
    const cells = new Int32Array(memory);
    let sum = 0;
    for (let node = cells[0]; node !== 0; node = cells[node]) sum += cells[node + 1];
    console.log(sum);
  });
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  // cells: 0 top, 1 next free; a node is two cells: next, value.
  for (let i = 1; i <= 4; i++) {
    const node = 2 * Atomics.add(cells, 1, 1);
    cells[node + 1] = me * 10 + i;
    for (;;) {
      const top = Atomics.load(cells, 0);
      cells[node] = top;
      if (Atomics.compareExchange(cells, 0, top, node) === top) break;
    }
  }
}
