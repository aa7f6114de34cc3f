import type { LockTrack } from "../../src/analysis/views";

export interface LockFigures {
  readonly waits: number;
  /** Nanoseconds. */
  readonly waited: number;
  readonly held: number;
}

/** How often and how long a lock was waited for and held, up to a moment. */
export function lockFigures(track: LockTrack | undefined, time: number): LockFigures {
  let waits = 0;
  let waited = 0;
  let held = 0;
  for (const span of track?.spans ?? []) {
    if (span.from > time) break;
    const long = Math.min(span.to, time) - span.from;
    if (span.state === "waiting") {
      waits++;
      waited += long;
    } else held += long;
  }
  return { waits, waited, held };
}
