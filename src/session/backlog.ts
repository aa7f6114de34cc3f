/** Share of the time that may go into the analysis while tasks run; it fills up to MOST_MS. */
const SHARE = 0.25;
const MOST_MS = 20;
/** What waits is taken up again after so long. */
const AGAIN_MS = 10;
/** Beyond this the tasks wait for the analysis. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Pieces of a trace on their way to the analysis. The tasks write faster than anybody can analyse; if their pipe were
 * read no faster, they would run at the speed of the analysis. So it takes a share of the time while much arrives, and all
 * of it when nothing does.
 */
export class Backlog {
  private queue: Uint8Array[] = [];
  private next = 0;
  private bytes = 0;
  /** Milliseconds that may be used at once. */
  private allowance = MOST_MS;
  private since: number;
  private arrived = false;
  private timer: NodeJS.Timeout | undefined;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(
    private readonly take: (chunk: Uint8Array) => void,
    private readonly now = () => performance.now(),
  ) {
    this.since = now();
  }

  push(chunk: Uint8Array): void {
    this.queue.push(chunk);
    this.bytes += chunk.length;
    this.arrived = true;
    this.work(this.now());
    while (this.bytes > MOST_BYTES) this.one();
    if (this.bytes > 0) this.timer ??= setTimeout(() => this.again(), AGAIN_MS);
  }

  /** Everything that has arrived, now. */
  drain(): void {
    while (this.next < this.queue.length) this.one();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private again(): void {
    this.timer = undefined;
    // Nothing came meanwhile: nobody is kept waiting.
    if (!this.arrived) this.allowance = MOST_MS;
    this.arrived = false;
    this.work(this.now());
    if (this.bytes > 0) this.timer = setTimeout(() => this.again(), AGAIN_MS);
  }

  private work(began: number): void {
    this.allowance = Math.min(MOST_MS, this.allowance + (began - this.since) * SHARE);
    let now = began;
    while (this.next < this.queue.length && now - began < this.allowance) {
      this.one();
      now = this.now();
    }
    this.allowance -= now - began;
    this.since = now;
  }

  private one(): void {
    const chunk = this.queue[this.next++]!;
    this.bytes -= chunk.length;
    if (this.next === this.queue.length || this.next === 1024) {
      this.queue = this.queue.slice(this.next);
      this.next = 0;
    }
    this.take(chunk);
  }
}
