// waits: cells[0], cells[1]. Each waits for a notify of the other
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  new Worker(__filename, { workerData: cells });
  Atomics.wait(cells, 0, 0);
  Atomics.store(cells, 1, 1);
  Atomics.notify(cells, 1);
} else {
  const cells = workerData;
  Atomics.wait(cells, 1, 0);
  Atomics.store(cells, 0, 1);
  Atomics.notify(cells, 0);
}
