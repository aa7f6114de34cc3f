import { ObjectCode, Op, Status } from "../../sync";
import { AtomicOp, Kind, WaitFor } from "../../trace";
import { Reference, SyncObject, recordBlock, recordGaveUp, recordTryFailed, runtime, timeout, wholeNumber } from "./runtime";

export class Atomic extends SyncObject {
  constructor(initial: number | Reference = 0, name?: string) {
    if (initial instanceof Reference) super("Atomic", ObjectCode.Atomic, initial, 0);
    else super("Atomic", ObjectCode.Atomic, name, initial | 0);
  }

  private operate(op: AtomicOp, operand: number, replacement: number): number {
    const { driver, recorder } = runtime;
    driver.perform(Op.Atomic, this.id, op, operand | 0, replacement | 0, 0, undefined);
    const { value, extra } = driver;
    const failed = op === AtomicOp.CompareExchange && value !== (operand | 0);
    recorder.sync(Kind.Atomic, this.id, driver.seq, failed ? AtomicOp.CompareExchangeFailed : op, value, extra);
    return value;
  }

  load(): number {
    return this.operate(AtomicOp.Load, 0, 0);
  }
  store(value: number): number {
    this.operate(AtomicOp.Store, value, 0);
    return value | 0;
  }
  add(value: number): number {
    return this.operate(AtomicOp.Add, value, 0);
  }
  sub(value: number): number {
    return this.operate(AtomicOp.Sub, value, 0);
  }
  and(value: number): number {
    return this.operate(AtomicOp.And, value, 0);
  }
  or(value: number): number {
    return this.operate(AtomicOp.Or, value, 0);
  }
  xor(value: number): number {
    return this.operate(AtomicOp.Xor, value, 0);
  }
  exchange(value: number): number {
    return this.operate(AtomicOp.Exchange, value, 0);
  }
  compareExchange(expected: number, replacement: number): number {
    return this.operate(AtomicOp.CompareExchange, expected, replacement);
  }

  wait(value: number, timeoutMs?: number): boolean {
    const { driver, recorder } = runtime;
    const expected = value | 0;
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
