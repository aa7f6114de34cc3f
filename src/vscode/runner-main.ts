/**
 * The process between the extension host and the student's processes: compiles, supervises and analyses runs.
 * It ends, and with it all that it started, when its channel to the extension host closes.
 */
import type { RunHandle } from "../run/types";
import { preload, startSession } from "../session";
import { type CompareOptions, startComparison } from "../session/compare";
import type { FromRunner, ToRunner } from "./runner-messages";
import { TraceBatch } from "./trace-batch";

/** How long the runs may take to end before the runner goes without them. */
const GRACE = 2000;

/** A runner that is started for a run gets it within this time. */
const PRELOAD_AFTER = 50;

let current: { run: number; stop(reason?: string): void; ended: Promise<unknown> } | undefined;
let ending = false;

function tell(message: FromRunner): void {
  if (process.connected) process.send?.(message);
}

function startRun(run: number, options: Parameters<typeof startSession>[0]): void {
  const batch = new TraceBatch((bytes) => tell({ type: "trace", run, bytes }));
  const handle: RunHandle = startSession(options, {
    onTrace: (chunk) => batch.add(chunk),
    onFindings: (findings) => {
      batch.flush();
      tell({ type: "findings", run, findings });
    },
    onEnd: (result, report) => {
      batch.flush();
      if (current?.run === run) current = undefined;
      tell({ type: "end", run, result, report });
    },
  });
  supervise(run, { stop: (reason) => handle.stop("killed", reason), ended: handle.ended });
}

function compare(run: number, options: CompareOptions): void {
  const handle = startComparison(options, {
    onProgress: (done, of, comparison) => tell({ type: "progress", run, done, of, comparison: comparison ?? null }),
  });
  const ended = handle.ended.then(({ result, report }) => {
    if (current?.run === run) current = undefined;
    tell({ type: "compared", run, result, comparison: report.comparison ?? null });
  });
  supervise(run, { stop: (reason) => handle.stop(reason), ended });
}

function supervise(run: number, handle: { stop(reason?: string): void; ended: Promise<unknown> }): void {
  const mine = { run, ...handle };
  current = mine;
  void handle.ended.then(() => {
    if (current === mine) current = undefined;
  }, fail);
}

function receive(message: ToRunner): void {
  switch (message.type) {
    case "run":
      startRun(message.run, message.options);
      return;
    case "compare":
      compare(message.run, message.options);
      return;
    case "stop":
      if (current?.run === message.run) current.stop(message.reason);
      return;
    default:
      message satisfies never;
  }
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code), GRACE);
  if (current) {
    current.stop();
    await current.ended;
  }
  process.exit(code);
}

function fail(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const gone = (): void => void end(1).catch(() => process.exit(1));
  if (!process.connected || !process.send) gone();
  else process.send({ type: "failure", message, stack: stack ?? message } satisfies FromRunner, gone);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.on("disconnect", () => void end(0).catch(fail));
process.on("SIGTERM", () => void end(0).catch(fail));
// A Ctrl+C in the terminal that started the editor is the editor's to handle: it closes the channel.
process.on("SIGINT", () => undefined);
process.on("message", (message: ToRunner) => receive(message));
// Loads the compiler ahead, unless a run is here already: that one starts its first process before it compiles.
setTimeout(() => {
  if (!current) preload();
  tell({ type: "ready" });
}, PRELOAD_AFTER);
