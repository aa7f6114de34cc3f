// A waitAsync that times out enters the waiter list's critical section again
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
  if (me === 0) { cells[4] = 1; Atomics.notify(cells, 0); writeFileSync(mark, ""); }
  else {
    while (!existsSync(mark));
    const { async, value } = Atomics.waitAsync(cells, 0, 0, 5);
    if (async) console.log(await value);
    console.log(cells[4]);
  }
}
