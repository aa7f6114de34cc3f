import { Kind, accessSize, isAccess, isWrite } from "./kinds";
import { MemoryMap } from "./memory-map";
import {
  type CostMeta,
  type EndMeta,
  type FinalMeta,
  type HeaderMeta,
  type Meta,
  type ObjectMeta,
  type Site,
  type SourceFile,
  type TaskFailureMeta,
  type TaskMeta,
} from "./meta";
import { TraceReader, type TraceProblem, type TraceVisitor } from "./reader";
import { decodeValue, type TraceValue } from "./value";

/** A task as a trace tells it, with its events in columns. */
export class TaskTrace {
  name: string;
  pid: number;
  failure: TaskFailureMeta | undefined;
  cost: CostMeta | undefined;
  dropped = 0;
  /** Nanoseconds; NaN until known. */
  started = NaN;
  ended = NaN;
  /** EndReason, once ended. */
  endReason: number | undefined;
  readonly events = new EventColumns();
  readonly texts = new Map<number, string>();

  constructor(readonly meta: TaskMeta) {
    this.name = meta.name;
    this.pid = meta.pid;
  }

  value(encoded: number): TraceValue {
    return decodeValue(encoded, (id) => this.texts.get(id));
  }
}

/**
 * The events of one task, a column per field, in the task's order. An access has its address in `word1` and its
 * encoded value in `a`, in `b` how many like it before it were not kept; output and marks have in `a` the index into `texts`.
 */
export class EventColumns {
  length = 0;
  kind = new Uint8Array(1024);
  site = new Uint32Array(1024);
  word1 = new Uint32Array(1024);
  time = new Float64Array(1024);
  seq = new Float64Array(1024);
  a = new Float64Array(1024);
  b = new Float64Array(1024);
  c = new Float64Array(1024);
  d = new Float64Array(1024);
  /** Texts of output and marks. */
  readonly texts: string[] = [];
  /** Events from here on have no time of their own yet. */
  private untimed = 0;
  private lastTime = 0;

  push(kind: Kind, site: number, word1: number, time: number, seq: number, a: number, b = 0, c = 0, d = 0): void {
    if (this.length === this.kind.length) this.grow();
    const i = this.length++;
    this.kind[i] = kind;
    this.site[i] = site;
    this.word1[i] = word1;
    this.time[i] = time;
    this.seq[i] = seq;
    this.a[i] = a;
    this.b[i] = b;
    this.c[i] = c;
    this.d[i] = d;
    if (Number.isNaN(time)) this.time[i] = this.lastTime;
    else this.settle(time);
  }

  /** Spreads the events since the last known time evenly up to `time`. */
  settle(time: number): void {
    const from = this.untimed;
    const to = this.length;
    const start = this.lastTime;
    if (time < start) time = start;
    const count = to - from;
    for (let i = 0; i < count; i++) this.time[from + i] = start + ((time - start) * (i + 1)) / count;
    this.untimed = to;
    this.lastTime = time;
  }

  private grow(): void {
    const size = this.kind.length * 2;
    const larger = <T extends Uint8Array | Uint32Array | Float64Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.kind = larger(this.kind, new Uint8Array(size));
    this.site = larger(this.site, new Uint32Array(size));
    this.word1 = larger(this.word1, new Uint32Array(size));
    this.time = larger(this.time, new Float64Array(size));
    this.seq = larger(this.seq, new Float64Array(size));
    this.a = larger(this.a, new Float64Array(size));
    this.b = larger(this.b, new Float64Array(size));
    this.c = larger(this.c, new Float64Array(size));
    this.d = larger(this.d, new Float64Array(size));
  }
}

/** One event as an object: for lists, tooltips and tests; loops read the columns. */
export type TraceEvent =
  | { readonly type: "access"; readonly task: number; readonly index: number; readonly time: number; readonly site: number; readonly write: boolean; readonly size: number; readonly address: number; readonly value: TraceValue }
  | { readonly type: "output"; readonly task: number; readonly index: number; readonly time: number; readonly site: number; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly type: "mark"; readonly task: number; readonly index: number; readonly time: number; readonly site: number; readonly text: string }
  | { readonly type: "sync"; readonly task: number; readonly index: number; readonly time: number; readonly site: number; readonly kind: Kind; readonly word1: number; readonly seq: number; readonly a: number; readonly b: number; readonly c: number; readonly d: number };

export interface OutputLine {
  readonly task: number;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
  readonly time: number;
  readonly seq: number;
  readonly site: number;
}

/** A whole trace in memory, growing while its bytes arrive. */
export class Trace implements TraceVisitor {
  header: HeaderMeta | undefined;
  end: EndMeta | undefined;
  readonly files: SourceFile[] = [];
  readonly sites: Site[] = [];
  readonly tasks = new Map<number, TaskTrace>();
  readonly objects = new Map<number, ObjectMeta>();
  readonly memory = new MemoryMap();
  readonly finals: FinalMeta[] = [];
  /** Output of all tasks as it arrived. */
  readonly lines: OutputLine[] = [];
  /** Values before any access, in order of arrival: space, address, encoded value, the task whose texts it refers to. */
  readonly inits: { readonly space: number; readonly address: number; readonly value: number; readonly task: number }[] = [];
  readonly initBytesOf: { readonly space: number; readonly address: number; readonly bytes: Uint8Array }[] = [];
  /** Nanoseconds of the latest event. */
  duration = 0;
  private readonly reader = new TraceReader(this);

  /** Everything of a saved trace. */
  static from(bytes: Uint8Array): Trace {
    const trace = new Trace();
    trace.push(bytes);
    trace.close();
    return trace;
  }

  get problems(): readonly TraceProblem[] {
    return this.reader.problems;
  }

  push(bytes: Uint8Array): void {
    this.reader.push(bytes);
  }

  close(): void {
    this.reader.end();
  }

  /** The task; one that no record introduced gets a plain name. */
  task(id: number): TaskTrace {
    let task = this.tasks.get(id);
    if (!task) {
      task = new TaskTrace({ type: "task", id, name: `task ${id}`, kind: "thread", pid: 0, parent: null, space: 0 });
      this.tasks.set(id, task);
    }
    return task;
  }

  private late(time: number): void {
    if (time > this.duration && Number.isFinite(time)) this.duration = time;
  }

  access(task: number, kind: Kind, site: number, address: number, value: number, repeated: number): void {
    this.task(task).events.push(kind, site, address, NaN, 0, value, repeated);
  }

  time(task: number, time: number): void {
    this.task(task).events.settle(time);
    this.late(time);
  }

  init(task: number, address: number, value: number): void {
    this.inits.push({ space: this.task(task).meta.space, address, value, task });
  }

  initBytes(task: number, address: number, bytes: Uint8Array): void {
    this.initBytesOf.push({ space: this.task(task).meta.space, address, bytes: bytes.slice() });
  }

  dropped(task: number, count: number): void {
    this.task(task).dropped += count;
  }

  sync(id: number, kind: Kind, site: number, word1: number, time: number, seq: number, a: number, b: number, c: number, d: number): void {
    const task = this.task(id);
    if (kind === Kind.TaskStart) task.started = time;
    if (kind === Kind.TaskEnd) {
      task.ended = time;
      task.endReason = a;
    }
    task.events.push(kind, site, word1, time, seq, a, b, c, d);
    this.late(time);
  }

  text(task: number, id: number, text: string): void {
    this.task(task).texts.set(id, text);
  }

  output(id: number, stream: "stdout" | "stderr", site: number, time: number, seq: number, text: string): void {
    const { events } = this.task(id);
    events.texts.push(text);
    events.push(stream === "stdout" ? Kind.Stdout : Kind.Stderr, site, 0, time, seq, events.texts.length - 1);
    this.lines.push({ task: id, stream, text, time, seq, site });
    this.late(time);
  }

  mark(task: number, site: number, time: number, text: string): void {
    const { events } = this.task(task);
    events.texts.push(text);
    events.push(Kind.Mark, site, 0, time, 0, events.texts.length - 1);
    this.late(time);
  }

  meta(_task: number, meta: Meta): void {
    this.memory.add(meta);
    switch (meta.type) {
      case "header":
        this.header = meta;
        this.files.push(...meta.files);
        this.sites.push(...meta.sites);
        return;
      case "sites":
        this.files.push(...meta.files);
        this.sites.push(...meta.sites);
        return;
      case "task": {
        const known = this.tasks.get(meta.id);
        const task = new TaskTrace(meta);
        if (known && known.events.length > 0) Object.assign(task, { events: known.events, texts: known.texts, started: known.started });
        this.tasks.set(meta.id, task);
        return;
      }
      case "task-update": {
        const task = this.task(meta.id);
        if (meta.name !== undefined) task.name = meta.name;
        if (meta.pid !== undefined) task.pid = meta.pid;
        return;
      }
      case "task-failure":
        this.task(meta.id).failure = meta;
        return;
      case "object":
        this.objects.set(meta.id, meta);
        return;
      case "final":
        this.finals.push(meta);
        return;
      case "cost":
        this.task(meta.task).cost = meta;
        return;
      case "end":
        this.end = meta;
        this.late(meta.time);
        return;
      case "task-held":
      case "space":
      case "container":
      case "slot":
      case "range":
        return;
    }
  }

  /** One event as an object. */
  event(id: number, index: number): TraceEvent {
    const task = this.task(id);
    const e = task.events;
    const kind = e.kind[index] as Kind;
    const base = { task: id, index, time: e.time[index]!, site: e.site[index]! };
    if (isAccess(kind)) {
      return { type: "access", ...base, write: isWrite(kind), size: accessSize(kind), address: e.word1[index]!, value: task.value(e.a[index]!) };
    }
    if (kind === Kind.Stdout || kind === Kind.Stderr) {
      return { type: "output", ...base, stream: kind === Kind.Stdout ? "stdout" : "stderr", text: e.texts[e.a[index]!] ?? "" };
    }
    if (kind === Kind.Mark) return { type: "mark", ...base, text: e.texts[e.a[index]!] ?? "" };
    return { type: "sync", ...base, kind, word1: e.word1[index]!, seq: e.seq[index]!, a: e.a[index]!, b: e.b[index]!, c: e.c[index]!, d: e.d[index]! };
  }

  site(id: number): Site | undefined {
    return id === 0 ? undefined : this.sites[id];
  }

  /** Path of a site's file. */
  fileOf(site: Site): string {
    return this.files[site.file]?.path ?? this.header?.file ?? "";
  }
}
