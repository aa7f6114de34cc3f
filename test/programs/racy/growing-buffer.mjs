// races: cells. What a view that grows with its buffer reads, while another writes behind the old end
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(8, { maxByteLength: 64 });
  const cells = new Int32Array(memory);
  memory.grow(32);
  for (const me of [0, 1]) new Worker(new URL(import.meta.url), { workerData: { memory, me } });
  console.log(cells.length);
} else {
  const { memory, me } = workerData;
  const cells = new Int32Array(memory);
  if (me === 0) cells[5] = 1;
  else console.log(cells.at(5));
}
