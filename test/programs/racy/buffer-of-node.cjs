// races: bytes. A Buffer over shared memory, filled by one and read by the other
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  const buffer = new SharedArrayBuffer(16);
  for (const me of [0, 1]) new Worker(__filename, { workerData: { buffer, me } });
} else {
  const bytes = Buffer.from(workerData.buffer);
  if (workerData.me === 0) bytes.write("hello");
  else console.log(bytes.toString("utf8", 4, 5));
}
