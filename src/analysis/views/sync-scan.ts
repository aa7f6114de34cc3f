import { EndReason, Kind, WaitFor, isSync, type EventColumns, type Trace } from "../../trace";
import type { Arrow, ArrowKind, HoldMode, Moment } from "./types";

/** A stretch of time for which a task holds an object. */
export interface HoldInterval {
  readonly task: number;
  readonly mode: HoldMode;
  permits: number;
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
  readonly site: number;
}

/** How a count (free permits, messages …) changes over time. */
export interface CountLine {
  readonly times: number[];
  readonly counts: number[];
}

/** What one pass over all synchronization events, in their order, tells. */
export interface SyncScan {
  /** Object → holds, by their beginning. */
  readonly holds: ReadonlyMap<number, readonly HoldInterval[]>;
  /** Object → for each of its holds, the latest end of it and all before it: where a search backwards may stop. */
  readonly reach: ReadonlyMap<number, Float64Array>;
  /** Task → index of the event that ended a wait → what made it possible. */
  readonly causes: ReadonlyMap<number, ReadonlyMap<number, Moment>>;
  readonly arrows: readonly Arrow[];
  /** Task → where and when it was spawned. */
  readonly spawned: ReadonlyMap<number, Moment>;
  readonly counts: ReadonlyMap<number, CountLine>;
}

const scans = new WeakMap<Trace, { events: number; scan: SyncScan }>();

/** One scan per state of the trace serves all views. */
export function scanOf(trace: Trace): SyncScan {
  let events = trace.objects.size;
  for (const task of trace.tasks.values()) events += task.events.length;
  const known = scans.get(trace);
  if (known?.events === events) return known.scan;
  const scan = new Scanner(trace).run();
  scans.set(trace, { events, scan });
  return scan;
}

class Scanner {
  private readonly holds = new Map<number, HoldInterval[]>();
  private readonly open = new Map<number, HoldInterval>();
  private readonly causes = new Map<number, Map<number, Moment>>();
  private readonly arrows: Arrow[] = [];
  private readonly counts = new Map<number, CountLine>();
  private readonly spawned = new Map<number, Moment>();
  private readonly ended = new Map<number, Moment>();
  /** Object → latest release, latest count-down, latest write. */
  private readonly released = new Map<number, Moment>();
  private readonly notified = new Map<number, Moment>();
  private readonly arrivals = new Map<string, Moment>();
  private readonly sent = new Map<number, Map<number, Moment>>();
  private readonly received = new Map<number, Moment>();
  private readonly closed = new Map<number, Moment>();
  /** Semaphores whose permits are given by tasks that do not have them: signals, which nobody holds. */
  private readonly signals = new Set<number>();

  constructor(private readonly trace: Trace) {}

  run(): SyncScan {
    const { tasks, indexes } = ordered(this.trace);
    const columns = new Map([...this.trace.tasks].map(([id, { events }]) => [id, events]));
    for (let i = 0; i < tasks.length; i++) this.event(tasks[i]!, indexes[i]!, columns.get(tasks[i]!)!);
    for (const object of this.signals) this.holds.delete(object);
    const reach = new Map<number, Float64Array>();
    for (const [object, list] of this.holds) {
      settleHandOvers(list);
      list.sort((x, y) => x.from - y.from);
      let latest = -Infinity;
      reach.set(object, Float64Array.from(list, (hold) => (latest = Math.max(latest, hold.to))));
    }
    return { holds: this.holds, reach, causes: this.causes, arrows: this.arrows, spawned: this.spawned, counts: this.counts };
  }

  private event(task: number, index: number, e: EventColumns): void {
    const kind: Kind = e.kind[index]!;
    const object = e.word1[index]!;
    const a = e.a[index]!;
    const now: Moment = { task, time: e.time[index]! };
    switch (kind) {
      case Kind.Spawn:
        this.spawned.set(object, now);
        return;
      case Kind.TaskStart:
        this.arrow("spawn", this.spawned.get(task), now, index, 0, true);
        return;
      case Kind.TaskEnd:
        this.ended.set(task, now);
        // What a task holds when it dies is nobody's any more.
        if (a !== EndReason.Finished) for (const [key, hold] of this.open) if (hold.task === task) this.close(key, now.time);
        return;
      case Kind.Join:
        this.arrow("join", this.ended.get(object), now, index, 0, this.waited(e, index));
        return;
      case Kind.Lock:
      case Kind.LockWrite:
      case Kind.LockRead:
        this.arrow("lock", this.released.get(object), now, index, object, this.waited(e, index));
        this.hold(task, object, kind === Kind.Lock ? "lock" : kind === Kind.LockRead ? "read" : "write", 1, now.time, e.site[index]!);
        return;
      case Kind.Unlock:
      case Kind.UnlockRead:
      case Kind.UnlockWrite:
        this.released.set(object, now);
        this.close(key(task, object, kind === Kind.Unlock ? "lock" : kind === Kind.UnlockRead ? "read" : "write"), now.time);
        return;
      case Kind.Acquire:
        if (this.waited(e, index)) this.arrow("permit", this.released.get(object), now, index, object, true);
        this.count(object, now.time, -a);
        this.permits(task, object, a, now.time, e.site[index]!);
        return;
      case Kind.Release:
        this.released.set(object, now);
        this.count(object, now.time, a);
        this.permits(task, object, -a, now.time, e.site[index]!);
        return;
      case Kind.ConditionNotify:
      case Kind.AtomicNotify:
        this.notified.set(e.seq[index]!, now);
        return;
      case Kind.ConditionWake:
      case Kind.AtomicWake:
      case Kind.MemoryWake:
        this.arrow("notify", this.notified.get(a), now, index, kind === Kind.MemoryWake ? 0 : object, true);
        return;
      case Kind.MemoryNotify:
        this.notified.set(e.seq[index]!, now);
        return;
      case Kind.BarrierArrive:
        this.arrivals.set(`${object} ${a}`, now);
        this.set(object, now.time, e.b[index]! + 1);
        return;
      case Kind.BarrierDepart: {
        const last = this.arrivals.get(`${object} ${a}`);
        if (last && last.task !== task) this.arrow("barrier", last, now, index, object, true);
        return;
      }
      case Kind.LatchCountDown:
        this.released.set(object, now);
        this.set(object, now.time, e.b[index]!);
        return;
      case Kind.LatchPass:
        this.arrow("latch", this.released.get(object), now, index, object, this.waited(e, index));
        return;
      case Kind.Send: {
        let messages = this.sent.get(object);
        if (!messages) this.sent.set(object, (messages = new Map()));
        messages.set(a, now);
        if (this.waited(e, index)) this.cause(task, index, this.received.get(object));
        this.count(object, now.time, 1);
        return;
      }
      case Kind.Receive:
        this.arrow("message", this.sent.get(object)?.get(a), now, index, object, this.waited(e, index));
        this.sent.get(object)?.delete(a);
        this.received.set(object, now);
        this.count(object, now.time, -1);
        return;
      case Kind.Close:
        this.closed.set(object, now);
        return;
      case Kind.SawClosed:
        if (this.waited(e, index)) this.cause(task, index, this.closed.get(object));
        return;
      case Kind.StreamWrite:
        this.released.set(object, now);
        return;
      case Kind.StreamRead:
        this.arrow("stream", this.released.get(object), now, index, object, this.waited(e, index));
        return;
      case Kind.Atomic:
        this.set(object, now.time, e.c[index]!);
        return;
      default:
        return;
    }
  }

  /** Whether an event ended a wait: the task was blocked just before. */
  private waited(e: EventColumns, index: number): boolean {
    return index > 0 && e.kind[index - 1] === Kind.Block;
  }

  private cause(task: number, index: number, from: Moment | undefined): void {
    if (!from) return;
    let causes = this.causes.get(task);
    if (!causes) this.causes.set(task, (causes = new Map()));
    causes.set(index, from);
  }

  private arrow(kind: ArrowKind, from: Moment | undefined, to: Moment, index: number, object: number, woke: boolean): void {
    if (!from || from.task === to.task) return;
    this.arrows.push({ kind, from, to, object, woke });
    if (woke) this.cause(to.task, index, from);
  }

  private hold(task: number, object: number, mode: HoldMode, permits: number, from: number, site: number): void {
    let list = this.holds.get(object);
    if (!list) this.holds.set(object, (list = []));
    const hold: HoldInterval = { task, mode, permits, from, to: Infinity, site };
    list.push(hold);
    this.open.set(key(task, object, mode), hold);
  }

  private close(name: number, time: number): void {
    const hold = this.open.get(name);
    if (!hold) return;
    hold.to = time;
    this.open.delete(name);
  }

  /** A change of the permits that a task holds ends one stretch and begins another. */
  private permits(task: number, object: number, change: number, time: number, site: number): void {
    const name = key(task, object, "permit");
    const before = this.open.get(name);
    // Without initial permits the first must be given by a task that has none.
    if (change + (before?.permits ?? 0) < 0 || this.trace.objects.get(object)?.initial === 0) this.signals.add(object);
    const permits = (before?.permits ?? 0) + change;
    this.close(name, time);
    if (permits > 0) this.hold(task, object, "permit", permits, time, change > 0 ? site : (before?.site ?? site));
  }

  private line(object: number): CountLine {
    let line = this.counts.get(object);
    if (!line) this.counts.set(object, (line = { times: [], counts: [] }));
    return line;
  }

  private count(object: number, time: number, change: number): void {
    const line = this.line(object);
    const info = this.trace.objects.get(object);
    const start = info?.objectType === "Semaphore" ? (info.initial ?? 0) : 0;
    line.times.push(time);
    line.counts.push((line.counts.at(-1) ?? start) + change);
  }

  private set(object: number, time: number, value: number): void {
    const line = this.line(object);
    line.times.push(time);
    line.counts.push(value);
  }
}

const MODE_CODES: Record<HoldMode, number> = { lock: 0, read: 1, write: 2, permit: 3 };

/** Exact: objects have 32 bits, tasks 16. */
function key(task: number, object: number, mode: HoldMode): number {
  return (object * 4 + MODE_CODES[mode]) * 2 ** 16 + task;
}

/** The clock is read just after each operation: a hand-over may look as if the next holder came before the last one left. */
function settleHandOvers(holds: HoldInterval[]): void {
  for (let i = 1; i < holds.length; i++) {
    const before = holds[i - 1]!;
    const next = holds[i]!;
    const shares = before.mode === "permit" || (before.mode === "read" && next.mode === "read");
    if (!shares && before.to !== Infinity && before.to > next.from) before.to = Math.max(before.from, next.from);
  }
}

interface Ordered {
  readonly tasks: Uint32Array;
  readonly indexes: Uint32Array;
}

/** All numbered synchronization events by task and index, in the order of their numbers. */
function ordered(trace: Trace): Ordered {
  let count = 0;
  let most = 0;
  for (const { events } of trace.tasks.values()) {
    for (let i = 0; i < events.length; i++) {
      if (!isNumbered(events, i)) continue;
      count++;
      if (events.seq[i]! > most) most = events.seq[i]!;
    }
  }
  const tasks = new Uint32Array(count);
  const indexes = new Uint32Array(count);
  const seqs = new Float64Array(count);
  let at = 0;
  for (const [id, { events }] of trace.tasks) {
    for (let i = 0; i < events.length; i++) {
      if (!isNumbered(events, i)) continue;
      tasks[at] = id;
      indexes[at] = i;
      seqs[at++] = events.seq[i]!;
    }
  }
  const order = byPlace(seqs, most) ?? Uint32Array.from(seqs.keys()).sort((x, y) => seqs[x]! - seqs[y]! || x - y);
  return { tasks: tasks.map((_, n) => tasks[order[n]!]!), indexes: indexes.map((_, n) => indexes[order[n]!]!) };
}

function isNumbered({ kind, seq }: EventColumns, i: number): boolean {
  return isSync(kind[i]!) && seq[i]! > 0;
}

/**
 * The numbers come from one counter, so that nearly each has an event: a table puts them in order without comparing.
 * @returns undefined for the numbers of a damaged trace: far apart, not whole, or twice the same
 */
function byPlace(seqs: Float64Array, most: number): Uint32Array | undefined {
  if (!(most <= 8 * seqs.length + 1024)) return undefined;
  const places = new Uint32Array(most + 1);
  for (let i = 0; i < seqs.length; i++) {
    const seq = seqs[i]!;
    if (!Number.isInteger(seq) || places[seq] !== 0) return undefined;
    places[seq] = i + 1;
  }
  const order = new Uint32Array(seqs.length);
  let at = 0;
  for (const place of places) if (place > 0) order[at++] = place - 1;
  return order;
}

/** The holds of an object at a moment. */
export function holdsAt(scan: SyncScan, object: number, time: number): HoldInterval[] {
  const holds = scan.holds.get(object);
  const reach = scan.reach.get(object);
  if (!holds || !reach) return [];
  const found: HoldInterval[] = [];
  for (let i = lastAtOrBefore(holds, time); i >= 0 && reach[i]! > time; i--) {
    if (holds[i]!.to > time) found.unshift(holds[i]!);
  }
  return found;
}

function lastAtOrBefore(holds: readonly HoldInterval[], time: number): number {
  let at = -1;
  for (let low = 0, high = holds.length - 1; low <= high; ) {
    const middle = (low + high) >> 1;
    if (holds[middle]!.from <= time) {
      at = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return at;
}

/** The count of an object at a moment; its initial one before the first change. */
export function countAt(scan: SyncScan, object: number, time: number): number | undefined {
  const line = scan.counts.get(object);
  if (!line) return undefined;
  let at = -1;
  for (let low = 0, high = line.times.length - 1; low <= high; ) {
    const middle = (low + high) >> 1;
    if (line.times[middle]! <= time) {
      at = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return at < 0 ? undefined : line.counts[at];
}

/** What a wait of this kind counts as, for drawing. */
export function isLockWait(waitFor: WaitFor): boolean {
  return waitFor === WaitFor.Lock || waitFor === WaitFor.Permits || waitFor === WaitFor.ReadLock || waitFor === WaitFor.WriteLock;
}
