// The synchronous form: after write() the worker has it, after flushSync() it is written.
import ThreadStream from "thread-stream";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const dest = join(tmpdir(), `cp-thread-stream-sync-${process.pid}.txt`);
const stream = new ThreadStream({ filename: fileURLToPath(new URL("./workers/thread-stream-sync-worker.cjs", import.meta.url)), workerData: { dest }, sync: true });
stream.on("close", () => {
  console.log("closed", readFileSync(dest, "utf8").split("\n").length);
  rmSync(dest);
});
for (let i = 0; i < 10; i++) console.log(stream.write(`${i}\n`));
stream.flushSync();
console.log(readFileSync(dest, "utf8").split("\n").join(" "));
stream.end();
console.log(stream.writable, stream.destroyed);
