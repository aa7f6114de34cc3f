// A stream whose far end is a worker: what is written, in order, whole, also when the ring has to wrap; its end and its events.
const ThreadStream = require("thread-stream");
const { readFileSync, rmSync } = require("node:fs");
const { join } = require("node:path");
const { tmpdir } = require("node:os");

const dest = join(tmpdir(), `cp-thread-stream-${process.pid}.txt`);
const stream = new ThreadStream({
  bufferSize: 256,
  filename: join(__dirname, "workers", "thread-stream-worker.cjs"),
  workerData: { dest },
  sync: false,
});
stream.on("ready", () => console.log("ready"));
stream.on("told", (...args) => console.log("told", ...args));
stream.on("finish", () => console.log("finish"));
stream.on("close", () => {
  const text = readFileSync(dest, "utf8");
  rmSync(dest);
  console.log(text.length, text === expected, stream.closed);
});
let expected = "";
for (let i = 0; i < 100; i++) {
  const line = `line ${i} ${"é".repeat(i % 13)}\n`;
  expected += line;
  stream.write(line);
}
stream.end();
