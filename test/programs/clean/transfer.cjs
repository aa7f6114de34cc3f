// A buffer that is handed over is no shared memory
const { Worker, isMainThread, parentPort } = require("node:worker_threads");

if (isMainThread) {
  const bytes = new Uint8Array(8);
  const worker = new Worker(__filename);
  bytes[0] = 1;
  worker.postMessage(bytes, [bytes.buffer]);
  worker.once("message", (back) => console.log(back[0]));
} else {
  parentPort.once("message", (bytes) => { bytes[0]++; parentPort.postMessage(bytes, [bytes.buffer]); });
}
