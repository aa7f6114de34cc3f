import { TraceReader } from "../trace";

/** Prints what the tasks print, as it arrives. */
export class LiveOutput {
  private readonly reader = new TraceReader({
    access() {},
    sync() {},
    output: (_task, stream, _site, _time, _seq, text) => {
      this.atLineStart = text.endsWith("\n");
      process[stream].write(text);
    },
  });
  private atLineStart = true;

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  /** What follows begins on a line of its own. */
  finish(): void {
    if (!this.atLineStart) process.stdout.write("\n");
  }
}
