import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import { checkFunction, timeout } from "./arguments";
import { NotOwnerError, TaskCrashed } from "./errors";
import { SyncObject, guarding, holding, recordBlock, recordGaveUp, recordNotOwner, recordTryFailed, runtime, taskName, type Reference } from "./runtime";
import { words } from "./words";

export class Mutex extends SyncObject {
  constructor(name?: string | Reference) {
    super("Mutex", ObjectCode.Mutex, name, 0);
  }

  lock(): void {
    this.take(undefined);
  }

  tryLock(timeoutMs: number = 0): boolean {
    return this.take(timeout(timeoutMs));
  }

  private take(timeoutMs: number | undefined): boolean {
    const { driver, recorder } = runtime;
    const status = driver.perform(Op.Lock, this.id, 0, 0, 0, timeoutMs, () => recordBlock(this.id, WaitFor.Lock, timeoutMs));
    switch (status) {
      case Status.Done:
        recorder.sync(Kind.Lock, this.id, driver.seq, timeoutMs === undefined ? 0 : 1);
        return true;
      case Status.HolderDied: {
        const holder = driver.value;
        recordGaveUp(this.id, WaitFor.Lock, true);
        throw new TaskCrashed(words.holderDied(this.name, taskName(holder)), holder);
      }
      case Status.TimedOut:
        recordGaveUp(this.id, WaitFor.Lock, false);
        return false;
      default:
        recordTryFailed(this.id, WaitFor.Lock);
        return false;
    }
  }

  unlock(): void {
    this.release(false);
  }

  private release(atEnd: boolean): void {
    const { driver, recorder } = runtime;
    const status = driver.perform(Op.Unlock, this.id, 0, 0, 0, 0, undefined);
    // A wait for a condition inside did not get the mutex back from its dead holder, and has said so: there is nothing to give back.
    if (atEnd && status === Status.HolderDied) return;
    if (status !== Status.Done) {
      const holder = recordNotOwner(this.id, WaitFor.Lock);
      throw new NotOwnerError(words.notOwner(this.name, holder));
    }
    recorder.sync(Kind.Unlock, this.id, driver.seq);
  }

  withLock<R>(body: () => R): R {
    checkFunction(body, "withLock");
    this.lock();
    return holding(body, () => this.release(true));
  }

  guard(): Disposable {
    this.lock();
    return guarding(() => this.release(true));
  }

  get owner(): number | undefined {
    runtime.driver.perform(Op.Owner, this.id, 0, 0, 0, 0, undefined);
    return runtime.driver.value < 0 ? undefined : runtime.driver.value;
  }
}
