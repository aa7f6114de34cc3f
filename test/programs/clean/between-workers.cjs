// Two workers with a channel of their own
const { Worker, isMainThread, workerData, MessageChannel } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const { port1, port2 } = new MessageChannel();
  new Worker(__filename, { workerData: { cells, port: port1, me: 0 }, transferList: [port1] });
  new Worker(__filename, { workerData: { cells, port: port2, me: 1 }, transferList: [port2] });
} else {
  const { cells, port, me } = workerData;
  if (me === 0) { cells[0] = 1; port.postMessage("yours"); port.once("message", () => { console.log(cells[0]); port.close(); }); }
  else port.once("message", () => { cells[0]++; port.postMessage("and back"); });
}
