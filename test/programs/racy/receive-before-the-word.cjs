// races: shared. What is written after the message was sent
const { Worker, isMainThread, workerData, MessageChannel, receiveMessageOnPort } = require("node:worker_threads");

if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  const shared = new Int32Array(new SharedArrayBuffer(16));
  new Worker(__filename, { workerData: { shared, port: port2 }, transferList: [port2] });
  let message;
  while (!(message = receiveMessageOnPort(port1))) Atomics.wait(shared, 3, 0, 5);
  console.log(message.message, shared[1]);
  port1.close();
} else {
  const { shared, port } = workerData;
  port.postMessage("done");
  shared[1] = 42;
}
