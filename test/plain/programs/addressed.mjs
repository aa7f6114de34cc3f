// A message goes to a thread by its number (Node 20.19, 22.5 and later), also when threads that others made have ended before.
import workerThreads, { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const told = (worker) => new Promise((resolve) => worker.once("message", resolve));
const ended = (worker) => new Promise((resolve) => worker.once("exit", resolve));

if (isMainThread) {
  const { postMessageToThread } = workerThreads;
  const workers = [0, 1, 2].map(() => new Worker(new URL(import.meta.url), { workerData: 2 }));
  const sent = async (text) => {
    if (!postMessageToThread) return;
    for (const worker of workers) {
      const reply = told(worker);
      await postMessageToThread(worker.threadId, text);
      console.log(await reply);
    }
  };
  await Promise.all(workers.map(told));
  await sent("before");
  for (const worker of workers) {
    const reply = told(worker);
    worker.postMessage("make");
    console.log(await reply);
  }
  await sent("after");
  for (const worker of workers.reverse()) {
    const end = ended(worker);
    worker.postMessage("end");
    console.log("exit", await end);
  }
} else {
  process.on("workerMessage", (text, source) => parentPort.postMessage([text, source]));
  parentPort.on("message", async (text) => {
    if (text === "end") return process.exit(0);
    const inner = Array.from({ length: workerData }, () => new Worker("", { eval: true }));
    await Promise.all(inner.map(ended));
    parentPort.postMessage("made and ended");
  });
  parentPort.postMessage("ready");
}
