import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import { timeout, wholeNumber } from "./arguments";
import { TimeoutError } from "./errors";
import { Reference, SyncObject, recordBlock, recordTryFailed, runtime } from "./runtime";
import { words } from "./words";

export class Barrier extends SyncObject {
  constructor(parties: number | Reference, name?: string) {
    if (parties instanceof Reference) super("Barrier", ObjectCode.Barrier, parties, 0);
    else super("Barrier", ObjectCode.Barrier, name, wholeNumber(parties, "parties", 1));
  }

  wait(timeoutMs?: number): number {
    const { driver, recorder } = runtime;
    const limit = timeout(timeoutMs);
    let waited = false;
    const arrive = (): void => recorder.sync(Kind.BarrierArrive, this.id, driver.firstSeq, driver.extra >>> 0, driver.value);
    const status = driver.perform(Op.BarrierWait, this.id, 0, 0, 0, limit, () => {
      waited = true;
      arrive();
      recordBlock(this.id, WaitFor.Barrier, limit);
    });
    switch (status) {
      case Status.Done: {
        const order = driver.value;
        if (!waited) arrive();
        recorder.sync(Kind.BarrierDepart, this.id, driver.seq, driver.extra >>> 0);
        return order;
      }
      case Status.TimedOut:
        // With its number: the arrival is taken back before the round can be complete.
        recorder.sync(Kind.GaveUp, this.id, driver.seq, WaitFor.Barrier, 0);
        break;
      default:
        recordTryFailed(this.id, WaitFor.Barrier);
        break;
    }
    throw new TimeoutError(words.barrierTimedOut(this.name, limit ?? 0));
  }
}
