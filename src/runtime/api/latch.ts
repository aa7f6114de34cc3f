import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import { timeout, wholeNumber } from "./arguments";
import { Reference, SyncObject, recordBlock, recordGaveUp, recordTryFailed, runtime } from "./runtime";

export class Latch extends SyncObject {
  constructor(count: number | Reference, name?: string) {
    if (count instanceof Reference) super("Latch", ObjectCode.Latch, count, 0);
    else super("Latch", ObjectCode.Latch, name, wholeNumber(count, "count", 0));
  }

  countDown(n: number = 1): void {
    const { driver, recorder } = runtime;
    const by = wholeNumber(n, "n", 1);
    driver.perform(Op.LatchCountDown, this.id, by, 0, 0, 0, undefined);
    recorder.sync(Kind.LatchCountDown, this.id, driver.seq, by, driver.value);
  }

  wait(timeoutMs?: number): boolean {
    const { driver, recorder } = runtime;
    const limit = timeout(timeoutMs);
    switch (driver.perform(Op.LatchWait, this.id, 0, 0, 0, limit, () => recordBlock(this.id, WaitFor.Latch, limit))) {
      case Status.Done:
        recorder.sync(Kind.LatchPass, this.id, driver.seq);
        return true;
      case Status.TimedOut:
        recordGaveUp(this.id, WaitFor.Latch, false);
        return false;
      default:
        recordTryFailed(this.id, WaitFor.Latch);
        return false;
    }
  }
}
