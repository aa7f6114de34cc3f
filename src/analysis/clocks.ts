/**
 * Vector clocks (Fidge 1988, Mattern 1989) with the epochs of FastTrack (Flanagan & Freund 2009): an event of task t
 * at its time c happens before the present of task u exactly if c ≤ clock(u)[t]. A missing entry is 0.
 */
export type Clock = number[];

/** target := target ⊔ source */
export function joinClock(target: Clock, source: Clock): void {
  const n = source.length;
  while (target.length < n) target.push(0);
  for (let i = 0; i < n; i++) if (source[i]! > target[i]!) target[i] = source[i]!;
}

export function clockOf(clock: Clock, task: number): number {
  return task < clock.length ? clock[task]! : 0;
}

/**
 * What a task passes on at a release. `full` carries every edge. `weak` leaves out the edges of locks and atomics,
 * whose direction is an accident of the run: two accesses that only `full` orders needed their lock.
 */
export interface Stamp {
  readonly full: Clock;
  readonly weak: Clock;
}

/** Words that a stamp takes beside its clocks' entries, roughly. */
const STAMP_WORDS = 12;

export function stampWords(stamp: Stamp): number {
  return stamp.full.length + stamp.weak.length + STAMP_WORDS;
}

/** Beyond so many words in clocks the analysis gives up: 512 MB. A run of 1,000 tasks with 30,000 objects fits. */
const MAX_WORDS = 1 << 26;

/** The present of each task. Tasks are dense indices. */
export class TaskClocks {
  /** Per task: everything of others that happens before its present. Its own entry is there or in `times`. */
  readonly full: Clock[] = [];
  /** The same without the edges of locks and atomics. */
  readonly weak: Clock[] = [];
  /** Each task's own time: it goes on at every release. */
  readonly times: number[] = [];
  /** Beyond so many words `exceeded` is true. */
  limit = MAX_WORDS;
  /** Words handed out in stamps and grown in tasks since the last count. */
  private made = 0;

  /** Makes room for a task. Its time begins at 1, so that 0 means "nothing of it". */
  add(task: number): void {
    this.full[task] = [];
    this.weak[task] = [];
    this.times[task] = 1;
  }

  /** What the task passes on now; its time goes on. Written into `into`, where that is given: nothing else refers to it. */
  release(task: number, into?: Stamp): Stamp {
    const time = this.times[task]!++;
    const stamp = into ?? { full: [], weak: [] };
    copy(this.full[task]!, stamp.full, task, time);
    copy(this.weak[task]!, stamp.weak, task, time);
    if (!into) this.made += stampWords(stamp);
    return stamp;
  }

  /** An edge that the program means. */
  take(task: number, stamp: Stamp | undefined): void {
    if (!stamp) return;
    this.takeAccidental(task, stamp);
    joinClock(this.weak[task]!, stamp.weak);
  }

  /** An edge whose direction the run happened to choose. */
  takeAccidental(task: number, stamp: Stamp | undefined): void {
    if (!stamp) return;
    const own = this.full[task]!;
    if (stamp.full.length > own.length) this.made += 2 * (stamp.full.length - own.length);
    joinClock(own, stamp.full);
  }

  /** Whether so much was made that it has to be counted what there is. */
  get due(): boolean {
    return this.made > this.limit / 4;
  }

  /** Whether all that there is goes beyond all bounds; `stamps`: those that anything else holds. */
  exceeded(stamps: Iterable<Stamp>): boolean {
    this.made = 0;
    let words = 0;
    for (const clock of this.full) words += clock.length;
    for (const clock of this.weak) words += clock.length;
    for (const stamp of stamps) words += stampWords(stamp);
    return words > this.limit;
  }
}

/** `from`, with `time` as the entry of `task`. */
function copy(from: Clock, to: Clock, task: number, time: number): void {
  const n = from.length;
  for (let i = 0; i < n; i++) to[i] = from[i]!;
  // Not shortened: a list that shrinks and grows again is made anew each time.
  for (let i = n; i < to.length; i++) to[i] = 0;
  while (to.length < task) to.push(0);
  to[task] = time;
}

/** Adds a stamp to what is kept under a key. The stamp is the map's from then on. */
export function merge(into: Map<number, Stamp>, key: number, stamp: Stamp): void {
  const known = into.get(key);
  if (!known) {
    into.set(key, stamp);
    return;
  }
  joinClock(known.full, stamp.full);
  joinClock(known.weak, stamp.weak);
}
