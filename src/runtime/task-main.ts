import { isMainThread, workerData } from "node:worker_threads";
import type { InitBody } from "../wire";
import { setLocale } from "./api/words";
import { runHost } from "./tasks/host";
import type { HostData, ThreadData } from "./tasks/host-messages";
import { runMain } from "./tasks/main";
import { readReply } from "./tasks/read-replies";
import { runThread } from "./tasks/thread";

/** What every thread and process of a student's program begins with. */
function main(): void {
  if (!isMainThread) {
    const data = workerData as HostData | ThreadData;
    setLocale(data.share.locale);
    if (data.role === "host") runHost(data, __filename);
    else runThread(data);
    return;
  }
  const { body, bytes } = readReply();
  const init = body as InitBody;
  setLocale(init.locale);
  runMain(init, bytes);
}

main();
