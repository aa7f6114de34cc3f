// Nothing can go on any more, and nothing but the event loop of Node knows. The argument says how it comes to that.
import { BroadcastChannel, MessageChannel, Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const sleepForEver = (shared) => Atomics.wait(new Int32Array(shared), 0, 0);

function begin(how, shared) {
  const worker = (role) => new Worker(new URL(import.meta.url), { workerData: { how, shared, role } });
  switch (how) {
    case "idle main":
      worker("sleeper");
      worker("sleeper").on("exit", () => console.log("never"));
      break;
    case "timer over":
      worker("sleeper");
      setTimeout(() => console.log("over"), 50);
      break;
    case "top-level await":
      return new Promise((resolve) => worker("sleeper").on("message", resolve));
    case "all listen":
      worker("listener").on("message", () => console.log("never"));
      new MessageChannel().port1.on("message", () => console.log("never"));
      break;
    case "nested":
      worker("parent");
      break;
    case "forgotten notify":
      worker("async sleeper");
      break;
  }
}

if (isMainThread) {
  await begin(process.argv[2], new SharedArrayBuffer(4));
} else {
  const { how, shared, role } = workerData;
  if (role === "sleeper") sleepForEver(shared);
  if (role === "listener") {
    parentPort.on("message", () => console.log("never"));
    new BroadcastChannel("news").onmessage = () => console.log("never");
  }
  if (role === "async sleeper") {
    parentPort.on("message", () => {});
    Atomics.waitAsync(new Int32Array(shared), 0, 0).value.then(() => console.log("never"));
  }
  if (role === "parent") new Worker(new URL(import.meta.url), { workerData: { how, shared, role: "sleeper" } });
}
