import type { Activity } from "./activity";
import { nextEvent, type EventRef } from "./event-order";
import type { Trace } from "../../src/trace";

/** How a run is played: in a fraction of its real speed, or so many events a second. */
export type Pace = { readonly type: "time"; readonly slower: number } | { readonly type: "events"; readonly perSecond: number };

export const PACES = {
  real: { type: "time", slower: 1 },
  slow10: { type: "time", slower: 10 },
  slow100: { type: "time", slower: 100 },
  slow1000: { type: "time", slower: 1000 },
  events10: { type: "events", perSecond: 10 },
  events2: { type: "events", perSecond: 2 },
} as const satisfies Record<string, Pace>;

export type PaceName = keyof typeof PACES;

export function isPaceName(value: unknown): value is PaceName {
  return typeof value === "string" && Object.hasOwn(PACES, value);
}

/** With reduced motion the playhead jumps this often instead of gliding, in milliseconds. */
const CALM_STEP = 500;

/** What is played: the panel's store, as far as the player needs it. */
export interface Played {
  readonly trace: Trace;
  readonly playhead: number;
  readonly activity: Activity;
  readonly at: EventRef | undefined;
  seek(time: number | null): void;
  goTo(at: EventRef | undefined): void;
  /** Brings the playhead back into view, where it has left it. */
  keepInView(): void;
}

/** Moves the playhead by itself. The student may scrub or step meanwhile: it goes on from there. */
export class Player {
  pace: PaceName = "slow10";
  /** Wall-clock time that has not been played yet, in milliseconds. */
  private owed = 0;
  private last: number | undefined;

  constructor(
    private readonly played: Played,
    private readonly changed: () => void,
    private readonly frame: (work: (now: number) => void) => void = (work) => void requestAnimationFrame(work),
    private readonly calm: () => boolean = reducedMotion,
  ) {}

  get playing(): boolean {
    return this.last !== undefined;
  }

  /** At the end of the run, playing begins anew. */
  toggle(): void {
    if (this.playing) return this.stop();
    const { played } = this;
    if (played.playhead >= played.activity.end) played.seek(played.activity.opening);
    played.keepInView();
    this.owed = 0;
    this.last = NaN;
    this.changed();
    this.frame(this.tick);
  }

  stop(): void {
    if (!this.playing) return;
    this.last = undefined;
    this.changed();
  }

  private readonly tick = (now: number): void => {
    if (this.last === undefined) return;
    // A page that was hidden got no frames: the time away is not played.
    const passed = Number.isNaN(this.last) ? 0 : Math.min(now - this.last, 1000);
    this.last = now;
    this.owed += passed;
    const pace: Pace = PACES[this.pace];
    const goesOn = pace.type === "time" ? this.playTime(pace.slower) : this.playEvents(pace.perSecond);
    if (goesOn) this.frame(this.tick);
    else this.stop();
  };

  private playTime(slower: number): boolean {
    const { played } = this;
    if (this.calm() && this.owed < CALM_STEP) return true;
    const target = played.playhead + (this.owed * 1e6) / slower;
    this.owed = 0;
    if (target >= played.activity.end) {
      played.seek(null);
      return false;
    }
    played.seek(target);
    played.keepInView();
    return true;
  }

  private playEvents(perSecond: number): boolean {
    const { played } = this;
    const each = 1000 / (this.calm() ? Math.min(perSecond, 1000 / CALM_STEP) : perSecond);
    while (this.owed >= each) {
      this.owed -= each;
      const next = nextEvent(played.trace, played.playhead, played.at);
      if (!next) return false;
      played.goTo(next);
    }
    return true;
  }
}

/** The system's wish, or the editor's own setting (VS Code marks the body). */
function reducedMotion(): boolean {
  return document.body.classList.contains("vscode-reduce-motion") || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
