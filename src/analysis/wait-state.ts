import { Kind, SYSTEM_FULL, WaitFor, type ObjectMeta } from "../trace";

/** A wait without end in sight. */
export interface Waiting {
  readonly waitFor: WaitFor;
  /** 0 for joins. For memory its address. */
  readonly object: number;
  /** Negative: none. Milliseconds. */
  readonly timeout: number;
  /** Permits, joined task, expected value. */
  readonly argument: number;
  readonly site: number;
  readonly since: number;
}

interface Counts {
  /** Task → permits it acquired and did not release. */
  readonly heldBy: Map<number, number>;
  available: number;
}

interface ReadWrite {
  writer: number | undefined;
  readonly readers: Map<number, number>;
}

interface Messages {
  sent: number;
  received: number;
  closed: boolean;
  /** Of pipes and sockets: bytes on their way, per direction. */
  readonly bytes: [number, number];
}

/** No task has this number. */
const NOBODY = -1;

/** A write of up to so many bytes waits until there is room for all of it (PIPE_BUF). */
const WHOLE_WRITE = 4096;

/**
 * The state of all locks, queues and tasks as the events tell it, in their order: who holds what, who waits for what,
 * and whether a wait can still end. Task numbers are those of the trace.
 */
export class WaitState {
  /**
   * A task that was killed took records along: what was counted may be wrong. Where nothing is on its way any more, who waits does so for
   * good, whatever the counts say.
   */
  lossy = false;
  private readonly live = new Set<number>();
  private readonly endedTasks = new Set<number>();
  private readonly blocked = new Map<number, Waiting>();
  /** Who said that only others can still give it anything to do: true until one of them does something. */
  private readonly idle = new Set<number>();
  /** Lock → task or NOBODY: a map that entries leave and enter all the time is made anew again and again. */
  private readonly owners = new Map<number, number>();
  private readonly readWrites = new Map<number, ReadWrite>();
  private readonly permits = new Map<number, Counts>();
  /** Condition, Atomic: woken by a notify and not yet told. */
  private readonly wakes = new Map<number, number>();
  private readonly memoryWakes = new Map<number, number>();
  /** Address → what the latest atomic operation left there. */
  private readonly memoryValues = new Map<number, number>();
  private readonly barriers = new Map<number, { round: number; arrived: number }>();
  /** Task → round of the barrier that it arrived at last. */
  private readonly arrivedIn = new Map<number, number>();
  private readonly latches = new Map<number, number>();
  private readonly queues = new Map<number, Messages>();

  constructor(private readonly objects: ReadonlyMap<number, ObjectMeta>) {}

  /** A task exists. */
  announce(task: number): void {
    if (!this.endedTasks.has(task)) this.live.add(task);
  }

  liveTasks(): ReadonlySet<number> {
    return this.live;
  }

  waiting(task: number): Waiting | undefined {
    return this.blocked.get(task);
  }

  /** Any record of a task that is no Block: it goes on. */
  resume(task: number): void {
    if (this.blocked.size > 0) this.blocked.delete(task);
  }

  sync(task: number, kind: Kind, site: number, word1: number, time: number, a: number, b: number, c: number): void {
    if (kind === Kind.Block && a === WaitFor.Event) this.idle.add(task);
    else if (this.idle.size > 0) this.disturb(task);
    if (kind === Kind.Block) {
      this.blocked.set(task, { waitFor: a, object: word1, timeout: b, argument: c, site, since: time });
      return;
    }
    const before = this.blocked.size > 0 ? this.blocked.get(task) : undefined;
    if (before) this.blocked.delete(task);
    switch (kind) {
      case Kind.Spawn:
        this.announce(word1);
        return;
      case Kind.TaskStart:
        this.announce(task);
        return;
      case Kind.TaskEnd:
        this.live.delete(task);
        this.endedTasks.add(task);
        if (before?.waitFor === WaitFor.Barrier) this.leaveBarrier(before.object);
        return;
      case Kind.GaveUp:
        if (before?.waitFor === WaitFor.Barrier) this.leaveBarrier(word1);
        return;
      case Kind.Lock:
        this.owners.set(word1, task);
        return;
      case Kind.Unlock:
        this.owners.set(word1, NOBODY);
        return;
      case Kind.LockRead: {
        const { readers } = this.readWrite(word1);
        readers.set(task, (readers.get(task) ?? 0) + 1);
        return;
      }
      case Kind.UnlockRead: {
        const { readers } = this.readWrite(word1);
        const left = (readers.get(task) ?? 1) - 1;
        if (left > 0) readers.set(task, left);
        else readers.delete(task);
        return;
      }
      case Kind.LockWrite:
        this.readWrite(word1).writer = task;
        return;
      case Kind.UnlockWrite:
        this.readWrite(word1).writer = undefined;
        return;
      case Kind.Acquire: {
        const counts = this.counts(word1);
        counts.available -= a;
        counts.heldBy.set(task, (counts.heldBy.get(task) ?? 0) + a);
        return;
      }
      case Kind.Release: {
        const counts = this.counts(word1);
        counts.available += a;
        const left = (counts.heldBy.get(task) ?? 0) - a;
        if (left > 0) counts.heldBy.set(task, left);
        else counts.heldBy.delete(task);
        return;
      }
      case Kind.ConditionNotify:
      case Kind.AtomicNotify:
        this.wakes.set(word1, (this.wakes.get(word1) ?? 0) + a);
        return;
      case Kind.ConditionWake:
      case Kind.AtomicWake:
        this.wakes.set(word1, (this.wakes.get(word1) ?? 0) - 1);
        return;
      case Kind.MemoryAtomic:
        this.memoryValues.set(word1, c);
        return;
      case Kind.MemoryNotify:
        this.memoryWakes.set(word1, (this.memoryWakes.get(word1) ?? 0) + a);
        return;
      case Kind.MemoryWake:
        this.memoryWakes.set(word1, (this.memoryWakes.get(word1) ?? 0) - 1);
        return;
      case Kind.BarrierArrive: {
        this.arrivedIn.set(task, a);
        const barrier = this.barriers.get(word1);
        if (barrier && barrier.round === a) barrier.arrived++;
        else this.barriers.set(word1, { round: a, arrived: 1 });
        return;
      }
      case Kind.LatchCountDown:
        this.latches.set(word1, b);
        return;
      case Kind.Send:
        this.messages(word1).sent++;
        return;
      case Kind.Receive:
        this.messages(word1).received++;
        return;
      case Kind.Close:
        this.messages(word1).closed = true;
        return;
      case Kind.StreamWrite:
        this.messages(word1).bytes[c === 1 ? 1 : 0] += b;
        return;
      case Kind.StreamRead:
        this.messages(word1).bytes[c === 1 ? 1 : 0] -= b;
        return;
      default:
        return;
    }
  }

  /** A task has done something, or may have: its end, say, is what others hear of next. */
  private disturb(task: number): void {
    for (const other of this.idle) if (other !== task && this.blocked.get(other)?.waitFor === WaitFor.Event) this.blocked.delete(other);
    this.idle.clear();
  }

  /** Who gave up or died at a barrier no longer counts as arrived. */
  private leaveBarrier(id: number): void {
    const barrier = this.barriers.get(id);
    if (barrier) barrier.arrived--;
  }

  private readWrite(id: number): ReadWrite {
    let state = this.readWrites.get(id);
    if (!state) this.readWrites.set(id, (state = { writer: undefined, readers: new Map() }));
    return state;
  }

  private counts(id: number): Counts {
    let counts = this.permits.get(id);
    if (!counts) this.permits.set(id, (counts = { heldBy: new Map(), available: this.objects.get(id)?.initial ?? 0 }));
    return counts;
  }

  private messages(id: number): Messages {
    let messages = this.queues.get(id);
    if (!messages) this.queues.set(id, (messages = { sent: 0, received: 0, closed: false, bytes: [0, 0] }));
    return messages;
  }

  /** Whether a read-write lock is held for writing. */
  writeHeld(object: number): boolean {
    return this.readWrite(object).writer !== undefined;
  }

  /** The tasks without which a wait can't end: owners of a lock, the joined task. Empty where anybody could end it. */
  holders(wait: Waiting): number[] {
    switch (wait.waitFor) {
      case WaitFor.Lock: {
        const owner = this.owners.get(wait.object);
        return owner === undefined || owner === NOBODY ? [] : [owner];
      }
      case WaitFor.ReadLock:
      case WaitFor.WriteLock: {
        const { writer, readers } = this.readWrite(wait.object);
        if (writer !== undefined) return [writer];
        return [...readers.keys()];
      }
      case WaitFor.Permits:
        return [...this.counts(wait.object).heldBy.keys()];
      case WaitFor.Join:
        return [wait.argument];
      case WaitFor.Condition:
      case WaitFor.Barrier:
      case WaitFor.Latch:
      case WaitFor.Message:
      case WaitFor.QueueSpace:
      case WaitFor.AtomicValue:
      case WaitFor.StreamData:
      case WaitFor.Connection:
      case WaitFor.MemoryValue:
      case WaitFor.Event:
        return [];
    }
    return [];
  }

  /**
   * Whether a wait can end by what has already happened: its grant is on the way. `quiet`: nothing has arrived for so
   * long that nothing is on its way any more (the error that tells of a dead holder, say).
   */
  satisfiable(task: number, wait: Waiting, quiet: boolean): boolean {
    if (wait.timeout >= 0) return true;
    const counted = !quiet || !this.lossy;
    switch (wait.waitFor) {
      case WaitFor.Join:
        return this.endedTasks.has(wait.argument);
      case WaitFor.Lock:
      case WaitFor.ReadLock:
      case WaitFor.WriteLock: {
        const holders = this.holders(wait);
        if (holders.length === 0) return true;
        if (wait.waitFor === WaitFor.ReadLock && this.readWrite(wait.object).writer === undefined) {
          return !this.anyWaits(wait.object, WaitFor.WriteLock);
        }
        return !quiet && holders.every((holder) => this.endedTasks.has(holder));
      }
      case WaitFor.Permits: {
        const { available } = this.counts(wait.object);
        if (!counted || available < Math.max(1, wait.argument)) return false;
        // First come, first served: behind a larger request that does not fit, a small one waits too.
        return !quiet || !this.largerAhead(task, wait, available);
      }
      case WaitFor.Condition:
        return (counted && (this.wakes.get(wait.object) ?? 0) > 0) || (!quiet && this.mutexDied(wait.object));
      case WaitFor.AtomicValue:
        return counted && (this.wakes.get(wait.object) ?? 0) > 0;
      case WaitFor.MemoryValue:
        // Threads tell that they wait before they go to sleep: who finds another value then does not.
        return (counted && (this.memoryWakes.get(wait.object) ?? 0) > 0) || (!quiet && this.memoryValues.has(wait.object) && this.memoryValues.get(wait.object) !== wait.argument);
      case WaitFor.Barrier: {
        const barrier = this.barriers.get(wait.object);
        // Others may already be in the next round while this task has not yet left its own.
        if (barrier && barrier.round > (this.arrivedIn.get(task) ?? 0)) return true;
        return counted && barrier !== undefined && barrier.arrived >= (this.objects.get(wait.object)?.initial ?? Infinity);
      }
      case WaitFor.Latch:
        return (this.latches.get(wait.object) ?? this.objects.get(wait.object)?.initial ?? 1) <= 0;
      case WaitFor.Message: {
        const { sent, received, closed } = this.messages(wait.object);
        // A sender that waits at a queue without room of its own hands its message over.
        return closed || (counted && sent > received) || this.anyWaits(wait.object, WaitFor.QueueSpace);
      }
      case WaitFor.QueueSpace: {
        const { sent, received, closed, bytes } = this.messages(wait.object);
        const initial = this.objects.get(wait.object)?.initial ?? -1;
        if (this.isStream(wait.object)) {
          // The system itself had no room, whatever is counted: a read makes some.
          if ((wait.argument & SYSTEM_FULL) !== 0) return closed || !quiet;
          // A writer that is in line for less room than there is will be served, or would have been by now.
          return closed || this.deathOnItsWay(wait.object, quiet) || (counted && initial - bytes[wait.argument === 1 ? 1 : 0] >= (quiet ? WHOLE_WRITE : 1));
        }
        return closed || initial < 0 || (counted && sent - received < initial) || this.anyWaits(wait.object, WaitFor.Message);
      }
      case WaitFor.StreamData: {
        const { bytes, closed } = this.messages(wait.object);
        return closed || this.deathOnItsWay(wait.object, quiet) || (counted && bytes[wait.argument === 1 ? 1 : 0] > 0);
      }
      case WaitFor.Event:
        // Told when all that could happen by itself had happened, and taken back when another task does something.
        return false;
      case WaitFor.Connection:
        // Who meets whom by which address the trace tells only when they have met.
        return !quiet;
    }
    return true;
  }

  private isStream(object: number): boolean {
    const type = this.objects.get(object)?.objectType;
    return type === "Pipe" || type === "Socket";
  }

  /** A connection closes when one of its ends is killed, and nobody tells but the other end. */
  private deathOnItsWay(object: number, quiet: boolean): boolean {
    return !quiet && this.endedTasks.size > 0 && this.objects.get(object)?.objectType === "Socket";
  }

  /** Who waits for a condition whose mutex a task took with it into death is told so, without a notify. */
  private mutexDied(condition: number): boolean {
    const mutex = this.objects.get(condition)?.mutex;
    return mutex !== undefined && this.endedTasks.has(this.owners.get(mutex) ?? NOBODY);
  }

  private anyWaits(object: number, waitFor: WaitFor): boolean {
    for (const wait of this.blocked.values()) if (wait.object === object && wait.waitFor === waitFor) return true;
    return false;
  }

  private largerAhead(task: number, own: Waiting, available: number): boolean {
    for (const [other, wait] of this.blocked) {
      if (other !== task && wait.waitFor === WaitFor.Permits && wait.object === own.object && wait.since <= own.since && wait.argument > available) return true;
    }
    return false;
  }
}
