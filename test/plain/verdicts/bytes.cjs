// One thread writes bytes through a DataView, the other reads the same ones through a Buffer: nothing orders them.
const { Worker, isMainThread, workerData } = require("node:worker_threads");
if (isMainThread) {
  const memory = new SharedArrayBuffer(32);
  const view = new DataView(memory);
  const worker = new Worker(__filename, { workerData: memory });
  for (let i = 0; i < 2000; i++) view.setInt16(5, i);
  worker.on("exit", () => console.log(view.getInt16(5)));
} else {
  const buffer = Buffer.from(workerData, 4, 8);
  let sum = 0;
  for (let i = 0; i < 2000; i++) sum += buffer.readInt16BE(1);
  if (Number.isNaN(sum)) throw new Error("never");
}
