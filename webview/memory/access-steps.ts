import { Kind, isAccess, spaceOf, type Trace } from "../../src/trace";
import { lowerBound } from "../common/search";
import { indexAfter, indexBefore, outermost, type EventRef } from "../state/event-order";
import type { VariableTrack } from "../timeline/variable-index";

/** The access of a variable next to the playhead, by any task. */
export function neighbourOf(trace: Trace, track: VariableTrack, playhead: number, at: EventRef | undefined, direction: 1 | -1): EventRef | undefined {
  const found: EventRef[] = [];
  for (const [id, list] of track.byTask) {
    const task = trace.tasks.get(id);
    if (!task) continue;
    const place = direction === 1 ? lowerBound(list.values, indexAfter(task, playhead, at), list.length) : lowerBound(list.values, indexBefore(task, playhead, at) + 1, list.length) - 1;
    if (place >= 0 && place < list.length) found.push({ task: id, index: list.values[place]! });
  }
  return outermost(trace, found, direction === 1 ? "earliest" : "latest");
}

/** The access of one slot next to the playhead, by any task. Looks at event after event: slots have no index of their own. */
export function neighbourOfSlot(trace: Trace, space: number, address: number, playhead: number, at: EventRef | undefined, direction: 1 | -1): EventRef | undefined {
  const found: EventRef[] = [];
  const wanted = spaceOf(space, address);
  for (const task of trace.tasks.values()) {
    const { kind, word1, length } = task.events;
    if (spaceOf(task.meta.space, address) !== wanted) continue;
    const touches = (i: number): boolean => word1[i] === address && (isAccess(kind[i]!) || kind[i] === (Kind.MemoryAtomic as number));
    let index = direction === 1 ? indexAfter(task, playhead, at) : indexBefore(task, playhead, at);
    while (index >= 0 && index < length && !touches(index)) index += direction;
    if (index >= 0 && index < length) found.push({ task: task.meta.id, index });
  }
  return outermost(trace, found, direction === 1 ? "earliest" : "latest");
}
