import { once } from "node:events";
import { getHeapStatistics } from "node:v8";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

const TASKS = 8;
const one = () => new Worker(new URL(import.meta.url));
const size = async (worker) => (await once(worker, "message"))[0];
const end = (worker) => (worker.postMessage("go on"), once(worker, "exit"));
if (isMainThread) {
  const first = one(); // what only the first one needs is not counted
  await size(first);
  await end(first);
  const before = process.memoryUsage.rss();
  const workers = Array.from({ length: TASKS }, one);
  const sizes = (await Promise.all(workers.map(size))).sort((a, b) => a - b);
  const added = (process.memoryUsage.rss() - before) / 1e6 / TASKS;
  await Promise.all(workers.map(end));
  console.log(`BENCH ${sizes[TASKS / 2]} ADDED ${added}`);
} else {
  parentPort.postMessage(getHeapStatistics().total_heap_size / 1e6);
  parentPort.once("message", () => parentPort.close());
}
