import type { LockTrack, TaskLane, TaskSpan } from "../../src/analysis/views";

/** A task's wait for an object. */
export interface ObjectWait {
  readonly task: number;
  readonly span: TaskSpan;
}

export interface LockFigures {
  /** How often it was taken. */
  readonly taken: number;
  readonly waits: number;
  /** Nanoseconds, of all waits together. */
  readonly waited: number;
  readonly held: number;
  /** The longest of the waits, as long as it had lasted by then. */
  readonly longest: (ObjectWait & { readonly long: number }) | undefined;
}

/** Object → the waits for it, by their beginning. */
export function waitsByObject(lanes: readonly TaskLane[]): ReadonlyMap<number, readonly ObjectWait[]> {
  const waits = new Map<number, ObjectWait[]>();
  for (const { task, spans } of lanes) {
    for (const span of spans) {
      if (span.object === undefined) continue;
      const list = waits.get(span.object);
      if (list) list.push({ task, span });
      else waits.set(span.object, [{ task, span }]);
    }
  }
  for (const list of waits.values()) list.sort((x, y) => x.span.from - y.span.from);
  return waits;
}

/** How often and how long an object was waited for and held, up to a moment. */
export function lockFigures(track: LockTrack | undefined, all: readonly ObjectWait[] | undefined, time: number): LockFigures {
  let taken = 0;
  let held = 0;
  for (const { state, from, to } of track?.spans ?? []) {
    if (from > time) break;
    if (state !== "held") continue;
    taken++;
    held += Math.min(to, time) - from;
  }
  let waits = 0;
  let waited = 0;
  let longest: LockFigures["longest"];
  for (const wait of all ?? []) {
    if (wait.span.from > time) break;
    const long = Math.min(wait.span.to, time) - wait.span.from;
    waits++;
    waited += long;
    if (!longest || long > longest.long) longest = { ...wait, long };
  }
  return { taken, waits, waited, held, longest };
}
