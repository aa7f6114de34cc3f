import type { Trace } from "../../src/trace";
import { lastEventAt, type EventRef } from "../state/event-order";

/** Where a task is: the place of its latest event that has one. */
export interface TaskLine {
  readonly task: number;
  readonly line: number;
  readonly text: string;
}

/** The current line of every task that has started and not ended, in one file. */
export function taskLines(trace: Trace, file: string, playhead: number, at: EventRef | undefined): TaskLine[] {
  const found: TaskLine[] = [];
  for (const task of trace.tasks.values()) {
    if (Number.isFinite(task.ended) && task.ended < playhead) continue;
    const { site } = task.events;
    let index = lastEventAt(task, playhead, at);
    // Events without a place (a wake-up, say) happen at the place before them.
    while (index >= 0 && site[index] === 0) index--;
    const place = index >= 0 ? trace.site(site[index]!) : undefined;
    if (place && trace.fileOf(place) === file) found.push({ task: task.meta.id, line: place.line, text: place.text });
  }
  return found.sort((a, b) => a.task - b.task);
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
