import fc from "fast-check";
import { AtomicOp, EndReason, Kind, WaitFor } from "../../../src/trace";
import { TraceBuilder } from "../../support/trace-builder";

/** One statement of a random program. Task numbers are 1…n; main (0) spawns all, runs its own part, joins some. */
export type Statement =
  | { readonly op: "read" | "write"; readonly slot: number }
  | { readonly op: "lock" | "unlock"; readonly mutex: number }
  | { readonly op: "lockRead" | "lockWrite" | "unlockRead" | "unlockWrite" }
  | { readonly op: "acquire" | "release"; readonly semaphore: number }
  | { readonly op: "load" | "store" | "add" | "cas"; readonly atomic: number }
  | { readonly op: "send" | "receive"; readonly queue: number }
  | { readonly op: "barrier" }
  | { readonly op: "countDown" | "pass" }
  | { readonly op: "spawn" | "join"; readonly task: number };

export interface Program {
  readonly tasks: readonly (readonly Statement[])[];
  /** Which of the tasks that can go on takes the next step. */
  readonly schedule: readonly number[];
}

export const MUTEXES = [1, 2];
export const LOCK = 3;
/** Object → initial permits. */
export const SEMAPHORES = new Map([
  [4, 1],
  [5, 2],
  [6, 0],
]);
export const ATOMICS = [7, 8];
/** Object → capacity; -1 unbounded. */
export const QUEUES = new Map([
  [9, -1],
  [10, 1],
  [11, 0],
]);
export const BARRIER = 12;
export const LATCH = 13;
const SLOTS = [64, 72, 80];

const access = fc.record({ op: fc.constantFrom("read" as const, "write" as const), slot: fc.constantFrom(...SLOTS) });
const single = (statement: fc.Arbitrary<Statement>): fc.Arbitrary<Statement[]> => statement.map((one) => [one]);
const accesses: fc.Arbitrary<Statement[]> = fc.array(access, { minLength: 1, maxLength: 3 });
const inside = fc.array(access, { maxLength: 3 });

/** Kinds of blocks; a program uses a few of them, so that they meet. */
const kinds: readonly fc.Arbitrary<Statement[]>[] = [
  fc.tuple(fc.constantFrom(...MUTEXES), inside, fc.boolean()).map(([mutex, within, nest]): Statement[] => {
    const second = MUTEXES.find((one) => one !== mutex)!;
    const nested: Statement[] = nest ? [{ op: "lock", mutex: second }, ...within, { op: "unlock", mutex: second }] : within;
    return [{ op: "lock", mutex }, ...nested, { op: "unlock", mutex }];
  }),
  fc.tuple(fc.boolean(), inside).map(([write, within]): Statement[] => [{ op: write ? "lockWrite" : "lockRead" }, ...within, { op: write ? "unlockWrite" : "unlockRead" }]),
  fc.tuple(fc.constantFrom(4, 5), inside).map(([semaphore, within]): Statement[] => [{ op: "acquire", semaphore }, ...within, { op: "release", semaphore }]),
  single(fc.record({ op: fc.constantFrom("acquire" as const, "release" as const), semaphore: fc.constant(6) })),
  single(fc.record({ op: fc.constantFrom("load" as const, "store" as const, "add" as const, "cas" as const), atomic: fc.constantFrom(...ATOMICS) })),
  single(fc.record({ op: fc.constantFrom("load" as const, "store" as const), atomic: fc.constant(ATOMICS[0]!) })),
  ...[...QUEUES.keys()].map((queue) => single(fc.record({ op: fc.constantFrom("send" as const, "receive" as const), queue: fc.constant(queue) }))),
  single(fc.constant({ op: "barrier" as const })),
  single(fc.record({ op: fc.constantFrom("countDown" as const, "pass" as const) })),
];

const body = (theme: readonly fc.Arbitrary<Statement[]>[]): fc.Arbitrary<Statement[]> =>
  fc.array(fc.oneof({ weight: theme.length, arbitrary: accesses }, ...theme.map((arbitrary) => ({ weight: 1, arbitrary }))), { maxLength: 6 }).map((blocks) => blocks.flat());

const plain = (statements: readonly Statement[]): Statement[] => statements.filter((statement) => statement.op === "read" || statement.op === "write");

export const program: fc.Arbitrary<Program> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.uniqueArray(fc.nat(kinds.length - 1), { minLength: 1, maxLength: 3 }))
  .chain(([n, chosen]) => {
    const part = body(chosen.map((kind) => kinds[kind]!));
    return fc.tuple(fc.array(part, { minLength: n, maxLength: n }), fc.tuple(part, part, part), fc.subarray([...Array(n).keys()]), fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }));
  })
  .map(([bodies, [before, between, after], joined, schedule]) => ({
    tasks: [
      [
        ...plain(before),
        ...bodies.map((_, i): Statement => ({ op: "spawn", task: i + 1 })),
        ...between,
        ...joined.map((i): Statement => ({ op: "join", task: i + 1 })),
        ...plain(after),
      ],
      ...bodies,
    ],
    schedule,
  }));

/** One event as the oracle sees it; `n` is its place in the run. */
export interface Happened {
  readonly n: number;
  readonly task: number;
  readonly statement: Statement | { readonly op: "start" | "end" | "depart" };
  readonly site: number;
  /** The message's number, or the barrier's round, or 0. */
  readonly number: number;
  /** cas: whether it wrote. */
  readonly wrote: boolean;
}

export interface Execution {
  readonly builder: TraceBuilder;
  readonly events: readonly Happened[];
  /** Tasks that live and can't go on, when nobody can. Empty if the run ended well. */
  readonly stuck: readonly number[];
  /** Task → the tasks that hold what it waits for (mutex, read-write lock, join). */
  readonly waitsFor: ReadonlyMap<number, readonly number[]>;
}

interface TaskState {
  at: number;
  started: boolean;
  ended: boolean;
  blocked: boolean;
  /** Inside a barrier's round. */
  arrived: number | undefined;
}

/** Runs a program step by step as its schedule says, writing its trace. */
export function execute({ tasks, schedule }: Program): Execution {
  const builder = new TraceBuilder();
  builder.task(0, "main", null);
  tasks.forEach((_, id) => {
    if (id > 0) builder.task(id, `t${id}`, 0);
  });
  for (const id of MUTEXES) builder.object(id, "Mutex", `m${id}`);
  builder.object(LOCK, "ReadWriteLock", "rw");
  for (const [id, permits] of SEMAPHORES) builder.object(id, "Semaphore", `s${id}`, permits);
  for (const id of ATOMICS) builder.object(id, "Atomic", `a${id}`, 0);
  for (const [id, capacity] of QUEUES) builder.object(id, "MessageQueue", `q${id}`, capacity);
  builder.object(BARRIER, "Barrier", "b", 2);
  builder.object(LATCH, "Latch", "l", 2);
  for (const slot of SLOTS) builder.variable(slot, `x${slot}`);

  const events: Happened[] = [];
  const states = tasks.map((): TaskState => ({ at: 0, started: false, ended: false, blocked: false, arrived: undefined }));
  const spawned = new Set([0]);
  const owner = new Map<number, number>();
  const readers = new Set<number>();
  let writer: number | undefined;
  const permits = new Map(SEMAPHORES);
  const values = new Map(ATOMICS.map((id) => [id, 0]));
  const queued = new Map([...QUEUES.keys()].map((id) => [id, 0]));
  const sent = new Map([...QUEUES.keys()].map((id) => [id, 0]));
  const received = new Map([...QUEUES.keys()].map((id) => [id, 0]));
  let arrivals = 0;
  let latch = 2;
  const ends = new Map<number, number>();

  const site = (task: number, at: number): number => 1 + task * 100 + at;
  const happen = (task: number, statement: Happened["statement"], at: number, number = 0, wrote = false): void => {
    events.push({ n: events.length, task, statement, site: site(task, at), number, wrote });
  };

  const receiverWaits = (queue: number): number =>
    states.findIndex((state, id) => {
      const statement = tasks[id]![state.at];
      return state.blocked && statement?.op === "receive" && statement.queue === queue;
    });
  const senderWaits = (queue: number): number =>
    states.findIndex((state, id) => {
      const statement = tasks[id]![state.at];
      return state.blocked && statement?.op === "send" && statement.queue === queue;
    });

  /** What a task would wait for, or undefined if its next step can be made. */
  const obstacle = (task: number): readonly [WaitFor, number, number] | undefined => {
    const state = states[task]!;
    if (state.arrived !== undefined) return Math.floor(arrivals / 2) > state.arrived ? undefined : [WaitFor.Barrier, BARRIER, 0];
    const statement = tasks[task]![state.at];
    if (!statement || !state.started) return undefined;
    switch (statement.op) {
      case "lock":
        return owner.has(statement.mutex) ? [WaitFor.Lock, statement.mutex, 0] : undefined;
      case "lockRead":
        return writer !== undefined ? [WaitFor.ReadLock, LOCK, 0] : undefined;
      case "lockWrite":
        return writer !== undefined || readers.size > 0 ? [WaitFor.WriteLock, LOCK, 0] : undefined;
      case "acquire":
        return permits.get(statement.semaphore)! < 1 ? [WaitFor.Permits, statement.semaphore, 1] : undefined;
      case "receive":
        return queued.get(statement.queue)! > 0 || (QUEUES.get(statement.queue) === 0 && senderWaits(statement.queue) >= 0) ? undefined : [WaitFor.Message, statement.queue, 0];
      case "send": {
        const capacity = QUEUES.get(statement.queue)!;
        const room = capacity < 0 || queued.get(statement.queue)! < capacity || (capacity === 0 && receiverWaits(statement.queue) >= 0);
        return room ? undefined : [WaitFor.QueueSpace, statement.queue, 0];
      }
      case "pass":
        return latch > 0 ? [WaitFor.Latch, LATCH, 0] : undefined;
      case "join":
        return states[statement.task]!.ended ? undefined : [WaitFor.Join, 0, statement.task];
      default:
        return undefined;
    }
  };

  const finishMessage = (task: number): void => {
    states[task]!.blocked = false;
    states[task]!.at++;
  };

  const step = (task: number): void => {
    const state = states[task]!;
    state.blocked = false;
    if (!state.started) {
      state.started = true;
      builder.sync(task, Kind.TaskStart, 0, 0);
      happen(task, { op: "start" }, 99);
      return;
    }
    if (state.arrived !== undefined) {
      builder.sync(task, Kind.BarrierDepart, site(task, state.at), BARRIER, state.arrived);
      happen(task, { op: "depart" }, state.at, state.arrived);
      state.arrived = undefined;
      state.at++;
      return;
    }
    const statement = tasks[task]![state.at];
    const at = state.at;
    const place = site(task, at);
    if (!statement) {
      state.ended = true;
      ends.set(task, builder.sync(task, Kind.TaskEnd, 0, 0, EndReason.Finished));
      happen(task, { op: "end" }, 99);
      return;
    }
    switch (statement.op) {
      case "read":
      case "write":
        builder.access(task, statement.op === "read" ? Kind.Read8 : Kind.Write8, place, statement.slot, events.length);
        happen(task, statement, at);
        break;
      case "lock":
        owner.set(statement.mutex, task);
        builder.sync(task, Kind.Lock, place, statement.mutex);
        happen(task, statement, at);
        break;
      case "unlock":
        owner.delete(statement.mutex);
        builder.sync(task, Kind.Unlock, place, statement.mutex);
        happen(task, statement, at);
        break;
      case "lockRead":
        readers.add(task);
        builder.sync(task, Kind.LockRead, place, LOCK);
        happen(task, statement, at);
        break;
      case "unlockRead":
        readers.delete(task);
        builder.sync(task, Kind.UnlockRead, place, LOCK);
        happen(task, statement, at);
        break;
      case "lockWrite":
        writer = task;
        builder.sync(task, Kind.LockWrite, place, LOCK);
        happen(task, statement, at);
        break;
      case "unlockWrite":
        writer = undefined;
        builder.sync(task, Kind.UnlockWrite, place, LOCK);
        happen(task, statement, at);
        break;
      case "acquire":
        permits.set(statement.semaphore, permits.get(statement.semaphore)! - 1);
        builder.sync(task, Kind.Acquire, place, statement.semaphore, 1);
        happen(task, statement, at);
        break;
      case "release":
        permits.set(statement.semaphore, permits.get(statement.semaphore)! + 1);
        builder.sync(task, Kind.Release, place, statement.semaphore, 1);
        happen(task, statement, at);
        break;
      case "load":
      case "store":
      case "add":
      case "cas": {
        const before = values.get(statement.atomic)!;
        const wrote = statement.op === "store" || statement.op === "add" || (statement.op === "cas" && before === 1);
        const after = wrote ? (statement.op === "add" ? before + 1 : 1) : before;
        const op = { load: AtomicOp.Load, store: AtomicOp.Store, add: AtomicOp.Add, cas: wrote ? AtomicOp.CompareExchange : AtomicOp.CompareExchangeFailed }[statement.op];
        values.set(statement.atomic, after);
        builder.sync(task, Kind.Atomic, place, statement.atomic, op, before, after);
        happen(task, statement, at, 0, wrote);
        break;
      }
      case "send": {
        const number = sent.get(statement.queue)!;
        sent.set(statement.queue, number + 1);
        builder.sync(task, Kind.Send, place, statement.queue, number, 8);
        happen(task, statement, at, number);
        const receiver = QUEUES.get(statement.queue) === 0 ? receiverWaits(statement.queue) : -1;
        if (receiver >= 0) {
          received.set(statement.queue, number + 1);
          builder.sync(receiver, Kind.Receive, site(receiver, states[receiver]!.at), statement.queue, number, 8);
          happen(receiver, { op: "receive", queue: statement.queue }, states[receiver]!.at, number);
          finishMessage(receiver);
        } else queued.set(statement.queue, queued.get(statement.queue)! + 1);
        break;
      }
      case "receive": {
        const number = received.get(statement.queue)!;
        received.set(statement.queue, number + 1);
        const sender = QUEUES.get(statement.queue) === 0 ? senderWaits(statement.queue) : -1;
        if (sender >= 0) {
          sent.set(statement.queue, number + 1);
          builder.sync(sender, Kind.Send, site(sender, states[sender]!.at), statement.queue, number, 8);
          happen(sender, { op: "send", queue: statement.queue }, states[sender]!.at, number);
          finishMessage(sender);
        } else queued.set(statement.queue, queued.get(statement.queue)! - 1);
        builder.sync(task, Kind.Receive, place, statement.queue, number, 8);
        happen(task, statement, at, number);
        break;
      }
      case "barrier": {
        const round = Math.floor(arrivals / 2);
        builder.sync(task, Kind.BarrierArrive, place, BARRIER, round, arrivals % 2);
        happen(task, statement, at, round);
        arrivals++;
        state.arrived = round;
        return;
      }
      case "countDown":
        latch = Math.max(0, latch - 1);
        builder.sync(task, Kind.LatchCountDown, place, LATCH, 1, latch);
        happen(task, statement, at);
        break;
      case "pass":
        builder.sync(task, Kind.LatchPass, place, LATCH);
        happen(task, statement, at);
        break;
      case "spawn":
        spawned.add(statement.task);
        builder.sync(task, Kind.Spawn, place, statement.task);
        happen(task, statement, at);
        break;
      case "join":
        builder.sync(task, Kind.Join, place, statement.task, ends.get(statement.task)!);
        happen(task, statement, at);
        break;
    }
    state.at++;
  };

  for (let turn = 0; ; turn++) {
    const live = [...spawned].filter((id) => !states[id]!.ended);
    if (live.length === 0) return { builder, events, stuck: [], waitsFor: new Map() };
    const choice = schedule[turn % schedule.length]!;
    const able = live.filter((id) => obstacle(id) === undefined);
    const idle = live.filter((id) => obstacle(id) !== undefined && !states[id]!.blocked);
    const candidates = [...able, ...idle];
    if (candidates.length === 0) {
      const waitsFor = new Map(
        live.map((id): [number, number[]] => {
          const [waitFor, object, argument] = obstacle(id)!;
          if (waitFor === WaitFor.Lock) return [id, [owner.get(object)!]];
          if (waitFor === WaitFor.Join) return [id, [argument]];
          if (waitFor === WaitFor.ReadLock || waitFor === WaitFor.WriteLock) return [id, writer !== undefined ? [writer] : [...readers]];
          return [id, []];
        }),
      );
      return { builder, events, stuck: live, waitsFor };
    }
    const task = candidates[choice % candidates.length]!;
    const wait = obstacle(task);
    if (!wait) step(task);
    else {
      states[task]!.blocked = true;
      builder.sync(task, Kind.Block, site(task, states[task]!.at), wait[1], wait[0], -1, wait[2]);
      // A task hands over all that it has before it blocks.
      builder.cut(task);
    }
    if (choice % 5 === 0) builder.cut(task);
  }
}
