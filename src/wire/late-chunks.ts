import { TELL_MS, type Spool } from "./spool";

/** After it has been told, the process may write for TELL_MS without telling; a little more, since clocks are coarse. */
const AGAIN_MS = TELL_MS + 10;
/** The task of a chunk, in its header. */
const TASK_AT = 4;

/**
 * Takes chunks out of a process's spool: when the process says so, and once more when it may have written others that it has not told.
 * A supervisor that takes each as it comes works beside the tasks all the time; where all processors are theirs, it slows them down.
 */
export class LateChunks {
  private timer: NodeJS.Timeout | undefined;
  private broken = false;
  private closed = false;

  /** `failed` is told once what is wrong with a chunk that was taken by the clock. */
  constructor(
    private readonly spool: Spool,
    private readonly deliver: (task: number, chunk: Uint8Array) => void,
    private readonly failed: (error: Error) => void,
  ) {}

  /** The process has told how far it had written: takes that. Throws if it is not sound. */
  told(position: number): void {
    this.settle(position);
    // From then on it counts, even if nothing was left.
    clearTimeout(this.timer);
    this.lookAgain();
  }

  /** Takes all that has been written. Throws if it is not sound. */
  settleAll(): void {
    this.settle(this.spool.written());
  }

  private settle(position: number): boolean {
    let any = false;
    for (let chunk = this.spool.next(position); chunk; chunk = this.spool.next(position)) {
      any = true;
      this.deliver(new DataView(chunk.buffer, chunk.byteOffset).getUint32(TASK_AT, true), chunk);
    }
    return any;
  }

  private lookAgain(): void {
    if (!this.closed) this.timer = setTimeout(() => this.again(), AGAIN_MS);
  }

  private again(): void {
    this.timer = undefined;
    if (this.broken || this.closed) return;
    try {
      if (this.settle(this.spool.written())) this.lookAgain();
    } catch (error) {
      this.broken = true;
      this.failed(error as Error);
    }
  }

  /** The process and its spool are gone. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
