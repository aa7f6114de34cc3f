import type { Arrow, LockSpan, LockTrack, TaskLane, TaskState } from "../../src/analysis/views";
import { lowerBound } from "../common/search";
import { SpanColumns } from "./span-columns";
import { STATES, type StateCode } from "./states";

/** A task's lane, ready to be drawn. */
export interface LaneModel {
  readonly lane: TaskLane;
  /** Stretch n is `lane.spans[n]`. */
  readonly columns: SpanColumns;
}

const TASK_STATES: Record<TaskState, StateCode> = {
  running: STATES.running,
  blocked: STATES.blocked,
  waiting: STATES.waiting,
  sleeping: STATES.sleeping,
};

export function laneModel(lane: TaskLane): LaneModel {
  const { spans } = lane;
  const starts = new Float64Array(spans.length);
  const states = new Uint8Array(spans.length);
  for (let i = 0; i < spans.length; i++) {
    starts[i] = spans[i]!.from;
    states[i] = TASK_STATES[spans[i]!.state];
  }
  return { lane, columns: new SpanColumns(starts, states, spans.at(-1)?.to ?? lane.started) };
}

/** A lock's band: who holds it and whether others wait, over time. */
export interface LockModel {
  readonly track: LockTrack;
  readonly columns: SpanColumns;
  /** Tasks that hold it in stretch n, at most two of them by number; -1: nobody. */
  readonly holder: Int32Array;
  readonly holders: Uint16Array;
  readonly waiters: Uint16Array;
}

/** Sweeps the holds and waits of a lock in order of time. */
export function lockModel(track: LockTrack): LockModel {
  const { spans } = track;
  const begins = spans;
  const ends = [...spans].filter((span) => !span.open).sort((a, b) => a.to - b.to);
  const starts: number[] = [];
  const states: StateCode[] = [];
  const holder: number[] = [];
  const holders: number[] = [];
  const waiters: number[] = [];
  const holding = new Map<number, number>();
  let waiting = 0;
  let end = 0;

  const note = (time: number): void => {
    const held = holding.size > 0;
    const state = held ? (waiting > 0 ? STATES.contended : STATES.held) : waiting > 0 ? STATES.wanted : STATES.free;
    const first = holding.keys().next();
    const at = starts.length > 0 && starts[starts.length - 1] === time ? starts.length - 1 : starts.length;
    starts[at] = time;
    states[at] = state;
    holder[at] = first.done ? -1 : first.value;
    holders[at] = holding.size;
    waiters[at] = waiting;
  };
  const change = (span: LockSpan, by: 1 | -1): void => {
    if (span.state === "waiting") waiting = Math.max(0, waiting + by);
    else {
      const left = (holding.get(span.task) ?? 0) + by;
      if (left > 0) holding.set(span.task, left);
      else holding.delete(span.task);
    }
  };

  let b = 0;
  let e = 0;
  while (b < begins.length || e < ends.length) {
    const nextBegin = b < begins.length ? begins[b]!.from : Infinity;
    const nextEnd = e < ends.length ? ends[e]!.to : Infinity;
    // An empty hold (locked and unlocked within one tick of the clock) must begin before it ends.
    const beginsNow = nextBegin < nextEnd || (nextBegin === nextEnd && ends[e]!.from === nextEnd);
    if (beginsNow) change(begins[b++]!, 1);
    else change(ends[e++]!, -1);
    const time = Math.min(nextBegin, nextEnd);
    end = Math.max(end, time);
    note(time);
  }
  for (const span of spans) if (span.open) end = Math.max(end, span.to);
  return {
    track,
    columns: new SpanColumns(Float64Array.from(starts), Uint8Array.from(states), end),
    holder: Int32Array.from(holder),
    holders: Uint16Array.from(holders),
    waiters: Uint16Array.from(waiters),
  };
}

/** Arrows in order of their ends, so that the visible ones are found without looking at all. */
export class ArrowIndex {
  /** Spawns and joins: few, long, always looked at. */
  readonly life: readonly Arrow[];
  readonly others: readonly Arrow[];
  private readonly ends: Float64Array;

  constructor(readonly all: readonly Arrow[]) {
    this.life = all.filter((arrow) => arrow.kind === "spawn" || arrow.kind === "join");
    this.others = all.filter((arrow) => arrow.kind !== "spawn" && arrow.kind !== "join").sort((a, b) => a.to.time - b.to.time);
    this.ends = Float64Array.from(this.others, (arrow) => arrow.to.time);
  }

  /** How many end in [from, to], spawns and joins apart. */
  count(from: number, to: number): number {
    return lowerBound(this.ends, to, this.ends.length) - lowerBound(this.ends, from, this.ends.length);
  }

  /** Those that end in [from, to], at most one per `step` nanoseconds. */
  *visible(from: number, to: number, step: number): Generator<Arrow> {
    const { others, ends } = this;
    let i = lowerBound(ends, from, ends.length);
    while (i < ends.length) {
      const arrow = others[i]!;
      if (arrow.to.time > to) {
        // One screen further on: arrows that begin here may end there.
        if (arrow.to.time > to + (to - from)) return;
        if (arrow.from.time < to) yield arrow;
        i = lowerBound(ends, arrow.to.time + step, ends.length, i + 1);
        continue;
      }
      yield arrow;
      const next = lowerBound(ends, arrow.to.time + step, ends.length, i + 1);
      i = next;
    }
  }
}
