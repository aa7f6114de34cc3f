// races: cells. The memory of WebAssembly may be shared, too
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const cells = new Int32Array(memory.buffer);
  for (const me of [0, 1]) new Worker(__filename, { workerData: { buffer: memory.buffer, me } });
} else {
  const cells = new Int32Array(workerData.buffer);
  cells[3]++;
}
