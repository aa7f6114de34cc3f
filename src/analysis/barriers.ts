import { joinClock, merge, type Stamp, type TaskClocks } from "./clocks";

interface Round {
  /** By task: who gives up takes its arrival back. */
  readonly arrivals: Map<number, Stamp>;
  /** All arrivals, once it is complete. */
  all: Stamp | undefined;
}

/** All arrivals at a barrier happen before all departures of that round; who gave up or died did not arrive. */
export class Barriers {
  private readonly rounds = new Map<number, Map<number, Round>>();
  /** Task → where it arrived and has not left. */
  private readonly waiting = new Map<number, { readonly object: number; readonly round: number }>();

  constructor(
    private readonly clocks: TaskClocks,
    private readonly parties: (barrier: number) => number | undefined,
  ) {}

  arrive(task: number, object: number, round: number): void {
    let rounds = this.rounds.get(object);
    if (!rounds) this.rounds.set(object, (rounds = new Map()));
    let state = rounds.get(round);
    if (!state) rounds.set(round, (state = { arrivals: new Map(), all: undefined }));
    merge(state.arrivals, task, this.clocks.release(task));
    this.waiting.set(task, { object, round });
    if (state.arrivals.size === this.parties(object)) complete(state);
  }

  depart(task: number, object: number, round: number): void {
    this.waiting.delete(task);
    const rounds = this.rounds.get(object);
    const state = rounds?.get(round);
    if (!rounds || !state) return;
    this.clocks.take(task, complete(state));
    state.arrivals.delete(task);
    if (state.arrivals.size === 0) rounds.delete(round);
  }

  /** The task waits no longer, and its round was not complete. */
  leave(task: number): void {
    const at = this.waiting.get(task);
    if (!at) return;
    this.waiting.delete(task);
    const rounds = this.rounds.get(at.object);
    const state = rounds?.get(at.round);
    // Of a complete round it counts: the task was killed on its way out.
    if (!rounds || !state) return;
    state.arrivals.delete(task);
    if (state.arrivals.size === 0) rounds.delete(at.round);
  }

  *stamps(): Iterable<Stamp> {
    for (const rounds of this.rounds.values()) {
      for (const { arrivals, all } of rounds.values()) {
        yield* arrivals.values();
        if (all) yield all;
      }
    }
  }
}

function complete(round: Round): Stamp {
  if (round.all) return round.all;
  const all: Stamp = { full: [], weak: [] };
  for (const { full, weak } of round.arrivals.values()) {
    joinClock(all.full, full);
    joinClock(all.weak, weak);
  }
  return (round.all = all);
}
