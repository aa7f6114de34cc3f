import { Kind, WaitFor, waitsForObject, type TaskTrace, type Trace } from "../../trace";
import { holdsAt, isLockWait, scanOf, type SyncScan } from "./sync-scan";
import type { TaskLane, TaskSpan, Unstarted } from "./types";

const built = new WeakMap<SyncScan, { readonly duration: number; readonly lanes: readonly TaskLane[] }>();

/** What each task did over time: running, blocked, waiting, sleeping. Tasks in order of their numbers. */
export function buildTaskSpans(trace: Trace): readonly TaskLane[] {
  const scan = scanOf(trace);
  const known = built.get(scan);
  // What has not ended reaches to the trace's latest moment.
  if (known?.duration === trace.duration) return known.lanes;
  const lanes = lanesOf(trace, scan);
  built.set(scan, { duration: trace.duration, lanes });
  return lanes;
}

function lanesOf(trace: Trace, scan: SyncScan): TaskLane[] {
  return [...trace.tasks.entries()]
    .filter(([, task]) => task.events.length > 0 || Number.isFinite(task.started))
    .sort(([x], [y]) => x - y)
    .map(([id, task]) => lane(trace, scan, id, task));
}

/** Tasks that were spawned and have not begun: their creation takes its time, or their process has ended before. */
export function unstartedTasks(trace: Trace): Unstarted[] {
  const { spawned } = scanOf(trace);
  return [...trace.tasks].flatMap(([id, { started, meta }]): Unstarted[] => {
    const at = spawned.get(id);
    if (!at || Number.isFinite(started)) return [];
    // A process that has not begun has not ended either.
    const beside = [...trace.tasks.values()].filter((other) => other.meta.space === meta.space && Number.isFinite(other.started));
    const over = beside.length > 0 && beside.every(({ ended }) => Number.isFinite(ended));
    return [{ task: id, spawned: at.time, until: over ? Math.max(...beside.map(({ ended }) => ended)) : null }];
  });
}

function lane(trace: Trace, scan: SyncScan, id: number, task: TaskTrace): TaskLane {
  const e = task.events;
  const started = Number.isFinite(task.started) ? task.started : (e.time[0] ?? 0);
  const ended = Number.isFinite(task.ended) ? task.ended : null;
  const end = ended ?? Math.max(trace.duration, started);
  const spans: TaskSpan[] = [];
  let running = started;
  const run = (to: number): void => {
    if (to > running) spans.push({ from: running, to, state: "running", site: 0, holders: [], gaveUp: false, open: false });
  };
  const causes = scan.causes.get(id);
  for (let i = 0; i < e.length; i++) {
    const kind = e.kind[i]!;
    if (kind !== Kind.Block && kind !== Kind.SleepBegin) continue;
    const from = Math.max(e.time[i]!, running);
    run(from);
    const over = i + 1 < e.length;
    const to = over ? Math.max(from, e.time[i + 1]!) : Math.max(from, end);
    const open = !over && ended === null;
    const site = e.site[i]!;
    if (kind === Kind.SleepBegin) spans.push({ from, to, state: "sleeping", site, holders: [], gaveUp: false, open });
    else {
      const waitFor: WaitFor = e.a[i]!;
      const object = waitsForObject(waitFor) ? e.word1[i]! : undefined;
      const unblockedBy = over ? causes?.get(i + 1) : undefined;
      spans.push({
        from,
        to,
        state: isLockWait(waitFor) ? "blocked" : "waiting",
        site,
        waitFor,
        ...(object === undefined ? {} : { object }),
        ...(waitFor === WaitFor.Join ? { joined: e.c[i]! } : {}),
        holders: object === undefined ? [] : holdsAt(scan, object, from).map((hold) => hold.task),
        ...(unblockedBy ? { unblockedBy } : {}),
        gaveUp: over && e.kind[i + 1] === Kind.GaveUp,
        open,
      });
    }
    running = to;
  }
  if (end > running) spans.push({ from: running, to: end, state: "running", site: 0, holders: [], gaveUp: false, open: ended === null });
  return { task: id, started, ended, spans };
}
