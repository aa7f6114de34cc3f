import { AtomicOp, Kind, WaitFor, atomicReads, atomicWrites, type ObjectMeta } from "../trace";
import { Barriers } from "./barriers";
import { Channels } from "./channels";
import { TaskClocks, clockOf, merge, type Clock, type Stamp } from "./clocks";
import { MemoryModel } from "./memory-model";
import { PermitLedger } from "./permits";

/** What the clocks have to know of the tasks. */
export interface TaskFacts {
  /** Dense index of a task number. */
  readonly indexOf: (task: number) => number;
  /** By dense index. */
  readonly spaceOf: (task: number) => number;
  /** A BigInt as a task recorded it; undefined where that is not known. */
  readonly bigintOf: (task: number, value: number) => bigint | undefined;
}

/**
 * Who happens before whom, by the edges of the snippet API (contract/semantics.md) and of ECMAScript's atomics. Tasks are dense
 * indices. Memory: a clock per task and per synchronization object in use.
 */
export class HappensBefore {
  readonly clocks = new TaskClocks();
  /** Per task: everything that happens before its present (its own entry may be missing). */
  readonly full: readonly Clock[] = this.clocks.full;
  /** The same without the edges of locks and atomics. */
  readonly weak: readonly Clock[] = this.clocks.weak;
  readonly memory: MemoryModel;
  private readonly locks = new Map<number, Stamp>();
  private readonly readers = new Map<number, Stamp>();
  private readonly permits = new Map<number, PermitLedger>();
  private readonly started = new Map<number, Stamp>();
  private readonly ended = new Map<number, Stamp>();
  private readonly notifies = new Map<number, { stamp: Stamp; left: number }>();
  private readonly latches = new Map<number, Stamp>();
  private readonly atomics = new Map<number, Stamp>();
  private readonly barriers: Barriers;
  private readonly channels: Channels;
  private readonly indexOf: (task: number) => number;

  constructor(
    private readonly objects: ReadonlyMap<number, ObjectMeta>,
    { indexOf, spaceOf, bigintOf }: TaskFacts,
  ) {
    this.indexOf = indexOf;
    this.memory = new MemoryModel(this.clocks, spaceOf, bigintOf);
    this.barriers = new Barriers(this.clocks, (barrier) => objects.get(barrier)?.initial);
    this.channels = new Channels(this.clocks, (queue) => this.capacity(queue));
  }

  addTask(task: number): void {
    this.clocks.add(task);
  }

  /** The task's own time: the epoch of its present events. */
  now(task: number): number {
    return this.clocks.times[task]!;
  }

  /** Whether an event of `other` at its time `clock` happens before the present of `task`, another one. */
  before(other: number, clock: number, task: number): boolean {
    return clock <= clockOf(this.full[task]!, other);
  }

  /** Messages that a queue holds; Infinity if unbounded. */
  capacity(id: number): number {
    const initial = this.objects.get(id)?.initial;
    return initial === undefined || initial < 0 ? Infinity : initial;
  }

  /** Whether the clocks take more memory than they may; no trace of a real run does that. */
  get exceeded(): boolean {
    return this.clocks.due && this.clocks.exceeded(this.stamps());
  }

  /** What the latest write of an Atomic passes on, and will no more after the next one; undefined: it has its initial value. */
  latestWrite(atomic: number): Stamp | undefined {
    return this.atomics.get(atomic);
  }

  sync(task: number, kind: Kind, word1: number, seq: number, a: number, b: number, c: number): void {
    const { clocks } = this;
    switch (kind) {
      case Kind.TaskStart:
        clocks.take(task, this.started.get(task));
        this.started.delete(task);
        return;
      case Kind.Spawn:
        this.started.set(this.indexOf(word1), clocks.release(task));
        return;
      case Kind.TaskEnd:
        this.barriers.leave(task);
        this.ended.set(task, clocks.release(task));
        return;
      case Kind.Join:
        clocks.take(task, this.ended.get(this.indexOf(word1)));
        return;
      case Kind.Lock:
      case Kind.LockRead:
        clocks.takeAccidental(task, this.locks.get(word1));
        return;
      case Kind.Unlock:
        this.replace(this.locks, word1, task);
        return;
      case Kind.Acquire:
        for (const { held, stamp } of this.ledger(word1).acquire(task, a)) {
          if (held) clocks.takeAccidental(task, stamp);
          else clocks.take(task, stamp);
        }
        return;
      case Kind.Release:
        this.ledger(word1).release(task, a, clocks.release(task));
        return;
      case Kind.LockWrite:
        clocks.takeAccidental(task, this.locks.get(word1));
        clocks.takeAccidental(task, this.readers.get(word1));
        return;
      case Kind.UnlockRead:
        merge(this.readers, word1, clocks.release(task));
        return;
      case Kind.UnlockWrite:
        this.replace(this.locks, word1, task);
        this.readers.delete(word1);
        return;
      case Kind.ConditionNotify:
      case Kind.AtomicNotify:
        if (a > 0) this.notifies.set(seq, { stamp: clocks.release(task), left: a });
        return;
      case Kind.ConditionWake:
      case Kind.AtomicWake: {
        const notify = this.notifies.get(a);
        clocks.take(task, notify?.stamp);
        if (notify && --notify.left <= 0) this.notifies.delete(a);
        return;
      }
      case Kind.BarrierArrive:
        this.barriers.arrive(task, word1, a);
        return;
      case Kind.BarrierDepart:
        this.barriers.depart(task, word1, a);
        return;
      case Kind.LatchCountDown:
        merge(this.latches, word1, clocks.release(task));
        return;
      case Kind.LatchPass:
        clocks.take(task, this.latches.get(word1));
        return;
      case Kind.Send:
        this.channels.send(task, word1, a, c === 1);
        return;
      case Kind.Receive:
        this.channels.receive(task, word1, a, c === 1);
        return;
      case Kind.Close:
        this.channels.close(task, word1);
        return;
      case Kind.SawClosed:
        this.channels.sawClosed(task, word1);
        return;
      case Kind.StreamWrite:
        this.channels.write(task, word1, c, a, b);
        return;
      case Kind.StreamRead:
        this.channels.read(task, word1, c, a, b);
        return;
      case Kind.Atomic:
        this.atomic(task, word1, a);
        return;
      case Kind.MemoryWake:
      case Kind.MemoryNotify:
        this.memory.criticalSection(task, word1);
        return;
      case Kind.GaveUp:
        // Leaving Atomics.wait enters the critical section of the waiter list again, also at a time-out.
        if (a === WaitFor.MemoryValue) this.memory.criticalSection(task, word1);
        if (a === WaitFor.Barrier) this.barriers.leave(task);
        return;
      default:
        return;
    }
  }

  /** What is released last holds all that was before: its holder had taken that. */
  private replace(stamps: Map<number, Stamp>, key: number, task: number): void {
    const known = stamps.get(key);
    const stamp = this.clocks.release(task, known);
    if (!known) stamps.set(key, stamp);
  }

  private ledger(id: number): PermitLedger {
    let ledger = this.permits.get(id);
    if (!ledger) this.permits.set(id, (ledger = new PermitLedger(Math.max(0, this.objects.get(id)?.initial ?? 0))));
    return ledger;
  }

  /** Of an Atomic: a read acquires from the write that it reads; a store replaces, a read-modify-write does both. */
  private atomic(task: number, object: number, op: AtomicOp): void {
    if (atomicReads(op)) this.clocks.takeAccidental(task, this.atomics.get(object));
    if (atomicWrites(op)) this.replace(this.atomics, object, task);
  }

  /** All stamps that are kept. */
  private *stamps(): Iterable<Stamp> {
    for (const map of [this.locks, this.readers, this.started, this.ended, this.latches, this.atomics]) yield* map.values();
    for (const { stamp } of this.notifies.values()) yield stamp;
    for (const ledger of this.permits.values()) yield* ledger.stamps();
    yield* this.barriers.stamps();
    yield* this.channels.stamps();
    yield* this.memory.stamps();
  }
}
