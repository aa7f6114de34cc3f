import { Kind, type TaskKind } from "../../trace";
import type { InstrumentationRuntime } from "../abi";
import { runtime } from "./runtime";
import { taskOf, type Task } from "./task";
import { words } from "./words";

/** A function that can begin a task: what `$cp.fn` makes of the first argument of spawn(). */
class SpawnTarget {
  constructor(
    readonly key: string,
    readonly captures: (() => Record<string, unknown>) | undefined,
    readonly name: string,
  ) {}
}

/** What a spawned task is given; as bytes, none where that is nothing. */
export interface Call {
  readonly args: readonly unknown[];
  readonly captures: Record<string, unknown> | undefined;
}

/** Stands for no arguments and no captures. */
const NO_CALL = new Uint8Array(0);

/** What is known of functions that were made, or declared, where a spawn may get at them. */
const known = new WeakMap<object, { readonly key: string; readonly captures: (() => Record<string, unknown>) | undefined }>();
let entry: unknown;

/** The part of `$cp` that spawning needs. */
export const taskInstrumentation: Pick<InstrumentationRuntime, "fn" | "def" | "made" | "entry"> = {
  fn(key, fn, captures, name) {
    const found = key === undefined ? (typeof fn === "function" ? known.get(fn) : undefined) : { key, captures };
    if (found === undefined) throw new TypeError(typeof fn === "function" ? words.notSpawnable(fn.name) : words.noFunction(typeof fn));
    return new SpawnTarget(found.key, found.captures, name ?? ((typeof fn === "function" && fn.name) || "task"));
  },
  def(key, fn) {
    if (typeof fn === "function") known.set(fn, { key, captures: undefined });
  },
  made(key, fn, captures) {
    known.set(fn as object, { key, captures });
    return fn;
  },
  entry(fn) {
    entry = fn;
  },
};

/** The function that the task's entry has named last. */
export function entryFunction(captures: Record<string, unknown> | undefined): (...args: readonly unknown[]) => unknown {
  const fn = captures === undefined ? entry : (entry as (captures: Record<string, unknown>) => unknown)(captures);
  if (typeof fn !== "function") throw new TypeError(words.noFunction(typeof fn));
  return fn as (...args: readonly unknown[]) => unknown;
}

function start(kind: TaskKind, fn: unknown, args: readonly unknown[]): Task {
  const target = fn instanceof SpawnTarget ? fn : (taskInstrumentation.fn(undefined, fn, undefined, undefined) as SpawnTarget);
  const { driver, recorder, memory, space, task } = runtime;
  const creation = runtime.nextCreation("task");
  const spawned = driver.spawn(
    {
      kind,
      key: target.key,
      name: target.name,
      identity: creation.identity,
      call: () => {
        const call: Call = { args, captures: target.captures?.() };
        // Mostly there is nothing to be given, and the new task need not load what reads it.
        if (args.length === 0 && call.captures === undefined) return NO_CALL;
        return memory.encodeMessage(call, kind === "process" ? "fork" : "same");
      },
    },
    (made) => {
      if (kind === "thread") recorder.meta({ type: "task", id: made.id, name: made.name, kind, pid: made.pid, parent: task, space });
      recorder.sync(Kind.Spawn, made.id, made.seq);
      recorder.flush();
    },
  );
  return spawned.made ? taskOf(spawned.id, { kind, pid: spawned.pid, name: spawned.name }) : taskOf(spawned.id);
}

export function spawn(fn: unknown, ...args: unknown[]): Task {
  return start(runtime.kind, fn, args);
}

export const Thread = { spawn: (fn: unknown, ...args: unknown[]): Task => start("thread", fn, args) };
export const Process = { spawn: (fn: unknown, ...args: unknown[]): Task => start("process", fn, args) };

export function self(): Task {
  return taskOf(runtime.task);
}
