import { Op, Status, TaskState } from "../../sync";
import { Kind, WaitFor, type TaskKind } from "../../trace";
import type { FailureBody } from "../../wire";
import { checkName, setOnce, timeout } from "./arguments";
import { TaskCrashed, TimeoutError } from "./errors";
import { Reference, recordBlock, recordGaveUp, recordTryFailed, runtime } from "./runtime";
import { words } from "./words";

const decoder = new TextDecoder();

export type TaskStateName = "running" | "finished" | "crashed" | "killed";

export class Task<R = unknown> {
  declare readonly id: number;
  declare readonly kind: TaskKind;
  declare readonly pid: number;

  constructor(reference: Reference, kind: TaskKind, pid: number) {
    setOnce<Task, "id" | "kind" | "pid">(this, { id: reference.id, kind, pid });
  }

  get name(): string {
    return runtime.driver.info(this.id).name;
  }

  set name(name: string) {
    checkName(name, "task");
    runtime.driver.rename(this.id, name);
    runtime.recorder.meta({ type: "task-update", id: this.id, name });
  }

  get state(): TaskStateName {
    const { state } = runtime.driver.info(this.id);
    if (state === TaskState.Finished) return "finished";
    if (state === TaskState.Crashed) return "crashed";
    return state === TaskState.Killed ? "killed" : "running";
  }

  join(timeoutMs?: number): R {
    const { driver, recorder, memory } = runtime;
    const limit = timeout(timeoutMs);
    const status = driver.perform(Op.Join, this.id, 0, 0, 0, limit, () => recordBlock(0, WaitFor.Join, limit, this.id));
    if (status === Status.TimedOut) recordGaveUp(0, WaitFor.Join, false);
    if (status === Status.Failed) recordTryFailed(0, WaitFor.Join);
    if (status !== Status.Done) throw new TimeoutError(words.joinTimedOut(this.name, limit ?? 0));
    const state = driver.value;
    recorder.sync(Kind.Join, this.id, driver.seq, driver.extra >>> 0);
    const bytes = driver.resultOf(this.id);
    if (state === TaskState.Finished) return (bytes.length === 0 ? undefined : memory.decodeMessage(bytes)) as R;
    if (state === TaskState.Killed) throw new TaskCrashed(words.killed(this.name), this.id, undefined, this.kind === "process" ? "SIGKILL" : undefined);
    const failure: FailureBody = bytes.length === 0 ? { message: "" } : (JSON.parse(decoder.decode(bytes)) as FailureBody);
    throw new TaskCrashed(words.crashed(this.name, failure.message), this.id, failure.exitCode, failure.signal);
  }

  kill(): void {
    const { driver, recorder } = runtime;
    recorder.flush();
    const { killed, seq } = driver.kill(this.id);
    if (killed) recorder.sync(Kind.Kill, this.id, seq);
  }
}

/** What this task has of the others: the same task is the same object. */
const tasks = new Map<number, WeakRef<Task>>();

/** The task of this id, as any task of the run sees it. */
export function taskOf(id: number, facts: { readonly kind: TaskKind; readonly pid: number; readonly name: string } = runtime.driver.info(id)): Task {
  const known = tasks.get(id)?.deref();
  if (known?.pid === facts.pid) return known;
  const task = new Task(new Reference(id, facts.name), facts.kind, facts.pid);
  tasks.set(id, new WeakRef(task));
  return task;
}
