import { AtomicOp, Kind, atomicReads, atomicWrites, isTagged, spaceOf } from "../trace";
import type { AccessEvidence, AtomicityFinding, LostUpdateFinding } from "./findings";
import { clockOf } from "./clocks";
import type { Analysed, Observer, SyncEvent } from "./observer";

interface Step {
  readonly task: number;
  readonly site: number;
  readonly time: number;
  readonly index: number;
  readonly value: number;
  readonly clock: number;
  readonly locks: number;
}

interface Pending {
  readonly read: Step;
  /** Another task's update since, of the same value. */
  overwritten: Step | undefined;
}

/** The read, the other task's write, the write. */
type Steps = readonly [Step, Step, Step];

interface Seen {
  readonly steps: Steps;
  /** undefined: a lost update. */
  readonly pattern: "overwritten" | "both-entered" | undefined;
  /** An Atomic, or an element. */
  readonly place: number;
  count: number;
}

/** From here on a number stands for a space and an address, below for an Atomic. */
const FIRST_ELEMENT = 2 ** 32;
/** Places that are watched. */
const MAX_PLACES = 100_000;

/**
 * Lost updates of Atomics and of elements by Atomics.load and Atomics.store: load, then store (or an exchange whose result nobody uses) of a value
 * made from it, with another task's update of the same value between.
 * Each operation is atomic, so their order is known exactly; that the order was an accident is required of the
 * clocks without atomics: something else than the Atomic itself would have to order them, had it been meant.
 */
export class AtomicUpdates implements Observer {
  /** Place → task → its latest load, not yet followed by a write of its own. */
  private readonly pending = new Map<number, Map<number, Pending>>();
  /** Place → task → both set the same constant; a lock that both got, if the task sets it back. */
  private readonly entered = new Map<number, Map<number, Steps>>();
  private readonly seen = new Map<string, Seen>();
  changed = false;
  readonly kinds = [Kind.Atomic, Kind.MemoryAtomic];

  constructor(private readonly analysed: Analysed) {}

  before({ kind, task, word1, a, b: before, c: after, site, time, index }: SyncEvent): void {
    // A large BigInt is known by a number of its task's own.
    if (isTagged(before) || isTagged(after)) return;
    const element = kind === Kind.MemoryAtomic;
    const op: AtomicOp = element ? a & 0xff : a;
    const place = element ? (spaceOf(this.analysed.tasks.list[task]!.space, word1) + 2) * FIRST_ELEMENT + word1 : word1;
    if (op === AtomicOp.WaitLoad || op === AtomicOp.CompareExchangeFailed) return;
    let tasks = this.pending.get(place);
    if (!tasks) {
      if (this.pending.size >= MAX_PLACES) return;
      this.pending.set(place, (tasks = new Map()));
    }
    const step = { task, site, time, index, value: atomicWrites(op) ? after : before, clock: this.analysed.clocks.now(task), locks: this.analysed.lockSets.of(task) };
    if (!atomicWrites(op)) {
      // Nothing is made of what is only printed.
      if (this.analysed.sites.shows(site)) return;
      tasks.set(task, { read: step, overwritten: undefined });
      return;
    }
    const own = tasks.get(task);
    tasks.delete(task);
    this.leaves(place, task, after);
    // Who uses what an exchange gives sees what was there.
    const blind = op === AtomicOp.Store || (op === AtomicOp.Exchange && this.analysed.sites.discards(site));
    if (blind && own?.overwritten && after !== own.read.value) this.stale(place, own.read, own.overwritten, step);
    const base = atomicReads(op) ? before : own?.read.value;
    if (base === undefined || base === after) return;
    for (const [other, pending] of tasks) {
      if (other !== task && !pending.overwritten && pending.read.value === base) pending.overwritten = step;
    }
  }

  private stale(place: number, read: Step, between: Step, write: Step): void {
    if (between.clock <= clockOf(this.analysed.clocks.weak[write.task]!, between.task)) return;
    const steps: Steps = [read, between, write];
    const { sites } = this.analysed;
    const constant = sites.writesConstant(write.site);
    if ((constant || sites.knownBefore(read.site, write.site)) && !sites.decides(read.site)) return;
    if (!constant) this.add(place, steps, undefined);
    else if (between.value !== write.value) this.add(place, steps, "overwritten");
    else {
      // Two that set the same flag do no harm by that.
      let tasks = this.entered.get(place);
      if (!tasks) this.entered.set(place, (tasks = new Map()));
      tasks.set(write.task, steps);
    }
  }

  private leaves(place: number, task: number, value: number): void {
    const steps = this.entered.get(place)?.get(task);
    if (!steps) return;
    this.entered.get(place)!.delete(task);
    if (value === steps[0].value) this.add(place, steps, "both-entered");
  }

  private add(place: number, steps: Steps, pattern: Seen["pattern"]): void {
    const key = `${place} ${steps.map((step) => step.site).join(" ")}`;
    const known = this.seen.get(key);
    if (known) known.count++;
    else if (this.seen.size < 10_000) this.seen.set(key, { steps, pattern, place, count: 1 });
    this.changed = true;
  }

  findings(): (LostUpdateFinding | AtomicityFinding)[] {
    return [...this.seen.entries()].map(([key, { steps, place, pattern, count }]) => {
      const [read, between, write] = steps;
      const base = {
        variable: this.nameOf(place),
        object: place < FIRST_ELEMENT ? place : undefined,
        accesses: [this.evidence(read, "read"), this.evidence(between, "write"), this.evidence(write, "write")] as const,
        tasks: [this.id(read.task), this.id(between.task)].sort((x, y) => x - y),
        count,
      };
      if (pattern) return { kind: "atomicity-violation", id: `atomicity-violation ${key}`, pattern, ...base, expected: undefined };
      return {
        kind: "lost-update",
        id: `lost-update ${key}`,
        ...base,
        proof: {
          read: read.value,
          first: { task: this.id(between.task), wrote: between.value },
          second: { task: this.id(write.task), wrote: write.value },
        },
      };
    });
  }

  private nameOf(place: number): string {
    if (place < FIRST_ELEMENT) return this.analysed.objects.get(place)?.name ?? `#${place}`;
    const address = place % FIRST_ELEMENT;
    return this.analysed.memory.slot(Math.floor(place / FIRST_ELEMENT) - 2, address)?.name ?? `0x${address.toString(16)}`;
  }

  private id(task: number): number {
    return this.analysed.tasks.list[task]!.id;
  }

  private evidence(step: Step, op: AccessEvidence["op"]): AccessEvidence {
    const { site, time, index, value } = step;
    return { task: this.id(step.task), index, time, site, op, atomic: true, value, locks: this.analysed.lockSets.locks(step.locks) };
  }
}
