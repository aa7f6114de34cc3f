// A child with workers, shared memory and a child of its own; two children at a time.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const file = fileURLToPath(import.meta.url);
const [, , role, label] = process.argv;
if (!isMainThread) {
  for (let i = 0; i < 50; i++) Atomics.add(workerData, 0, 1);
  parentPort.postMessage("done");
} else if (role === "child") {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const workers = [1, 2].map(() => new Worker(new URL(import.meta.url), { workerData: counter }));
  await Promise.all(workers.map((worker) => once(worker, "exit")));
  const grandchild = fork(file, ["grandchild", label]);
  const [message] = await once(grandchild, "message");
  grandchild.disconnect();
  await once(grandchild, "exit");
  process.send([label, counter[0], message]);
  process.disconnect();
} else if (role === "grandchild") {
  process.send(`below ${label}`);
} else {
  const results = await Promise.all(["a", "b"].map(async (name) => {
    const child = fork(file, ["child", name]);
    const [[message], [code]] = await Promise.all([once(child, "message"), once(child, "exit")]);
    return [message, code];
  }));
  console.log(JSON.stringify(results));
}
