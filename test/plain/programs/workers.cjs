// Workers by text, nested, terminated, failing, with their own streams.
const { Worker, isMainThread, threadId } = require("node:worker_threads");
const { once } = require("node:events");

async function main() {
  const evaluated = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.postMessage(workerData + 1); console.log('from eval', __filename)", { eval: true, workerData: 41 });
  const [message] = await once(evaluated, "message");
  await once(evaluated, "exit");
  console.log("eval", message);

  const nested = new Worker(
    `const { Worker, parentPort } = require("worker_threads");
     const inner = new Worker('require("worker_threads").parentPort.postMessage("deep")', { eval: true });
     inner.on("message", (m) => parentPort.postMessage("passed on: " + m));`,
    { eval: true },
  );
  console.log((await once(nested, "message"))[0], (await once(nested, "exit"))[0]);

  const endless = new Worker("for (;;);", { eval: true });
  await once(endless, "online");
  console.log("terminated", await endless.terminate());

  const failing = new Worker("throw new TypeError('on purpose')", { eval: true });
  failing.on("error", (error) => console.log("error", error.name, error.message));
  console.log("failed", await new Promise((resolve) => failing.on("exit", resolve)));

  const quitting = new Worker("process.on('exit', (c) => console.log('leaving', c)); process.exit(7)", { eval: true });
  console.log("quit", (await once(quitting, "exit"))[0]);

  const quiet = new Worker("console.log('only for the program')", { eval: true, stdout: true });
  let text = "";
  quiet.stdout.setEncoding("utf8").on("data", (piece) => (text += piece));
  await once(quiet, "exit");
  console.log("its output:", text.trim());

  try {
    new Worker("x", { eval: true, workerData: () => 1 });
  } catch (error) {
    console.log(error.name);
  }
  try {
    new Worker("relative.js");
  } catch (error) {
    console.log(error.code);
  }
  class Named extends Worker {
    hello() {
      return "a subclass";
    }
  }
  const named = new Named("1", { eval: true });
  console.log(named.hello(), named instanceof Worker, named.threadId > threadId, Worker.name);
  await once(named, "exit");
}

if (isMainThread) void main();
