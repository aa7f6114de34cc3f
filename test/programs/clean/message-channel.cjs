// A port handed over, and messages through it
const { Worker, isMainThread, workerData, MessageChannel } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(__filename, { workerData: { cells, port: port2 }, transferList: [port2] });
  cells[1] = 5;
  port1.postMessage("go");
  port1.on("message", (text) => { console.log(text, cells[1]); port1.close(); });
  worker.on("error", (error) => { throw error; });
} else {
  const { cells, port } = workerData;
  port.once("message", () => { cells[1]++; port.postMessage("done"); port.close(); });
}
