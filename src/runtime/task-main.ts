import { isMainThread, workerData } from "node:worker_threads";
import type { InitBody } from "../wire";
import { setLocale } from "./api/words";
import { runHost } from "./tasks/host";
import type { HostData, ThreadData } from "./tasks/host-messages";
import { runMain } from "./tasks/main";
import { readReply } from "./tasks/read-replies";
import type { PlainThreadData } from "./plain";
import { runPlainThread, runThread } from "./tasks/thread";

/** What every thread and process of a student's program begins with. */
function main(): void {
  if (!isMainThread) {
    const data = workerData as HostData | ThreadData | PlainThreadData;
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
