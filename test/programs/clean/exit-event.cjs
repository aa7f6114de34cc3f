// exit comes after all that the worker did
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  worker.on("exit", () => console.log(cells[0] + 1));
} else {
  const cells = workerData;
  cells[0] = 41;
  process.exit(0);
}
