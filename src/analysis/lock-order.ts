import { Kind } from "../trace";
import { Awaited } from "./awaited";
import { clockOf, joinClock, type Clock } from "./clocks";
import type { LockOrderFinding, LockOrderStep } from "./findings";
import type { Hold } from "./locksets";
import type { HoldMode } from "./views/types";
import type { AccessEvent, Analysed, Observer, Progress, SyncEvent } from "./observer";

/** A task took `wanted`, and would have waited for it if it had not been free. */
interface Request {
  /** Dense task number. */
  readonly owner: number;
  readonly task: number;
  readonly wanted: number;
  readonly mode: HoldMode;
  /** Permits wanted of a semaphore, 0 of other locks. */
  readonly amount: number;
  readonly site: number;
  readonly time: number;
  readonly clock: number;
  /** What comes before it in every order of the run: the owner's weak clock, and what it has waited for in loops. */
  readonly weak: Clock;
  /** How often the owner had ordered itself with others. */
  readonly meeting: number;
  /** Number of the set of locks that it held. */
  readonly set: number;
  readonly holds: readonly Hold[];
  /** Permits of semaphores that it held. */
  readonly permits: ReadonlyMap<number, number>;
  /** Its number among all requests. */
  readonly index: number;
}

const MAX_REQUESTS = 4_096;
/** Places kept per lock, task and set of locks held. */
const MAX_SAME = 4;
/** Of each place, the first requests that are kept, and the latest one: they differ in what orders them. */
const KEPT_FIRST = 2;
/** Tasks in a circle. */
const MAX_LENGTH = 6;
/** Requests that are tried as parts of circles. */
const MAX_TRIED = 200_000;

const NONE: ReadonlyMap<number, number> = new Map();

/** What orders tasks as the program means it. */
const MEETINGS = [
  Kind.Spawn,
  Kind.Join,
  Kind.Send,
  Kind.Receive,
  Kind.Close,
  Kind.SawClosed,
  Kind.StreamWrite,
  Kind.StreamRead,
  Kind.BarrierArrive,
  Kind.BarrierDepart,
  Kind.LatchCountDown,
  Kind.LatchPass,
  Kind.ConditionNotify,
  Kind.ConditionWake,
  Kind.AtomicNotify,
  Kind.AtomicWake,
] as const;

/**
 * Goodlock (Havelund 2000, with the gate locks and the ordering of Bensalem & Havelund 2005), with all that a request can wait for:
 * requests of different tasks that could all be made at once (no common gate lock, permits enough for all, not ordered by spawn, join or
 * messages), and of which each then waits for others of them, could deadlock in another run. A lock is waited for when another holds it; a
 * semaphore when the others hold all permits; for reading also when another waits to write: who reads lets writers ahead of it
 * go first. Who only tries does not wait for ever. What a task has waited for in a loop (an Atomic, a variable under a condition's mutex)
 * orders as well as a message does, whether or not it had to wait in this run.
 */
export class LockOrder implements Observer {
  /** By what they want. */
  private readonly requests = new Map<number, Request[]>();
  private kept = 0;
  private made = 0;
  /** By dense task: how often it has ordered itself with others. */
  private readonly meetings: number[] = [];
  private readonly awaited: Awaited;
  /** Dense task → semaphore → permits it holds. */
  private readonly permits: (Map<number, number> | undefined)[] = [];
  /** Permits released by tasks that did not hold them: the semaphore is a signal, no lock. */
  private readonly added = new Map<number, number>();

  /** Told at the end only. */
  changed = false;
  readonly kinds = [Kind.Acquire, Kind.Release, Kind.Lock, Kind.LockRead, Kind.LockWrite, Kind.Atomic, Kind.Block, ...MEETINGS];

  constructor(private readonly analysed: Analysed) {
    this.awaited = new Awaited(analysed);
  }

  before(event: SyncEvent): void {
    const { kind, task: owner, word1: object, a, b } = event;
    switch (kind) {
      case Kind.Acquire:
        this.met(owner);
        if (b === 0) this.taken(event, "permit", a);
        return this.acquired(owner, object, a);
      case Kind.Release:
        this.met(owner);
        return this.released(owner, object, a);
      case Kind.Atomic:
        return this.awaited.atomic(event);
      case Kind.Block:
        return this.awaited.blocks(event);
      case Kind.Lock:
        if (a === 0) this.taken(event, "lock", 0);
        return;
      case Kind.LockRead:
        if (a === 0) this.taken(event, "read", 0);
        return;
      case Kind.LockWrite:
        if (a === 0) this.taken(event, "write", 0);
        return;
      default:
        return this.met(owner);
    }
  }

  access(event: AccessEvent): void {
    this.awaited.access(event);
  }

  private met(task: number): void {
    this.awaited.met(task);
    this.meetings[task] = (this.meetings[task] ?? 0) + 1;
  }

  private acquired(owner: number, semaphore: number, permits: number): void {
    const held = (this.permits[owner] ??= new Map());
    held.set(semaphore, (held.get(semaphore) ?? 0) + permits);
  }

  private released(owner: number, semaphore: number, permits: number): void {
    const held = (this.permits[owner] ??= new Map());
    const own = held.get(semaphore) ?? 0;
    if (own > permits) held.set(semaphore, own - permits);
    else held.delete(semaphore);
    if (permits > own) this.added.set(semaphore, (this.added.get(semaphore) ?? 0) + permits - own);
  }

  private taken({ task: owner, id: task, word1: wanted, site, time }: SyncEvent, mode: HoldMode, amount: number): void {
    const { lockSets, clocks } = this.analysed;
    const set = lockSets.of(owner);
    const held = this.permits[owner];
    // Who holds nothing keeps nobody waiting, but for readers that wait behind it.
    if (set === 0 && !held?.size && mode !== "write") return;
    let list = this.requests.get(wanted);
    if (!list) this.requests.set(wanted, (list = []));
    const meeting = this.meetings[owner] ?? 0;
    const permits = held?.size ? held : NONE;
    const sites = new Set<number>();
    let same = 0;
    let latest = -1;
    for (let i = 0; i < list.length; i++) {
      const one = list[i]!;
      if (one.owner !== owner || one.set !== set || one.mode !== mode) continue;
      sites.add(one.site);
      if (one.site !== site || !sameMap(one.permits, permits)) continue;
      if (one.meeting === meeting) return;
      same++;
      latest = i;
    }
    if (same === 0 && sites.size >= MAX_SAME) return;
    if (same <= KEPT_FIRST && this.kept >= MAX_REQUESTS) return;
    const weak = clocks.weak[owner]!.slice();
    joinClock(weak, this.awaited.of(owner));
    const request: Request = { owner, task, wanted, mode, amount, site, time, clock: clocks.now(owner), weak, meeting, set, holds: [...lockSets.holds(owner)], permits: permits === NONE ? NONE : new Map(permits), index: this.made++ };
    if (same > KEPT_FIRST) list[latest] = request;
    else {
      list.push(request);
      this.kept++;
    }
  }

  findings({ ended, deadlocked }: Progress): LockOrderFinding[] {
    if (!ended) return [];
    for (const requests of this.requests.values()) for (const { weak, owner } of requests) this.awaited.close(weak, owner);
    return new Circles(this.analysed, this.requests, this.added).findings(deadlocked);
  }
}

/** The search among all requests of a run. */
class Circles {
  private readonly all: readonly Request[];
  /** Lock or semaphore → the requests of those who hold it. */
  private readonly holding = new Map<number, Request[]>();
  private readonly found = new Map<string, LockOrderFinding>();
  private readonly seen = new Set<string>();
  private tried = 0;

  constructor(
    private readonly analysed: Analysed,
    private readonly requests: ReadonlyMap<number, readonly Request[]>,
    private readonly added: ReadonlyMap<number, number>,
  ) {
    this.all = [...requests.values()].flat().filter((request) => request.mode !== "permit" || this.capacity(request.wanted) > 0);
    for (const request of this.all) {
      for (const object of new Set([...request.holds.map((hold) => hold.object), ...request.permits.keys()])) {
        const list = this.holding.get(object);
        if (list) list.push(request);
        else this.holding.set(object, [request]);
      }
    }
  }

  findings(deadlocked: ReadonlySet<string>): LockOrderFinding[] {
    // Each circle is found from its first request only.
    for (const request of this.all) if (request.holds.length + request.permits.size > 0) this.visit([request], deadlocked);
    return [...this.found.values()];
  }

  /** Permits of a semaphore that is used as a lock; 0 of others. */
  private capacity(semaphore: number): number {
    return this.added.has(semaphore) ? 0 : (this.analysed.objects.get(semaphore)?.initial ?? 0);
  }

  private visit(circle: readonly Request[], deadlocked: ReadonlySet<string>): void {
    const free = circle.find((request) => this.blockers(request, circle).length === 0);
    if (!free) return this.report(circle, deadlocked);
    if (circle.length >= MAX_LENGTH) return;
    for (const other of this.candidates(free)) {
      if (this.tried++ > MAX_TRIED) return;
      const first = circle[0]!;
      if (other.index < first.index && other.holds.length + other.permits.size > 0) continue;
      if (circle.every((one) => compatible(one, other)) && this.fitIn([...circle, other])) this.visit([...circle, other], deadlocked);
    }
  }

  /** Who could make it wait. */
  private candidates({ wanted, mode }: Request): readonly Request[] {
    const holding = this.holding.get(wanted) ?? [];
    return mode === "read" ? [...holding, ...(this.requests.get(wanted) ?? []).filter((other) => other.mode === "write")] : holding;
  }

  /** Those of a circle that make a request of it wait; none if it need not wait. */
  private blockers(request: Request, circle: readonly Request[]): readonly Request[] {
    const { wanted, mode, amount } = request;
    const others = circle.filter((other) => other !== request);
    switch (mode) {
      case "lock":
      case "write":
        return others.filter(({ holds }) => holds.some(({ object }) => object === wanted));
      case "read":
        return others.filter((other) => (other.mode === "write" && other.wanted === wanted) || other.holds.some((hold) => hold.object === wanted && hold.mode === "write"));
      case "permit": {
        const taken = circle.reduce((sum, { permits }) => sum + (permits.get(wanted) ?? 0), 0);
        return taken + amount > this.capacity(wanted) ? others.filter(({ permits }) => permits.has(wanted)) : [];
      }
    }
  }

  /** Whether all can hold at once what they held each: every semaphore has permits enough. */
  private fitIn(circle: readonly Request[]): boolean {
    for (const semaphore of new Set(circle.flatMap(({ permits }) => [...permits.keys()]))) {
      const wanted = circle.reduce((sum, { permits }) => sum + (permits.get(semaphore) ?? 0), 0);
      const initial = this.analysed.objects.get(semaphore)?.initial ?? Infinity;
      if (wanted > initial + (this.added.get(semaphore) ?? 0)) return false;
    }
    return true;
  }

  private report(circle: readonly Request[], deadlocked: ReadonlySet<string>): void {
    const key = circle.map(({ owner, wanted, set, site }) => `${owner} ${wanted} ${set} ${site}`).sort().join();
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const tasks = circle.map(({ task }) => task);
    if ([...deadlocked].some((ids) => within(ids.split(",").map(Number), tasks))) return;
    const id = `lock-order ${[...new Set(circle.map(({ wanted }) => wanted))].sort((x, y) => x - y).join("-")}`;
    const known = this.found.get(id);
    if (known) this.found.set(id, { ...known, count: known.count + 1 });
    else this.found.set(id, { kind: "lock-order", id, steps: circle.map((request, i) => this.step(request, i, circle)), count: 1 });
  }

  private step(request: Request, at: number, circle: readonly Request[]): LockOrderStep {
    const { task, wanted, site, holds, permits, time } = request;
    // What the one before it waits for, if it holds that.
    const before = [...circle.slice(0, at).reverse(), ...circle.slice(at + 1).reverse()];
    const first = before.map((other) => other.wanted).find((object) => permits.has(object) || holds.some((hold) => hold.object === object));
    return {
      task,
      first,
      second: wanted,
      secondSite: site,
      holds: holds.map(({ object, mode, site, time }) => ({ object, mode, site, time })),
      waitsFor: this.blockers(request, circle).map((other) => other.task),
      time,
    };
  }
}

/** Whether all of the one are among the other, whichever is larger. */
function within(x: readonly number[], y: readonly number[]): boolean {
  return x.every((one) => y.includes(one)) || y.every((one) => x.includes(one));
}

/** Who reads does not wait for who reads. */
function bothRead(x: HoldMode, y: HoldMode): boolean {
  return x === "read" && y === "read";
}

/** Different tasks that can hold at once what they hold, and neither happens before the other by anything but locks. */
function compatible(x: Request, y: Request): boolean {
  if (x.owner === y.owner) return false;
  for (const hold of x.holds) for (const other of y.holds) if (hold.object === other.object && !bothRead(hold.mode, other.mode)) return false;
  return x.clock > clockOf(y.weak, x.owner) && y.clock > clockOf(x.weak, y.owner);
}

function sameMap<V>(x: ReadonlyMap<number, V>, y: ReadonlyMap<number, V>): boolean {
  if (x.size !== y.size) return false;
  for (const [key, value] of x) if (y.get(key) !== value) return false;
  return true;
}
