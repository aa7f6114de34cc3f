import {
  AtomicOp,
  Kind,
  MemoryMap,
  RUN_TASK,
  TraceReader,
  WaitFor,
  atomicReads,
  atomicWrites,
  spaceOf,
  type Meta,
  type ObjectMeta,
  type TraceProblem,
  type TraceValue,
  type TraceVisitor,
} from "../trace";
import { AtomicUpdates } from "./atomic-updates";
import { CheckThenAct } from "./check-then-act";
import { Crashes } from "./crashes";
import { DeadlockDetector } from "./deadlock";
import type { AnalysisFinding, DeadlockFinding } from "./findings";
import { HappensBefore } from "./happens-before";
import type { GuardedPlace } from "./lock-discipline";
import { LockMisuse } from "./lock-misuse";
import { LockOrder } from "./lock-order";
import { LockSets } from "./locksets";
import { LostWakeups } from "./lost-wakeups";
import type { AccessEvent, Analysed, Observer, SyncEvent } from "./observer";
import { EventOrder, type OrderedVisitor } from "./order";
import { RaceCollector } from "./races";
import { Shadow } from "./shadow";
import { ATOMIC, UNGUARDED_YET, WRITE } from "./shadow-store";
import { SiteTexts } from "./site-texts";
import { AnalysedTasks } from "./tasks";
import { UpdateLedger } from "./updates";
import { WaitState } from "./wait-state";

export interface LiveAnalysisOptions {
  /** Told once, when every task that lives waits for ever: the run can't go on. */
  readonly onDeadlock?: (deadlock: DeadlockFinding) => void;
  /** Told when nothing has come for long: all other tasks wait for ever, and only these themselves know whether they can still do anything. */
  readonly onStill?: (tasks: readonly number[]) => void;
  /** Words that vector clocks may take in memory. Default 2^26 (512 MB). */
  readonly clockWords?: number;
}

/** What the analysis knows of 8 bytes of shared memory. */
export interface SlotStatistics {
  readonly space: number;
  readonly address: number;
  readonly reads: number;
  readonly writes: number;
  /** Of the latest access that the analysis saw. */
  readonly value: TraceValue;
  /** Locks held at all conflicting accesses that nothing else orders; undefined: there were none such. */
  readonly guard: readonly number[] | undefined;
  /** Where there is no such lock though one is needed: the places that access it. */
  readonly places: readonly GuardedPlace[];
}

const MAX_INITS = 100_000;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a trace means, while it arrives. Feed it the bytes of a trace in pieces of any size. */
export class LiveAnalysis implements OrderedVisitor {
  /** Set when findings() would give something new; the caller resets it. */
  changed = false;
  readonly memory = new MemoryMap();
  readonly objects = new Map<number, ObjectMeta>();
  private readonly reader = new TraceReader(this.incoming());
  private readonly order = new EventOrder(this);
  private readonly tasks = new AnalysedTasks((task) => {
    this.clocks.addTask(task.index);
    this.lockSets.addTask(task.index);
  });
  private readonly clocks = new HappensBefore(this.objects, {
    indexOf: (task) => this.tasks.get(task).index,
    spaceOf: (task) => this.tasks.list[task]!.space,
    bigintOf: (task, value) => this.tasks.list[task]!.bigint(value),
  });
  private readonly lockSets = new LockSets(this.objects);
  private readonly inits = new Map<number, { readonly value: number; readonly task: number }>();
  private readonly sites = new SiteTexts();
  private readonly ledger: UpdateLedger = new UpdateLedger((slot) => this.inits.get(place(this.shadow.space(slot), this.shadow.address(slot)))?.value);
  private readonly races = new RaceCollector(this.memory, this.tasks, this.lockSets, this.ledger, this.sites, (...told) => this.fresh(...told));
  private readonly shadow = new Shadow(this.clocks, this.lockSets, this.races);
  private readonly waits = new WaitState(this.objects);
  private readonly deadlocks = new DeadlockDetector(
    this.waits,
    (task) => this.lockSets.holds(this.tasks.get(task).index).map(({ object, mode, site, time }) => ({ object, mode, site, time })),
    (task, address) => this.memory.slot(this.tasks.get(task).space, address)?.name ?? `0x${address.toString(16)}`,
  );
  private readonly crashes = new Crashes();
  private readonly analysedSoFar: Analysed = {
    clocks: this.clocks,
    lockSets: this.lockSets,
    waits: this.waits,
    tasks: this.tasks,
    objects: this.objects,
    memory: this.memory,
    sites: this.sites,
    racy: (slot) => this.shadow.racy(slot) !== 0,
  };
  private readonly lockMisuse = new LockMisuse(this.analysedSoFar);
  private readonly observers: readonly Observer[] = [
    new AtomicUpdates(this.analysedSoFar),
    new CheckThenAct(this.analysedSoFar),
    this.lockMisuse,
    this.crashes,
    new LockOrder(this.analysedSoFar),
    new LostWakeups(this.analysedSoFar),
  ];
  /** By kind of event. */
  private readonly beforeSync = byKind(this.observers.filter((observer) => observer.before));
  private readonly afterSync = byKind(this.observers.filter((observer) => observer.after));
  private readonly onAccess = this.observers.filter((observer) => observer.access);
  private readonly event: Writable<SyncEvent> = { id: 0, task: 0, kind: 0 as Kind, site: 0, word1: 0, time: 0, seq: 0, a: 0, b: 0, c: 0, index: 0 };
  private readonly accessEvent: Writable<AccessEvent> = { id: 0, task: 0, slot: 0, space: 0, address: 0, size: 0, write: false, atomic: false, site: 0, value: 0, index: 0 };
  private readonly parents = new Map<number, number>();
  private latest = 0;
  private droppedAny = false;
  private ended = false;
  private gaveUp = false;
  private deadlockTold = false;
  private events = 0;

  constructor(private readonly options: LiveAnalysisOptions = {}) {
    this.races.shadow = this.shadow;
    if (options.clockWords !== undefined) this.clocks.clocks.limit = options.clockWords;
  }

  /**
   * Whether the order of events took more memory than it may (no real run's does). What came after is compared with nothing and counted nowhere;
   * only deadlocks and crashes are still found.
   */
  get exceeded(): boolean {
    return this.gaveUp;
  }

  /** The trace's bytes as they arrive. */
  push(chunkBytes: Uint8Array): void {
    this.reader.push(chunkBytes);
    this.settle(false);
  }

  /**
   * Nothing has arrived for long (half a second) though tasks live: what is on its way by now is lost. Unless a task that has told
   * that it waits is known to be `awake` again, or a thread is `running` (about to, as far as the operating system knows): it will tell,
   * however long a busy machine keeps it from it. Who spins always runs.
   *
   * @returns whether it was taken as silence
   */
  idle(awake: (task: number) => boolean = () => false, running = false): boolean {
    let spins = false;
    for (const task of this.waits.liveTasks()) {
      const wait = this.waits.waiting(task);
      if (!wait || wait.waitFor === WaitFor.MemoryValue || wait.waitFor === WaitFor.Event) continue;
      if (wait.waitFor === WaitFor.Lock && this.objects.get(wait.object)?.objectType === "SpinLock") spins = true;
      else if (awake(task)) return false;
    }
    if (running && !spins) return false;
    this.settle(true);
    if (!this.options.onStill || this.deadlockTold || !this.order.settled) return true;
    const tasks = this.deadlocks.undecided((task) => this.parents.get(task));
    if (tasks.length > 0) this.options.onStill(tasks);
    return true;
  }

  /** No more bytes come. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.reader.end();
    this.order.end();
    // A saved trace ends where its run did; of one that is not whole the end proves nothing.
    if (this.order.lost === 0 && this.reader.problems.length === 0) this.settle(true);
    this.changed = true;
  }

  /** What was unsound in the bytes. */
  get problems(): readonly TraceProblem[] {
    return this.reader.problems;
  }

  /** Accesses and synchronization events analysed. */
  get analysed(): number {
    return this.events;
  }

  private settle(quiet: boolean): void {
    this.order.skipLost(this.waits.liveTasks(), quiet);
    for (const source of [this.races, ...this.observers]) {
      if (source.changed) this.changed = true;
      source.changed = false;
    }
    this.waits.lossy = this.order.lost > 0;
    if (this.deadlockTold || !this.order.settled) return;
    const deadlock = this.deadlocks.complete(this.latest, quiet);
    if (!deadlock) return;
    this.deadlockTold = true;
    this.changed = true;
    this.options.onDeadlock?.(deadlock);
  }

  /** Everything found so far. After end(), with proofs of harm and with lock orders. */
  findings(): AnalysisFinding[] {
    const complete = this.ended && !this.droppedAny && !this.gaveUp && this.order.lost === 0;
    const deadlocked = new Set(this.deadlocks.found.map((found) => found.waits.map((wait) => wait.task).sort((x, y) => x - y).join(",")));
    const progress = { ended: this.ended, complete, deadlocked };
    return [...this.deadlocks.found, ...this.races.findings(complete), ...this.observers.flatMap((observer) => observer.findings(progress))];
  }

  /** Reads, writes and guarding locks of all memory accessed. */
  *slots(): Iterable<SlotStatistics> {
    const { shadow } = this;
    for (let slot = 0; slot < shadow.slots; slot++) {
      const guard = shadow.guard(slot);
      yield {
        space: shadow.space(slot),
        address: shadow.address(slot),
        reads: shadow.reads(slot),
        writes: shadow.writes(slot),
        value: this.lastValue(slot),
        places: guard === 0 ? this.races.places(slot) : [],
        guard: guard === UNGUARDED_YET ? undefined : this.lockSets.locks(guard).map((lock) => lock.object),
      };
    }
  }

  /** A slot's value before any access, in its own space or the one that it was copied from; undefined where it was not told. */
  initialValue(space: number, address: number): TraceValue {
    for (let at: number | undefined = spaceOf(space, address); at !== undefined; at = this.memory.parentOf(at)) {
      const init = this.inits.get(place(at, address));
      if (init) return this.tasks.get(init.task).value(init.value);
    }
    return undefined;
  }

  private lastValue(slot: number): TraceValue {
    const entry = this.shadow.latestEntry(slot);
    return entry < 0 ? undefined : this.tasks.list[this.shadow.task(entry)]!.value(this.shadow.value(entry));
  }

  // ------------------------------------------------------------ TraceReader → EventOrder

  private incoming(): TraceVisitor {
    return {
      access: () => undefined,
      accesses: (task, words, doubles, from, to, repeated) => {
        if (task === RUN_TASK) return;
        // How often is no matter of order.
        if (repeated > 0 && !this.gaveUp) this.shadow.repeats(this.tasks.get(task).space, words, from, to, repeated);
        this.tasks.get(task).times.count += (to - from) >> 2;
        this.order.accesses(task, words, doubles, from, to);
      },
      init: (task, address, value) => {
        if (this.inits.size < MAX_INITS) this.inits.set(place(spaceOf(this.tasks.get(task).space, address), address), { value, task });
      },
      time: (task, time) => this.tasks.get(task).times.settle(time),
      dropped: () => {
        this.droppedAny = true;
      },
      sync: (task, kind, site, word1, time, seq, a, b, c, d) => {
        this.happened(task, time);
        this.order.sync(task, kind, site, word1, time, seq, a, b, c, d);
      },
      text: (task, id, text) => this.tasks.get(task).text(id, text),
      output: (task, stream, site, time, seq) => {
        this.happened(task, time);
        this.order.sync(task, stream === "stdout" ? Kind.Stdout : Kind.Stderr, site, 0, time, seq, 0, 0, 0, 0);
      },
      mark: (task, site, time) => {
        this.happened(task, time);
        this.order.sync(task, Kind.Mark, site, 0, time, 0, 0, 0, 0, 0);
      },
      meta: (_task, meta) => this.fact(meta),
    };
  }

  private happened(task: number, time: number): void {
    const { times } = this.tasks.get(task);
    times.count++;
    times.settle(time);
    if (time > this.latest && Number.isFinite(time)) this.latest = time;
  }

  private fact(meta: Meta): void {
    this.memory.add(meta);
    switch (meta.type) {
      case "task":
        this.tasks.get(meta.id).space = meta.space;
        this.waits.announce(meta.id);
        if (meta.parent !== null) this.parents.set(meta.id, meta.parent);
        return;
      case "task-failure":
        this.crashes.failed(meta, this.latest);
        return;
      case "task-held":
        this.lockMisuse.diedWith(meta);
        return;
      case "object":
        this.objects.set(meta.id, meta);
        return;
      case "header":
      case "sites":
        this.sites.add(meta);
        return;
      case "task-update":
      case "space":
      case "container":
      case "slot":
      case "range":
      case "final":
      case "cost":
      case "end":
        return;
    }
  }

  // ------------------------------------------------------------ OrderedVisitor

  accesses(id: number, words: Uint32Array, doubles: Float64Array, from: number, to: number, index: number): void {
    this.events += (to - from) >> 2;
    const task = this.tasks.get(id);
    this.waits.resume(id);
    if (this.gaveUp) return;
    this.shadow.accesses(task.space, task.index, words, doubles, from, to, index);
  }

  private fresh(slot: number, space: number, address: number, size: number, task: number, site: number, flags: number, value: number, index: number): void {
    if (this.onAccess.length === 0) return;
    const event = this.accessEvent;
    event.id = this.tasks.list[task]!.id;
    event.task = task;
    event.slot = slot;
    event.space = space;
    event.address = address;
    event.size = size;
    event.write = (flags & WRITE) !== 0;
    event.atomic = (flags & ATOMIC) !== 0;
    event.site = site;
    event.value = value;
    event.index = index;
    for (const observer of this.onAccess) observer.access!(event);
  }

  sync(id: number, kind: Kind, site: number, word1: number, time: number, seq: number, a: number, b: number, c: number, _d: number, index: number): number | undefined {
    this.events++;
    if (id === RUN_TASK) return undefined;
    const task = this.tasks.get(id);
    const t = task.index;
    const before = this.gaveUp ? undefined : this.beforeSync[kind];
    const after = this.gaveUp ? undefined : this.afterSync[kind];
    if (before || after) {
      const { event } = this;
      event.id = id;
      event.task = t;
      event.kind = kind;
      event.site = site;
      event.word1 = word1;
      event.time = time;
      event.seq = seq;
      event.a = a;
      event.b = b;
      event.c = c;
      event.index = index;
      if (before) for (const observer of before) observer.before!(event);
    }
    if (!this.gaveUp) {
      if (kind === Kind.ConditionWake) this.shadow.woken(t);
      // An atomic operation's access belongs after what it acquires and before what it releases: memoryAtomic sees to it.
      if (kind === Kind.MemoryAtomic) this.memoryAtomic(task.space, t, site, word1, a, b, c, index);
      else this.clocks.sync(t, kind, word1, seq, a, b, c);
      if (this.clocks.exceeded) this.gaveUp = this.changed = true;
    }
    this.lockSets.sync(t, kind, site, word1, time);
    this.waits.sync(id, kind, site, word1, time, a, b, c);
    if (after) for (const observer of after) observer.after!(this.event);
    if (kind === Kind.Block && this.deadlocks.cycleFrom(id, time)) this.changed = true;
    // From hand to hand: the receive has the number after it.
    return kind === Kind.Send && this.clocks.capacity(word1) === 0 ? seq + 1 : undefined;
  }

  private memoryAtomic(ownSpace: number, task: number, site: number, address: number, a: number, before: number, after: number, index: number): void {
    const op: AtomicOp = a & 0xff;
    const size = 1 << ((a >> 8) & 3);
    const space = spaceOf(ownSpace, address);
    this.clocks.memory.acquire(task, address, a, before);
    if (atomicReads(op)) this.shadow.access(space, address, size, task, site, ATOMIC, before, index);
    if (atomicWrites(op)) this.shadow.access(space, address, size, task, site, ATOMIC | WRITE, after, index);
    this.clocks.memory.release(task, address, a, after);
  }
}

/** The observers that are told of each kind of event. */
function byKind(observers: readonly Observer[]): readonly (readonly Observer[] | undefined)[] {
  const lists: Observer[][] = [];
  for (const observer of observers) for (const kind of observer.kinds) (lists[kind] ??= []).push(observer);
  return lists;
}

/** An address of a space as one number. */
function place(space: number, address: number): number {
  return (space + 1) * 2 ** 32 + address;
}
