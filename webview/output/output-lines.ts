import type { Trace } from "../../src/trace";

/** Colours and cursor movements that programs write for terminals. */
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g;

/** The output of a run in lines, in the order in which they came; one column per fact, for a million lines. */
export class OutputLines {
  readonly texts: string[] = [];
  readonly tasks: number[] = [];
  readonly times: number[] = [];
  readonly errors: boolean[] = [];
  readonly sites: number[] = [];
  /** Lines of each task. */
  readonly byTask = new Map<number, number[]>();
  /** The line that a task's stream has begun and not ended: what comes next belongs to it. */
  private readonly unfinished = new Map<string, number>();
  private read = 0;

  constructor(readonly trace: Trace) {}

  /** Takes in what has come since the last call. */
  update(): void {
    const { lines } = this.trace;
    for (; this.read < lines.length; this.read++) {
      const { task, stream, text, time, site } = lines[this.read]!;
      const key = `${task} ${stream}`;
      const pieces = text.replace(ESCAPES, "").split("\n");
      // What stands behind the last newline begins a line that may go on; often it is nothing.
      const rest = pieces.pop()!;
      for (const piece of pieces) {
        this.put(key, task, stream === "stderr", time, site, piece);
        this.unfinished.delete(key);
      }
      if (rest) this.put(key, task, stream === "stderr", time, site, rest);
    }
  }

  private put(key: string, task: number, error: boolean, time: number, site: number, text: string): void {
    const open = this.unfinished.get(key);
    const clean = text.endsWith("\r") ? text.slice(0, -1) : text;
    if (open !== undefined) {
      this.texts[open] += clean;
      return;
    }
    const line = this.texts.length;
    this.texts.push(clean);
    this.tasks.push(task);
    this.times.push(time);
    this.errors.push(error);
    this.sites.push(site);
    let own = this.byTask.get(task);
    if (!own) this.byTask.set(task, (own = []));
    own.push(line);
    this.unfinished.set(key, line);
  }

  count(task: number | undefined): number {
    return task === undefined ? this.texts.length : (this.byTask.get(task)?.length ?? 0);
  }

  /** Index of the n-th line, of one task or of all. */
  line(n: number, task: number | undefined): number {
    return task === undefined ? n : this.byTask.get(task)![n]!;
  }
}
