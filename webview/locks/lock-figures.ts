import type { LockTrack } from "../../src/analysis/views";

export interface LockFigures {
  /** How often it was taken. */
  readonly taken: number;
  readonly waits: number;
  /** Nanoseconds. */
  readonly waited: number;
  readonly held: number;
  /** The longest wait. */
  readonly longest: { readonly task: number; readonly waited: number; readonly site: number } | undefined;
}

/** How often and how long a lock was taken, waited for and held, up to a moment, and who waited longest. */
export function lockFigures(track: LockTrack | undefined, time: number): LockFigures {
  let taken = 0;
  let waits = 0;
  let waited = 0;
  let held = 0;
  let longest: LockFigures["longest"];
  for (const span of track?.spans ?? []) {
    if (span.from > time) break;
    const long = Math.min(span.to, time) - span.from;
    if (span.state === "waiting") {
      waits++;
      waited += long;
      if (long > (longest?.waited ?? 0)) longest = { task: span.task, waited: long, site: span.site };
    } else {
      taken++;
      held += long;
    }
  }
  return { taken, waits, waited, held, longest };
}
