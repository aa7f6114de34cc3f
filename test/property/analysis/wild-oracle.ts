import { AtomicOp, Kind, SEGMENT_BASE, WaitFor } from "../../../src/trace";
import { CAPACITIES, PERMITS, type WildEvent, type WildTrace } from "./wild-trace";

/**
 * Happens-before by brute force, from contract/semantics.md and ECMA-262's memory model sentence by sentence: a graph of all events, its
 * transitive closure as bit sets, every pair of accesses compared. Shares nothing with src/analysis.
 */
export function racesOf({ events, spaceOf }: WildTrace): Set<string> {
  const before = closure(events, edges(events, spaceOf));
  const touched = events.flatMap((event) => accessesOf(event, spaceOf));
  const races = new Set<string>();
  touched.forEach((y, j) => {
    for (const x of touched.slice(0, j)) {
      if (x.event.task === y.event.task || x.space !== y.space || (!x.write && !y.write)) continue;
      if (x.from >= y.to || y.from >= x.to) continue;
      if (x.atomic && y.atomic && x.from === y.from && x.to === y.to) continue;
      if (before[y.event.n]!.has(x.event.n)) continue;
      const [low, high] = [x.event.site, y.event.site].sort((one, two) => one - two);
      races.add(`${x.space} ${variableOf(x.from)} ${low}-${high}`);
    }
  });
  return races;
}

function variableOf(address: number): string {
  if (address >= SEGMENT_BASE) return "segment";
  return address >= 512 ? "mixed" : address >= 256 ? "plain" : "slot";
}

interface Touch {
  readonly event: WildEvent;
  readonly space: number;
  readonly from: number;
  readonly to: number;
  readonly write: boolean;
  readonly atomic: boolean;
}

function accessesOf(event: WildEvent, spaceOf: (task: number) => number): Touch[] {
  const { kind, word1, a, task } = event;
  const space = word1 >= SEGMENT_BASE ? -1 : spaceOf(task);
  if (kind <= Kind.Write8) return [{ event, space, from: word1, to: word1 + [1, 2, 4, 8][(kind - 1) % 4]!, write: kind >= Kind.Write1, atomic: false }];
  if (kind !== Kind.MemoryAtomic) return [];
  const touch = { event, space, from: word1, to: word1 + [1, 2, 4, 8][a >> 8]!, atomic: true };
  const [reads, writes] = parts(a & 0xff);
  return [...(reads ? [{ ...touch, write: false }] : []), ...(writes ? [{ ...touch, write: true }] : [])];
}

function parts(op: AtomicOp): [reads: boolean, writes: boolean] {
  switch (op) {
    case AtomicOp.Load:
    case AtomicOp.CompareExchangeFailed:
    case AtomicOp.WaitLoad:
      return [true, false];
    case AtomicOp.Store:
      return [false, true];
    default:
      return [true, true];
  }
}

function edges(events: readonly WildEvent[], spaceOf: (task: number) => number): [number, number][] {
  const found: [number, number][] = [];
  const edge = (from: WildEvent | undefined, to: WildEvent | undefined): void => {
    if (from && to) found.push([from.n, to.n]);
  };
  const of = (kind: Kind, object?: number): WildEvent[] => events.filter((event) => event.kind === kind && (object === undefined || event.word1 === object));
  const after = ({ n, task }: WildEvent): WildEvent | undefined => events.find((other) => other.n > n && other.task === task);
  const all = (from: readonly WildEvent[], to: readonly WildEvent[]): void => {
    for (const x of from) for (const y of to) if (y.n > x.n) edge(x, y);
  };

  // Program order.
  for (const event of events) edge(event, after(event));
  // spawn → first step; last step → join, also of a crash.
  for (const spawn of of(Kind.Spawn)) edge(spawn, of(Kind.TaskStart).find((start) => start.task === spawn.word1));
  for (const join of of(Kind.Join)) edge(of(Kind.TaskEnd).find((end) => end.task === join.word1), join);
  // unlock → the next lock (and so all later ones), a condition's wait being both.
  all(of(Kind.Unlock), of(Kind.Lock));
  // unlockWrite → later lockRead and lockWrite; unlockRead → later lockWrite, never lockRead.
  all(of(Kind.UnlockWrite), [...of(Kind.LockRead), ...of(Kind.LockWrite)]);
  all(of(Kind.UnlockRead), of(Kind.LockWrite));
  // The k-th permit released → the (n + k)-th permit acquired.
  for (const [semaphore, n] of PERMITS) {
    const each = (kind: Kind): WildEvent[] => of(kind, semaphore).flatMap((event) => Array<WildEvent>(event.a).fill(event));
    const acquired = each(Kind.Acquire);
    each(Kind.Release).forEach((release, k) => edge(release, acquired[n + k]));
  }
  // send → the receive of that message; with capacity n the k-th receive → the (k + n)-th send (n = 0: its end).
  for (const [queue, capacity] of CAPACITIES) {
    const sends = of(Kind.Send, queue);
    const receives = of(Kind.Receive, queue);
    receives.forEach((receive, k) => {
      edge(sends[k], receive);
      if (capacity > 0) edge(receive, sends[k + capacity]);
      if (capacity === 0) edge(receive, sends[k] && after(sends[k]));
    });
  }
  const broadcasts = of(Kind.Send).filter((send) => send.c === 1);
  for (const receive of of(Kind.Receive)) if (receive.c === 1) edge(broadcasts[receive.a], receive);
  // close → who learns of it.
  for (const close of of(Kind.Close)) all([close], of(Kind.SawClosed, close.word1));
  // write → the read of those bytes.
  for (const write of of(Kind.StreamWrite)) {
    for (const read of of(Kind.StreamRead, write.word1)) if (read.c === write.c && read.a < write.a + write.b && write.a < read.a + read.b) edge(write, read);
  }
  // countDown → the end of a wait.
  all(of(Kind.LatchCountDown), of(Kind.LatchPass));
  // All arrivals → all departures of that round; who gave up or died before has not arrived.
  for (const depart of of(Kind.BarrierDepart)) {
    for (const arrival of of(Kind.BarrierArrive)) {
      if (arrival.a !== depart.a) continue;
      const next = after(arrival);
      if (next?.kind !== Kind.GaveUp && !(next?.kind === Kind.TaskEnd && !departed(events, arrival))) edge(arrival, depart);
    }
  }
  // notify → the wait it wakes.
  for (const wake of [...of(Kind.ConditionWake), ...of(Kind.AtomicWake)]) edge(events.find((event) => event.seq === wake.a && event.seq > 0), wake);
  // A write of an Atomic → an operation that reads it.
  let written: WildEvent | undefined;
  for (const event of of(Kind.Atomic)) {
    const [reads, writes] = parts(event.a);
    if (reads) edge(written, event);
    if (writes) written = event;
  }
  memoryEdges(events, spaceOf, edge);
  return found;
}

/** Of a task killed at a barrier: whether the round was complete before. */
function departed(events: readonly WildEvent[], arrival: WildEvent): boolean {
  const end = events.find((event) => event.kind === Kind.TaskEnd && event.task === arrival.task)!;
  const there = events.filter((event) => {
    if (event.kind !== Kind.BarrierArrive || event.a !== arrival.a || event.n > end.n) return false;
    const next = events.find((other) => other.n > event.n && other.task === event.task);
    return !(next && next.n < end.n && (next.kind === Kind.GaveUp || next.kind === Kind.TaskEnd));
  });
  return there.length >= 2;
}

/** Which write each byte was last written by; the critical sections of waiter lists. */
function memoryEdges(events: readonly WildEvent[], spaceOf: (task: number) => number, edge: (from: WildEvent | undefined, to: WildEvent) => void): void {
  const lastWrite = new Map<string, WildEvent>();
  const lists = new Map<string, WildEvent>();
  const waits = (event: WildEvent): boolean =>
    event.kind === Kind.MemoryNotify ||
    event.kind === Kind.MemoryWake ||
    (event.kind === Kind.GaveUp && event.a === Number(WaitFor.MemoryValue)) ||
    (event.kind === Kind.MemoryAtomic && (event.a & 0xff) === Number(AtomicOp.WaitLoad));
  for (const event of events) {
    if (waits(event)) {
      const list = `${spaceOf(event.task)} ${event.word1}`;
      edge(lists.get(list), event);
      lists.set(list, event);
    }
    for (const { write, from, to, space, atomic } of accessesOf(event, spaceOf)) {
      for (let byte = from; byte < to; byte++) {
        const key = `${space} ${byte}`;
        const source = lastWrite.get(key);
        // Both seq-cst, one read from the other, equal ranges.
        if (!write && atomic && source?.kind === Kind.MemoryAtomic && source.word1 === event.word1 && source.a >> 8 === event.a >> 8) edge(source, event);
        if (write) lastWrite.set(key, event);
      }
    }
  }
}

/** For each event those that happen before it. Edges may only lead forwards in the run. */
function closure(events: readonly WildEvent[], list: readonly [number, number][]): BitSet[] {
  const incoming = events.map((): number[] => []);
  for (const [from, to] of list) {
    if (from >= to) throw new Error(`an edge leads backwards: ${from} → ${to}`);
    incoming[to]!.push(from);
  }
  const before: BitSet[] = [];
  for (const { n } of events) {
    const set = new BitSet(events.length);
    for (const from of incoming[n]!) set.add(from, before[from]!);
    before.push(set);
  }
  return before;
}

class BitSet {
  private readonly words: Uint32Array;

  constructor(size: number) {
    this.words = new Uint32Array((size + 31) >> 5);
  }

  add(item: number, others: BitSet): void {
    others.words.forEach((word, i) => (this.words[i]! |= word));
    this.words[item >> 5]! |= 1 << (item & 31);
  }

  has(item: number): boolean {
    return ((this.words[item >> 5]! >>> (item & 31)) & 1) === 1;
  }
}
