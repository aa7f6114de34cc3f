import { Kind, RUN_TASK, TraceWriter, type Meta, type ObjectType, type RunMode, type RunOutcome, type Site } from "../../src/trace";

/** Draws a run record by record, at times of one's choosing: what a recorded trace of it would hold. */
export class Scenario {
  private readonly writers = new Map<number, TraceWriter>();
  private readonly done: Uint8Array[] = [];
  private readonly sites: Site[] = [{ file: 0, line: 1, column: 1, endLine: 1, endColumn: 1, text: "" }];
  private readonly lines: string[];
  private seq = 0;
  readonly file = "/lesson/snippet.ts";
  private readonly imported: { path: string; text: string }[] = [];

  /** `code` is the snippet; sites are found in it by their text. */
  constructor(
    readonly code: string,
    readonly mode: RunMode = "threads",
  ) {
    this.lines = code.split("\n");
  }

  /** The n-th place where `text` stands. */
  site(text: string, n = 1): number {
    let left = n;
    for (const [index, line] of this.lines.entries()) {
      const at = line.indexOf(text);
      if (at < 0 || --left > 0) continue;
      const known = this.sites.findIndex((site) => site.line === index + 1 && site.column === at + 1 && site.text === text);
      if (known > 0) return known;
      this.sites.push({ file: 0, line: index + 1, column: at + 1, endLine: index + 1, endColumn: at + 1 + text.length, text });
      return this.sites.length - 1;
    }
    throw new Error(`The snippet has no "${text}" number ${n}`);
  }

  /** A place in a file that the snippet imports. */
  siteIn(path: string, code: string, text: string): number {
    let file = this.imported.findIndex((one) => one.path === path);
    if (file < 0) file = this.imported.push({ path, text: code }) - 1;
    const lines = code.split("\n");
    const line = lines.findIndex((one) => one.includes(text));
    const column = lines[line]!.indexOf(text) + 1;
    return this.sites.push({ file: file + 1, line: line + 1, column, endLine: line + 1, endColumn: column + text.length, text }) - 1;
  }

  line(site: number): number {
    return this.sites[site]!.line;
  }

  private writer(task: number): TraceWriter {
    let writer = this.writers.get(task);
    if (!writer) this.writers.set(task, (writer = new TraceWriter(task)));
    return writer;
  }

  meta(meta: Meta, by = RUN_TASK): this {
    this.writer(by).meta(meta);
    return this;
  }

  space(id: number, pid: number, copyOf: number | null = null): this {
    return this.meta({ type: "space", id, pid, copyOf });
  }

  task(id: number, name: string, pid: number, space = 0, parent: number | null = id === 0 ? null : 0): this {
    return this.meta({ type: "task", id, name, kind: id > 0 && space === 0 ? "thread" : "process", pid, parent, space });
  }

  object(id: number, objectType: ObjectType, name: string, initial?: number): this {
    return this.meta({ type: "object", id, objectType, name, ...(initial === undefined ? {} : { initial }) });
  }

  variable(address: number, name: string, initial: number, space = 0, by = 0): this {
    this.meta({ type: "container", space, address, kind: "slot", name, variable: true });
    this.writer(by).access(Kind.Init, 0, address, initial);
    return this;
  }

  /** Returns the event's number in the order of synchronization. */
  sync(task: number, time: number, kind: Kind, site = 0, word1 = 0, a = 0, b = 0, c = 0, d = 0): number {
    const numbered = kind !== Kind.Block && kind !== Kind.SleepBegin && kind !== Kind.SleepEnd;
    const seq = numbered ? ++this.seq : 0;
    this.writer(task).sync(kind, site, word1, time, seq, a, b, c, d);
    return seq;
  }

  read(task: number, time: number, site: number, address: number, value: number): this {
    return this.access(Kind.Read8, task, time, site, address, value);
  }

  write(task: number, time: number, site: number, address: number, value: number): this {
    return this.access(Kind.Write8, task, time, site, address, value);
  }

  private access(kind: Kind, task: number, time: number, site: number, address: number, value: number): this {
    const writer = this.writer(task);
    writer.access(kind, site, address, value);
    writer.access(Kind.Time, 0, 0, time);
    return this;
  }

  /** An access without a time of its own. */
  untimed(task: number, kind: Kind, site: number, address: number, value: number): void {
    this.writer(task).access(kind, site, address, value);
  }

  print(task: number, time: number, text: string, stream: "stdout" | "stderr" = "stdout"): this {
    this.writer(task).blob(stream === "stdout" ? Kind.Stdout : Kind.Stderr, 0, time, ++this.seq, text);
    return this;
  }

  mark(task: number, time: number, text: string): this {
    this.writer(task).blob(Kind.Mark, 0, time, 0, text);
    return this;
  }

  dropped(task: number, count: number): this {
    this.writer(task).access(Kind.Dropped, 0, 0, count);
    return this;
  }

  /** Ends the chunks of all tasks. */
  cut(): this {
    for (const writer of this.writers.values()) if (!writer.empty) this.done.push(writer.take());
    return this;
  }

  /** The whole trace: the header, then the chunks. */
  bytes(end?: { readonly outcome: RunOutcome; readonly time: number }): Uint8Array {
    if (end) this.meta({ type: "end", outcome: end.outcome, exitCode: 0, time: end.time });
    // Facts of the run come before what refers to them.
    const facts = this.writers.get(RUN_TASK)?.take() ?? new Uint8Array(0);
    this.cut();
    const head = new TraceWriter();
    head.meta({ type: "header", version: 1, mode: this.mode, file: this.file, files: [{ path: this.file, text: this.code }, ...this.imported], sites: this.sites, began: 0, controlled: false, warnings: [] });
    return Buffer.concat([head.take(), facts, ...this.done]);
  }
}
