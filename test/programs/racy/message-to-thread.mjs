// races: box. What is written after a message to a thread of a number is ordered with nothing that it does. (Where Node has no such messages, one to the Worker.)
import * as workerThreads from "node:worker_threads";

const { Worker, isMainThread, parentPort, workerData } = workerThreads;

if (isMainThread) {
  const box = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL(import.meta.url), { workerData: box });
  worker.once("message", () => {
    if (workerThreads.postMessageToThread) void workerThreads.postMessageToThread(worker.threadId, "go");
    else worker.postMessage("go");
    box[0] = 1;
  });
  worker.once("exit", () => console.log(box[0]));
} else {
  const hear = () => {
    workerData[0]++;
    process.exit();
  };
  if (workerThreads.postMessageToThread) process.on("workerMessage", hear);
  parentPort.on("message", hear);
  parentPort.postMessage("ready");
}
