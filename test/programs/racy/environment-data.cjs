// races: cells. Shared memory that comes by the environment's data
const { Worker, isMainThread, setEnvironmentData, getEnvironmentData } = require("node:worker_threads");

if (isMainThread) {
  setEnvironmentData("memory", new SharedArrayBuffer(16));
  for (let i = 0; i < 2; i++) new Worker(__filename);
} else {
  const cells = new Int32Array(getEnvironmentData("memory"));
  cells[0]++;
}
