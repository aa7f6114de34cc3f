// The critical sections of a waiter list: who notifies in vain comes before whoever waits in vain later
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
    Atomics.wait(cells, 0, 1);
    console.log(cells[4]);
  }
}
