// races: cells, done. Main's loop does not wait for a worker without a reference
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const done = new Int32Array(new SharedArrayBuffer(16));
  new Worker(__filename, { workerData: { cells, done } }).unref();
  const look = setInterval(() => {
    if (done[0] === 0) return;
    clearInterval(look);
    setTimeout(() => {}, 200);
  }, 5);
  process.once("beforeExit", () => console.log(cells[0]));
} else {
  const { cells, done } = workerData;
  cells[0] = 1;
  done[0] = 1;
}
