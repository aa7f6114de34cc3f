// A waitAsync that times out enters the critical section of the waiter list, after a wait there that was in vain
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const folder = mkdtempSync(join(tmpdir(), "late-"));
  const memory = new SharedArrayBuffer(64);
  let left = 2;
  for (const me of [0, 1]) new Worker(new URL(import.meta.url), { workerData: { memory, me, folder } }).on("exit", () => { if (--left === 0) rmSync(folder, { recursive: true }); });
} else {
  const { memory, me, folder } = workerData;
  const cells = new Int32Array(memory);
  const mark = join(folder, "mark");
  if (me === 0) { cells[4] = 1; Atomics.wait(cells, 0, 1); writeFileSync(mark, ""); }
  else {
    while (!existsSync(mark));
    // Node does not wait for the promise by itself.
    const alive = setInterval(() => {}, 5);
    const { async, value } = Atomics.waitAsync(cells, 0, 0, 5);
    if (async) console.log(await value);
    clearInterval(alive);
    console.log(cells[4]);
  }
}
