// races: view. A DataView writes two bytes, of which the other reads one
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const buffer = new SharedArrayBuffer(16);
  for (const me of [0, 1]) new Worker(__filename, { workerData: { buffer, me } });
} else {
  const view = new DataView(workerData.buffer);
  if (workerData.me === 0) view.setInt16(2, 500);
  else console.log(view.getUint8(3));
}
