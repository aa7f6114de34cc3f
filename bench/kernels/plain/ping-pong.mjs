import { Worker, isMainThread, parentPort } from "node:worker_threads";

const ROUNDS = 20_000;
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  let used;
  let began = 0;
  let rounds = 0;
  worker.on("message", (n) => {
    if (n === "ready") {
      used = process.cpuUsage();
      began = performance.now();
      worker.postMessage(0);
    } else if (++rounds < ROUNDS) worker.postMessage(n);
    else {
      const took = performance.now() - began;
      const { user, system } = process.cpuUsage(used);
      console.log(`BENCH ${took} ${(user + system) / 1000}`);
      worker.terminate();
    }
  });
} else {
  parentPort.on("message", (n) => parentPort.postMessage(n + 1));
  parentPort.postMessage("ready");
}
