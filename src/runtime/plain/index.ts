import workerThreads, { parentPort, type MessagePort } from "node:worker_threads";
import { syncBuiltinESMExports } from "node:module";
import { requestFrame, type ChildFacts, type Frame } from "../../wire";
import type { ChunkSink } from "../context";
import { afterExitListeners, onEmit } from "../exit-listeners";
import type { BootedTask } from "../tasks/boot";
import type { BufferRef } from "./shared-buffers";
import { Children } from "./children";
import { answerWhetherIdle } from "./idleness";
import { recordParent } from "./ipc";
import { Messages } from "./messages";
import { PlainModules, restoreEvaluated } from "./modules";
import { StripedOrder } from "./order";
import { replaceIn } from "./patch";
import type { PlainTask, PlainThreadData } from "./types";
import { Workers } from "./workers";
import type { Life } from "../tasks/life";

export { GUARD_BYTES, StripedOrder } from "./order";
export type { PlainShare, PlainTask, PlainThreadData } from "./types";

/** What a thread of a plain program knows of itself. */
export function plainTask(
  { recorder, memory, instrumentation, buffers }: BootedTask,
  parts: Pick<PlainTask, "task" | "share" | "arena" | "host" | "critical" | "perturbation"> & { readonly sink: ChunkSink },
): PlainTask {
  const { share, task, arena, critical, sink, perturbation, host } = parts;
  if (!share.plain || !buffers) throw new Error("not a plain program");
  return {
    ...parts,
    plain: share.plain,
    recorder,
    memory,
    buffers,
    instrumentation,
    order: new StripedOrder(share.guards, arena, task, critical, perturbation),
    write: (bytes) => sink.write(bytes),
    request: (code, body, bytes) => sink.write(requestFrame(task, code, body, bytes)),
    ask: (code, body) => {
      sink.write(requestFrame(task, code, body));
      return host.next() as Frame;
    },
  };
}

/** Prepares a thread for a plain program: nothing of the program's has run yet. */
export function installPlain(
  self: PlainTask,
  script: string,
  arrived: { readonly buffers: readonly BufferRef[]; readonly ports: readonly MessagePort[]; readonly name: string } | undefined,
  child: ChildFacts | null,
): void {
  const modules = new PlainModules(self, script);
  const messages = new Messages(self);
  modules.install();
  messages.install();
  const workers = new Workers(self, messages, modules, script);
  workers.install();
  answerWhetherIdle(self, workers);
  new Children(self, script).install();
  if (child?.channels) recordParent(self, child.channels);
  if (arrived) {
    messages.met(arrived.buffers, arrived.ports);
    messages.watch(parentPort, `from ${arrived.name}`);
  }
  // What programs import by name from Node's modules.
  syncBuiltinESMExports();
}

/** Tells a task's life what Node tells the program: uncaught errors, and after all of its listeners, the end. */
export function followProcess(life: Life, ended: (exitCode: number) => void): void {
  afterExitListeners(ended);
  let rejected: { readonly reason: unknown } | undefined;
  onEmit(
    () => {},
    (event, error, origin) => {
      if (event === "unhandledRejection") rejected = { reason: error };
      if (event !== "uncaughtExceptionMonitor") return;
      // What an ES module throws as it is evaluated has Node's own promise rejected, of which the program knows nothing.
      const ofPromise = origin === "unhandledRejection" && ((rejected !== undefined && error === rejected.reason) || (error as { code?: unknown } | null)?.code === "ERR_UNHANDLED_REJECTION");
      life.uncaught(error, ofPromise ? "rejection" : "exception");
    },
  );
}

/** What the program finds as its own of what it was started with. */
export function restoreWorkerData({ workerData, threadId, execArgv, evaluated }: Pick<PlainThreadData, "workerData" | "threadId" | "execArgv" | "evaluated">): void {
  if (evaluated) restoreEvaluated(evaluated);
  replaceIn(workerThreads, "workerData", workerData);
  replaceIn(workerThreads, "threadId", threadId);
  process.execArgv = [...execArgv];
}
