import { QUEUES, SEMAPHORES, type Happened } from "./program";

/**
 * Happens-before by brute force: a graph of all events with the edges that contract/semantics.md names, and its
 * transitive closure as bit sets. Shares nothing with src/analysis.
 */
export function racesByClosure(events: readonly Happened[]): Set<string> {
  const before = closure(events, edges(events));
  const races = new Set<string>();
  for (const y of events) {
    for (const x of events.slice(0, y.n)) {
      const one = x.statement;
      const two = y.statement;
      if ((one.op !== "read" && one.op !== "write") || (two.op !== "read" && two.op !== "write")) continue;
      if (one.slot !== two.slot || x.task === y.task || (one.op === "read" && two.op === "read")) continue;
      if ((before[y.n]! >> BigInt(x.n)) & 1n || (before[x.n]! >> BigInt(y.n)) & 1n) continue;
      races.add(`x${one.slot} ${Math.min(x.site, y.site)}-${Math.max(x.site, y.site)}`);
    }
  }
  return races;
}

function edges(events: readonly Happened[]): [number, number][] {
  const found: [number, number][] = [];
  const edge = (from: Happened | undefined, to: Happened | undefined): void => {
    if (from && to) found.push([from.n, to.n]);
  };
  const is = (event: Happened, op: string, key?: string, value?: number): boolean =>
    event.statement.op === op && (key === undefined || (event.statement as unknown as Record<string, unknown>)[key] === value);
  const nextOf = (event: Happened): Happened | undefined => events.find((other) => other.n > event.n && other.task === event.task);

  for (const event of events) {
    edge(event, nextOf(event));
    if (is(event, "spawn")) edge(event, events.find((other) => is(other, "start") && other.task === (event.statement as { task: number }).task));
    if (is(event, "join")) edge(events.find((other) => is(other, "end") && other.task === (event.statement as { task: number }).task), event);
    for (const later of events.slice(event.n + 1)) {
      if (is(event, "unlock") && is(later, "lock", "mutex", (event.statement as { mutex: number }).mutex)) edge(event, later);
      if (is(event, "unlockWrite") && (is(later, "lockRead") || is(later, "lockWrite"))) edge(event, later);
      if (is(event, "unlockRead") && is(later, "lockWrite")) edge(event, later);
      if (is(event, "countDown") && is(later, "pass")) edge(event, later);
      if (is(event, "barrier") && is(later, "depart") && event.number === later.number) edge(event, later);
    }
  }
  for (const [semaphore, initial] of SEMAPHORES) {
    const releases = events.filter((event) => is(event, "release", "semaphore", semaphore));
    const acquires = events.filter((event) => is(event, "acquire", "semaphore", semaphore));
    releases.forEach((release, k) => edge(release, acquires[initial + k]));
  }
  for (const [queue, capacity] of QUEUES) {
    const sends = events.filter((event) => is(event, "send", "queue", queue));
    const receives = events.filter((event) => is(event, "receive", "queue", queue));
    sends.forEach((send, k) => edge(send, receives[k]));
    // Without room the send is over only when its message was received: what comes after it comes after the receive.
    if (capacity === 0) receives.forEach((receive, k) => edge(receive, sends[k] && nextOf(sends[k])));
    if (capacity > 0) receives.forEach((receive, k) => edge(receive, sends[k + capacity]));
  }
  const atomics = new Map<number, Happened>();
  for (const event of events) {
    const { statement } = event;
    if (statement.op !== "load" && statement.op !== "store" && statement.op !== "add" && statement.op !== "cas") continue;
    if (statement.op !== "store") edge(atomics.get(statement.atomic), event);
    if (event.wrote) atomics.set(statement.atomic, event);
  }
  return found;
}

/** For each event the set of those that happen before it. Edges may only lead forwards in the run. */
function closure(events: readonly Happened[], list: readonly [number, number][]): bigint[] {
  const incoming = new Map<number, number[]>();
  for (const [from, to] of list) incoming.set(to, [...(incoming.get(to) ?? []), from]);
  const before: bigint[] = [];
  for (const { n } of events) {
    let set = 0n;
    for (const from of incoming.get(n) ?? []) {
      if (from >= n) throw new Error(`an edge leads backwards: ${from} → ${n}`);
      set |= before[from]! | (1n << BigInt(from));
    }
    before.push(set);
  }
  return before;
}

/** The cycles of a wait-for graph: every set of tasks that can reach each other, by trying all paths. */
export function onCycle(waitsFor: ReadonlyMap<number, readonly number[]>, task: number): boolean {
  const reached = new Set<number>();
  const frontier = [...(waitsFor.get(task) ?? [])];
  for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
    if (next === task) return true;
    if (reached.has(next)) continue;
    reached.add(next);
    frontier.push(...(waitsFor.get(next) ?? []));
  }
  return false;
}
