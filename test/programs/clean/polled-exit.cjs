// A Worker whose threadId is -1 has ended: who asks for it until it is has been told
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: cells });
  const look = () => {
    if (worker.threadId !== -1) return void setTimeout(look, 1);
    console.log(cells[0] + 1);
  };
  look();
} else {
  const cells = workerData;
  cells[0] = 41;
}
