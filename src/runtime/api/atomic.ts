import { ObjectCode, Op, Status } from "../../sync";
import { AtomicOp, Kind, WaitFor } from "../../trace";
import { int32, timeout, wholeNumber } from "./arguments";
import { Reference, SyncObject, recordBlock, recordGaveUp, recordTryFailed, runtime } from "./runtime";

export class Atomic extends SyncObject {
  constructor(initial: number | Reference = 0, name?: string) {
    if (initial instanceof Reference) super("Atomic", ObjectCode.Atomic, initial, 0);
    else super("Atomic", ObjectCode.Atomic, name, int32(initial, "initial"));
  }

  private operate(op: AtomicOp, operand: number, replacement: number): number {
    const { driver, recorder } = runtime;
    driver.perform(Op.Atomic, this.id, op, operand, replacement, 0, undefined);
    const { value, extra } = driver;
    const failed = op === AtomicOp.CompareExchange && value !== operand;
    recorder.sync(Kind.Atomic, this.id, driver.seq, failed ? AtomicOp.CompareExchangeFailed : op, value, extra);
    return value;
  }

  load(): number {
    return this.operate(AtomicOp.Load, 0, 0);
  }
  store(value: number): number {
    this.operate(AtomicOp.Store, int32(value, "value"), 0);
    return value | 0;
  }
  add(value: number): number {
    return this.operate(AtomicOp.Add, int32(value, "value"), 0);
  }
  sub(value: number): number {
    return this.operate(AtomicOp.Sub, int32(value, "value"), 0);
  }
  and(value: number): number {
    return this.operate(AtomicOp.And, int32(value, "value"), 0);
  }
  or(value: number): number {
    return this.operate(AtomicOp.Or, int32(value, "value"), 0);
  }
  xor(value: number): number {
    return this.operate(AtomicOp.Xor, int32(value, "value"), 0);
  }
  exchange(value: number): number {
    return this.operate(AtomicOp.Exchange, int32(value, "value"), 0);
  }
  compareExchange(expected: number, replacement: number): number {
    return this.operate(AtomicOp.CompareExchange, int32(expected, "expected"), int32(replacement, "replacement"));
  }

  wait(value: number, timeoutMs?: number): boolean {
    const { driver, recorder } = runtime;
    const expected = int32(value, "value");
    const limit = timeout(timeoutMs);
    let waited = false;
    const status = driver.perform(Op.AtomicWait, this.id, expected, 0, 0, limit, () => {
      waited = true;
      recorder.sync(Kind.Atomic, this.id, driver.firstSeq, AtomicOp.WaitLoad, expected, expected);
      recordBlock(this.id, WaitFor.AtomicValue, limit, expected);
    });
    if (!waited) recorder.sync(Kind.Atomic, this.id, driver.firstSeq, AtomicOp.WaitLoad, driver.value, driver.value);
    switch (status) {
      case Status.Done:
        if (waited) recorder.sync(Kind.AtomicWake, this.id, driver.seq, driver.extra >>> 0);
        return true;
      case Status.TimedOut:
        recordGaveUp(this.id, WaitFor.AtomicValue, false);
        return false;
      default:
        recordTryFailed(this.id, WaitFor.AtomicValue);
        return false;
    }
  }

  notify(count: number = Infinity): number {
    const { driver, recorder } = runtime;
    const most = count === Infinity ? 0x7fff_ffff : wholeNumber(count, "count", 0);
    driver.perform(Op.AtomicNotify, this.id, most, 0, 0, 0, undefined);
    const woken = driver.value;
    recorder.sync(Kind.AtomicNotify, this.id, driver.seq, woken);
    return woken;
  }
}
