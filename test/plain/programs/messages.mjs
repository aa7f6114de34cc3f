// Every way of a message between threads; what is printed depends on none of them being changed.
import { once } from "node:events";
import { BroadcastChannel, MessageChannel, Worker, getEnvironmentData, isMainThread, parentPort, receiveMessageOnPort, setEnvironmentData, workerData } from "node:worker_threads";

if (isMainThread) {
  setEnvironmentData("greeting", { text: "hello" });
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL(import.meta.url), { workerData: { port: port2, list: [1, 2] }, transferList: [port2], name: "echo" });
  worker.postMessage(["first", new Map([["key", new Set([1n])]])]);
  const [answer] = await once(worker, "message");
  console.log("answer", answer);
  const [through] = await once(port1, "message");
  console.log("through the port", through);
  port1.close();
  const channel = new BroadcastChannel("all");
  channel.onmessage = (event) => {
    console.log("broadcast", event.data);
    channel.close();
  };
  worker.postMessage("speak");
  const [code] = await once(worker, "exit");
  console.log("exit", code);
  const pair = new MessageChannel();
  pair.port1.postMessage({ n: 1 });
  pair.port1.postMessage(undefined);
  console.log(receiveMessageOnPort(pair.port2), receiveMessageOnPort(pair.port2), receiveMessageOnPort(pair.port2));
  const bytes = new Uint8Array([1, 2, 3]);
  pair.port1.postMessage(bytes, [bytes.buffer]);
  console.log(bytes.length, receiveMessageOnPort(pair.port2).message);
  try {
    pair.port1.postMessage(() => 1);
  } catch (error) {
    console.log(error.name, error.message);
  }
  pair.port1.close();
} else {
  console.log("data", workerData.list, getEnvironmentData("greeting"), process.execArgv, process.argv.length);
  parentPort.on("message", (message) => {
    if (message === "speak") {
      const channel = new BroadcastChannel("all");
      channel.postMessage({ from: "worker" });
      setTimeout(() => {
        channel.close();
        parentPort.close();
      }, 50);
      return;
    }
    parentPort.postMessage(message);
    workerData.port.postMessage("direct");
    workerData.port.close();
  });
}
