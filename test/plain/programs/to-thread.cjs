// Messages to threads by their numbers, where Node has them: what arrives and by whom, and what is wrong with others.
const workerThreads = require("node:worker_threads");
const { Worker, isMainThread, parentPort, threadId, workerData } = workerThreads;
const { postMessageToThread } = workerThreads;

async function errorOf(promise) {
  try {
    return await promise;
  } catch (error) {
    return `${error.name} ${error.code}`;
  }
}

async function main() {
  const heard = [];
  const answered = new Promise((resolve) => {
    process.on("workerMessage", (value, source) => {
      heard.push(`${source}: ${JSON.stringify(value)}`);
      if (heard.length === 2) resolve();
    });
  });
  const workers = [1, 2].map((n) => new Worker(__filename, { workerData: n }));
  await Promise.all(workers.map((worker) => new Promise((ready) => worker.once("message", ready))));
  const word = new Int32Array(new SharedArrayBuffer(4));
  word[0] = 7;
  console.log(await errorOf(postMessageToThread(workers[0].threadId, { word, next: workers[1].threadId })));
  await answered;
  console.log(heard.join("\n"), word[0]);
  console.log(await errorOf(postMessageToThread(threadId, 1)), await errorOf(postMessageToThread(99, 1)), await errorOf(postMessageToThread(workers[0].threadId, () => 1)), await errorOf(postMessageToThread(workers[0].threadId, 1, -1)));
  for (const worker of workers) worker.postMessage("end");
}

if (typeof postMessageToThread !== "function") console.log("not in this Node");
else if (isMainThread) void main();
else {
  process.on("workerMessage", async (value, source) => {
    if (workerData === 1) {
      value.word[0]++;
      await postMessageToThread(0, { seen: value.word[0], source });
      await postMessageToThread(value.next, value);
    } else {
      value.word[0]++;
      await postMessageToThread(0, [value.word[0], source]);
    }
  });
  parentPort.once("message", () => process.exit());
  parentPort.postMessage("ready");
}
