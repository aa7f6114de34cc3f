import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import { checkFunction } from "./arguments";
import { NotOwnerError, TaskCrashed } from "./errors";
import { SyncObject, guarding, holding, recordBlock, recordGaveUp, recordNotOwner, recordTryFailed, runtime, taskName, type Reference } from "./runtime";
import { words } from "./words";

/** After so many vain tries the trace tells that the task waits: most spins are over before. */
const TRIES_BEFORE_TELLING = 100;
/** Turns of an empty loop between two tries: they leave the lock's words to its holder. */
const PAUSE = 32;

export class SpinLock extends SyncObject {
  constructor(name?: string | Reference) {
    super("SpinLock", ObjectCode.SpinLock, name, 0);
  }

  lock(): void {
    for (let tries = 1; !this.take(false); tries++) {
      if (tries === TRIES_BEFORE_TELLING) recordBlock(this.id, WaitFor.Lock, undefined);
      for (let i = 0; i < PAUSE; i++);
    }
  }

  tryLock(): boolean {
    const taken = this.take(true);
    if (!taken) recordTryFailed(this.id, WaitFor.Lock);
    return taken;
  }

  private take(tried: boolean): boolean {
    const { driver, recorder } = runtime;
    switch (driver.perform(Op.SpinTry, this.id, 0, 0, 0, 0, undefined)) {
      case Status.Done:
        recorder.sync(Kind.Lock, this.id, driver.seq, tried ? 1 : 0);
        return true;
      case Status.HolderDied: {
        const holder = driver.value;
        recordGaveUp(this.id, WaitFor.Lock, true);
        throw new TaskCrashed(words.holderDied(this.name, taskName(holder)), holder);
      }
      default:
        return false;
    }
  }

  unlock(): void {
    const { driver, recorder } = runtime;
    if (driver.perform(Op.SpinUnlock, this.id, 0, 0, 0, 0, undefined) === Status.NotOwner) {
      const holder = recordNotOwner(this.id, WaitFor.Lock);
      throw new NotOwnerError(words.notOwner(this.name, holder));
    }
    recorder.sync(Kind.Unlock, this.id, driver.seq);
  }

  withLock<R>(body: () => R): R {
    checkFunction(body, "withLock");
    this.lock();
    return holding(body, () => this.unlock());
  }

  guard(): Disposable {
    this.lock();
    return guarding(() => this.unlock());
  }
}
