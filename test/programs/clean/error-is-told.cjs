// The error event comes after what the worker did
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  worker.on("error", () => console.log(cells[0]));
} else {
  workerData[0] = 7;
  throw new Error("on purpose");
}
