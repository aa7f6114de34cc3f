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

/**
 * The event after the playhead, of one task or of all. `at` is the event the playhead stands on, where it stands on
 * one: events of the same time are then visited one after another.
 */
export function nextEvent(trace: Trace, playhead: number, at: EventRef | undefined, only?: number): EventRef | undefined {
  let best: EventRef | undefined;
  let bestTime = Infinity;
  for (const task of tasksOf(trace, only)) {
    const { time, length } = task.events;
    const id = task.meta.id;
    let index: number;
    if (!at) index = upperBound(time, playhead, length);
    else if (id === at.task) index = at.index + 1;
    else index = id > at.task ? lowerBound(time, playhead, length) : upperBound(time, playhead, length);
    if (index >= length) continue;
    const found = time[index]!;
    if (!best || isBefore(found, id, bestTime, best.task)) {
      best = { task: id, index };
      bestTime = found;
    }
  }
  return best;
}

/** The event before the playhead, of one task or of all. */
export function previousEvent(trace: Trace, playhead: number, at: EventRef | undefined, only?: number): EventRef | undefined {
  let best: EventRef | undefined;
  let bestTime = -Infinity;
  for (const task of tasksOf(trace, only)) {
    const { time, length } = task.events;
    const id = task.meta.id;
    let index: number;
    if (!at) index = lowerBound(time, playhead, length) - 1;
    else if (id === at.task) index = at.index - 1;
    else index = (id < at.task ? upperBound(time, playhead, length) : lowerBound(time, playhead, length)) - 1;
    if (index < 0) continue;
    const found = time[index]!;
    if (!best || isBefore(bestTime, best.task, found, id)) {
      best = { task: id, index };
      bestTime = found;
    }
  }
  return best;
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
