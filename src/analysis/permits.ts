import type { Stamp } from "./clocks";

/** What an acquisition receives from earlier releases. */
export interface Grant {
  readonly stamp: Stamp;
  /** The releaser had acquired the permit itself: the semaphore serves as a lock, and who came first is an accident. */
  readonly held: boolean;
}

interface Released {
  count: number;
  readonly grant: Grant;
}

/**
 * Orders the permits of a semaphore: the k-th permit released enables the (n + k)-th acquired, n being the initial ones.
 */
export class PermitLedger {
  /** Initial permits that were not acquired yet. */
  private initial: number;
  private readonly released: Released[] = [];
  private first = 0;
  private readonly heldBy = new Map<number, number>();

  constructor(initial: number) {
    this.initial = initial;
  }

  acquire(task: number, permits: number): Grant[] {
    const grants: Grant[] = [];
    if (!(permits > 0)) return grants;
    this.heldBy.set(task, (this.heldBy.get(task) ?? 0) + permits);
    let wanted = permits - Math.min(this.initial, permits);
    this.initial -= permits - wanted;
    while (wanted > 0 && this.first < this.released.length) {
      const next = this.released[this.first]!;
      const taken = Math.min(wanted, next.count);
      grants.push(next.grant);
      next.count -= taken;
      wanted -= taken;
      if (next.count === 0) this.first++;
    }
    if (this.first > 1024 && this.first * 2 > this.released.length) {
      this.released.splice(0, this.first);
      this.first = 0;
    }
    return grants;
  }

  release(task: number, permits: number, stamp: Stamp): void {
    if (!(permits > 0)) return;
    const own = this.heldBy.get(task) ?? 0;
    this.heldBy.set(task, Math.max(0, own - permits));
    this.released.push({ count: permits, grant: { stamp, held: own >= permits } });
  }

  *stamps(): Iterable<Stamp> {
    for (let i = this.first; i < this.released.length; i++) yield this.released[i]!.grant.stamp;
  }
}
