import { WaitFor, type Trace } from "../../trace";
import { countAt, holdsAt, isLockWait, scanOf } from "./sync-scan";
import { buildTaskSpans } from "./tasks";
import type { Arrow, HoldMode, LockSpan, LockStates, LockTrack, ObjectState, TaskLane, WaitEdge } from "./types";

/** Who held and who waited for each mutex, spin lock, semaphore and read-write lock. */
export function buildLockSpans(trace: Trace): LockTrack[] {
  const scan = scanOf(trace);
  const byObject = new Map<number, LockSpan[]>();
  const list = (object: number): LockSpan[] => {
    let spans = byObject.get(object);
    if (!spans) byObject.set(object, (spans = []));
    return spans;
  };
  for (const [object, holds] of scan.holds) {
    for (const { task, mode, permits, from, to, site } of holds) {
      const end = Math.min(to, trace.duration);
      list(object).push({ from, to: Math.max(from, end), task, state: "held", mode, permits, site, open: to === Infinity });
    }
  }
  for (const { task, spans } of buildTaskSpans(trace)) {
    for (const { from, to, waitFor, object, site, open } of spans) {
      if (waitFor === undefined || object === undefined || !isLockWait(waitFor)) continue;
      list(object).push({ from, to, task, state: "waiting", mode: modeOf(waitFor), permits: 1, site, open });
    }
  }
  return [...byObject.entries()].sort(([x], [y]) => x - y).map(([object, spans]) => ({ object, spans: spans.sort((x, y) => x.from - y.from) }));
}

function modeOf(waitFor: WaitFor): HoldMode {
  if (waitFor === WaitFor.Permits) return "permit";
  if (waitFor === WaitFor.ReadLock) return "read";
  return waitFor === WaitFor.WriteLock ? "write" : "lock";
}

/** From unblocker to unblocked; spawns, joins, messages, hand-overs of locks. In order of the synchronization events. */
export function buildArrows(trace: Trace): Arrow[] {
  return [...scanOf(trace).arrows];
}

/** Who has, who wants, who waits for whom at a moment. */
export function lockStateAt(trace: Trace, time: number): LockStates {
  const scan = scanOf(trace);
  const waits = buildTaskSpans(trace).flatMap((lane): WaitEdge[] => {
    const span = spanAt(lane, time);
    if (!span || span.waitFor === undefined) return [];
    const heldBy = span.joined !== undefined ? [span.joined] : span.object === undefined ? [] : holdsAt(scan, span.object, time).map((hold) => hold.task);
    return [{ task: lane.task, waitFor: span.waitFor, object: span.object, heldBy, since: span.from, site: span.site }];
  });
  const objects = [...trace.objects.values()].map((info): ObjectState => {
    const holders = holdsAt(scan, info.id, time).map(({ task, mode, permits, from, site }) => ({ task, mode, permits, since: from, site }));
    const waiters = waits.filter((wait) => wait.object === info.id).map(({ task, waitFor, since, site }) => ({ task, waitFor, since, site }));
    return { object: info.id, holders, waiters, count: countOf(info, countAt(scan, info.id, time)) };
  });
  return { time, objects, waits };
}

function countOf(info: { objectType: string; initial?: number }, counted: number | undefined): number | undefined {
  switch (info.objectType) {
    case "Semaphore":
    case "Latch":
    case "Atomic":
      return counted ?? info.initial;
    case "MessageQueue":
    case "Barrier":
      return counted ?? 0;
    default:
      return undefined;
  }
}

function spanAt(lane: TaskLane, time: number): TaskLane["spans"][number] | undefined {
  const { spans } = lane;
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle]!;
    if (time < span.from) high = middle - 1;
    else if (time < span.to || (span.open && time === span.to)) return span;
    else low = middle + 1;
  }
  return undefined;
}
