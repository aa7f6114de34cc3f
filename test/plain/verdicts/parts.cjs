// Two threads, one buffer, parts that only touch: no race.
const { Worker, isMainThread, workerData } = require("node:worker_threads");
if (isMainThread) {
  const memory = new SharedArrayBuffer(16);
  const worker = new Worker(__filename, { workerData: { deep: new Map([["memory", memory]]) } });
  const left = new Uint8Array(memory, 0, 5);
  for (let i = 0; i < 2000; i++) left[4] = i;
  worker.on("exit", () => console.log(left[4]));
} else {
  const right = new Uint8Array(workerData.deep.get("memory"), 5);
  for (let i = 0; i < 2000; i++) right[0]++;
}
