// races: cells. That the worker has long ended when main reads is luck: nothing tells main so
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  new Worker(__filename, { workerData: cells });
  setTimeout(() => console.log(cells[0]), 400);
} else {
  const cells = workerData;
  cells[0] = 1;
}
