import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import { checkFunction, timeout, wholeNumber } from "./arguments";
import { TaskCrashed } from "./errors";
import { Reference, SyncObject, guarding, holding, recordBlock, recordGaveUp, recordTryFailed, runtime, taskName } from "./runtime";
import { words } from "./words";

export class Semaphore extends SyncObject {
  constructor(permits: number | Reference, name?: string) {
    if (permits instanceof Reference) super("Semaphore", ObjectCode.Semaphore, permits, 0);
    else super("Semaphore", ObjectCode.Semaphore, name, wholeNumber(permits, "permits", 0));
  }

  acquire(permits: number = 1): void {
    this.take(wholeNumber(permits, "permits", 1), undefined);
  }

  tryAcquire(timeoutMs: number = 0, permits: number = 1): boolean {
    return this.take(wholeNumber(permits, "permits", 1), timeout(timeoutMs));
  }

  private take(permits: number, timeoutMs: number | undefined): boolean {
    const { driver, recorder } = runtime;
    const status = driver.perform(Op.Acquire, this.id, permits, 0, 0, timeoutMs, () => recordBlock(this.id, WaitFor.Permits, timeoutMs, permits));
    switch (status) {
      case Status.Done:
        recorder.sync(Kind.Acquire, this.id, driver.seq, permits, timeoutMs === undefined ? 0 : 1);
        return true;
      case Status.HolderDied: {
        const holder = driver.value;
        recordGaveUp(this.id, WaitFor.Permits, true);
        throw new TaskCrashed(words.permitsLost(this.name, taskName(holder)), holder);
      }
      case Status.TimedOut:
        recordGaveUp(this.id, WaitFor.Permits, false);
        return false;
      default:
        recordTryFailed(this.id, WaitFor.Permits);
        return false;
    }
  }

  release(permits: number = 1): void {
    const { driver, recorder } = runtime;
    const count = wholeNumber(permits, "permits", 1);
    if (driver.perform(Op.Release, this.id, count, 0, 0, 0, undefined) === Status.Invalid) throw new RangeError(words.tooManyPermits(this.name));
    recorder.sync(Kind.Release, this.id, driver.seq, count);
  }

  withPermit<R>(body: () => R): R {
    checkFunction(body, "withPermit");
    this.acquire();
    return holding(body, () => this.release());
  }

  guard(): Disposable {
    this.acquire();
    return guarding(() => this.release());
  }

  get available(): number {
    runtime.driver.perform(Op.Available, this.id, 0, 0, 0, 0, undefined);
    return runtime.driver.value;
  }
}
