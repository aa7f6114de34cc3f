import {
  EndReason,
  Kind,
  TraceReader,
  waitsForObject,
  type EndMeta,
  type FinalMeta,
  type HeaderMeta,
  type Meta,
  type ObjectMeta,
  type Site,
  type SourceFile,
  type TaskFailureMeta,
  type TaskMeta,
  type TraceVisitor,
} from "../trace";
import { CostCollector } from "./costs";
import type { TraceNames } from "./names";
import { KeptTrace } from "./values-at-end";

export interface CollectedTask {
  readonly meta: TaskMeta;
  name: string;
  pid: number;
  /** Nanoseconds; undefined until known. */
  spawned: number | undefined;
  started: number | undefined;
  ended: number | undefined;
  reason: EndReason | undefined;
  failure: TaskFailureMeta | undefined;
  dropped: number;
  /** The wait that the task is in. */
  wait: { readonly object: number | undefined; readonly since: number; readonly site: number } | undefined;
}

export interface SyncTotals {
  waits: number;
  /** Nanoseconds. */
  waited: number;
  held: number;
  /** How often a lock or permits were taken. */
  taken: number;
  longest: { readonly task: number; readonly site: number; readonly waited: number } | undefined;
}

export interface CollectedOutput {
  readonly task: number;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
  readonly time: number;
  readonly seq: number;
}

/** What a report needs of a trace, gathered while it arrives. Give it the trace's bytes, in pieces of any size. */
export class ReportCollector implements TraceVisitor, TraceNames {
  header: HeaderMeta | undefined;
  end: EndMeta | undefined;
  readonly files: SourceFile[] = [];
  readonly sites: Site[] = [];
  readonly objects = new Map<number, ObjectMeta>();
  readonly tasks = new Map<number, CollectedTask>();
  readonly finals = new Map<string, FinalMeta>();
  readonly totals = new Map<number, SyncTotals>();
  readonly lines: CollectedOutput[] = [];
  readonly costs = new CostCollector();
  readonly kept = new KeptTrace();
  recorded = 0;
  /** Nanoseconds of the latest event. */
  latest = 0;
  private readonly holds = new Map<string, { readonly object: number; readonly since: { readonly time: number; permits: number }[] }>();
  /** Semaphores whose permits were released by who had not acquired them. */
  private readonly signals = new Set<number>();
  private readonly reader = new TraceReader(this);

  /** @param api what a snippet may import */
  constructor(readonly api: ReadonlySet<string> = new Set()) {}

  push(bytes: Uint8Array): void {
    this.kept.push(bytes);
    this.reader.push(bytes);
  }

  /** No more bytes come: waits and holds that never ended count up to the end of the trace. */
  close(): void {
    this.reader.end();
    for (const task of this.tasks.values()) this.endWait(task, this.latest, true);
    for (const { object, since } of this.holds.values()) {
      // A permit that one task gives and another takes is a signal: taking it holds nothing.
      if (!this.signals.has(object)) for (const { time } of since) this.total(object).held += this.latest - time;
    }
    this.holds.clear();
  }

  private task(id: number): CollectedTask {
    let task = this.tasks.get(id);
    if (!task) {
      task = fresh({ type: "task", id, name: `task ${id}`, kind: "thread", pid: 0, parent: null, space: 0 });
      this.tasks.set(id, task);
    }
    return task;
  }

  private total(object: number): SyncTotals {
    let totals = this.totals.get(object);
    if (!totals) this.totals.set(object, (totals = { waits: 0, waited: 0, held: 0, taken: 0, longest: undefined }));
    return totals;
  }

  private at(time: number): void {
    if (time > this.latest && Number.isFinite(time)) this.latest = time;
  }

  access(task: number, kind: Kind, _site: number, address: number, _value: number, repeated: number): void {
    this.recorded++;
    this.costs.access(task, kind, address, 1 + repeated);
  }

  dropped(task: number, count: number): void {
    if (count > 0) this.task(task).dropped += count;
  }

  output(task: number, stream: "stdout" | "stderr", _site: number, time: number, seq: number, text: string): void {
    this.recorded++;
    this.at(time);
    this.lines.push({ task, stream, text, time, seq });
  }

  mark(_task: number, _site: number, time: number): void {
    this.recorded++;
    this.at(time);
  }

  sync(id: number, kind: Kind, site: number, word1: number, time: number, _seq: number, a: number, b: number): void {
    this.recorded++;
    this.at(time);
    this.costs.sync(id, kind, word1, b);
    const task = this.task(id);
    if (kind === Kind.Block) {
      const object = waitsForObject(a) ? word1 : undefined;
      task.wait = { object, since: time, site };
      return;
    }
    this.endWait(task, time, kind === Kind.TaskEnd);
    switch (kind) {
      case Kind.Spawn:
        this.task(word1).spawned = time;
        return;
      case Kind.TaskStart:
        task.started = time;
        return;
      case Kind.TaskEnd:
        task.ended = time;
        task.reason = a;
        return;
      case Kind.Lock:
      case Kind.LockRead:
      case Kind.LockWrite:
        this.hold(id, word1, time, 1);
        return;
      case Kind.Acquire:
        this.hold(id, word1, time, a);
        return;
      case Kind.Unlock:
      case Kind.UnlockRead:
      case Kind.UnlockWrite:
        this.letGo(id, word1, time, 1);
        return;
      case Kind.Release:
        this.letGo(id, word1, time, a);
        return;
      default:
        return;
    }
  }

  private endWait(task: CollectedTask, time: number, last: boolean): void {
    const { wait } = task;
    if (!wait) return;
    if (wait.object !== undefined) {
      const totals = this.total(wait.object);
      const waited = Math.max(0, time - wait.since);
      totals.waits++;
      totals.waited += waited;
      if (waited > (totals.longest?.waited ?? 0)) totals.longest = { task: task.meta.id, site: wait.site, waited };
    }
    // A task that ends while it waits was waiting to its end.
    if (!last) task.wait = undefined;
    else task.wait = { ...wait, object: undefined };
  }

  private hold(task: number, object: number, time: number, permits: number): void {
    this.total(object).taken++;
    const key = `${task} ${object}`;
    const known = this.holds.get(key);
    if (known) known.since.push({ time, permits });
    else this.holds.set(key, { object, since: [{ time, permits }] });
  }

  private letGo(task: number, object: number, time: number, permits: number): void {
    const since = this.holds.get(`${task} ${object}`)?.since ?? [];
    for (let left = permits; left > 0; ) {
      const last = since.at(-1);
      if (!last) {
        this.signals.add(object);
        return;
      }
      const returned = Math.min(left, last.permits);
      left -= returned;
      last.permits -= returned;
      if (last.permits > 0) return;
      since.pop();
      this.total(object).held += Math.max(0, time - last.time);
    }
  }

  meta(_task: number, meta: Meta): void {
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
        this.tasks.set(meta.id, known ? { ...known, meta, name: meta.name, pid: meta.pid } : fresh(meta));
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
        this.finals.set(`${meta.space} ${meta.container}`, meta);
        return;
      case "cost":
        this.costs.meta(meta);
        return;
      case "end":
        this.end = meta;
        this.at(meta.time);
        return;
      case "task-held":
      case "space":
      case "container":
      case "slot":
      case "range":
        return;
    }
  }
}

function fresh(meta: TaskMeta): CollectedTask {
  return { meta, name: meta.name, pid: meta.pid, spawned: undefined, started: undefined, ended: undefined, reason: undefined, failure: undefined, dropped: 0, wait: undefined };
}
