// The promise of terminate() says that the worker has ended
const { Worker, isMainThread, workerData, parentPort } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  worker.once("message", async () => { await worker.terminate(); cells[0] = -1; console.log(cells[0]); });
} else {
  const cells = workerData;
  cells[0] = 1;
  parentPort.postMessage("begun");
  for (;;) cells[0]++;
}
