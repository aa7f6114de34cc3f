// What a worker is given: limits, environment, arguments, streams; what may be transferred and what not.
import { once } from "node:events";
import { MessageChannel, SHARE_ENV, Worker, getEnvironmentData, markAsUntransferable, moveMessagePortToContext, resourceLimits, setEnvironmentData, threadId } from "node:worker_threads";
import vm from "node:vm";

const run = async (text, options) => {
  const worker = new Worker(text, { eval: true, ...options });
  const messages = [];
  worker.on("message", (message) => messages.push(message));
  worker.on("error", (error) => messages.push(error.code ?? error.name));
  const code = await new Promise((done) => worker.on("exit", done));
  return [...messages, code, worker.threadId, Object.keys(worker.resourceLimits)];
};
const head = "const { parentPort, workerData, resourceLimits, threadId, isMainThread, getEnvironmentData, setEnvironmentData, SHARE_ENV } = require('worker_threads');";

console.log(threadId, resourceLimits);
console.log(await run(`${head} parentPort.postMessage(resourceLimits)`, { resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 } }));
console.log(await run(`${head} const all = []; for (;;) all.push(new Array(1000).fill(all.length));`, { resourceLimits: { maxOldGenerationSizeMb: 24 } }));
console.log(await run(`${head} const deep = () => deep() + 1; try { deep(); } catch (error) { parentPort.postMessage(error.name); }`, { resourceLimits: { stackSizeMb: 1 } }));
console.log(await run(`${head} parentPort.postMessage([process.env.ONE, process.env.PATH, process.argv.slice(2), process.execArgv]); process.env.ONE = "changed"`, { env: { ONE: "1" }, argv: ["a", 2], execArgv: ["--no-warnings"] }), process.env.ONE);
console.log(await run("process.env.FROM_WORKER = 'seen'", { env: SHARE_ENV }), process.env.FROM_WORKER);
console.log(await run("process.env.FROM_COPY = 'unseen'"), process.env.FROM_COPY);

setEnvironmentData("key", new Map([["list", [1]]]));
setEnvironmentData(7, "seven");
console.log(await run(`${head} parentPort.postMessage([getEnvironmentData("key"), getEnvironmentData(7)]); setEnvironmentData(7, "mine"); parentPort.postMessage(getEnvironmentData(7))`), getEnvironmentData(7));
setEnvironmentData(7, undefined);
console.log(await run(`${head} parentPort.postMessage([getEnvironmentData(7)])`));

const worker = new Worker("process.stdin.on('data', (d) => process.stdout.write('<' + d + '>')); process.stderr.write('to stderr')", { eval: true, stdin: true, stdout: true, stderr: true });
let streams = "";
worker.stdout.setEncoding("utf8").on("data", (text) => (streams += text));
worker.stderr.setEncoding("utf8").on("data", (text) => (streams += `[${text}]`));
worker.stdin.end("fed");
await once(worker, "exit");
console.log([...streams].sort().join(""));

const kept = new ArrayBuffer(8);
markAsUntransferable(kept);
const moved = new ArrayBuffer(8);
const { port1, port2 } = new MessageChannel();
const attempt = (body) => {
  try {
    return body();
  } catch (error) {
    return `${error.name} ${error.code}`;
  }
};
console.log(attempt(() => port1.postMessage(kept, [kept])), kept.byteLength);
console.log(attempt(() => port1.postMessage([moved], [moved])), moved.byteLength);
console.log(attempt(() => port1.postMessage(moved, [moved])));
console.log(attempt(() => port1.postMessage(port1, [port1])));
console.log(attempt(() => port1.postMessage(0, [new SharedArrayBuffer(4)])));
console.log(attempt(() => port1.postMessage(0, [{}])), attempt(() => port1.postMessage(0, { transfer: [new ArrayBuffer(4)] })), attempt(() => port1.postMessage(0, 5)), attempt(() => port1.postMessage()));
const inContext = moveMessagePortToContext(port2, vm.createContext());
inContext.onmessage = ({ data }) => console.log("in another context", typeof data, data.byteLength ?? data.length);
inContext.start();
port1.postMessage(new SharedArrayBuffer(12));
setTimeout(() => port1.close(), 50);
