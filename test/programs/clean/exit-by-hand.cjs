// process.exit in a worker ends it, and exit tells
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  worker.on("exit", () => { cells[0]++; console.log(cells[0]); });
} else {
  workerData[0] = 7;
  process.exit(0);
}
