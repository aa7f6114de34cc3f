// One memory in many guises: growable, in containers, through views, DataView and Buffer, there and back; waits of both kinds.
const { MessageChannel, Worker, isMainThread, parentPort, receiveMessageOnPort, workerData } = require("node:worker_threads");
const { once } = require("node:events");

async function main() {
  const growable = new SharedArrayBuffer(8, { maxByteLength: 64 });
  const follows = new Int32Array(growable);
  const bytes = new SharedArrayBuffer(32);
  const words = new Int32Array(new SharedArrayBuffer(16));
  const { port1, port2 } = new MessageChannel();
  const error = Object.assign(new Error("carries"), { cause: { words } });
  const worker = new Worker(__filename, { workerData: { growable, in: new Map([["set", new Set([bytes])]]), words, port: port2, cyclic: {} }, transferList: [port2] });
  const next = async () => (await once(worker, "message"))[0];
  console.log(await next(), follows.length, follows.at(-1), growable.byteLength);
  console.log(await next(), Buffer.from(bytes, 4, 8).toString("hex"), new DataView(bytes).getFloat64(16), Buffer.from(bytes).readUInt16BE(30));
  port1.postMessage({ again: [words.subarray(1), words], view: new DataView(bytes, 2, 6), error });
  console.log(await next());
  const [{ message }] = [receiveMessageOnPort(port1)];
  console.log(message.buffer.byteLength, message.length, message[0]);
  message[1] = 77;
  console.log(words[3]);
  console.log(Atomics.wait(words, 0, 0, 5_000), Atomics.load(words, 0));
  Atomics.store(words, 0, 0);
  const waiting = Atomics.waitAsync(words, 0, 0, 10_000);
  const alive = setInterval(() => {}, 1_000);
  // It may be there before the wait is seen to have ended.
  const woken = next();
  worker.postMessage("wake");
  console.log(waiting.async, await waiting.value);
  clearInterval(alive);
  console.log(Atomics.waitAsync(words, 0, 1).value, await woken);
  const results = new Int32Array(new SharedArrayBuffer(4));
  await Promise.all([1, 2, 3].map((n) => once(new Worker("const { workerData: [array, n] } = require('worker_threads'); for (let i = 0; i < 100; i++) Atomics.add(array, 0, n);", { eval: true, workerData: [results, n] }), "exit")));
  console.log(results[0]);
  port1.close();
}

function work() {
  const { growable, in: map, words, port } = workerData;
  growable.grow(24);
  new Int32Array(growable)[5] = 9;
  parentPort.postMessage(["grown", growable.growable, growable.maxByteLength]);
  const [bytes] = map.get("set");
  Buffer.from(bytes).fill("ab", 4, 7).writeUInt16BE(515, 30);
  new DataView(bytes).setFloat64(16, Math.PI);
  new Uint8Array(bytes, 8, 2).set([1, 2]);
  parentPort.postMessage("written");
  port.once("message", ({ again: [part, whole], view, error }) => {
    part[0] = 5;
    whole.set([6], 2);
    // First, so that it is there when main, told by the other port, takes it without waiting.
    port.postMessage(new Int32Array(words.buffer, 8));
    parentPort.postMessage([whole[1], part[1], view.byteOffset, view.getUint8(2), error.message, error.cause?.words?.[1]]);
    setTimeout(() => {
      Atomics.store(words, 0, 1);
      Atomics.notify(words, 0);
    }, 100);
  });
  parentPort.once("message", () => {
    while (Atomics.notify(words, 0) === 0);
    parentPort.postMessage("woken");
    port.close();
  });
}

if (isMainThread) main();
else work();
