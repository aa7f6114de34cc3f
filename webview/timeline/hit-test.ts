import type { Trace } from "../../src/trace";
import { lowerBound } from "../common/search";
import type { Words } from "../l10n";
import type { EventRef } from "../state/event-order";
import type { Views } from "../state/views";
import { eventText, spanSentence, taskName, unstartedText } from "./describe";
import { BODY_HEIGHT, BODY_TOP } from "./paint-lane";
import type { RaceMark } from "./race-marks";
import { rowAt, type Row } from "./rows";
import { STATES } from "./states";
import { formatTime } from "./ticks";
import type { Scale } from "./viewport";

/** What lies under the pointer. */
export interface Hit {
  readonly row: Row;
  readonly time: number;
  /** Paragraphs of the tooltip. */
  readonly text: readonly string[];
  readonly event?: EventRef;
  readonly race?: RaceMark;
}

interface Scene {
  readonly trace: Trace;
  readonly views: Views;
  readonly rows: readonly Row[];
  readonly scale: Scale;
  readonly words: Words;
  readonly races: readonly RaceMark[];
}

const REACH = 5;

/** Finds what is drawn at a point; `y` counts from the top of the first row. */
export function hitTest(scene: Scene, x: number, y: number): Hit | undefined {
  const row = rowAt(scene.rows, y);
  if (!row) return undefined;
  const time = scene.scale.time(x);
  switch (row.type) {
    case "process":
    case "section":
      return { row, time, text: [] };
    case "task":
      return hitTask(scene, row, time, y - row.top);
    case "lock":
      return { row, time, text: lockText(scene, row, time) };
    case "variable": {
      const event = nearestAccess(scene, row, time);
      return { row, time, text: event ? [withTime(scene, event)] : [], ...(event ? { event } : {}) };
    }
  }
}

function hitTask(scene: Scene, row: Row & { type: "task" }, time: number, y: number): Hit {
  const { trace, words, scale } = scene;
  const { task } = row;
  const id = task.meta.id;
  const reach = REACH * scale.step;
  const race = scene.races.find((mark) => mark.task === id && Math.abs(mark.time - time) <= reach);
  if (race && y > BODY_TOP + BODY_HEIGHT - 5) return { row, time, race, text: [words.kinds[race.finding.kind], race.finding.message] };
  if (y > BODY_TOP + BODY_HEIGHT) {
    const { events } = task;
    const first = lowerBound(events.time, time - reach, events.length);
    const last = lowerBound(events.time, time + reach, events.length, first);
    if (last > first) {
      let index = first;
      for (let i = first; i < Math.min(last, first + 200); i++) if (Math.abs(events.time[i]! - time) < Math.abs(events.time[index]! - time)) index = i;
      const event = { task: id, index };
      return { row, time, event, text: last - first > 12 ? [words.tellAccesses(last - first)] : [withTime(scene, event)] };
    }
  }
  const lane = scene.views.lanes.find((one) => one.lane.task === id);
  const at = lane ? lane.columns.at(time) : -1;
  const span = at >= 0 ? lane?.lane.spans[at] : undefined;
  const unstarted = lane ? undefined : scene.views.unstarted.get(id);
  if (unstarted) return { row, time, text: [`${task.name}: ${unstartedText(words, unstarted, scene.views.finished)}`] };
  if (!span || !lane) return { row, time, text: [] };
  const text = [spanSentence(words, trace, id, span)];
  if (span.to - span.from < 3 * scale.step) {
    const { columns } = lane;
    const near = columns.at(Math.min(time + reach, columns.end)) - Math.max(columns.at(time - reach), 0) + 1;
    if (near > 2) return { row, time, text: [words.tellMerged(near)] };
  }
  const site = trace.site(span.site);
  if (site) text.push(`${words.line(site.line)}: ${site.text}`);
  return { row, time, text };
}

function lockText({ trace, words }: Scene, row: Row & { type: "lock" }, time: number): string[] {
  const { lock } = row;
  const at = lock.columns.at(time);
  const name = trace.objects.get(lock.track.object)?.name ?? "";
  if (at < 0) return [words.tellLockFree(name)];
  const state = lock.columns.states[at];
  const held = lock.holders[at]!;
  const who = held > 1 ? words.nTasks(held) : taskName(trace, lock.holder[at]!);
  const text = [state === STATES.held || state === STATES.contended ? words.tellLockHeld(name, who) : words.tellLockFree(name)];
  if (lock.waiters[at]! > 0) text.push(words.tellLockWaiting(lock.waiters[at]!));
  return text;
}

function nearestAccess({ trace, scale }: Scene, row: Row & { type: "variable" }, time: number): EventRef | undefined {
  let best: EventRef | undefined;
  let distance = REACH * scale.step;
  for (const [task, list] of row.track.byTask) {
    const times = trace.tasks.get(task)?.events.time;
    if (!times) continue;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[list.values[middle]!]! < time) low = middle + 1;
      else high = middle;
    }
    for (const n of [low - 1, low]) {
      if (n < 0 || n >= list.length) continue;
      const index = list.values[n]!;
      const d = Math.abs(times[index]! - time);
      if (d <= distance) {
        distance = d;
        best = { task, index };
      }
    }
  }
  return best;
}

function withTime({ trace, words, scale }: Scene, event: EventRef): string {
  const time = trace.task(event.task).events.time[event.index]!;
  return `${words.tellEvent(taskName(trace, event.task), eventText(words, trace, event))} ${words.at(formatTime(time, scale.step))}`;
}
