// One writer, one reader, a ring of shared memory between them, and audio frames and parameters through it.
import { Worker } from "node:worker_threads";
import { once } from "node:events";
import { AudioReader, AudioWriter, ParameterReader, ParameterWriter, RingBuffer } from "ringbuf.js";

const audio = RingBuffer.getStorageForCapacity(31, Float32Array);
const parameters = RingBuffer.getStorageForCapacity(31 * 5, Uint8Array);
const results = RingBuffer.getStorageForCapacity(15, Uint32Array);
const worker = new Worker(new URL("./workers/ringbuf-worker.mjs", import.meta.url), { workerData: { audio, parameters, results, frames: 500 } });

const local = new RingBuffer(RingBuffer.getStorageForCapacity(7, Int16Array), Int16Array);
console.log(local.capacity(), local.empty(), local.push(new Int16Array([1, 2, 3, 4, 5, 6, 7, 8, 9])), local.full(), local.available_read(), local.available_write());
const taken = new Int16Array(4);
console.log(local.pop(taken), taken.join(), local.push(new Int16Array([10, 11])), local.pop(new Int16Array(9)), local.empty(), local.type());
console.log(local.writeCallback(3, (first, second) => { first.fill(5); second.fill(6); return first.length + second.length; }));

const writer = new AudioWriter(new RingBuffer(audio, Float32Array));
const told = new ParameterWriter(new RingBuffer(parameters, Uint8Array));
const sums = new RingBuffer(results, Uint32Array);
const reader = new AudioReader(new RingBuffer(RingBuffer.getStorageForCapacity(4, Float32Array), Float32Array));
console.log(reader.availableRead(), new ParameterReader(new RingBuffer(RingBuffer.getStorageForCapacity(10, Uint8Array), Uint8Array)).dequeueChange({}));
let at = 0;
let sent = 0;
const chunk = new Float32Array(8);
const received = [];
const one = new Uint32Array(1);
while (at < 500 || received.length < 2) {
  if (at < 500) {
    const wanted = Math.min(8, 500 - at);
    for (let i = 0; i < wanted; i++) chunk[i] = at + i;
    at += writer.enqueue(chunk.subarray(0, wanted));
    if (sent < 10 && told.enqueueChange(sent, sent * 1.5)) sent++;
  }
  if (sums.pop(one) === 1) received.push(one[0]);
  await new Promise((done) => setImmediate(done));
}
const [code] = await once(worker, "exit");
console.log(received, sent, code);
