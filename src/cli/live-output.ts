import { TraceReader } from "../trace";

/** Prints what the tasks print, as it arrives. */
export class LiveOutput {
  private readonly reader = new TraceReader({
    access() {},
    sync() {},
    output: (_task, stream, _site, _time, _seq, text) => {
      if (stream !== this.stream) this.flush();
      this.stream = stream;
      this.pending += text;
    },
  });
  private atLineStart = true;
  private stream: "stdout" | "stderr" = "stdout";
  private pending = "";

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
    this.flush();
  }

  /** One write for all that a chunk brought: a write per line is what makes a million lines slow. */
  private flush(): void {
    if (this.pending === "") return;
    this.atLineStart = this.pending.endsWith("\n");
    process[this.stream].write(this.pending);
    this.pending = "";
  }

  /** What follows begins on a line of its own. */
  finish(): void {
    if (!this.atLineStart) process.stdout.write("\n");
  }
}
