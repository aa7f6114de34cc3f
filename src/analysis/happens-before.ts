import { AtomicOp, Kind, SEGMENT_BASE, WaitFor, atomicReads, atomicWrites, type ObjectMeta } from "../trace";
import { clockOf, joinClock, type Clock, type Stamp } from "./clocks";
import { ByteStreams } from "./byte-streams";
import { PermitLedger } from "./permits";

/** Messages to many receivers that are remembered per channel: a receiver further behind gets no edge from an older one. */
const KEPT_BROADCASTS = 1024;

/** One queue of messages. */
interface Channel {
  /** Message number → what it carries. */
  readonly queue: Map<number, { readonly sender: number; readonly stamp: Stamp }>;
  /** Message number → the receive that made its place free, for the send that takes it. */
  readonly places: Map<number, Stamp>;
  closed: Stamp | undefined;
}

/**
 * Who happens before whom, by the edges of the snippet API and of ECMAScript's atomics. Tasks are dense indices.
 * Memory: a clock per task and per synchronization object in use.
 */
export class HappensBefore {
  /** Per task: everything that happens before its present. */
  readonly full: Clock[] = [];
  /** The same without the edges of locks and atomics. */
  readonly weak: Clock[] = [];
  private readonly locks = new Map<number, Stamp>();
  private readonly readers = new Map<number, Stamp>();
  private readonly permits = new Map<number, PermitLedger>();
  private readonly started = new Map<number, Stamp>();
  private readonly ended = new Map<number, Stamp>();
  private readonly notifies = new Map<number, { stamp: Stamp; left: number }>();
  private readonly barriers = new Map<number, Map<number, { stamp: Stamp; left: number }>>();
  private readonly latches = new Map<number, Stamp>();
  private readonly channels = new Map<number, Channel>();
  private readonly streams = new Map<number, ByteStreams>();
  private readonly atomics = new Map<number, Stamp>();
  private readonly memory = new Map<number, Stamp>();
  private readonly waiterLists = new Map<number, Stamp>();

  constructor(
    private readonly objects: ReadonlyMap<number, ObjectMeta>,
    /** Dense index of a task number. */
    private readonly indexOf: (task: number) => number,
    private readonly spaceOf: (task: number) => number,
  ) {}

  /** Makes room for a task. Its time begins at 1, so that 0 means "nothing of it". */
  addTask(task: number): void {
    const own = (): Clock => {
      const clock: Clock = [];
      for (let i = 0; i < task; i++) clock.push(0);
      clock.push(1);
      return clock;
    };
    this.full[task] = own();
    this.weak[task] = own();
  }

  /** The task's own time: the epoch of its present events. */
  now(task: number): number {
    return this.full[task]![task]!;
  }

  /** Whether an event of `other` at its time `clock` happens before the present of `task`. */
  before(other: number, clock: number, task: number): boolean {
    return clock <= clockOf(this.full[task]!, other);
  }

  private stamp(task: number): Stamp {
    const stamp = { full: this.full[task]!.slice(), weak: this.weak[task]!.slice() };
    this.full[task]![task]!++;
    this.weak[task]![task]!++;
    return stamp;
  }

  private take(task: number, stamp: Stamp | undefined): void {
    if (!stamp) return;
    joinClock(this.full[task]!, stamp.full);
    joinClock(this.weak[task]!, stamp.weak);
  }

  /** An edge whose direction the run happened to choose. */
  private takeAccidental(task: number, stamp: Stamp | undefined): void {
    if (stamp) joinClock(this.full[task]!, stamp.full);
  }

  private merge(into: Map<number, Stamp>, key: number, stamp: Stamp): void {
    const known = into.get(key);
    if (!known) {
      into.set(key, stamp);
      return;
    }
    joinClock(known.full, stamp.full);
    joinClock(known.weak, stamp.weak);
  }

  private channel(id: number): Channel {
    let channel = this.channels.get(id);
    if (!channel) this.channels.set(id, (channel = { queue: new Map(), places: new Map(), closed: undefined }));
    return channel;
  }

  /** Messages that a queue holds; Infinity if unbounded. */
  capacity(id: number): number {
    const initial = this.objects.get(id)?.initial;
    return initial === undefined || initial < 0 ? Infinity : initial;
  }

  sync(task: number, kind: Kind, word1: number, seq: number, a: number, b: number, c: number): void {
    switch (kind) {
      case Kind.TaskStart:
        this.take(task, this.started.get(task));
        this.started.delete(task);
        return;
      case Kind.Spawn:
        this.started.set(this.indexOf(word1), this.stamp(task));
        return;
      case Kind.TaskEnd:
        this.ended.set(task, this.stamp(task));
        return;
      case Kind.Join:
        this.take(task, this.ended.get(this.indexOf(word1)));
        return;
      case Kind.Lock:
        this.takeAccidental(task, this.locks.get(word1));
        return;
      case Kind.Unlock:
        this.locks.set(word1, this.stamp(task));
        return;
      case Kind.Acquire: {
        const ledger = this.ledger(word1);
        for (const grant of ledger.acquire(task, a)) {
          if (grant.held) this.takeAccidental(task, grant.stamp);
          else this.take(task, grant.stamp);
        }
        return;
      }
      case Kind.Release:
        this.ledger(word1).release(task, a, this.stamp(task));
        return;
      case Kind.LockRead:
        this.takeAccidental(task, this.locks.get(word1));
        return;
      case Kind.LockWrite:
        this.takeAccidental(task, this.locks.get(word1));
        this.takeAccidental(task, this.readers.get(word1));
        return;
      case Kind.UnlockRead:
        this.merge(this.readers, word1, this.stamp(task));
        return;
      case Kind.UnlockWrite:
        this.locks.set(word1, this.stamp(task));
        this.readers.delete(word1);
        return;
      case Kind.ConditionNotify:
      case Kind.AtomicNotify:
        if (a > 0) this.notifies.set(seq, { stamp: this.stamp(task), left: a });
        return;
      case Kind.ConditionWake:
      case Kind.AtomicWake: {
        const notify = this.notifies.get(a);
        this.take(task, notify?.stamp);
        if (notify && --notify.left <= 0) this.notifies.delete(a);
        return;
      }
      case Kind.BarrierArrive: {
        let rounds = this.barriers.get(word1);
        if (!rounds) this.barriers.set(word1, (rounds = new Map()));
        const stamp = this.stamp(task);
        const round = rounds.get(a);
        if (round) {
          joinClock(round.stamp.full, stamp.full);
          joinClock(round.stamp.weak, stamp.weak);
        } else rounds.set(a, { stamp, left: this.objects.get(word1)?.initial ?? Infinity });
        return;
      }
      case Kind.BarrierDepart: {
        const rounds = this.barriers.get(word1);
        const round = rounds?.get(a);
        if (!rounds || !round) return;
        this.take(task, round.stamp);
        if (--round.left <= 0) rounds.delete(a);
        return;
      }
      case Kind.LatchCountDown:
        this.merge(this.latches, word1, this.stamp(task));
        return;
      case Kind.LatchPass:
        this.take(task, this.latches.get(word1));
        return;
      case Kind.Send: {
        const channel = this.channel(word1);
        this.take(task, channel.places.get(a));
        channel.places.delete(a);
        channel.queue.set(a, { sender: task, stamp: this.stamp(task) });
        return;
      }
      case Kind.Receive: {
        const channel = this.channel(word1);
        const message = channel.queue.get(a);
        this.take(task, message?.stamp);
        // c = 1: a message that any number of tasks receive.
        if (c === 1) {
          channel.queue.delete(a - KEPT_BROADCASTS);
          return;
        }
        channel.queue.delete(a);
        const capacity = this.capacity(word1);
        // From hand to hand, the receive also comes before whatever the sender does next (it is held for that).
        if (capacity === 0 && message) this.take(message.sender, this.stamp(task));
        else if (capacity !== Infinity) channel.places.set(a + capacity, this.stamp(task));
        return;
      }
      case Kind.Close: {
        const stamp = this.stamp(task);
        const channel = this.channel(word1);
        if (channel.closed) joinClock(channel.closed.full, stamp.full);
        else channel.closed = stamp;
        return;
      }
      case Kind.SawClosed:
        this.take(task, this.channel(word1).closed);
        return;
      case Kind.Atomic:
        this.atomic(this.atomics, word1, task, a);
        return;
      case Kind.MemoryAtomic:
        this.acquireAtomic(task, word1, a);
        this.releaseAtomic(task, word1, a);
        return;
      case Kind.MemoryWake:
      case Kind.MemoryNotify:
        this.enterWaiterList(task, word1);
        this.leaveWaiterList(task, word1);
        return;
      case Kind.GaveUp:
        // Leaving Atomics.wait enters the critical section of the waiter list again, also at a time-out.
        if (a === WaitFor.MemoryValue) {
          this.enterWaiterList(task, word1);
          this.leaveWaiterList(task, word1);
        }
        return;
      case Kind.StreamWrite:
        this.bytes(word1).write(c, a, b, this.stamp(task));
        return;
      case Kind.StreamRead:
        for (const stamp of this.bytes(word1).read(c, a, b)) this.take(task, stamp);
        return;
      default:
        return;
    }
  }

  private ledger(id: number): PermitLedger {
    let ledger = this.permits.get(id);
    if (!ledger) this.permits.set(id, (ledger = new PermitLedger(Math.max(0, this.objects.get(id)?.initial ?? 0))));
    return ledger;
  }

  private bytes(id: number): ByteStreams {
    let streams = this.streams.get(id);
    if (!streams) this.streams.set(id, (streams = new ByteStreams()));
    return streams;
  }

  /** A read acquires from the write that it reads; a store replaces, a read-modify-write acquires and then replaces. */
  private atomic(clocks: Map<number, Stamp>, key: number, task: number, op: AtomicOp): void {
    if (atomicReads(op)) this.takeAccidental(task, clocks.get(key));
    if (atomicWrites(op)) clocks.set(key, this.stamp(task));
  }

  /** First half of an Atomics operation on memory, before its access. `a` as in kinds.ts: operation and size. */
  acquireAtomic(task: number, address: number, a: number): void {
    const op: AtomicOp = a & 0xff;
    if (op === AtomicOp.WaitLoad) this.enterWaiterList(task, address);
    if (atomicReads(op)) this.takeAccidental(task, this.memory.get(this.place(task, address) * 8 + (a >> 8)));
  }

  /** Second half, after its access. */
  releaseAtomic(task: number, address: number, a: number): void {
    const op: AtomicOp = a & 0xff;
    if (atomicWrites(op)) this.memory.set(this.place(task, address) * 8 + (a >> 8), this.stamp(task));
    if (op === AtomicOp.WaitLoad) this.leaveWaiterList(task, address);
  }

  /** An address as one number for all spaces. */
  private place(task: number, address: number): number {
    const space = address >= SEGMENT_BASE ? 0 : this.spaceOf(task) + 1;
    return space * 2 ** 32 + address;
  }

  private enterWaiterList(task: number, address: number): void {
    this.takeAccidental(task, this.waiterLists.get(this.place(task, address)));
  }

  private leaveWaiterList(task: number, address: number): void {
    this.waiterLists.set(this.place(task, address), this.stamp(task));
  }
}
