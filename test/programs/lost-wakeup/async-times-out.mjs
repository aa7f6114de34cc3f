// finds: cells. The notify comes before the waitAsync, which waits for its whole time
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(new URL(import.meta.url), { workerData: cells });
  Atomics.notify(cells, 0);
  worker.postMessage("go");
} else {
  parentPort.once("message", async () => {
    // Node does not wait for the promise by itself.
    const alive = setInterval(() => {}, 5);
    const { value } = Atomics.waitAsync(workerData, 0, 0, 50);
    console.log(await value);
    clearInterval(alive);
  });
}
