// races: cells. What is written after postMessage() is not in the message
const { Worker, isMainThread, parentPort } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename);
  cells[0] = 1;
  worker.postMessage(cells);
  cells[1] = 2;
} else {
  parentPort.once("message", (cells) => { console.log(cells[0]); cells[1] = 3; });
}
