import { Op, STREAM_CAPACITY, Status, spanOf } from "../../sync";
import { Kind, SYSTEM_FULL, WaitFor } from "../../trace";
import { wholeNumber } from "./arguments";
import { ClosedError } from "./errors";
import { recordBlock, runtime } from "./runtime";
import { words } from "./words";

const encoder = new TextEncoder();
const NEWLINE = 10;

/** One direction of a pipe or a connection, as one task uses it. */
export class ByteStream {
  /**
   * @param owner the pipe or connection, as the trace knows it
   * @param stream id of the stream of bytes
   * @param direction of the trace's events
   */
  constructor(
    private readonly owner: { readonly id: number; readonly name: string },
    private readonly stream: number,
    private readonly direction: 0 | 1,
  ) {}

  private perform(op: Op, a: number, b = 0): Status {
    return runtime.driver.perform(op, this.stream, a, b, 0, 0, undefined);
  }

  private claim(op: Op, bytes: number, waitFor: WaitFor, full = false): Status {
    return runtime.driver.perform(op, this.stream, bytes, 0, 0, undefined, () => recordBlock(this.owner.id, waitFor, undefined, this.direction | (full ? SYSTEM_FULL : 0)));
  }

  private sawClosed(): void {
    runtime.recorder.sync(Kind.SawClosed, this.owner.id, runtime.driver.seq);
  }

  /** Blocks until all is written. Throws ClosedError. */
  write(data: string | Uint8Array): void {
    // A copy: another task may be writing to shared bytes.
    const bytes = typeof data === "string" ? encoder.encode(data) : new Uint8Array(bytesOnly(data));
    const { driver, recorder } = runtime;
    let full = false;
    for (let at = 0; at < bytes.length; ) {
      if (this.claim(Op.StreamClaimWrite, bytes.length - at, WaitFor.QueueSpace, full) === Status.Closed) this.throwClosed();
      const span = spanOf(driver.value, driver.extra);
      let put: number;
      try {
        put = driver.putBytes(this.stream, span.offset, bytes.subarray(at, at + span.bytes));
      } catch (error) {
        this.perform(Op.StreamWrite, 0);
        throw error;
      }
      full = put < span.bytes;
      if (this.perform(Op.StreamWrite, put, full ? 1 : 0) === Status.Closed) this.throwClosed();
      if (put > 0) recorder.sync(Kind.StreamWrite, this.owner.id, driver.seq, span.offset, put, this.direction);
      at += put;
    }
  }

  private throwClosed(): never {
    this.sawClosed();
    throw new ClosedError(words.closed(this.owner.name));
  }

  read(max: number = STREAM_CAPACITY): Uint8Array {
    const most = max === Infinity ? STREAM_CAPACITY : Math.min(STREAM_CAPACITY, wholeNumber(max, "max", 1));
    return this.take(most, undefined, false) ?? new Uint8Array(0);
  }

  readLine(): string | undefined {
    // The claim is kept from piece to piece: no other task gets a part of the line.
    const pieces: Uint8Array[] = [];
    for (;;) {
      const piece = this.take(STREAM_CAPACITY, NEWLINE, true);
      if (!piece) return pieces.length === 0 ? undefined : text(pieces);
      const last = piece.length - 1;
      if (piece[last] !== NEWLINE) {
        pieces.push(piece);
        continue;
      }
      pieces.push(piece.subarray(0, last));
      return text(pieces);
    }
  }

  /** Waits for bytes and takes them; undefined at the end of the stream. `keep`: keeps the reading end unless `until` was met. */
  private take(most: number, until: number | undefined, keep: boolean): Uint8Array | undefined {
    const { driver, recorder } = runtime;
    if (this.claim(Op.StreamClaimRead, most, WaitFor.StreamData) === Status.Closed) {
      this.sawClosed();
      return undefined;
    }
    const span = spanOf(driver.value, driver.extra);
    const bytes = driver.takeBytes(this.stream, span.offset, span.bytes, until);
    if (bytes.length === 0) {
      // Whoever wrote or read them was killed at it: they are gone.
      this.perform(Op.StreamRead, span.bytes, keep ? 1 : 0);
      return this.take(most, until, keep);
    }
    const again = keep && bytes[bytes.length - 1] !== until;
    this.perform(Op.StreamRead, bytes.length, again ? 1 : 0);
    recorder.sync(Kind.StreamRead, this.owner.id, driver.seq, span.offset, bytes.length, this.direction);
    return bytes;
  }

  /** Closes this direction; 0 if it was closed already, else the number of the event. */
  close(): number {
    return this.perform(Op.StreamClose, 0) === Status.Done ? runtime.driver.seq : 0;
  }
}

function bytesOnly(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  throw new TypeError(words.bytesOnly);
}

function text(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString("utf8");
}
