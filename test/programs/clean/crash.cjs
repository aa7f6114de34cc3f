// The error event of a worker that failed
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  worker.on("error", () => {});
  worker.on("exit", () => { cells[0]++; console.log(cells[0]); });
} else {
  const cells = workerData;
  cells[0] = 41;
  throw new Error("expected");
}
