// A port that goes through main to a third, and a message through it
const { Worker, isMainThread, workerData, parentPort, MessageChannel } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const { port1, port2 } = new MessageChannel();
  new Worker(__filename, { workerData: { cells, me: 0 } }).postMessage(port1, [port1]);
  new Worker(__filename, { workerData: { cells, me: 1 } }).postMessage(port2, [port2]);
} else {
  const { cells, me } = workerData;
  parentPort.once("message", (port) => {
    if (me === 0) {
      cells[0] = 42;
      port.postMessage("written");
      port.close();
    } else port.once("message", () => { console.log(cells[0]); port.close(); });
  });
}
