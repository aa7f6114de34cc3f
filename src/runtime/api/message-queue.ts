import { ObjectCode, Op, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import { timeout, wholeNumber } from "./arguments";
import { ClosedError, TimeoutError } from "./errors";
import { Reference, SyncObject, recordBlock, recordGaveUp, recordTryFailed, runtime } from "./runtime";
import { words } from "./words";

function capacityOf(capacity: number): number {
  return capacity === Infinity ? -1 : wholeNumber(capacity, "capacity", 0);
}

export class MessageQueue<T = unknown> extends SyncObject implements Iterable<T> {
  constructor(capacity: number | Reference = Infinity, name?: string) {
    if (capacity instanceof Reference) super("MessageQueue", ObjectCode.MessageQueue, capacity, -1);
    else super("MessageQueue", ObjectCode.MessageQueue, name, capacityOf(capacity));
  }

  send(message: T): void {
    const { driver, recorder, memory, messageTarget } = runtime;
    const bytes = memory.encodeMessage(message, messageTarget);
    const status = driver.send(this.id, bytes, () => recordBlock(this.id, WaitFor.QueueSpace, undefined));
    if (status === Status.Closed) this.throwClosed();
    recorder.sync(Kind.Send, this.id, driver.seq, driver.value, bytes.length);
  }

  private throwClosed(): never {
    runtime.recorder.sync(Kind.SawClosed, this.id, runtime.driver.seq);
    throw new ClosedError(words.closed(this.name));
  }

  /** Done: `message` holds it. */
  private take(timeoutMs: number | undefined, into: { message?: T }): Status {
    const { driver, recorder, memory } = runtime;
    const status = driver.perform(Op.Receive, this.id, 0, 0, 0, timeoutMs, () => recordBlock(this.id, WaitFor.Message, timeoutMs));
    switch (status) {
      case Status.Done: {
        recorder.sync(Kind.Receive, this.id, driver.seq, driver.value, driver.extra);
        into.message = memory.decodeMessage(driver.received()) as T;
        break;
      }
      case Status.TimedOut:
        recordGaveUp(this.id, WaitFor.Message, false);
        break;
      case Status.Failed:
        recordTryFailed(this.id, WaitFor.Message);
        break;
      default:
        break;
    }
    return status;
  }

  receive(timeoutMs?: number): T {
    const got: { message?: T } = {};
    const status = this.take(timeout(timeoutMs), got);
    if (status === Status.Closed) this.throwClosed();
    if (status !== Status.Done) throw new TimeoutError(words.receiveTimedOut(this.name, timeout(timeoutMs) ?? 0));
    return got.message as T;
  }

  tryReceive(): T | undefined {
    const got: { message?: T } = {};
    if (this.take(0, got) === Status.Closed) runtime.recorder.sync(Kind.SawClosed, this.id, runtime.driver.seq);
    return got.message;
  }

  close(): void {
    const { driver, recorder } = runtime;
    if (driver.perform(Op.Close, this.id, 0, 0, 0, 0, undefined) === Status.Done) recorder.sync(Kind.Close, this.id, driver.seq);
  }

  get length(): number {
    runtime.driver.perform(Op.Length, this.id, 0, 0, 0, 0, undefined);
    return runtime.driver.value;
  }

  *[Symbol.iterator](): Generator<T, undefined> {
    for (;;) {
      const got: { message?: T } = {};
      if (this.take(undefined, got) === Status.Closed) {
        runtime.recorder.sync(Kind.SawClosed, this.id, runtime.driver.seq);
        return undefined;
      }
      yield got.message as T;
    }
  }
}
