// finds: cells. The value was another for a moment only
const { Worker, isMainThread, workerData, parentPort } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  Atomics.store(cells, 0, 1);
  Atomics.notify(cells, 0);
  Atomics.store(cells, 0, 0);
  worker.postMessage("go");
} else {
  parentPort.once("message", () => { Atomics.wait(workerData, 0, 0); });
}
