// Threads have the numbers that Node gives them, whatever other threads there are.
import { Worker, isMainThread, parentPort, threadId, workerData } from "node:worker_threads";

const ended = (worker) => new Promise((resolve) => worker.once("exit", resolve));
const told = (worker) => new Promise((resolve) => worker.once("message", resolve));

if (isMainThread) {
  const { join } = await import("node:path");
  console.log(threadId, typeof join);
  for (const wrong of [() => new Worker(5), () => new Worker("nowhere"), () => new Worker("", { eval: true, workerData: () => 1 })]) {
    try {
      wrong();
    } catch (error) {
      console.log(error.name, error.code);
    }
  }
  const workers = [0, 1].map(() => new Worker(new URL(import.meta.url), { workerData: 1 }));
  console.log(workers.map((worker) => worker.threadId));
  const seen = workers.map(told);
  const ends = workers.map(ended);
  for (const worker of workers) worker.postMessage("go");
  console.log(await Promise.all(seen));
  await Promise.all(ends);
  console.log(workers.map((worker) => worker.threadId));
  class Own extends Worker {}
  const last = new Own("const { parentPort, threadId } = require('worker_threads'); parentPort.postMessage(threadId)", { eval: true });
  console.log(last.threadId, await told(last));
} else {
  parentPort.once("message", async () => {
    const inner = workerData > 0 && threadId === 3 ? new Worker("", { eval: true }) : undefined;
    const number = inner?.threadId;
    if (inner) await ended(inner);
    parentPort.postMessage([threadId, number]);
  });
}
