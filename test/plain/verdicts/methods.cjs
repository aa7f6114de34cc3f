// What methods of typed arrays do to each other's elements in two threads.
const { Worker, isMainThread, workerData } = require("node:worker_threads");
if (isMainThread) {
  const numbers = new Float64Array(new SharedArrayBuffer(64));
  const worker = new Worker(__filename, { workerData: numbers });
  let filled = 0;
  for (let i = 0; i < 2000; i++) filled += numbers.fill(i, 2, 4).length;
  worker.on("exit", () => console.log(filled));
} else {
  let total = 0;
  for (let i = 0; i < 2000; i++) total += workerData.reduce((sum, x) => sum + x, 0);
  if (Number.isNaN(total)) throw new Error("never");
}
