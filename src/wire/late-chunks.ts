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
  /** By the clock of `performance`. */
  private toldAt = 0;
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
    this.toldAt = performance.now();
    this.timer ??= setTimeout(() => this.look(), AGAIN_MS);
  }

  /** Takes all that has been written. Throws if it is not sound. */
  settleAll(): void {
    this.settle(this.spool.written());
  }

  private settle(position: number): void {
    for (let chunk = this.spool.next(position); chunk; chunk = this.spool.next(position)) {
      this.deliver(new DataView(chunk.buffer, chunk.byteOffset).getUint32(TASK_AT, true), chunk);
    }
  }

  /**
   * How far it is written by now. What lies in the pipe was written before that, and is read first: between timers and immediates the
   * event loop reads all that there is.
   */
  private look(): void {
    this.timer = undefined;
    if (this.closed || this.broken) return;
    // It has been told again since then. And the engine's timers count from when their round began: after a long one they come too early.
    const left = this.toldAt + AGAIN_MS - performance.now();
    if (left > 0) {
      this.timer = setTimeout(() => this.look(), Math.max(1, left));
      return;
    }
    const position = this.spool.written();
    setImmediate(() => {
      if (this.closed) return;
      try {
        this.settle(position);
      } catch (error) {
        this.broken = true;
        this.failed(error as Error);
      }
    });
  }

  /** The process and its spool are gone. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
