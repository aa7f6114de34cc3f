// The promise of terminate() tells of the end
const { Worker, isMainThread, parentPort, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  worker.once("message", async () => {
    await worker.terminate();
    console.log(++cells[0]);
  });
} else {
  const cells = workerData;
  parentPort.postMessage("begun");
  cells[0] = 41;
  setInterval(() => {}, 1000);
}
