/** States of a task's lane and of a lock's track, as small numbers for columns. */
export const STATES = {
  running: 0,
  blocked: 1,
  waiting: 2,
  sleeping: 3,
  free: 4,
  held: 5,
  /** Held while others wait. */
  contended: 6,
  /** Wanted, and nobody holds it (a semaphore that began with no permits). */
  wanted: 7,
} as const;

export type StateCode = (typeof STATES)[keyof typeof STATES];
export const STATE_COUNT = 8;
