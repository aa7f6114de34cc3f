// Ends: in the middle of a wait, of a loop, with workers of one's own, twice, before anything has begun, while it ends by itself.
const { Worker, MessageChannel } = require("node:worker_threads");
const { once } = require("node:events");

async function main() {
  const word = new Int32Array(new SharedArrayBuffer(8));
  const waits = new Worker("const { workerData } = require('worker_threads'); Atomics.add(workerData, 1, 1); Atomics.wait(workerData, 0, 0); Atomics.add(workerData, 1, 10);", { eval: true, workerData: word });
  while (Atomics.load(word, 1) === 0) await new Promise(setImmediate);
  console.log(await waits.terminate(), Atomics.load(word, 1), await waits.terminate(), waits.threadId);
  const early = new Worker("console.log('never seen')", { eval: true, stdout: true });
  console.log(await early.terminate());
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const nested = new Worker(
    `const { Worker, workerData, parentPort } = require("worker_threads");
     for (let i = 0; i < 2; i++) new Worker("for (;;) Atomics.add(require('worker_threads').workerData, 0, 1)", { eval: true, workerData });
     parentPort.postMessage("started");
     setInterval(() => {}, 1000);`,
    { eval: true, workerData: counter },
  );
  await once(nested, "message");
  while (Atomics.load(counter, 0) < 10) await new Promise(setImmediate);
  const ended = once(nested, "exit");
  await nested.terminate();
  console.log("nested", (await ended)[0]);
  const still = Atomics.load(counter, 0);
  await new Promise((done) => setTimeout(done, 50));
  console.log(Atomics.load(counter, 0) === still);
  for (let i = 0; i < 10; i++) {
    const quick = new Worker("require('worker_threads').parentPort.postMessage('last words')", { eval: true });
    await once(quick, "message");
    const code = await quick.terminate();
    // Undefined: it had ended by itself before.
    if (code !== 0 && code !== 1 && code !== undefined) console.log("an odd exit code", code);
  }
  const { port1, port2 } = new MessageChannel();
  const holder = new Worker("require('worker_threads').workerData.ref(); setInterval(() => {}, 1000)", { eval: true, workerData: port2, transferList: [port2] });
  port1.once("close", () => console.log("the port is closed"));
  await once(holder, "online");
  await holder.terminate();
  const exits = new Worker("const { Worker } = require('worker_threads'); new Worker('process.exit(3)', { eval: true }).on('exit', (code) => process.exit(code + 1))", { eval: true });
  console.log(await once(exits, "exit"));
}
main();
