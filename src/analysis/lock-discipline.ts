import type { HeldLock } from "./findings";

/** A place that accesses a variable where only a lock could order it with another task's access. */
export interface GuardedPlace {
  readonly site: number;
  readonly write: boolean;
  /** Held at all accesses of that place. */
  readonly locks: readonly HeldLock[];
}

/**
 * Which lock a variable is mostly accessed under, and where it is not. Evidence and advice after Eraser's lock sets (Savage et al. 1997), and
 * never a verdict: what is ordered by other means needs no lock.
 */
export interface LockDiscipline {
  /** Held at most of the places. */
  readonly lock: number;
  /** Places where it is held, of so many. */
  readonly held: number;
  readonly places: number;
  /** The places where it is not: at most MAX_PLACES. */
  readonly without: readonly number[];
}

const MAX_PLACES = 8;

/** Gathers the places that access a variable. */
export class DisciplineTally {
  private readonly places = new Map<number, GuardedPlace>();

  add({ site, write, locks }: GuardedPlace): void {
    const known = this.places.get(site);
    if (!known) this.places.set(site, { site, write, locks });
    else this.places.set(site, { site, write: write || known.write, locks: known.locks.filter((lock) => locks.some((other) => other.object === lock.object && other.mode === lock.mode)) });
  }

  /** undefined: no lock is held at more than half of the places, or one is at all of them. */
  result(): LockDiscipline | undefined {
    const places = [...this.places.values()];
    const held = new Map<number, number>();
    for (const place of places) for (const lock of guarding(place)) held.set(lock, (held.get(lock) ?? 0) + 1);
    const [best] = [...held].sort(([x, n], [y, m]) => m - n || x - y);
    if (!best || best[1] === places.length || best[1] * 2 < places.length) return undefined;
    const without = places.filter((place) => !guarding(place).includes(best[0])).map(({ site }) => site);
    return { lock: best[0], held: best[1], places: places.length, without: without.sort((x, y) => x - y).slice(0, MAX_PLACES) };
  }
}

/** A read lock guards reads only. */
function guarding({ write, locks }: GuardedPlace): number[] {
  return locks.flatMap(({ object, mode }) => (write && mode === "read" ? [] : [object]));
}
