import workerThreads from "node:worker_threads";
import { Header } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import type { IdleBody } from "../../wire";
import { asyncWaits } from "../instrumentation/atomics";
import { hidden } from "./messages";
import type { PlainTask } from "./types";
import type { Workers } from "./workers";

// Node's own: the program gets others.
const { BroadcastChannel, MessageChannel, MessagePort } = workerThreads;
const { setTimeout } = globalThis;

/** What keeps an event loop alive, or lets it go on sleeping; Workers and ports have this in common. */
interface Referenced {
  hasRef(): boolean;
  ref(): void;
  unref(): void;
}

/** Part of a diagnostic report: a handle of the event loop, or (type "loop") whether it is alive. */
interface LoopEntry {
  readonly type: string;
  readonly is_active: boolean;
}

/** Turns of the event loop after which all that had been sent before the question has been received. */
const TURNS = 2;
/** After so many milliseconds the recorder's last timer has run out, too. */
const REST_MS = 25;

/** Resources that count as active though they may only lie there (standard output); the report tells. Others make the report needless. */
const QUIET: ReadonlySet<string> = new Set(["MessagePort", "PipeWrap", "TTYWrap"]);

/** Handles that are active while nothing is going on. What comes by `async` comes from other threads. */
const PASSIVE: ReadonlySet<string> = new Set(["async", "check", "prepare"]);

/**
 * Answers the supervisor, which asks where all other tasks wait for ever: whether this thread's event loop waits for nothing but other
 * threads, too. Then that is recorded as a wait. No answer means no, or not yet.
 */
export function answerWhetherIdle(self: PlainTask, workers: Workers): void {
  const { task, recorder, plain, arena } = self;
  let turns: workerThreads.MessageChannel | undefined;
  let left = 0;
  let restart: (() => void) | undefined;
  /** Number of the latest event of all threads when the turns began: what came before has been received after them. */
  let latest = 0;
  const look = (): void => {
    const idle = isIdle(workers) && Atomics.load(arena.words, Header.Seq) === latest;
    restart?.();
    restart = undefined;
    if (!idle) return;
    const { site } = recorder;
    recorder.site = workers.site;
    recorder.sync(Kind.Block, 0, 0, WaitFor.Event, -1);
    recorder.flush();
    recorder.site = site;
  };
  const turn = (): void => {
    turns ??= listening(() => (--left > 0 ? turn() : look()));
    turns.port1.postMessage(undefined);
  };
  const questions = new BroadcastChannel(plain.marker);
  questions.onmessage = (event): void => {
    if (restart || !(event.data as IdleBody).tasks.includes(task) || mayGoOn(workers)) return;
    restart = recorder.withoutTimer();
    left = TURNS;
    setTimeout(() => {
      latest = Atomics.load(arena.words, Header.Seq);
      turn();
    }, REST_MS).unref();
  };
  questions.unref();
}

function listening(listener: () => void): workerThreads.MessageChannel {
  const channel = new MessageChannel();
  channel.port2.on("message", listener);
  channel.port1.unref();
  channel.port2.unref();
  return channel;
}

/** Whether something keeps the thread going that can be seen at a glance. */
function mayGoOn(workers: Workers): boolean {
  return workers.ending || asyncWaits.limited > 0 || process.getActiveResourcesInfo().some((resource) => !QUIET.has(resource));
}

/** Whether nothing but another thread can give this one anything to do. */
function isIdle(workers: Workers): boolean {
  if (mayGoOn(workers)) return false;
  // What is left when these do not count is alive by itself. Nothing runs in between.
  const held = [...threadsOf(workers), ...activePorts()].filter((handle) => handle.hasRef());
  for (const handle of held) handle.unref();
  try {
    const entries = loopEntries();
    return entries.every(({ type, is_active: active }, i) => !active || PASSIVE.has(type) || (type === "timer" && !isProgramTimer(entries, i)));
  } finally {
    for (const handle of held) handle.ref();
  }
}

/** All timers of a program are one of the loop's: the one that Node makes together with its "check". The others are the engine's own. */
function isProgramTimer(entries: readonly LoopEntry[], index: number): boolean {
  return entries[index + 1]?.type === "check";
}

function threadsOf({ running }: Workers): Referenced[] {
  return [...running].map((worker) => hidden(worker, "kHandle")).filter((handle) => handle !== undefined) as Referenced[];
}

function activePorts(): Referenced[] {
  const handles = (Reflect.get(process, "_getActiveHandles") as () => unknown[]).call(process);
  return handles.filter((handle) => handle instanceof MessagePort) as unknown[] as Referenced[];
}

/** Unreferenced timers and the like wake a loop, too; only this tells of them. */
function loopEntries(): LoopEntry[] {
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  const before = report.excludeNetwork;
  // Names of connections would be looked up.
  if (before !== undefined) report.excludeNetwork = true;
  try {
    return (report.getReport() as { libuv: LoopEntry[] }).libuv;
  } finally {
    if (before !== undefined) report.excludeNetwork = before;
  }
}
