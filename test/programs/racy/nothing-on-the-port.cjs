// races: cells. The second message is not the first: what was written after it
const { Worker, isMainThread, workerData, receiveMessageOnPort, MessageChannel } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const { port1, port2 } = new MessageChannel();
  new Worker(__filename, { workerData: { cells, port: port1, me: 0 }, transferList: [port1] });
  new Worker(__filename, { workerData: { cells, port: port2, me: 1 }, transferList: [port2] });
} else {
  const { cells, port, me } = workerData;
  if (me === 0) {
    port.postMessage("begins");
    cells[0] = 42;
    port.once("message", () => port.close());
  } else {
    while (receiveMessageOnPort(port) === undefined);
    console.log(cells[0]);
    port.postMessage("over");
  }
}
