// A stack that overflows in the middle of an atomic operation leaves nothing behind that others would wait for.
const { Worker, isMainThread, workerData } = require("node:worker_threads");

function endless(words) {
  Atomics.add(words, 0, 1);
  endless(words);
}

function deep(frames, words) {
  if (frames === 0) endless(words);
  else deep(frames - 1, words);
}

if (isMainThread) {
  const words = new Int32Array(new SharedArrayBuffer(8));
  let caught = 0;
  for (let frames = 0; frames < 40; frames++) {
    try {
      deep(frames, words);
    } catch (error) {
      if (error instanceof RangeError) caught++;
    }
  }
  new Worker(__filename, { workerData: words }).on("exit", () => console.log(caught, words[0] > 40, Atomics.load(words, 1)));
} else {
  Atomics.add(workerData, 0, 1);
  Atomics.store(workerData, 1, 7);
}
