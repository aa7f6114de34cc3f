import type { Memory, Traveller } from "../memory/types";
import { Atomic } from "./atomic";
import { Barrier } from "./barrier";
import { Condition, conditionTraveller } from "./condition";
import { ClosedError, NotOwnerError, TaskCrashed, TimeoutError } from "./errors";
import { Latch } from "./latch";
import { MessageQueue } from "./message-queue";
import { Mutex } from "./mutex";
import { Pipe } from "./pipe";
import { ReadWriteLock } from "./read-write-lock";
import { Reference, knownObject, type SyncObject } from "./runtime";
import { Semaphore } from "./semaphore";
import { Socket, socketTraveller } from "./socket";
import { Process, Thread, self, spawn } from "./spawn";
import { SpinLock } from "./spin-lock";
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
    SpinLock,
    ReadWriteLock,
    Condition,
    Barrier,
    Latch,
    MessageQueue,
    Pipe,
    Socket,
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
    fromRef: ({ id, data }) => knownObject(id) ?? new type(new Reference(id, String(data)) as never),
  };
}

/** Locks, queues, Atomics and tasks arrive as themselves wherever they are sent. */
export function registerTravellers(memory: Memory): void {
  for (const type of [Mutex, SpinLock, Semaphore, ReadWriteLock, Barrier, Latch, Atomic, MessageQueue, Pipe]) memory.registerTraveller(type.name, objectTraveller(type));
  memory.registerTraveller("Condition", conditionTraveller);
  memory.registerTraveller("Socket", socketTraveller);
  memory.registerTraveller("Task", {
    test: (value) => value instanceof Task,
    toRef: (value) => ({ id: (value as Task).id }),
    fromRef: ({ id }) => taskOf(id),
  });
}
