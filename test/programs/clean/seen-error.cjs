// A worker's error comes after all that it did
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  worker.on("error", () => console.log(++cells[0]));
} else {
  const cells = workerData;
  cells[0] = 41;
  throw new Error("expected");
}
