// races: cells. A channel orders what was written before the message
const { Worker, isMainThread, workerData, BroadcastChannel } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const channel = new BroadcastChannel("news");
  const worker = new Worker(__filename, { workerData: cells });
  channel.onmessage = () => { console.log(cells[0]); channel.close(); };
  worker.on("error", (error) => { throw error; });
} else {
  const cells = workerData;
  const channel = new BroadcastChannel("news");
  channel.postMessage("begun");
  cells[0] = 1;
  channel.close();
}
