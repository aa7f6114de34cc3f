// Written, told to main, passed on to the other
const { Worker, isMainThread, workerData, parentPort } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const first = new Worker(__filename, { workerData: { cells, me: 0 } });
  const second = new Worker(__filename, { workerData: { cells, me: 1 } });
  first.once("message", (message) => second.postMessage(message));
} else {
  const { cells, me } = workerData;
  if (me === 0) {
    cells[0] = 42;
    parentPort.postMessage("written");
  } else parentPort.once("message", () => console.log(cells[0]));
}
