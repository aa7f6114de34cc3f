import { Kind } from "../trace";
import { clockOf, type Clock } from "./clocks";
import type { HeldLock, LockOrderFinding, LockOrderStep } from "./findings";
import type { Analysed, Observer, Progress, SyncEvent } from "./observer";

/** A task took `second` while holding `first`. */
interface Edge extends LockOrderStep {
  /** Dense task number. */
  readonly owner: number;
  readonly clock: number;
  /** The owner's weak clock at the moment. */
  readonly weak: Clock;
  readonly gates: ReadonlySet<number>;
}

const MAX_EDGES = 4_096;
/** Instances kept per pair of locks and task: they differ in gates and in what orders them. */
const MAX_SAME = 4;
const MAX_LENGTH = 6;

/**
 * Goodlock (Havelund 2000, with the gate locks and the ordering of Bensalem & Havelund 2005): locks taken in a circular order, by
 * different tasks, not under a common gate lock, and not ordered by spawn, join or messages, could deadlock in another run.
 */
export class LockOrder implements Observer {
  private readonly edges = new Map<number, Edge[]>();
  private count = 0;

  /** Told at the end only. */
  changed = false;

  constructor(private readonly analysed: Analysed) {}

  before({ kind, task: owner, id: task, word1: object, site, time }: SyncEvent): void {
    if (kind !== Kind.Lock && kind !== Kind.LockWrite && kind !== Kind.LockRead) return;
    const holds = this.analysed.lockSets.holds(owner);
    if (holds.length === 0) return;
    const clock = this.analysed.clocks.now(owner);
    const weak = this.analysed.clocks.weak[owner]!;
    for (const hold of holds) {
      if (hold.object === object || hold.mode === "permit") continue;
      // Two readers do not exclude each other.
      let list = this.edges.get(hold.object);
      if (!list) this.edges.set(hold.object, (list = []));
      const same = list.filter((edge) => edge.second === object && edge.owner === owner);
      const gates = new Set(holds.filter((other) => other !== hold).map((other) => other.object));
      const alike = same.find((edge) => edge.clock === clock || (sameSet(edge.gates, gates) && edge.secondSite === site));
      if (alike || same.length >= MAX_SAME || this.count >= MAX_EDGES) continue;
      this.count++;
      const held: HeldLock[] = holds.map(({ object: id, mode }) => ({ object: id, mode }));
      list.push({ owner, task, first: hold.object, second: object, firstSite: hold.site, secondSite: site, holds: held, time, clock, weak: weak.slice(), gates });
    }
  }

  findings({ ended, deadlocked }: Progress): LockOrderFinding[] {
    if (!ended) return [];
    const found = new Map<string, LockOrderFinding>();
    const visit = (path: Edge[]): void => {
      const last = path.at(-1)!;
      const start = path[0]!;
      for (const edge of this.edges.get(last.second) ?? []) {
        if (!path.every((other) => compatible(other, edge))) continue;
        if (edge.second === start.first) this.report([...path, edge], deadlocked, found);
        else if (path.length + 1 < MAX_LENGTH && edge.second > start.first) visit([...path, edge]);
      }
    };
    // Each cycle is found from its lowest lock only.
    for (const edges of this.edges.values()) for (const edge of edges) if (edge.second > edge.first) visit([edge]);
    return [...found.values()];
  }

  private report(path: readonly Edge[], deadlocked: ReadonlySet<string>, found: Map<string, LockOrderFinding>): void {
    const tasks = path.map((edge) => edge.task).sort((x, y) => x - y);
    if (deadlocked.has(tasks.join(","))) return;
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

/** Different tasks, no common gate, and neither happens before the other by anything but locks. */
function compatible(x: Edge, y: Edge): boolean {
  if (x.owner === y.owner) return false;
  for (const gate of x.gates) if (y.gates.has(gate)) return false;
  return x.clock > clockOf(y.weak, x.owner) && y.clock > clockOf(x.weak, y.owner);
}

function sameSet(x: ReadonlySet<number>, y: ReadonlySet<number>): boolean {
  if (x.size !== y.size) return false;
  for (const item of x) if (!y.has(item)) return false;
  return true;
}
