import type { Memory, Traveller } from "../memory/types";
import { Atomic } from "./atomic";
import { ClosedError, NotOwnerError, TaskCrashed, TimeoutError } from "./errors";
import { MessageQueue } from "./message-queue";
import { Mutex } from "./mutex";
import { Reference, type SyncObject } from "./runtime";
import { Semaphore } from "./semaphore";
import { Process, Thread, self, spawn } from "./spawn";
import { Task, taskOf } from "./task";
import { mark, sleep, yieldNow } from "./time";

/** What `import … from "concurrency-playground"` gives. */
export function createApi(shared: { shared: unknown; sharedMemory: unknown }): object {
  return {
    __proto__: null,
    ...shared,
    spawn,
    Thread,
    Process,
    self,
    Atomic,
    Mutex,
    Semaphore,
    MessageQueue,
    sleep,
    yieldNow,
    mark,
    TaskCrashed,
    TimeoutError,
    NotOwnerError,
    ClosedError,
  };
}

function objectTraveller(type: new (reference: never) => SyncObject): Traveller {
  return {
    test: (value) => value instanceof type,
    toRef: (value) => ({ id: (value as SyncObject).id, data: (value as SyncObject).name }),
    fromRef: ({ id, data }) => new type(new Reference(id, String(data)) as never),
  };
}

/** Locks, queues, Atomics and tasks arrive as themselves wherever they are sent. */
export function registerTravellers(memory: Memory): void {
  for (const type of [Mutex, Semaphore, Atomic, MessageQueue]) memory.registerTraveller(type.name, objectTraveller(type));
  memory.registerTraveller("Task", {
    test: (value) => value instanceof Task,
    toRef: (value) => ({ id: (value as Task).id }),
    fromRef: ({ id }) => taskOf(id),
  });
}
