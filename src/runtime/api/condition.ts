import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import type { Traveller } from "../memory/types";
import { checkFunction, timeout, wholeNumber } from "./arguments";
import { NotOwnerError } from "./errors";
import { Mutex } from "./mutex";
import { Reference, SyncObject, knownObject, recordBlock, recordGaveUp, recordNotOwner, recordTryFailed, runtime } from "./runtime";
import { words } from "./words";

const ALL = 0x7fff_ffff;

function mutexId(mutex: unknown): number {
  if (mutex instanceof Mutex) return mutex.id;
  throw new TypeError(words.needsMutex);
}

export class Condition extends SyncObject {
  constructor(
    readonly mutex: Mutex,
    name?: string | Reference,
  ) {
    super("Condition", ObjectCode.Condition, name, mutexId(mutex), { mutex: mutexId(mutex) });
  }

  wait(timeoutMs?: number): boolean {
    const { driver, recorder } = runtime;
    const limit = timeout(timeoutMs);
    let waited = false;
    const status = driver.perform(Op.ConditionWait, this.id, 0, 0, 0, limit, () => {
      waited = true;
      recorder.sync(Kind.Unlock, this.mutex.id, driver.firstSeq, 1);
      recordBlock(this.id, WaitFor.Condition, limit);
    });
    if (status === Status.NotOwner) {
      const holder = recordNotOwner(this.id, WaitFor.Condition);
      throw new NotOwnerError(words.waitNeedsMutex(this.name, this.mutex.name, holder));
    }
    if (!waited) recorder.sync(Kind.Unlock, this.mutex.id, driver.firstSeq, 1);
    if (status === Status.Done) recorder.sync(Kind.ConditionWake, this.id, driver.seq, driver.extra >>> 0);
    else if (waited) recordGaveUp(this.id, WaitFor.Condition, status === Status.HolderDied);
    else recordTryFailed(this.id, WaitFor.Condition);
    this.mutex.lock();
    return status === Status.Done;
  }

  waitUntil(predicate: () => boolean, timeoutMs?: number): boolean {
    checkFunction(predicate, "waitUntil");
    const limit = timeout(timeoutMs);
    const deadline = limit === undefined ? Infinity : performance.now() + limit;
    // What the predicate accesses has sites of its own; it is this call that waits.
    const { recorder } = runtime;
    const { site } = recorder;
    while (!predicate()) {
      recorder.site = site;
      // Also with the time over: others get the mutex once, and the predicate the last word.
      if (!this.wait(Math.max(0, deadline - performance.now()))) return predicate();
    }
    return true;
  }

  notify(count: number = 1): void {
    this.wake(wholeNumber(count, "count", 0));
  }

  notifyAll(): void {
    this.wake(ALL);
  }

  private wake(count: number): void {
    const { driver, recorder } = runtime;
    driver.perform(Op.ConditionNotify, this.id, count, 0, 0, 0, undefined);
    recorder.sync(Kind.ConditionNotify, this.id, driver.seq, driver.value);
  }
}

interface ConditionData {
  readonly name: string;
  readonly mutex: number;
  readonly mutexName: string;
}

/** A condition takes its mutex along. */
export const conditionTraveller: Traveller = {
  test: (value) => value instanceof Condition,
  toRef: (value) => {
    const { id, name, mutex } = value as Condition;
    const data: ConditionData = { name, mutex: mutex.id, mutexName: mutex.name };
    return { id, data };
  },
  fromRef: ({ id, data }) => {
    const { name, mutex, mutexName } = data as ConditionData;
    const known = knownObject(mutex);
    return knownObject(id) ?? new Condition(known instanceof Mutex ? known : new Mutex(new Reference(mutex, mutexName)), new Reference(id, name));
  },
};
