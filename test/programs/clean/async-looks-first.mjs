// A waitAsync that times out after it has looked: the notify was for the value that it found
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(new URL(import.meta.url), { workerData: cells });
  Atomics.store(cells, 0, 1);
  Atomics.notify(cells, 0);
  worker.postMessage("go");
} else {
  parentPort.once("message", async () => {
    const alive = setInterval(() => {}, 5);
    const now = Atomics.load(workerData, 0);
    // Two at once, of which only the first has anything to wait for.
    const waits = [Atomics.waitAsync(workerData, 0, now, 20), Atomics.waitAsync(workerData, 0, now + 1, 20), Atomics.waitAsync(workerData, 0, now, 0)];
    for (const { value } of waits) console.log(await value);
    clearInterval(alive);
  });
}
