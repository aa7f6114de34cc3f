import { Kind, type ObjectMeta } from "../trace";
import type { HeldLock } from "./findings";
import type { HoldMode } from "./views/types";

export interface Hold extends HeldLock {
  readonly site: number;
  readonly time: number;
}

const MODES: readonly HoldMode[] = ["lock", "read", "write", "permit"];

/**
 * What each task holds, and each set of locks under a small number (0: none), so that an access stores 4 bytes.
 * A semaphore counts as a lock when it has one permit.
 */
export class LockSets {
  private readonly held: Hold[][] = [];
  private readonly current: number[] = [];
  private readonly ids = new Map<string, number>([["", 0]]);
  private readonly singles = new Map<number, number>();
  /** Number of the set of one lock that was asked for last. */
  private lastSingle = 0;
  private readonly sets: (readonly HeldLock[])[] = [[]];
  /** By number of a set: whether none of it is held for reading. */
  private readonly exclusive: boolean[] = [true];
  private readonly meets = new Map<number, number>();

  constructor(private readonly objects: ReadonlyMap<number, ObjectMeta>) {}

  addTask(task: number): void {
    this.held[task] = [];
    this.current[task] = 0;
  }

  /** Number of the set of locks that a task holds. */
  of(task: number): number {
    return this.current[task]!;
  }

  locks(id: number): readonly HeldLock[] {
    return this.sets[id] ?? [];
  }

  holds(task: number): readonly Hold[] {
    return this.held[task] ?? [];
  }

  sync(task: number, kind: Kind, site: number, word1: number, time: number): void {
    switch (kind) {
      case Kind.Lock:
        return this.add(task, { object: word1, mode: "lock", site, time });
      case Kind.LockRead:
        return this.add(task, { object: word1, mode: "read", site, time });
      case Kind.LockWrite:
        return this.add(task, { object: word1, mode: "write", site, time });
      case Kind.Acquire:
        if (this.objects.get(word1)?.initial === 1) this.add(task, { object: word1, mode: "permit", site, time });
        return;
      case Kind.Unlock:
        return this.remove(task, word1, "lock");
      case Kind.UnlockRead:
        return this.remove(task, word1, "read");
      case Kind.UnlockWrite:
        return this.remove(task, word1, "write");
      case Kind.Release:
        return this.remove(task, word1, "permit");
      default:
        return;
    }
  }

  private add(task: number, hold: Hold): void {
    this.held[task]!.push(hold);
    this.current[task] = this.number(this.held[task]!);
  }

  private remove(task: number, object: number, mode: HoldMode): void {
    const held = this.held[task]!;
    let at = held.length - 1;
    while (at >= 0 && (held[at]!.object !== object || held[at]!.mode !== mode)) at--;
    if (at < 0) return;
    // Mostly the one that was taken last.
    if (at === held.length - 1) held.pop();
    else held.splice(at, 1);
    this.current[task] = this.number(held);
  }

  private number(holds: readonly HeldLock[]): number {
    if (holds.length === 0) return 0;
    if (holds.length === 1) return this.single(holds[0]!);
    return this.several(holds);
  }

  private single(hold: HeldLock): number {
    const last = this.sets[this.lastSingle]![0];
    if (last && last.object === hold.object && last.mode === hold.mode) return this.lastSingle;
    const key = hold.object * 4 + MODES.indexOf(hold.mode);
    let id = this.singles.get(key);
    if (id === undefined) this.singles.set(key, (id = this.several([hold])));
    return (this.lastSingle = id);
  }

  private several(holds: readonly HeldLock[]): number {
    const sorted = [...holds].sort((x, y) => x.object - y.object);
    const key = sorted.map((hold) => `${hold.object}${hold.mode[0]}`).join(" ");
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.sets.length;
      this.ids.set(key, id);
      this.sets.push(sorted.map(({ object, mode }) => ({ object, mode })));
      this.exclusive.push(sorted.every(({ mode }) => mode !== "read"));
    }
    return id;
  }

  /** The locks in both sets that exclude each other (not: both for reading). Commutative; result is a set of numbers. */
  common(x: number, y: number): number {
    if (x === y) {
      if (this.exclusive[x]) return x;
    } else if (x === 0 || y === 0) return 0;
    const key = x < y ? x * 2 ** 26 + y : y * 2 ** 26 + x;
    let id = this.meets.get(key);
    if (id === undefined) {
      const other = this.sets[y]!;
      id = this.number(
        this.sets[x]!.flatMap((lock) => {
          const match = other.find((o) => o.object === lock.object);
          if (!match || (match.mode === "read" && lock.mode === "read")) return [];
          // A reader met a writer: the lock excludes; in later meetings it counts as held for writing.
          return [lock.mode === "read" ? { ...lock, mode: "write" as const } : lock];
        }),
      );
      this.meets.set(key, id);
    }
    return id;
  }
}
