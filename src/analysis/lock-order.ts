import { Kind } from "../trace";
import { clockOf, type Clock } from "./clocks";
import type { HeldLock, LockOrderFinding, LockOrderStep } from "./findings";
import type { HoldMode } from "./views/types";
import type { Analysed, Observer, Progress, SyncEvent } from "./observer";

/** A task took `second` while holding `first`. */
interface Edge extends LockOrderStep {
  /** Dense task number. */
  readonly owner: number;
  readonly clock: number;
  /** The owner's weak clock at the moment. */
  readonly weak: Clock;
  readonly firstMode: HoldMode;
  readonly secondMode: HoldMode;
  /** What else it held, and how. */
  readonly gates: ReadonlyMap<number, HoldMode>;
  /** Permits of semaphores that it held. */
  readonly permits: ReadonlyMap<number, number>;
}

const MAX_EDGES = 4_096;
/** Instances kept per pair of locks and task: they differ in gates and in what orders them. */
const MAX_SAME = 4;
const MAX_LENGTH = 6;

const NONE: ReadonlyMap<number, number> = new Map();

/**
 * Goodlock (Havelund 2000, with the gate locks and the ordering of Bensalem & Havelund 2005): locks taken in a circular order, by
 * different tasks, not under a common gate lock, and not ordered by spawn, join or messages, could deadlock in another run. A
 * semaphore with too few permits for all tasks of a circle is a gate as well. Who only tries does not wait for ever.
 */
export class LockOrder implements Observer {
  private readonly edges = new Map<number, Edge[]>();
  private count = 0;
  /** Dense task → semaphore → permits it holds. */
  private readonly permits: (Map<number, number> | undefined)[] = [];
  /** Permits released by tasks that did not hold them: the semaphore has so many more than in the beginning. */
  private readonly added = new Map<number, number>();

  /** Told at the end only. */
  changed = false;
  readonly kinds = [Kind.Acquire, Kind.Release, Kind.Lock, Kind.LockRead, Kind.LockWrite];

  constructor(private readonly analysed: Analysed) {}

  before({ kind, task: owner, id: task, word1: object, site, time, a, b }: SyncEvent): void {
    switch (kind) {
      case Kind.Acquire:
        // With one permit it is a lock.
        if (b === 0 && this.analysed.objects.get(object)?.initial === 1) this.taken(owner, task, object, "permit", site, time);
        return this.acquired(owner, object, a);
      case Kind.Release:
        return this.released(owner, object, a);
      case Kind.Lock:
      case Kind.LockRead:
      case Kind.LockWrite:
        if (a === 0) this.taken(owner, task, object, kind === Kind.Lock ? "lock" : kind === Kind.LockRead ? "read" : "write", site, time);
        return;
      default:
        return;
    }
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

  private taken(owner: number, task: number, object: number, secondMode: HoldMode, site: number, time: number): void {
    const holds = this.analysed.lockSets.holds(owner);
    if (holds.length === 0) return;
    const clock = this.analysed.clocks.now(owner);
    const weak = this.analysed.clocks.weak[owner]!;
    for (const hold of holds) {
      if (hold.object === object) continue;
      let list = this.edges.get(hold.object);
      if (!list) this.edges.set(hold.object, (list = []));
      const same = list.filter((edge) => edge.second === object && edge.owner === owner);
      const gates = new Map(holds.filter((other) => other !== hold).map((other) => [other.object, other.mode]));
      const permits = this.permits[owner]?.size ? new Map(this.permits[owner]) : NONE;
      const alike = same.find((edge) => edge.clock === clock || (edge.secondSite === site && sameMap(edge.gates, gates) && sameMap(edge.permits, permits)));
      if (alike || same.length >= MAX_SAME || this.count >= MAX_EDGES) continue;
      this.count++;
      const held: HeldLock[] = holds.map(({ object: id, mode }) => ({ object: id, mode }));
      list.push({ owner, task, first: hold.object, second: object, firstSite: hold.site, secondSite: site, holds: held, time, clock, weak: weak.slice(), firstMode: hold.mode, secondMode, gates, permits });
    }
  }

  findings({ ended, deadlocked }: Progress): LockOrderFinding[] {
    if (!ended) return [];
    const found = new Map<string, LockOrderFinding>();
    const visit = (path: Edge[]): void => {
      const last = path.at(-1)!;
      const start = path[0]!;
      for (const edge of this.edges.get(last.second) ?? []) {
        if (!path.every((other) => compatible(other, edge)) || bothRead(last.secondMode, edge.firstMode)) continue;
        if (edge.second === start.first) {
          if (!bothRead(edge.secondMode, start.firstMode)) this.report([...path, edge], deadlocked, found);
        }
        else if (path.length + 1 < MAX_LENGTH && edge.second > start.first) visit([...path, edge]);
      }
    };
    // Each cycle is found from its lowest lock only.
    for (const edges of this.edges.values()) for (const edge of edges) if (edge.second > edge.first) visit([edge]);
    return [...found.values()];
  }

  /** Whether all tasks of the circle can hold at once what they held each: every semaphore has permits enough. */
  private fitIn(path: readonly Edge[]): boolean {
    // A semaphore that others release than took from it is a signal, no lock.
    if (path.some((edge) => edge.firstMode === "permit" && this.added.has(edge.first))) return false;
    for (const semaphore of new Set(path.flatMap((edge) => [...edge.permits.keys()]))) {
      const wanted = path.reduce((sum, edge) => sum + (edge.permits.get(semaphore) ?? 0), 0);
      const initial = this.analysed.objects.get(semaphore)?.initial ?? Infinity;
      if (wanted > initial + (this.added.get(semaphore) ?? 0)) return false;
    }
    return true;
  }

  private report(path: readonly Edge[], deadlocked: ReadonlySet<string>, found: Map<string, LockOrderFinding>): void {
    const tasks = path.map((edge) => edge.task).sort((x, y) => x - y);
    if (deadlocked.has(tasks.join(",")) || !this.fitIn(path)) return;
    const id = `lock-order ${path.map((edge) => edge.first).sort((x, y) => x - y).join("-")}`;
    const known = found.get(id);
    if (known) {
      found.set(id, { ...known, count: known.count + 1 });
      return;
    }
    const steps = path.map(({ task, first, second, firstSite, secondSite, holds, time }) => ({ task, first, second, firstSite, secondSite, holds, time }));
    found.set(id, { kind: "lock-order", id, steps, count: 1 });
  }
}

/** Who reads does not wait for who reads. */
function bothRead(wanted: HoldMode, held: HoldMode): boolean {
  return wanted === "read" && held === "read";
}

/** Different tasks, no common gate, and neither happens before the other by anything but locks. */
function compatible(x: Edge, y: Edge): boolean {
  if (x.owner === y.owner) return false;
  for (const [gate, mode] of x.gates) {
    const other = y.gates.get(gate);
    if (other !== undefined && !bothRead(mode, other)) return false;
  }
  return x.clock > clockOf(y.weak, x.owner) && y.clock > clockOf(x.weak, y.owner);
}

function sameMap<V>(x: ReadonlyMap<number, V>, y: ReadonlyMap<number, V>): boolean {
  if (x.size !== y.size) return false;
  for (const [key, value] of x) if (y.get(key) !== value) return false;
  return true;
}
