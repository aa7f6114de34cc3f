// finds: cells. It does not wait for ever, but for its whole time
const { Worker, isMainThread, workerData, parentPort } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  Atomics.notify(cells, 0);
  worker.postMessage("go");
} else {
  parentPort.once("message", () => { Atomics.wait(workerData, 0, 0, 50); });
}
