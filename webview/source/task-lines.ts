import { Kind, isAccess, isWrite, spaceOf, type Trace, type TaskTrace } from "../../src/trace";
import { lastEventAt, type EventRef } from "../state/event-order";
import { formatValue, objectName } from "../timeline/describe";

/** Where a task is: the place of its latest event that has one. */
export interface TaskLine {
  readonly task: number;
  readonly line: number;
  readonly text: string;
  /** What the task last read and wrote there: "counter → 41", "counter = 42". The latest of each name, oldest first. */
  readonly values: readonly string[];
}

/** How far back the accesses of the current line are looked for, and how many are told. */
const MAX_EVENTS_BACK = 64;
const MAX_VALUES = 3;
const VALUE_LENGTH = 24;

/** The current line of every task that has started and not ended, in one file. */
export function taskLines(trace: Trace, file: string, playhead: number, at: EventRef | undefined): TaskLine[] {
  const found: TaskLine[] = [];
  for (const task of trace.tasks.values()) {
    if (Number.isFinite(task.ended) && task.ended < playhead) continue;
    const index = placedAt(task, lastEventAt(task, playhead, at));
    const place = index >= 0 ? trace.site(task.events.site[index]!) : undefined;
    if (place && trace.fileOf(place) === file) found.push({ task: task.meta.id, line: place.line, text: place.text, values: valuesAt(trace, task, index) });
  }
  return found.sort((a, b) => a.task - b.task);
}

/** Events without a place (a wake-up, say) happen at the place before them. */
function placedAt(task: TaskTrace, index: number): number {
  while (index >= 0 && task.events.site[index] === 0) index--;
  return index;
}

/** The file of the latest event of a task; undefined before its first. */
export function fileAt(trace: Trace, task: number, playhead: number, at: EventRef | undefined): string | undefined {
  const source = trace.tasks.get(task);
  if (!source) return undefined;
  const index = placedAt(source, lastEventAt(source, playhead, at));
  const place = index >= 0 ? trace.site(source.events.site[index]!) : undefined;
  return place && trace.fileOf(place);
}

/** The latest accesses of a task on the line of its event `index`. */
function valuesAt(trace: Trace, task: TaskTrace, index: number): string[] {
  const { events, meta } = task;
  const here = trace.site(events.site[index]!);
  const found = new Map<string, string>();
  for (let i = index; i >= 0 && i > index - MAX_EVENTS_BACK && found.size < MAX_VALUES; i--) {
    const site = events.site[i]!;
    const place = site === 0 ? undefined : trace.site(site);
    if (place && (place.line !== here?.line || place.file !== here.file)) break;
    const kind = events.kind[i]! as Kind;
    const word1 = events.word1[i]!;
    if (isAccess(kind)) {
      const name = trace.memory.slot(spaceOf(meta.space, word1), word1)?.name ?? place?.name;
      if (name !== undefined && !found.has(name)) found.set(name, `${name} ${isWrite(kind) ? "=" : "→"} ${formatValue(task.value(events.a[i]!), VALUE_LENGTH)}`);
    } else if (kind === Kind.Atomic) {
      const name = objectName(trace, word1);
      const writes = events.b[i] !== events.c[i];
      if (!found.has(name)) found.set(name, `${name} ${writes ? "=" : "→"} ${formatValue(events.c[i]!, VALUE_LENGTH)}`);
    }
  }
  return [...found.values()].reverse();
}

/** Where each badge of the margin stands: at most three on a line; where there are more, the last one counts the rest. */
export interface Badge {
  readonly line: number;
  /** 0, 1 or 2, from the left. */
  readonly lane: number;
  /** One task; several where there is no room for each. */
  readonly tasks: readonly number[];
}

const LANES = 3;

/** @param first the task whose badge is never left out */
export function placeBadges(lines: readonly TaskLine[], first: number | undefined): Badge[] {
  const badges: Badge[] = [];
  for (const [line, tasks] of tasksByLine(lines)) {
    const ordered = first !== undefined && tasks.indexOf(first) >= LANES - 1 && tasks.length > LANES ? [first, ...tasks.filter((task) => task !== first)] : tasks;
    const single = ordered.length > LANES ? LANES - 1 : ordered.length;
    ordered.slice(0, single).forEach((task, lane) => badges.push({ line, lane, tasks: [task] }));
    if (ordered.length > single) badges.push({ line, lane: single, tasks: ordered.slice(single) });
  }
  return badges;
}

/** A text behind a line: which tasks are there, and what they read and wrote. */
export interface LineLabel {
  readonly line: number;
  readonly tasks: readonly number[];
  readonly text: string;
}

const MAX_LABELS = 3;

/** One label per task; tasks with the same values share one, and the rest is counted. */
export function lineLabels(lines: readonly TaskLine[], name: (task: number) => string): LineLabel[] {
  const labels: LineLabel[] = [];
  const byLine = new Map<number, TaskLine[]>();
  for (const one of lines) byLine.set(one.line, [...(byLine.get(one.line) ?? []), one]);
  for (const [line, here] of byLine) {
    const groups = new Map<string, number[]>();
    for (const { task, values } of here) {
      const text = values.join("  ");
      groups.set(text, [...(groups.get(text) ?? []), task]);
    }
    const all = [...groups].map(([values, tasks]) => {
      const [only = 0] = tasks;
      // Where several share a line, room is short: their badges say who is who.
      const who = tasks.length === 1 ? (groups.size > 1 ? `${only}` : `${only} ${name(only)}`) : tasks.length <= 6 ? tasks.join(" ") : `${tasks.slice(0, 5).join(" ")} +${tasks.length - 5}`;
      return { line, tasks, text: values ? `${who}: ${values}` : who };
    });
    const shown = all.length > MAX_LABELS ? all.slice(0, MAX_LABELS - 1) : all;
    labels.push(...shown);
    const rest = all.slice(shown.length).flatMap(({ tasks }) => tasks);
    if (rest.length > 0) labels.push({ line, tasks: rest, text: `+${rest.length}` });
  }
  return labels;
}

function tasksByLine(lines: readonly TaskLine[]): Map<number, number[]> {
  const byLine = new Map<number, number[]>();
  for (const { task, line } of lines) byLine.set(line, [...(byLine.get(line) ?? []), task]);
  return byLine;
}

/**
 * The event of a task at a line that is nearest to the playhead in the given direction; if there is none, the
 * nearest in the other.
 */
export function eventAtLine(trace: Trace, task: number, file: string, line: number, playhead: number, at: EventRef | undefined, direction: 1 | -1): EventRef | undefined {
  const source = trace.tasks.get(task);
  if (!source) return undefined;
  const sites = new Set<number>();
  trace.sites.forEach((site, id) => {
    if (site.line === line && trace.fileOf(site) === file) sites.add(id);
  });
  const { site, length } = source.events;
  const from = lastEventAt(source, playhead, at);
  const look = (step: 1 | -1): EventRef | undefined => {
    for (let index = step === 1 ? from + 1 : from - 1; index >= 0 && index < length; index += step) if (sites.has(site[index]!)) return { task, index };
    return undefined;
  };
  return look(direction) ?? look(direction === 1 ? -1 : 1);
}
