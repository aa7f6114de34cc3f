// Main's loop is empty only when its workers have ended
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  new Worker(__filename, { workerData: cells });
  process.once("beforeExit", () => console.log(++cells[0]));
} else {
  const cells = workerData;
  cells[0] = 41;
}
