import type { Trace, TaskTrace } from "../../src/trace";
import { lowerBound, upperBound } from "../common/search";

/** One event of the run: the n-th of its task. */
export interface EventRef {
  readonly task: number;
  readonly index: number;
}

/** The one order in which the panel steps through a run: by time, then task, then the task's own order. */
function isBefore(timeA: number, taskA: number, timeB: number, taskB: number): boolean {
  return timeA < timeB || (timeA === timeB && taskA < taskB);
}

function tasksOf(trace: Trace, only: number | undefined): Iterable<TaskTrace> {
  if (only === undefined) return trace.tasks.values();
  const task = trace.tasks.get(only);
  return task ? [task] : [];
}

/** Index of a task's first event after the playhead; its number of events if there is none. */
export function indexAfter({ events: { time, length }, meta: { id } }: TaskTrace, playhead: number, at: EventRef | undefined): number {
  if (!at) return upperBound(time, playhead, length);
  if (id === at.task) return at.index + 1;
  return id > at.task ? lowerBound(time, playhead, length) : upperBound(time, playhead, length);
}

/** Index of a task's last event before the playhead; -1 if there is none. */
export function indexBefore({ events: { time, length }, meta: { id } }: TaskTrace, playhead: number, at: EventRef | undefined): number {
  if (!at) return lowerBound(time, playhead, length) - 1;
  if (id === at.task) return at.index - 1;
  return (id < at.task ? upperBound(time, playhead, length) : lowerBound(time, playhead, length)) - 1;
}

/** The earliest or the latest of some events of different tasks. */
export function outermost(trace: Trace, candidates: Iterable<EventRef>, which: "earliest" | "latest"): EventRef | undefined {
  let best: EventRef | undefined;
  let bestTime = 0;
  for (const one of candidates) {
    const time = trace.task(one.task).events.time[one.index]!;
    const better = !best || (which === "earliest" ? isBefore(time, one.task, bestTime, best.task) : isBefore(bestTime, best.task, time, one.task));
    if (!better) continue;
    best = one;
    bestTime = time;
  }
  return best;
}

/**
 * The event after the playhead, of one task or of all. `at` is the event the playhead stands on, where it stands on
 * one: events of the same time are then visited one after another.
 */
export function nextEvent(trace: Trace, playhead: number, at: EventRef | undefined, only?: number): EventRef | undefined {
  const found: EventRef[] = [];
  for (const task of tasksOf(trace, only)) {
    const index = indexAfter(task, playhead, at);
    if (index < task.events.length) found.push({ task: task.meta.id, index });
  }
  return outermost(trace, found, "earliest");
}

/** The event before the playhead, of one task or of all. */
export function previousEvent(trace: Trace, playhead: number, at: EventRef | undefined, only?: number): EventRef | undefined {
  const found: EventRef[] = [];
  for (const task of tasksOf(trace, only)) {
    const index = indexBefore(task, playhead, at);
    if (index >= 0) found.push({ task: task.meta.id, index });
  }
  return outermost(trace, found, "latest");
}

/** The last event of a task that is not after `time`; -1 before its first. `at` wins where it is of this task. */
export function lastEventAt(task: TaskTrace, time: number, at?: EventRef): number {
  if (at && at.task === task.meta.id) return at.index;
  return upperBound(task.events.time, time, task.events.length) - 1;
}

/** All events of a run in order, for lists: which task and which of its events stands in row n. */
export class EventOrder {
  readonly tasks: Uint16Array;
  readonly indexes: Uint32Array;

  constructor(trace: Trace) {
    const sources = [...trace.tasks.values()].sort((a, b) => a.meta.id - b.meta.id).filter((task) => task.events.length > 0);
    const total = sources.reduce((sum, task) => sum + task.events.length, 0);
    this.tasks = new Uint16Array(total);
    this.indexes = new Uint32Array(total);
    const next = new Uint32Array(sources.length);
    const heap = new MergeHeap(sources);
    for (let row = 0; row < total; row++) {
      const source = heap.top();
      this.tasks[row] = sources[source]!.meta.id;
      this.indexes[row] = next[source]!++;
      heap.advance(next[source]!);
    }
  }

  get length(): number {
    return this.tasks.length;
  }

  at(row: number): EventRef {
    return { task: this.tasks[row]!, index: this.indexes[row]! };
  }

  /** The last row that is not after the playhead; -1 before the first. */
  rowOf(trace: Trace, playhead: number, at?: EventRef): number {
    let row = -1;
    for (const task of trace.tasks.values()) {
      const id = task.meta.id;
      if (!at || id === at.task) row += lastEventAt(task, playhead, at) + 1;
      else {
        const { time, length } = task.events;
        row += id < at.task ? upperBound(time, playhead, length) : lowerBound(time, playhead, length);
      }
    }
    return Math.min(row, this.length - 1);
  }
}

/** A binary heap of the tasks by the time of their next event. */
class MergeHeap {
  private readonly heap: number[];
  private readonly keys: Float64Array;

  constructor(private readonly sources: readonly TaskTrace[]) {
    this.keys = Float64Array.from(sources, (task) => task.events.time[0]!);
    this.heap = sources.map((_, i) => i).sort((a, b) => (this.less(a, b) ? -1 : 1));
  }

  private less(a: number, b: number): boolean {
    return isBefore(this.keys[a]!, a, this.keys[b]!, b);
  }

  top(): number {
    return this.heap[0]!;
  }

  advance(next: number): void {
    const { heap } = this;
    const source = heap[0]!;
    const { events } = this.sources[source]!;
    this.keys[source] = next < events.length ? events.time[next]! : Infinity;
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && this.less(heap[child]!, heap[least]!)) least = child;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}
