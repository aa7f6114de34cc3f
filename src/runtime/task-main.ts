import { isMainThread, workerData } from "node:worker_threads";
import type { InitBody } from "../wire";
import { setLocale } from "./api/words";
import { runHost } from "./tasks/host";
import type { HostData, ThreadData } from "./tasks/host-messages";
import { runMain } from "./tasks/main";
import { readReply } from "./tasks/read-replies";
import type { PlainThreadData } from "./plain";
import { HOOKS_KEY } from "./plain/source-files";
import { runPlainThread, runThread } from "./tasks/thread";

export { initialize, load, resolve } from "./plain/hooks";

/** What every thread and process of a student's program begins with. */
function main(): void {
  if (!isMainThread) {
    // The thread of Node's own loader asks only for the hooks.
    if (Reflect.has(globalThis, Symbol.for(HOOKS_KEY))) return;
    const data = workerData as HostData | ThreadData | PlainThreadData | null;
    // The loader's thread of a Worker gets the Worker's own preload, too.
    if (data === null) return;
    setLocale(data.share.locale);
    switch (data.role) {
      case "host":
        runHost(data, __filename);
        return;
      case "task":
        runThread(data);
        return;
      case "plain":
        runPlainThread(data, __filename);
        return;
    }
  }
  const { body, bytes } = readReply();
  const init = body as InitBody;
  setLocale(init.locale);
  runMain(init, bytes);
}

main();
