// Messages taken from the port by hand, after a wait for the word that says that they are there
const { Worker, isMainThread, workerData, MessageChannel, receiveMessageOnPort } = require("node:worker_threads");

if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  const shared = new Int32Array(new SharedArrayBuffer(16));
  new Worker(__filename, { workerData: { shared, port: port2 }, transferList: [port2] });
  Atomics.wait(shared, 0, 0);
  const message = receiveMessageOnPort(port1);
  console.log(message.message, shared[1]);
  port1.close();
} else {
  const { shared, port } = workerData;
  shared[1] = 42;
  port.postMessage("done");
  Atomics.store(shared, 0, 1);
  Atomics.notify(shared, 0);
}
