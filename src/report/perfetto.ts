import { buildArrows, buildLockSpans, buildTaskSpans, type TaskSpan } from "../analysis";
import { EndReason, Kind, WaitFor, isAccess, isWrite, type Trace } from "../trace";
import type { ToldFinding } from "./contract";
import { Names } from "./names";
import { wordsOf } from "./words";

/** At most so many values of variables become points of a counter; the rest is left out, evenly. */
const MAX_COUNTER_POINTS = 50_000;

/** One entry of `traceEvents`: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
interface ChromeEvent {
  readonly ph: "M" | "X" | "i" | "b" | "e" | "s" | "f" | "C";
  readonly name: string;
  readonly pid: number;
  readonly tid?: number;
  /** Microseconds. */
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  readonly bp?: "e";
  readonly s?: "t";
  readonly args?: Readonly<Record<string, unknown>>;
}

/**
 * The run in the format that Perfetto and chrome://tracing open: a track per task with what it waited for, flow arrows for
 * spawn, join, hand-overs and messages, holds of locks, values of variables, marks, output and findings.
 */
export function perfettoTrace(trace: Trace, findings: readonly ToldFinding[], locale?: string): { traceEvents: readonly ChromeEvent[]; displayTimeUnit: "ms"; otherData: Record<string, string> } {
  return {
    traceEvents: new Exporter(trace, new Names(trace, wordsOf(locale))).events(findings),
    displayTimeUnit: "ms",
    otherData: { file: trace.header?.file ?? "", mode: trace.header?.mode ?? "", outcome: trace.end?.outcome ?? "" },
  };
}

class Exporter {
  private readonly out: ChromeEvent[] = [];
  private flows = 0;

  constructor(
    private readonly trace: Trace,
    private readonly names: Names,
  ) {}

  events(findings: readonly ToldFinding[]): readonly ChromeEvent[] {
    this.tracks();
    this.lanes();
    this.locks();
    this.arrows();
    this.instants();
    this.values();
    for (const { kind, message, events = [] } of findings) {
      for (const { task, time } of events) this.out.push({ ph: "i", s: "t", cat: "finding", name: kind, ...this.at(task, time), args: { message } });
    }
    return this.out;
  }

  private pid(task: number): number {
    const known = this.trace.tasks.get(task);
    return known?.pid || (known?.meta.space ?? 0) + 1;
  }

  private at(task: number, time: number): { pid: number; tid: number; ts: number } {
    return { pid: this.pid(task), tid: task, ts: time / 1000 };
  }

  private site(site: number): Record<string, unknown> {
    return site === 0 ? {} : { place: this.names.place(site), source: this.names.at(site).text };
  }

  private tracks(): void {
    const processes = new Set<number>();
    for (const { task } of buildTaskSpans(this.trace)) {
      const pid = this.pid(task);
      const { name } = this.trace.tasks.get(task)!;
      if (!processes.has(pid)) {
        this.out.push({ ph: "M", name: "process_name", pid, args: { name: `${name} (process ${pid})` } }, { ph: "M", name: "process_sort_index", pid, args: { sort_index: processes.size } });
        processes.add(pid);
      }
      this.out.push({ ph: "M", name: "thread_name", pid, tid: task, args: { name: `${name} (#${task})` } }, { ph: "M", name: "thread_sort_index", pid, tid: task, args: { sort_index: task } });
    }
  }

  private lanes(): void {
    for (const { task, started, ended, spans } of buildTaskSpans(this.trace)) {
      const { name, endReason, failure } = this.trace.tasks.get(task)!;
      const end = ended ?? this.trace.duration;
      const how = endReason === undefined ? "running" : endReason === EndReason.Crashed ? "crashed" : endReason === EndReason.Killed ? "killed" : "finished";
      this.out.push({ ph: "X", cat: "task", name, ...this.at(task, started), dur: (end - started) / 1000, args: { end: how, ...(failure ? { error: failure.error } : {}) } });
      for (const span of spans) {
        if (span.state === "running") continue;
        this.out.push({ ph: "X", cat: span.state, name: this.waitName(span), ...this.at(task, span.from), dur: (span.to - span.from) / 1000, args: this.waitArgs(span) });
      }
    }
  }

  private waitName({ state, waitFor, object, joined }: TaskSpan): string {
    if (state === "sleeping" || waitFor === undefined) return "sleep";
    return this.names.words.waitsFor(waitFor, waitFor === WaitFor.Join ? this.names.task(joined ?? 0) : this.names.object(object));
  }

  private waitArgs({ holders, gaveUp, site }: TaskSpan): Record<string, unknown> {
    return { ...(holders.length > 0 ? { heldBy: holders.map((task) => this.names.task(task)).join(", ") } : {}), ...(gaveUp ? { gaveUp } : {}), ...this.site(site) };
  }

  /** Holds may overlap in any way, so each has a track of its own instead of a place on its task's. */
  private locks(): void {
    for (const { object, spans } of buildLockSpans(this.trace)) {
      const name = this.names.object(object);
      for (const { state, task, from, to, mode, permits, site } of spans) {
        if (state !== "held") continue;
        const id = ++this.flows;
        this.out.push(
          { ph: "b", cat: "lock", name, id, ...this.at(task, from), args: { heldBy: this.names.task(task), mode, permits, ...this.site(site) } },
          { ph: "e", cat: "lock", name, id, ...this.at(task, to) },
        );
      }
    }
  }

  private arrows(): void {
    for (const { kind, from, to, object } of buildArrows(this.trace)) {
      const id = ++this.flows;
      const name = object === 0 ? kind : `${kind} ${this.names.object(object)}`;
      this.out.push({ ph: "s", cat: kind, name, id, ...this.at(from.task, this.inside(from.task, from.time)) }, { ph: "f", bp: "e", cat: kind, name, id, ...this.at(to.task, this.inside(to.task, to.time)) });
    }
  }

  /** An arrow is drawn to the slice around its end, and a slice does not reach to its own end. */
  private inside(task: number, time: number): number {
    const { started, ended } = this.trace.task(task);
    const last = Number.isFinite(ended) ? Math.max(ended - 1, started) : time;
    return Math.min(Math.max(time, Number.isFinite(started) ? started : time), last);
  }

  private instants(): void {
    for (const [task, { events: e }] of this.trace.tasks) {
      for (let i = 0; i < e.length; i++) {
        const kind = e.kind[i]!;
        const text = kind === Kind.Mark || kind === Kind.Stdout || kind === Kind.Stderr ? e.texts[e.a[i]!] : undefined;
        if (text === undefined) continue;
        if (kind === Kind.Mark) this.out.push({ ph: "i", s: "t", cat: "mark", name: text, ...this.at(task, e.time[i]!), args: this.site(e.site[i]!) });
        else this.out.push({ ph: "i", s: "t", cat: "output", name: kind === Kind.Stdout ? "stdout" : "stderr", ...this.at(task, e.time[i]!), args: { text, ...this.site(e.site[i]!) } });
      }
    }
  }

  /** What is written to slots, where it is a number: a counter per slot and process. */
  private values(): void {
    const points: ChromeEvent[] = [];
    for (const [id, task] of this.trace.tasks) {
      const { events: e } = task;
      for (let i = 0; i < e.length; i++) {
        const kind: Kind = e.kind[i]!;
        if (!isAccess(kind) || !isWrite(kind)) continue;
        const value = task.value(e.a[i]!);
        if (typeof value !== "number" || !Number.isFinite(value)) continue;
        const name = this.trace.memory.slot(task.meta.space, e.word1[i]!)?.name;
        if (name !== undefined) points.push({ ph: "C", cat: "variable", name, pid: this.pid(id), ts: e.time[i]! / 1000, args: { value } });
      }
    }
    const step = Math.ceil(points.length / MAX_COUNTER_POINTS);
    points.sort((x, y) => x.ts! - y.ts!);
    for (let i = 0; i < points.length; i += step) this.out.push(points[i]!);
  }
}
