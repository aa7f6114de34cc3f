import { workerData } from "node:worker_threads";
import { AudioReader, ParameterReader, RingBuffer } from "ringbuf.js";

const { audio, parameters, results, frames } = workerData;
const reader = new AudioReader(new RingBuffer(audio, Float32Array));
const told = new ParameterReader(new RingBuffer(parameters, Uint8Array));
const sums = new RingBuffer(results, Uint32Array);
const chunk = new Float32Array(16);
const change = { index: 0, value: 0 };
let sum = 0;
let read = 0;
let changes = 0;
while (read < frames || changes < 10) {
  const got = reader.dequeue(chunk);
  for (let i = 0; i < got; i++) sum += chunk[i];
  read += got;
  while (told.dequeueChange(change)) {
    changes++;
    if (change.value !== change.index * 1.5) throw new Error("a parameter is not what was written");
  }
}
sums.push(new Uint32Array([sum]));
sums.push(new Uint32Array([changes]));
