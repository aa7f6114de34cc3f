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
