// races: record. Numbers in a Buffer over shared memory, of which one begins where the other has not ended
import { Worker, isMainThread, workerData } from "node:worker_threads";

if (isMainThread) {
  const memory = new SharedArrayBuffer(32);
  for (const me of [0, 1]) new Worker(new URL(import.meta.url), { workerData: { memory, me } });
} else {
  const { memory, me } = workerData;
  const record = Buffer.from(memory, 8, 16);
  if (me === 0) record.writeUInt32LE(77, 4);
  else console.log(record.readUInt16LE(6));
}
