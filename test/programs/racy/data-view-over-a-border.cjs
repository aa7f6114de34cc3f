// races: view. Eight bytes from the sixth on, and four in their middle
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const buffer = new SharedArrayBuffer(32);
  for (const me of [0, 1]) new Worker(__filename, { workerData: { buffer, me } });
} else {
  const view = new DataView(workerData.buffer);
  if (workerData.me === 0) view.setFloat64(6, 1.5);
  else console.log(view.getInt32(8));
}
