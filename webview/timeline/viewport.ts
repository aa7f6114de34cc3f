/** The visible stretch of time, and how keys, wheel and mouse change it. Nanoseconds since the run began. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Below this, neighbouring events are not told apart by the clock anyway. */
export const MIN_SPAN = 20;

/** What "all" shows: the run with a little air on both sides. */
export function wholeRun(duration: number): Range {
  const span = Math.max(duration, 1000);
  return { from: -span * 0.01, to: span * 1.02 };
}

/** What following shows: from the first task's start, without the time that starting up the run took. */
export function activePart(began: number, duration: number): Range {
  const span = Math.max(duration - began, 1000);
  return { from: began - span * 0.01, to: duration + Math.max(span * 0.02, began + 1000 - duration) };
}

/** Keeps a range inside the run and not too narrow; a wider one than the run becomes the run. */
export function clampRange(range: Range, duration: number): Range {
  const whole = wholeRun(duration);
  const span = Math.min(Math.max(range.to - range.from, MIN_SPAN), whole.to - whole.from);
  const middle = (range.from + range.to) / 2;
  let from = range.to - range.from < MIN_SPAN ? middle - span / 2 : range.from;
  if (from + span > whole.to) from = whole.to - span;
  if (from < whole.from) from = whole.from;
  return { from, to: from + span };
}

/** `factor` < 1 zooms in; the time `at` stays where it is on the screen. */
export function zoomAt(range: Range, at: number, factor: number, duration: number): Range {
  return clampRange({ from: at - (at - range.from) * factor, to: at + (range.to - at) * factor }, duration);
}

/** Moves by a part of what is visible. */
export function panBy(range: Range, part: number, duration: number): Range {
  const by = (range.to - range.from) * part;
  return clampRange({ from: range.from + by, to: range.to + by }, duration);
}

/** Shows all of [from, to] with air around it. */
export function fitRange(from: number, to: number, duration: number): Range {
  const air = Math.max((to - from) * 0.25, MIN_SPAN);
  return clampRange({ from: from - air, to: to + air }, duration);
}

/** Time and horizontal position, both ways. */
export class Scale {
  private readonly perNano: number;

  constructor(
    readonly range: Range,
    readonly width: number,
  ) {
    this.perNano = width / (range.to - range.from);
  }

  x(time: number): number {
    return (time - this.range.from) * this.perNano;
  }

  time(x: number): number {
    return this.range.from + x / this.perNano;
  }

  /** Nanoseconds per pixel. */
  get step(): number {
    return 1 / this.perNano;
  }
}
