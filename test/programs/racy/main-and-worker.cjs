// races: cells. Main does not wait for the worker's end
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  new Worker(__filename, { workerData: cells });
  cells[0]++;
  console.log(cells[0]);
} else {
  const cells = workerData;
  cells[0]++;
}
