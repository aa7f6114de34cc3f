import type { ObjectCode } from "../../sync";
import { Kind, type ObjectType, type TaskKind, type WaitFor } from "../../trace";
import type { Creation } from "../context";
import type { Memory, MessageTarget } from "../memory/types";
import type { TaskRecorder } from "../recorder/types";
import type { TaskDriver } from "../tasks/driver";
import { checkName, setOnce } from "./arguments";

/** What the API acts with: one per thread, set before any student code runs. */
export interface ApiRuntime {
  readonly task: number;
  readonly space: number;
  /** What spawn() makes. */
  readonly kind: TaskKind;
  readonly driver: TaskDriver;
  readonly recorder: TaskRecorder;
  readonly memory: Memory;
  nextCreation(kindName: string): Creation;
  /** How far messages of queues and results may go. */
  readonly messageTarget: MessageTarget;
}

export let runtime: ApiRuntime;

export function bindRuntime(bound: ApiRuntime): void {
  runtime = bound;
  objects.clear();
}

/** What this task has of the run's objects: what comes to it again is the same (===) as before. */
const objects = new Map<number, WeakRef<SyncObject>>();

export function knownObject(id: number): SyncObject | undefined {
  return objects.get(id)?.deref();
}

/** An object that has come to this task by argument, message or shared memory. */
export class Reference {
  constructor(
    readonly id: number,
    readonly name: string,
  ) {}
}

/** What all locks, queues and Atomics have: an identity in the whole run and a name. */
export abstract class SyncObject {
  declare readonly id: number;
  declare readonly name: string;

  protected constructor(type: ObjectType, code: ObjectCode, given: string | Reference | undefined, initial: number, facts: { readonly mutex?: number } = {}) {
    if (given instanceof Reference) {
      setOnce<SyncObject, "id" | "name">(this, { id: given.id, name: given.name });
      objects.set(this.id, new WeakRef(this));
      return;
    }
    if (given !== undefined) checkName(given, type);
    const creation = runtime.nextCreation(type);
    const { id, made, seq } = runtime.driver.create(code, creation.identity, initial);
    setOnce<SyncObject, "id" | "name">(this, { id, name: given ?? creation.name ?? `${type} ${id}` });
    objects.set(id, new WeakRef(this));
    if (made) {
      const { name } = this;
      runtime.recorder.meta({ type: "object", id, objectType: type, name, initial, ...facts, ...(creation.site > 0 ? { site: creation.site } : {}) });
      runtime.recorder.sync(Kind.Create, id, seq);
    }
  }
}

/** Records that the task begins to wait, and writes out all it has done: what is known of a waiting task is complete. */
export function recordBlock(object: number, waitFor: WaitFor, timeoutMs: number | undefined, argument = 0): void {
  const { recorder } = runtime;
  recorder.sync(Kind.Block, object, 0, waitFor, timeoutMs === undefined || timeoutMs === Infinity ? -1 : timeoutMs, argument);
  // Where the supervisor decides who waits, it is awake.
  recorder.flush(runtime.messageTarget === "same");
}

export function recordGaveUp(object: number, waitFor: WaitFor, hopeless: boolean): void {
  runtime.recorder.sync(Kind.GaveUp, object, 0, waitFor, hopeless ? 1 : 0);
}

export function recordTryFailed(object: number, waitFor: WaitFor): void {
  runtime.recorder.sync(Kind.TryFailed, object, 0, waitFor);
}

/**
 * Records that this task did what only the holder may do. To be asked right after the operation, whose result is the holder.
 * @returns the holder's name; undefined: nobody holds it
 */
export function recordNotOwner(object: number, did: WaitFor): string | undefined {
  const holder = runtime.driver.value;
  runtime.recorder.sync(Kind.NotOwner, object, 0, did, holder < 0 ? 0 : holder + 1);
  return holder < 0 ? undefined : taskName(holder);
}

/** Runs `body`, then `release`, however it ends. The release belongs to the call that took the lock, not to the last access inside. */
export function holding<R>(body: () => R, release: () => void): R {
  const { recorder } = runtime;
  const { site } = recorder;
  try {
    return body();
  } finally {
    recorder.site = site;
    release();
  }
}

/** What gives back at the end of a `using` block, in the name of the call that took. Disposing once more does nothing, as is the custom. */
export function guarding(release: () => void): Disposable {
  const { recorder } = runtime;
  const { site } = recorder;
  let disposed = false;
  return {
    [Symbol.dispose]: () => {
      if (disposed) return;
      disposed = true;
      recorder.site = site;
      release();
    },
  };
}

/** A task as messages name it. */
export function taskName(id: number): string {
  return runtime.driver.info(id).name || `task ${id}`;
}
