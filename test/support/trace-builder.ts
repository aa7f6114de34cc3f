import { Kind, TraceWriter, type Meta, type ObjectType, type Site } from "../../src/trace";

/** Writes the records of several tasks as chunks, and knows the run-wide numbers and a clock. */
export class TraceBuilder {
  private readonly writers = new Map<number, TraceWriter>();
  private readonly chunks = new Map<number, Uint8Array[]>();
  private seq = 0;
  /** Nanoseconds of the next event. */
  now = 1000;

  constructor(
    readonly sites: readonly Site[] = [],
    source = "",
  ) {
    this.run({
      type: "header",
      version: 1,
      mode: "threads",
      file: "/snippet.ts",
      files: [{ path: "/snippet.ts", text: source }],
      sites,
      began: 0,
      controlled: false,
      warnings: [],
    });
    this.run({ type: "space", id: 0, pid: 1, copyOf: null });
  }

  private writer(task: number): TraceWriter {
    let writer = this.writers.get(task);
    if (!writer) {
      this.writers.set(task, (writer = new TraceWriter(task)));
      this.chunks.set(task, []);
    }
    return writer;
  }

  run(meta: Meta): void {
    this.writer(0xffff_ffff).meta(meta);
  }

  task(id: number, name: string, parent: number | null, space = 0): void {
    this.run({ type: "task", id, name, kind: space === 0 ? "thread" : "process", pid: 1 + space, parent, space });
  }

  object(id: number, objectType: ObjectType, name: string, initial?: number, mutex?: number): void {
    this.run({ type: "object", id, objectType, name, ...(initial === undefined ? {} : { initial }), ...(mutex === undefined ? {} : { mutex }) });
  }

  variable(address: number, name: string, initial = 0, space = 0): void {
    this.run({ type: "container", space, address, kind: "slot", name, variable: true });
    this.writer(0).access(Kind.Init, 0, address, initial);
  }

  access(task: number, kind: Kind, site: number, address: number, value: number): void {
    this.writer(task).access(kind, site, address, value);
    this.writer(task).access(Kind.Time, 0, 0, this.tick());
  }

  /** Returns the event's number. */
  sync(task: number, kind: Kind, site: number, word1: number, a = 0, b = 0, c = 0): number {
    const numbered = kind !== Kind.Block && kind !== Kind.SleepBegin && kind !== Kind.SleepEnd;
    const seq = numbered ? ++this.seq : 0;
    this.writer(task).sync(kind, site, word1, this.tick(), seq, a, b, c);
    return seq;
  }

  /** An event whose record its task took along when it was killed. */
  lose(): void {
    this.seq++;
  }

  meta(task: number, meta: Meta): void {
    this.writer(task).meta(meta);
  }

  /** A text that values of the task refer to by its id. */
  text(task: number, id: number, text: string): void {
    this.writer(task).blob(Kind.Text, 0, id, 0, text);
  }

  output(task: number, text: string): void {
    this.writer(task).blob(Kind.Stdout, 0, this.tick(), ++this.seq, text);
  }

  private tick(): number {
    return (this.now += 1000);
  }

  /** Ends a task's present chunk. */
  cut(task: number): void {
    const chunk = this.writer(task).take();
    if (chunk.length > 0) this.chunks.get(task)!.push(chunk);
  }

  /** The chunks of each task in order, the runner's first. */
  byTask(): Uint8Array[][] {
    for (const task of this.writers.keys()) this.cut(task);
    return [...this.chunks.values()];
  }

  /** All of the trace, task after task. */
  bytes(): Uint8Array {
    const all = this.byTask().flat();
    const result = new Uint8Array(all.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of all) {
      result.set(chunk, at);
      at += chunk.length;
    }
    return result;
  }
}
