// For a while all workers sleep without a limit, and main's event loop seems to have nothing to do. The argument says who ends that.
import { pbkdf2 } from "node:crypto";
import { createServer } from "node:http";
import { BroadcastChannel, Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const LONG_MS = 1400;

if (isMainThread) {
  const how = process.argv[2];
  const shared = new SharedArrayBuffer(8);
  const flags = new Int32Array(shared);
  const worker = new Worker(new URL(import.meta.url), { workerData: { shared, how } });
  worker.on("exit", (code) => console.log("exit", code));
  worker.once("message", () => {
    const wake = () => {
      Atomics.store(flags, 0, 1);
      console.log("woken", Atomics.notify(flags, 0));
    };
    switch (how) {
      case "timer":
        setTimeout(wake, LONG_MS);
        break;
      case "unreferenced timer":
        setTimeout(wake, LONG_MS).unref();
        break;
      case "signal that gives up":
        AbortSignal.timeout(LONG_MS).addEventListener("abort", wake);
        break;
      case "asynchronous wait":
        Atomics.waitAsync(flags, 1, 0, LONG_MS).value.then(wake);
        break;
      case "work of the thread pool":
        pbkdf2("password", "salt", 1_000_000, 64, "sha512", wake);
        break;
      case "server": {
        const server = createServer().listen(0, () => server.unref());
        const request = () => server.close(wake);
        setTimeout(request, LONG_MS).unref();
        break;
      }
      case "other worker":
        new Worker(`setTimeout(() => { const news = new BroadcastChannel("wake"); news.postMessage(1); news.close(); }, ${LONG_MS})`, { eval: true });
        new BroadcastChannel("wake").onmessage = (event) => {
          wake();
          event.target.close();
        };
        break;
    }
  });
} else {
  const flags = new Int32Array(workerData.shared);
  parentPort.postMessage("about to sleep");
  console.log(Atomics.wait(flags, 0, 0));
}
