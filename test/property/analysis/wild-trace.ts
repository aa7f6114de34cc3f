import fc from "fast-check";
import { AtomicOp, EndReason, Kind, SEGMENT_BASE, ValueType, WaitFor, atomicReads, atomicWrites, tagged } from "../../../src/trace";
import { TraceBuilder } from "../../support/trace-builder";

/** One event of a random trace as the oracle sees it; `n` is its place in the run. */
export interface WildEvent {
  readonly n: number;
  readonly task: number;
  readonly kind: Kind;
  readonly site: number;
  readonly word1: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly seq: number;
}

export interface WildTrace {
  readonly builder: TraceBuilder;
  readonly events: readonly WildEvent[];
  readonly spaceOf: (task: number) => number;
}

export const PARTIES = 2;
export const PERMITS = new Map([
  [20, 0],
  [21, 1],
  [22, 3],
]);
/** Queue → capacity; -1: unbounded. */
export const CAPACITIES = new Map([
  [30, -1],
  [31, 2],
  [32, 0],
]);
const MUTEX = 1;
const CONDITION = 2;
const READ_WRITE = 3;
const BARRIER = 4;
const LATCH = 5;
const ATOMIC = 6;
const BROADCAST = 7;
const PIPE = 8;
const SOCKET = 9;
/** Bytes that only plain accesses touch, at any offset; bytes that all do; bytes of all processes. */
const PLAIN = { address: 256, bytes: 24, name: "plain" };
const MIXED = { address: 512, bytes: 16, name: "mixed" };
const SEGMENT = { address: SEGMENT_BASE + 64, bytes: 16, name: "segment" };
const MAIN_SLOT = 64;
const TASKS = 4;

type Family = (run: Run, task: number, pick: (n: number) => number) => void;

/** A run that does one random thing after another, always one that could happen. */
class Run {
  readonly builder = new TraceBuilder();
  readonly events: WildEvent[] = [];
  readonly live = new Set([0]);
  readonly spawned = new Set([0]);
  readonly ended = new Set<number>();
  /** Tasks that can do nothing but what is told here. */
  readonly stopped = new Map<number, "barrier" | "condition" | "woken" | "memory" | "memory woken" | "atomic" | "atomic woken">();
  owner: number | undefined;
  writer: number | undefined;
  readonly readers: number[] = [];
  readonly permits = new Map(PERMITS);
  readonly sent = new Map<number, number>();
  readonly received = new Map<number, number>();
  readonly closed = new Set<number>();
  readonly streams = new Map<string, { written: number; read: number }>();
  arrived: number[] = [];
  round = 0;
  readonly departing = new Map<number, number>();
  latch = 2;
  atomicValue = 0;
  readonly wokenBy = new Map<number, number>();
  readonly waitsAt = new Map<number, number>();
  private readonly bytes = new Map<string, number>();
  private texts = 0;

  constructor(private readonly spaces: readonly number[]) {
    const { builder } = this;
    builder.run({ type: "space", id: 1, pid: 2, copyOf: 0 });
    for (let id = 0; id < TASKS; id++) builder.task(id, `t${id}`, id === 0 ? null : 0, this.spaceOf(id));
    builder.object(MUTEX, "Mutex", "m");
    builder.object(CONDITION, "Condition", "c", undefined, MUTEX);
    builder.object(READ_WRITE, "ReadWriteLock", "rw");
    builder.object(BARRIER, "Barrier", "b", PARTIES);
    builder.object(LATCH, "Latch", "l", this.latch);
    builder.object(ATOMIC, "Atomic", "a", 0);
    builder.object(BROADCAST, "MessageQueue", "bc", -1);
    builder.object(PIPE, "Pipe", "p", 65_520);
    builder.object(SOCKET, "Socket", "s", 65_520);
    for (const [id, permits] of PERMITS) builder.object(id, "Semaphore", `s${id}`, permits);
    for (const [id, capacity] of CAPACITIES) builder.object(id, "MessageQueue", `q${id}`, capacity);
    for (const { address, bytes, name } of [PLAIN, MIXED, SEGMENT]) {
      const space = address >= SEGMENT_BASE ? -1 : 0;
      builder.run({ type: "container", space, address, kind: "typed-array", name, variable: true });
      builder.run({ type: "range", space, address, byteLength: bytes, stride: 1, container: address, firstIndex: 0 });
    }
    builder.variable(MAIN_SLOT, "slot");
    this.sync(0, Kind.TaskStart, 0);
  }

  spaceOf(task: number): number {
    return this.spaces[task] ?? 0;
  }

  sync(task: number, kind: Kind, word1: number, a = 0, b = 0, c = 0, site = 0): number {
    const seq = this.builder.sync(task, kind, site, word1, a, b, c);
    this.events.push({ n: this.events.length, task, kind, site, word1, a, b, c, seq });
    return seq;
  }

  access(task: number, kind: Kind, address: number, site: number): void {
    const size = 1 << ((kind - 1) & 3);
    if (kind >= Kind.Write1) this.change(task, address, size);
    this.builder.access(task, kind, site, address, this.events.length);
    this.events.push({ n: this.events.length, task, kind, site, word1: address, a: 0, b: 0, c: 0, seq: 0 });
  }

  private key(task: number, address: number): string {
    return `${address >= SEGMENT_BASE ? -1 : this.spaceOf(task)} ${address}`;
  }

  /** Every byte written differs from what was there, and for long from all that ever was. */
  private change(task: number, address: number, size: number): void {
    for (let i = 0; i < size; i++) {
      const key = this.key(task, address + i);
      this.bytes.set(key, ((this.bytes.get(key) ?? 0) + 1) & 0xff);
    }
  }

  /** The value in some bytes, as a view of either sign shows it. */
  private value(task: number, address: number, size: number, signed: boolean): number {
    let value = 0n;
    for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes.get(this.key(task, address + i)) ?? 0);
    if (signed) value = BigInt.asIntN(size * 8, value);
    if (size < 8) return Number(value);
    this.builder.text(task, ++this.texts, String(value));
    return tagged(ValueType.BigInt, this.texts);
  }

  atomic(task: number, op: AtomicOp, address: number, shift: number, site: number, signed: boolean): void {
    const size = 1 << shift;
    const before = this.value(task, address, size, signed);
    if (atomicWrites(op)) this.change(task, address, size);
    const after = atomicWrites(op) ? this.value(task, address, size, signed) : before;
    this.sync(task, Kind.MemoryAtomic, address, op | (shift << 8), before, after, site);
    if (!atomicReads(op) && op !== AtomicOp.Store) throw new Error("every operation but a store reads");
  }

  end(task: number): void {
    this.live.delete(task);
    this.ended.add(task);
    this.stopped.delete(task);
    this.arrived = this.arrived.filter((one) => one !== task);
    this.departing.delete(task);
    this.sync(task, Kind.TaskEnd, 0, EndReason.Crashed, 1);
  }
}

const accesses: Family = (run, task, pick) => {
  const site = 1 + pick(6);
  const shift = pick(4);
  const write = pick(2) === 0;
  const kind = (write ? Kind.Write1 : Kind.Read1) + shift;
  switch (pick(6)) {
    case 0:
      return run.access(task, write ? Kind.Write8 : Kind.Read8, MAIN_SLOT, site);
    case 1:
    case 2:
      return run.access(task, kind, PLAIN.address + pick(PLAIN.bytes - 7), site);
    default: {
      // A plain write that hides only a part of an atomic one can't be told by the value: here it hides all.
      const place = (pick(2) === 0 ? MIXED : SEGMENT).address + 8 * pick(2);
      return write ? run.access(task, Kind.Write8, place, site) : run.access(task, kind, place + (pick(8) & ~((1 << shift) - 1)), site);
    }
  }
};

const memoryAtomics: Family = (run, task, pick) => {
  const shift = [0, 1, 2, 2, 2, 3][pick(6)]!;
  const place = (pick(3) > 0 ? MIXED : SEGMENT).address + (pick(4) === 0 ? 8 : 0);
  const op = [AtomicOp.Load, AtomicOp.Load, AtomicOp.Store, AtomicOp.Exchange, AtomicOp.Add, AtomicOp.CompareExchange, AtomicOp.CompareExchangeFailed][pick(7)]!;
  run.atomic(task, op, place + (pick(3) === 0 ? pick(8) & ~((1 << shift) - 1) : 0), shift, 7 + pick(4), pick(2) === 0);
};

const waiting: Family = (run, task, pick) => {
  const address = MIXED.address + (pick(3) === 0 ? 4 : 0);
  if (pick(2) === 0) {
    const waiters = [...run.stopped].filter(([other, state]) => state === "memory" && run.waitsAt.get(other) === address && run.spaceOf(other) === run.spaceOf(task));
    const woken = waiters.slice(0, pick(3));
    run.sync(task, Kind.MemoryNotify, address, woken.length);
    for (const [other] of woken) run.stopped.set(other, "memory woken");
    return;
  }
  run.atomic(task, AtomicOp.WaitLoad, address, 2, 11, true);
  // Else it was not equal.
  if (pick(3) === 0) return;
  run.stopped.set(task, "memory");
  run.waitsAt.set(task, address);
};

const locks: Family = (run, task, pick) => {
  if (run.owner === task) {
    const seq = pick(4);
    if (seq === 0) {
      run.sync(task, Kind.Unlock, MUTEX, 1);
      run.stopped.set(task, "condition");
    } else run.sync(task, Kind.Unlock, MUTEX);
    run.owner = undefined;
  } else if (run.owner === undefined && pick(3) > 0) {
    run.sync(task, Kind.Lock, MUTEX);
    run.owner = task;
  } else {
    const waiters = [...run.stopped].filter(([, state]) => state === "condition").slice(0, 1 + pick(2));
    const seq = run.sync(task, Kind.ConditionNotify, CONDITION, waiters.length);
    for (const [other] of waiters) {
      run.stopped.set(other, "woken");
      run.wokenBy.set(other, seq);
    }
  }
};

const readWriteLocks: Family = (run, task, pick) => {
  if (run.writer === task) {
    run.writer = undefined;
    run.sync(task, Kind.UnlockWrite, READ_WRITE);
  } else if (run.readers.includes(task)) {
    run.readers.splice(run.readers.indexOf(task), 1);
    run.sync(task, Kind.UnlockRead, READ_WRITE);
  } else if (run.writer === undefined && pick(2) === 0) {
    run.readers.push(task);
    run.sync(task, Kind.LockRead, READ_WRITE);
  } else if (run.writer === undefined && run.readers.length === 0) {
    run.writer = task;
    run.sync(task, Kind.LockWrite, READ_WRITE);
  }
};

const semaphores: Family = (run, task, pick) => {
  const id = [...PERMITS.keys()][pick(PERMITS.size)]!;
  const free = run.permits.get(id)!;
  const wanted = 1 + (pick(3) === 0 ? 1 : 0);
  if (pick(2) === 0 && free >= wanted) {
    run.permits.set(id, free - wanted);
    run.sync(task, Kind.Acquire, id, wanted);
  } else if (free < 5) {
    run.permits.set(id, free + wanted);
    run.sync(task, Kind.Release, id, wanted);
  }
};

const queues: Family = (run, task, pick) => {
  const id = [...CAPACITIES.keys()][pick(CAPACITIES.size)]!;
  const capacity = CAPACITIES.get(id)!;
  const sent = run.sent.get(id) ?? 0;
  const received = run.received.get(id) ?? 0;
  if (run.closed.has(id) && sent === received) {
    run.sync(task, Kind.SawClosed, id);
    return;
  }
  if (pick(12) === 0) {
    run.closed.add(id);
    run.sync(task, Kind.Close, id);
  } else if (capacity === 0) {
    const receiver = [...run.live].find((other) => other !== task && !run.stopped.has(other) && !run.departing.has(other));
    if (receiver === undefined || run.closed.has(id)) return;
    run.sent.set(id, sent + 1);
    run.received.set(id, received + 1);
    run.sync(task, Kind.Send, id, sent);
    run.sync(receiver, Kind.Receive, id, sent);
  } else if (pick(2) === 0 && !run.closed.has(id) && (capacity < 0 || sent - received < capacity)) {
    run.sent.set(id, sent + 1);
    run.sync(task, Kind.Send, id, sent);
  } else if (received < sent) {
    run.received.set(id, received + 1);
    run.sync(task, Kind.Receive, id, received);
  }
};

const broadcasts: Family = (run, task, pick) => {
  const sent = run.sent.get(BROADCAST) ?? 0;
  if (sent === 0 || pick(3) === 0) {
    run.sent.set(BROADCAST, sent + 1);
    run.sync(task, Kind.Send, BROADCAST, sent, 0, 1);
  } else run.sync(task, Kind.Receive, BROADCAST, Math.max(0, sent - 1 - pick(3)), 0, 1);
};

const streams: Family = (run, task, pick) => {
  const id = pick(2) === 0 ? PIPE : SOCKET;
  const direction = id === SOCKET ? pick(2) : 0;
  const key = `${id} ${direction}`;
  const state = run.streams.get(key) ?? { written: 0, read: 0 };
  run.streams.set(key, state);
  if (run.closed.has(id) && state.written === state.read) {
    run.sync(task, Kind.SawClosed, id);
  } else if (pick(20) === 0 && !run.closed.has(id)) {
    run.closed.add(id);
    run.sync(task, Kind.Close, id);
  } else if (pick(2) === 0 && !run.closed.has(id)) {
    const bytes = 1 + pick(4);
    run.sync(task, Kind.StreamWrite, id, state.written, bytes, direction);
    state.written += bytes;
  } else if (state.read < state.written) {
    const bytes = 1 + pick(state.written - state.read);
    run.sync(task, Kind.StreamRead, id, state.read, bytes, direction);
    state.read += bytes;
  }
};

const meetings: Family = (run, task, pick) => {
  if (pick(2) === 0) {
    if (run.latch > 0 || pick(4) === 0) {
      run.latch = Math.max(0, run.latch - 1);
      run.sync(task, Kind.LatchCountDown, LATCH, 1, run.latch);
    } else run.sync(task, Kind.LatchPass, LATCH);
    return;
  }
  run.sync(task, Kind.BarrierArrive, BARRIER, run.round, run.arrived.length);
  run.arrived.push(task);
  run.stopped.set(task, "barrier");
  if (run.arrived.length < PARTIES) return;
  for (const other of run.arrived) run.departing.set(other, run.round);
  run.arrived = [];
  run.round++;
};

const atomics: Family = (run, task, pick) => {
  const op = [AtomicOp.Load, AtomicOp.Store, AtomicOp.Add, AtomicOp.CompareExchange, AtomicOp.CompareExchangeFailed, AtomicOp.WaitLoad][pick(6)]!;
  const before = run.atomicValue;
  if (atomicWrites(op)) run.atomicValue++;
  run.sync(task, Kind.Atomic, ATOMIC, op, before, run.atomicValue);
  if (op === AtomicOp.WaitLoad && pick(2) === 0) run.stopped.set(task, "atomic");
  if (pick(3) > 0) return;
  const waiters = [...run.stopped].filter(([other, state]) => state === "atomic" && other !== task).slice(0, 1 + pick(2));
  if (run.stopped.has(task)) return;
  const seq = run.sync(task, Kind.AtomicNotify, ATOMIC, waiters.length);
  for (const [other] of waiters) {
    run.stopped.set(other, "atomic woken");
    run.wokenBy.set(other, seq);
  }
};

const nothing: Family = (run, task, pick) => {
  switch (pick(4)) {
    case 0:
      run.sync(task, Kind.Yield, 0);
      return;
    case 1:
      run.sync(task, Kind.SleepBegin, 0, 1);
      run.sync(task, Kind.SleepEnd, 0);
      return;
    case 2:
      run.sync(task, Kind.TryFailed, MUTEX, WaitFor.Lock);
      return;
    default:
      run.sync(task, Kind.GaveUp, MUTEX, WaitFor.Lock);
  }
};

const lives: Family = (run, task, pick) => {
  const unborn = [1, 2, 3].find((id) => !run.spawned.has(id));
  if (unborn !== undefined && pick(2) === 0) {
    run.spawned.add(unborn);
    run.sync(task, Kind.Spawn, unborn);
    run.sync(unborn, Kind.TaskStart, 0);
    run.live.add(unborn);
  } else if (run.ended.size > 0 && pick(2) === 0) {
    run.sync(task, Kind.Join, [...run.ended][pick(run.ended.size)]!);
  } else if (task !== 0 && pick(4) === 0) run.end(task);
};

const FAMILIES: readonly Family[] = [memoryAtomics, waiting, locks, readWriteLocks, semaphores, queues, broadcasts, streams, meetings, atomics, nothing, lives];

/** What a task that waits does next. */
function goOn(run: Run, task: number, pick: (n: number) => number): void {
  const round = run.departing.get(task);
  if (round !== undefined) {
    run.departing.delete(task);
    run.stopped.delete(task);
    run.sync(task, Kind.BarrierDepart, BARRIER, round);
    return;
  }
  const patient = pick(3) > 0;
  const state = run.stopped.get(task);
  switch (state) {
    case "barrier":
      if (patient) return;
      run.arrived = run.arrived.filter((other) => other !== task);
      run.sync(task, Kind.GaveUp, BARRIER, WaitFor.Barrier);
      break;
    case "condition":
      if (patient) return;
      run.sync(task, Kind.GaveUp, CONDITION, WaitFor.Condition);
      break;
    case "woken":
      run.sync(task, Kind.ConditionWake, CONDITION, run.wokenBy.get(task)!);
      break;
    case "memory":
      if (patient) return;
      run.sync(task, Kind.GaveUp, run.waitsAt.get(task)!, WaitFor.MemoryValue);
      break;
    case "memory woken":
      run.sync(task, Kind.MemoryWake, run.waitsAt.get(task)!);
      break;
    case "atomic":
      if (patient) return;
      run.sync(task, Kind.GaveUp, ATOMIC, WaitFor.AtomicValue);
      break;
    case "atomic woken":
      run.sync(task, Kind.AtomicWake, ATOMIC, run.wokenBy.get(task)!);
      break;
    case undefined:
      return;
  }
  run.stopped.delete(task);
}

function make(themes: readonly number[], spaces: readonly number[], early: boolean, tape: readonly number[]): WildTrace {
  const run = new Run(spaces);
  if (early) {
    for (const id of [1, 2, 3]) {
      run.spawned.add(id);
      run.sync(0, Kind.Spawn, id);
      run.sync(id, Kind.TaskStart, 0);
      run.live.add(id);
    }
  }
  for (const number of tape) {
    let rest = number;
    const pick = (n: number): number => {
      const one = rest % n;
      rest = Math.floor(rest / n);
      return one;
    };
    const task = [...run.live][pick(run.live.size)]!;
    if (run.stopped.has(task)) {
      if (task !== 0 && pick(20) === 0) run.end(task);
      else goOn(run, task, pick);
    } else if (pick(2) === 0) accesses(run, task, pick);
    else if (pick(8) === 0) lives(run, task, pick);
    else FAMILIES[themes[pick(themes.length)]!]!(run, task, pick);
    if (pick(4) === 0) run.builder.cut(task);
  }
  const trace: WildTrace = { builder: run.builder, events: run.events, spaceOf: (task) => run.spaceOf(task) };
  const told = (): string => ["", ...run.events.map((e) => `${e.n}: t${e.task} ${Kind[e.kind]} ${e.word1} (${e.a}, ${e.b}, ${e.c}) site ${e.site} seq ${e.seq}`)].join("\n");
  return Object.assign(trace, { [fc.toStringMethod]: told });
}

/** A trace of up to several hundred events of all kinds; each uses a few of them, so that they meet. */
export const wildTrace: fc.Arbitrary<WildTrace> = fc
  .tuple(
    fc.uniqueArray(fc.nat(FAMILIES.length - 1), { minLength: 1, maxLength: 3 }),
    fc.constantFrom([0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 1]),
    fc.boolean(),
    fc.array(fc.nat(2 ** 45), { minLength: 1, maxLength: 400, size: "max" }),
  )
  .map(([themes, spaces, early, tape]) => make(themes, spaces, early, tape));
