// What a test262 test expects of its host, by Node's own means: $262, with agents that are worker threads, and print().
const { MessageChannel, Worker, parentPort, receiveMessageOnPort, workerData } = require("node:worker_threads");
const { performance } = require("node:perf_hooks");
const vm = require("node:vm");

const still = new Int32Array(new SharedArrayBuffer(4));
const sleep = (ms) => void Atomics.wait(still, 0, 0, ms);
const monotonicNow = () => performance.now();

/** Of a test. Agents have the other one. */
function testHost() {
  const agents = [];
  const reports = [];
  const agent = {
    start(text) {
      const { port1, port2 } = new MessageChannel();
      const heard = new Int32Array(new SharedArrayBuffer(8));
      const prelude = `const $262 = require(${JSON.stringify(__filename)}).agentHost();\n`;
      const worker = new Worker(prelude + text, { eval: true, workerData: { port: port2, heard }, transferList: [port2] });
      worker.unref();
      port1.unref();
      agents.push({ port: port1, heard });
      // It must be there before anything is broadcast.
      while (Atomics.load(heard, 0) === 0) Atomics.wait(heard, 0, 0, 10);
    },
    broadcast(buffer, id) {
      for (const { port, heard } of agents) {
        const before = Atomics.load(heard, 1);
        port.postMessage({ buffer, id });
        while (Atomics.load(heard, 1) === before) Atomics.wait(heard, 1, before, 10);
      }
    },
    getReport() {
      for (const { port } of agents) {
        for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) reports.push(received.message);
      }
      return reports.length > 0 ? reports.shift() : null;
    },
    sleep,
    monotonicNow,
  };
  return {
    agent,
    global: globalThis,
    gc: () => globalThis.gc?.(),
    createRealm: () => ({ global: vm.runInNewContext("globalThis") }),
    evalScript: (text) => vm.runInThisContext(text),
    detachArrayBuffer: (buffer) => void structuredClone(buffer, { transfer: [buffer] }),
  };
}

function agentHost() {
  const { port, heard } = workerData;
  Atomics.store(heard, 0, 1);
  Atomics.notify(heard, 0);
  // What it waits for asynchronously would not keep it alive in Node.
  const alive = setInterval(() => {}, 1000);
  return {
    agent: {
      receiveBroadcast(body) {
        let received;
        while (!(received = receiveMessageOnPort(port))) sleep(1);
        Atomics.add(heard, 1, 1);
        Atomics.notify(heard, 1);
        const { buffer, id } = received.message;
        return body(buffer, id);
      },
      report: (value) => port.postMessage(String(value)),
      leaving: () => clearInterval(alive),
      sleep,
      monotonicNow,
    },
  };
}

/** How a test ends: once, by print() of an asynchronous one, by an error, or because its text has been run. */
function outcomeOf({ isAsync }) {
  let told = false;
  const alive = isAsync ? setInterval(() => {}, 1000) : undefined;
  const tell = (result) => {
    if (told) return;
    told = true;
    parentPort.postMessage(result);
    parentPort.close();
    clearInterval(alive);
  };
  const failed = (error) => tell(`${error?.constructor?.name}: ${error?.message}`);
  process.on("uncaughtException", failed);
  return {
    print: (text) => tell(text === "Test262:AsyncTestComplete" ? "passed" : String(text)),
    ended: () => {
      if (!isAsync) tell("passed");
    },
  };
}

module.exports = { agentHost, outcomeOf, testHost };
