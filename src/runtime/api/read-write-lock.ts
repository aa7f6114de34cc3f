import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import { checkFunction, timeout } from "./arguments";
import { NotOwnerError, TaskCrashed } from "./errors";
import { SyncObject, guarding, holding, recordBlock, recordGaveUp, recordNotOwner, recordTryFailed, runtime, taskName, type Reference } from "./runtime";
import { words } from "./words";

interface Side {
  readonly lock: Op;
  readonly unlock: Op;
  readonly waitFor: WaitFor;
  readonly locked: Kind;
  readonly unlocked: Kind;
}

const READ: Side = { lock: Op.LockRead, unlock: Op.UnlockRead, waitFor: WaitFor.ReadLock, locked: Kind.LockRead, unlocked: Kind.UnlockRead };
const WRITE: Side = { lock: Op.LockWrite, unlock: Op.UnlockWrite, waitFor: WaitFor.WriteLock, locked: Kind.LockWrite, unlocked: Kind.UnlockWrite };

export class ReadWriteLock extends SyncObject {
  constructor(name?: string | Reference) {
    super("ReadWriteLock", ObjectCode.ReadWriteLock, name, 0);
  }

  lockRead(): void {
    this.take(READ, undefined);
  }

  tryLockRead(timeoutMs: number = 0): boolean {
    return this.take(READ, timeout(timeoutMs));
  }

  unlockRead(): void {
    this.release(READ);
  }

  lockWrite(): void {
    this.take(WRITE, undefined);
  }

  tryLockWrite(timeoutMs: number = 0): boolean {
    return this.take(WRITE, timeout(timeoutMs));
  }

  unlockWrite(): void {
    this.release(WRITE);
  }

  private take(side: Side, timeoutMs: number | undefined): boolean {
    const { driver, recorder } = runtime;
    const status = driver.perform(side.lock, this.id, 0, 0, 0, timeoutMs, () => recordBlock(this.id, side.waitFor, timeoutMs));
    switch (status) {
      case Status.Done:
        recorder.sync(side.locked, this.id, driver.seq, timeoutMs === undefined ? 0 : 1);
        return true;
      case Status.HolderDied: {
        const holder = driver.value;
        recordGaveUp(this.id, side.waitFor, true);
        throw new TaskCrashed(words.holderDied(this.name, taskName(holder)), holder);
      }
      case Status.Invalid:
        throw new RangeError(words.tooManyReads(this.name));
      case Status.TimedOut:
        recordGaveUp(this.id, side.waitFor, false);
        return false;
      default:
        recordTryFailed(this.id, side.waitFor);
        return false;
    }
  }

  private release(side: Side): void {
    const { driver, recorder } = runtime;
    if (driver.perform(side.unlock, this.id, 0, 0, 0, 0, undefined) === Status.NotOwner) {
      const writer = recordNotOwner(this.id, side.waitFor);
      throw new NotOwnerError(side === READ ? words.notReader(this.name) : words.notWriter(this.name, writer));
    }
    recorder.sync(side.unlocked, this.id, driver.seq);
  }

  withRead<R>(body: () => R): R {
    checkFunction(body, "withRead");
    this.lockRead();
    return holding(body, () => this.unlockRead());
  }

  withWrite<R>(body: () => R): R {
    checkFunction(body, "withWrite");
    this.lockWrite();
    return holding(body, () => this.unlockWrite());
  }

  readGuard(): Disposable {
    this.lockRead();
    return guarding(() => this.unlockRead());
  }

  writeGuard(): Disposable {
    this.lockWrite();
    return guarding(() => this.unlockWrite());
  }
}
