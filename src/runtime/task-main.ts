import { openSync } from "node:fs";
import { isMainThread, workerData } from "node:worker_threads";
import { CHILD_PIPES, type ChildEnvironment, type InitBody } from "../wire";
import { setLocale } from "./api/words";
import { runHost } from "./tasks/host";
import type { HostData, ThreadData } from "./tasks/host-messages";
import { runMain } from "./tasks/main";
import { readReply } from "./tasks/read-replies";
import type { PlainThreadData } from "./plain";
import { HOOKS_KEY } from "./plain/source-files";
import { usePipes } from "./tasks/sink";
import { runPlainThread, runThread } from "./tasks/thread";

export { initialize, load, resolve } from "./plain/hooks";

/** From `start/code-cache.ts`: keeps what the engine has compiled of this for the next run; undefined where that is done. */
declare const $keepCode: (() => void) | undefined;

/** What every thread and process of a student's program does first. */
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
  if (!joinRun()) return;
  const { body, bytes } = readReply();
  const init = body as InitBody;
  setLocale(init.locale);
  runMain(init, bytes, $keepCode);
}

/** A process that a plain program has started finds its pipes by name. False: they are not there, and nothing is recorded. */
function joinRun(): boolean {
  const told = process.env[CHILD_PIPES];
  if (told === undefined) return true;
  // The program is to find its environment as it was given.
  const { trace, replies, options } = JSON.parse(told) as ChildEnvironment;
  Reflect.deleteProperty(process.env, CHILD_PIPES);
  if (options === null) Reflect.deleteProperty(process.env, "NODE_OPTIONS");
  else process.env.NODE_OPTIONS = options;
  try {
    usePipes({ trace: openSync(trace, "w"), replies: openSync(replies, "r") });
    return true;
  } catch {
    return false;
  }
}

main();
