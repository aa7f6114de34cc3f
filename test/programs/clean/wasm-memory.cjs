// Atomics on a shared memory of WebAssembly
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const cells = new Int32Array(memory.buffer);
  for (const me of [0, 1]) new Worker(__filename, { workerData: { buffer: memory.buffer, me } });
} else {
  const cells = new Int32Array(workerData.buffer);
  Atomics.add(cells, 3, 1);
}
