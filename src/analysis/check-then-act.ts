import { AtomicOp, type Guard, Kind, atomicWrites, spaceOf } from "../trace";
import { ByPlace } from "./by-place";
import { clockOf } from "./clocks";
import type { AccessEvidence, AtomicityFinding } from "./findings";
import type { AccessEvent, Analysed, Observer, SyncEvent } from "./observer";

interface Step {
  readonly task: number;
  readonly site: number;
  readonly index: number;
  /** Nanoseconds; undefined for accesses, whose time their index tells. */
  readonly time: number | undefined;
  readonly value: number;
  readonly clock: number;
  readonly locks: number;
  readonly atomic: boolean;
}

/** A task's read, by which it may decide what to do in a later critical section. */
interface Check extends Step {
  readonly section: number;
  /** Another task's latest change since. */
  between: Step | undefined;
}

/** What a task does with a variable in its present critical section. */
interface Section {
  readonly number: number;
  /** The read from an earlier section, which this one may rely on. */
  readonly check: Check | undefined;
  readonly first: Step;
  /** It was read again at another place: looked at, before it is changed. */
  again: boolean;
}

interface Watched {
  /** The number of the slot, or of the Atomic. */
  readonly slot: number | undefined;
  readonly object: number | undefined;
  readonly space: number;
  readonly address: number;
  negative: boolean;
  readonly checks: Map<number, Check>;
  readonly sections: Map<number, Section>;
  /** Seen, unless the task takes it back with its next change. */
  readonly pending: Map<number, Violation>;
}

interface Violation {
  readonly pattern: AtomicityFinding["pattern"];
  readonly steps: readonly [Check, Step, Step];
  /** What the task's step would have left, had nobody come between. */
  readonly expected: number;
  /** By how much the task's step changed the value. */
  readonly difference: number;
}

interface Seen extends Violation {
  readonly watched: Watched;
  count: number;
}

const MAX_WATCHED = 100_000;
const MAX_SEEN = 10_000;

function watching(slot: number | undefined, object: number | undefined, space: number, address: number): Watched {
  return { slot, object, space, address, negative: false, checks: new Map(), sections: new Map(), pending: new Map() };
}

/**
 * Check, then act: a task decides by a value that it reads in one critical section (or by an Atomic's load), and acts in a later one, where
 * the value is another by then. AVIO's patterns (Lu et al. 2006) alone would find many that do no harm; this finds only those that the
 * values prove: a number that was never negative falls below zero, though it would not have from the value that was looked at; a number is
 * changed behind an `if` whose comparison held for what was looked at, and not for what was found; an array that was not empty has nothing to take out.
 */
export class CheckThenAct implements Observer {
  changed = false;
  readonly kinds = [Kind.Lock, Kind.LockRead, Kind.LockWrite, Kind.Acquire, Kind.Atomic, Kind.MemoryAtomic];
  /** By slot. */
  private readonly watched = new Map<number, Watched>();
  private readonly atomics = new ByPlace<Watched>(MAX_WATCHED, (object, space, address) => watching(undefined, object, space, address));
  private readonly seen = new Map<string, Seen>();
  /** By task: how often it took a lock while it held none. */
  private readonly sections: number[] = [];

  constructor(private readonly analysed: Analysed) {}

  before(event: SyncEvent): void {
    const { kind, task } = event;
    if (kind === Kind.Atomic || kind === Kind.MemoryAtomic) this.atomic(event);
    else if (this.analysed.lockSets.of(task) === 0) this.sections[task] = (this.sections[task] ?? 0) + 1;
  }

  // ------------------------------------------------------------ Atomics

  private atomic({ kind, task, word1, a, b: before, c: after, site, time, index }: SyncEvent): void {
    const memory = kind === Kind.MemoryAtomic;
    const op: AtomicOp = memory ? a & 0xff : a;
    const watched = memory ? this.atomics.element(spaceOf(this.analysed.tasks.list[task]!.space, word1), word1) : this.atomics.object(word1);
    if (!watched) return;
    const step: Step = { task, site, index, time, value: atomicWrites(op) ? after : before, clock: this.analysed.clocks.now(task), locks: this.analysed.lockSets.of(task), atomic: true };
    const check = watched.checks.get(task);
    watched.checks.delete(task);
    if (op === AtomicOp.Load) watched.checks.set(task, { ...step, section: 0, between: undefined });
    if (!atomicWrites(op)) return;
    this.settle(watched, task, after - before);
    if ((op === AtomicOp.Add || op === AtomicOp.Sub) && check) this.changedWrongly(watched, check, before, step);
    this.changedBy(watched, step);
  }

  // ------------------------------------------------------------ variables under locks

  access({ task, slot, space, address, size, write, atomic, site, value, index }: AccessEvent): void {
    if (atomic || size !== 8) return;
    const locks = this.analysed.lockSets.of(task);
    let watched = this.watched.get(slot);
    if (locks === 0) {
      watched?.checks.delete(task);
      return;
    }
    // Of interest is only what is decided by, and what was negative once: most variables never are.
    if (!watched) {
      if (write ? !(value < 0) : !this.analysed.sites.decides(site)) return;
      if (this.watched.size >= MAX_WATCHED) return;
      this.watched.set(slot, (watched = watching(slot, undefined, space, address)));
    }
    const step: Step = { task, site, index, time: undefined, value, clock: this.analysed.clocks.now(task), locks, atomic: false };
    if (write) this.write(watched, step);
    else this.read(watched, step);
  }

  private read(watched: Watched, step: Step): void {
    const { task } = step;
    const number = this.sections[task] ?? 0;
    let section = watched.sections.get(task);
    if (section?.number === number) {
      if (section.first.site !== step.site) section.again = true;
    } else watched.sections.set(task, (section = { number, check: watched.checks.get(task), first: step, again: false }));
    const known = watched.checks.get(task);
    if (known?.section !== number) {
      if (this.analysed.sites.decides(step.site)) watched.checks.set(task, { ...step, section: number, between: undefined });
      else if (known) watched.checks.delete(task);
    }
    const { check, again } = section;
    if (step.value === 0 && check?.between && !again && check.value > 0 && this.analysed.sites.takesOut(step.site)) this.violated(watched, { pattern: "emptied", steps: [check, check.between, step], expected: check.value - 1, difference: NaN });
  }

  private write(watched: Watched, step: Step): void {
    const { task } = step;
    const section = watched.sections.get(task);
    this.settle(watched, task, step.value - (section?.first.value ?? NaN));
    if (section?.number === this.sections[task] && section.check && !section.again && section.first.site === step.site) this.changedWrongly(watched, section.check, section.first.value, step);
    watched.checks.delete(task);
    watched.sections.delete(task);
    this.changedBy(watched, step);
  }

  // ------------------------------------------------------------ both

  /** The check of every other task is out of date. */
  private changedBy(watched: Watched, step: Step): void {
    if (step.value < 0) watched.negative = true;
    for (const [other, check] of watched.checks) if (other !== step.task) check.between = step;
  }

  /** A task changes by `difference` what it may have changed wrongly before. */
  private settle(watched: Watched, task: number, difference: number): void {
    const pending = watched.pending.get(task);
    if (!pending) return;
    watched.pending.delete(task);
    if (pending.difference + difference !== 0) this.add(this.seen, watched, pending);
  }

  /** `from`: what the step found. */
  private changedWrongly(watched: Watched, check: Check, from: number, step: Step): void {
    if (!check.between) return;
    const expected = check.value + step.value - from;
    const difference = step.value - from;
    const steps = [check, check.between, step] as const;
    if (!watched.negative && step.value < 0 && from >= 0 && expected >= 0) return this.violated(watched, { pattern: "below-zero", steps, expected, difference });
    const guard = this.analysed.sites.guardOf(check.site, step.site);
    if (guard && holds(guard, check.value) && !holds(guard, from)) this.violated(watched, { pattern: "condition-broken", steps, expected, difference });
  }

  private violated(watched: Watched, violation: Violation): void {
    const [check, between, act] = violation.steps;
    if (between.clock <= clockOf(this.analysed.clocks.weak[act.task]!, between.task) || !this.analysed.sites.decides(check.site)) return;
    watched.pending.set(act.task, violation);
    this.changed = true;
  }

  findings(): AtomicityFinding[] {
    const all = new Map([...this.seen].map(([key, seen]) => [key, { ...seen }]));
    for (const known of [this.watched, this.atomics]) {
      for (const watched of known.values()) for (const violation of watched.pending.values()) this.add(all, watched, violation);
    }
    // A data race there is the finding.
    return [...all].filter(([, { watched: { slot } }]) => slot === undefined || !this.analysed.racy(slot)).map(([key, seen]) => this.describe(key, seen));
  }

  private add(all: Map<string, Seen>, watched: Watched, violation: Violation): void {
    const key = `${watched.object ?? watched.address} ${violation.steps.map((step) => step.site).join("-")}`;
    const known = all.get(key);
    if (known) known.count++;
    else if (all.size < MAX_SEEN) all.set(key, { ...violation, watched, count: 1 });
  }

  private describe(key: string, { watched, pattern, steps, expected, count }: Seen): AtomicityFinding {
    const { memory, objects } = this.analysed;
    const [check, between, act] = steps;
    return {
      kind: "atomicity-violation",
      id: `atomicity-violation ${key}`,
      pattern,
      variable: watched.object === undefined ? (memory.slot(watched.space, watched.address)?.name ?? `0x${watched.address.toString(16)}`) : (objects.get(watched.object)?.name ?? `#${watched.object}`),
      object: watched.object,
      accesses: [this.evidence(check, "read"), this.evidence(between, "write"), this.evidence(act, pattern === "emptied" ? "read" : "update")],
      tasks: [...new Set([this.id(check.task), this.id(between.task)])].sort((x, y) => x - y),
      expected,
      count,
    };
  }

  private id(task: number): number {
    return this.analysed.tasks.list[task]!.id;
  }

  private evidence(step: Step, op: AccessEvidence["op"]): AccessEvidence {
    const task = this.analysed.tasks.list[step.task]!;
    return {
      task: task.id,
      index: step.index,
      time: step.time ?? task.times.at(step.index),
      site: step.site,
      op,
      atomic: step.atomic,
      value: task.value(step.value),
      locks: this.analysed.lockSets.locks(step.locks),
    };
  }
}

/** Whether the program goes to the act with this value. */
function holds({ op, bound, holds: wanted }: Guard, value: number): boolean {
  return compare(value, op, bound) === wanted;
}

function compare(value: number, op: Guard["op"], bound: number): boolean {
  switch (op) {
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
    case "==":
      return value === bound;
    case "!=":
      return value !== bound;
  }
}
