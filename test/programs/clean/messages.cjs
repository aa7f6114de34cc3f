// Messages there and back
const { Worker, isMainThread, parentPort } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename);
  cells[0] = 1;
  worker.postMessage(cells);
  worker.once("message", () => { cells[0]++; console.log(cells[0]); });
} else {
  parentPort.once("message", (cells) => { cells[0]++; parentPort.postMessage("done"); });
}
