import type { TaskTrace, Trace } from "../../src/trace";
import { lowerBound } from "../common/search";

/** Where a run has something to show. Nanoseconds since the run began. */
export interface Activity {
  /** The first task's start. */
  readonly began: number;
  /** `began`, or shortly before the first spawned task's first step where nearly all the time before it went into starting tasks. */
  readonly opening: number;
  /** The last task's end; the latest event while some task has not ended. */
  readonly end: number;
}

/** Starting up may take this part of what is shown at first; above it, what the tasks do would be squeezed against the edge. */
const MOST = 0.5;
/** What is shown of the starting up then, as a part of what follows it. */
const LEAD = 0.25;

/** Finds the stretch of time that is worth looking at first. Linear in tasks, not in events. */
export function activityOf(trace: Trace): Activity {
  let began = Infinity;
  let end = 0;
  let first = Infinity;
  for (const { started, ended, meta } of trace.tasks.values()) {
    if (Number.isNaN(started)) continue;
    began = Math.min(began, started);
    if (meta.id !== 0) first = Math.min(first, started);
    end = Math.max(end, Number.isNaN(ended) ? trace.duration : ended);
  }
  began = Math.min(began, trace.duration);
  end = end > began ? Math.min(end, trace.duration) : trace.duration;
  const quiet = Math.max(began, lastBefore(trace.tasks.get(0), first));
  const squeezed = first < end && first - quiet > (end - began) * MOST;
  return { began, opening: squeezed ? Math.max(began, first - (end - first) * LEAD) : began, end };
}

/** Time of a task's last event before a moment; 0 where it has none. */
function lastBefore(task: TaskTrace | undefined, moment: number): number {
  if (!task) return 0;
  const { time, length } = task.events;
  const after = lowerBound(time, moment, length);
  return after > 0 ? time[after - 1]! : 0;
}
