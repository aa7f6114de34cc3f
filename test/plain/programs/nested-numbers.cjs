// A Worker of a Worker is registered with the main thread by a message, that comes later than the end of one that the main thread made after it.
const { Worker, isMainThread, threadId, workerData } = require("node:worker_threads");
if (isMainThread) {
  const word = new Int32Array(new SharedArrayBuffer(16));
  const ended = (worker, name) => new Promise((resolve) => worker.on("exit", (code) => resolve(`${name} ${code}`)));
  const all = [];
  for (let round = 1; round <= 4; round++) {
    const outer = new Worker(__filename, { workerData: { word, role: "outer" } });
    all.push(ended(outer, "outer"));
    Atomics.wait(word, 0, round - 1);
    const short = new Worker(__filename, { workerData: { word, role: "short" } });
    all.push(ended(short, "short"));
    Atomics.wait(word, 1, round - 1);
    Atomics.wait(word, 2, 0, 200);
  }
  Promise.all(all).then((lines) => {
    Atomics.store(word, 2, 1);
    console.log(lines.join("\n"));
  });
} else if (workerData.role === "outer") {
  new Worker(__filename, { workerData: { ...workerData, role: "inner" } });
  Atomics.add(workerData.word, 0, 1);
  Atomics.notify(workerData.word, 0);
} else if (workerData.role === "short") {
  Atomics.add(workerData.word, 1, 1);
  Atomics.notify(workerData.word, 1);
}
