import type { LockSets } from "./locksets";
import type { HappensBefore } from "./happens-before";

/** Flags of an entry. */
export const WRITE = 1;
export const ATOMIC = 2;

/** Told of each pair of accesses that race, and of what else a slot's history shows. */
export interface ShadowListener {
  /** The present access races with entry `earlier`. */
  race(slot: number, earlier: number, task: number, site: number, flags: number, mask: number, value: number, index: number, locks: number): void;
  /** A task overwrites what another wrote since its own last read: reads and writes `read` → `between` → now. */
  stale(slot: number, read: number, between: number, task: number, site: number, value: number, index: number, locks: number): void;
}

/** No two conflicting accesses of a slot that only a lock orders were seen. */
export const UNGUARDED_YET = -1;

const NONE = -1;
/** Beyond, repetitions within an epoch are no longer counted: a count tells how often, roughly. */
const MAX_COUNTED = 100_000;

/**
 * Shadow memory: for every 8 bytes that the run accessed, the latest access of each (task, site, operation, bytes,
 * locks). A later access of the same task at the same place dominates the earlier: what is unordered with the earlier
 * is unordered with it too, or was compared before. So every racing pair of sites is found, whichever task's records come first.
 * (FastTrack keeps one write and one read; that finds a first race per slot, not every pair.)
 */
export class Shadow {
  // Slots: open addressing by (space, granule), then columns by slot number.
  private table = new Int32Array(1024).fill(NONE);
  private tableMask = 1023;
  slots = 0;
  slotSpace = new Int32Array(512);
  /** Address / 8. */
  slotGranule = new Uint32Array(512);
  private slotHead = new Int32Array(512);
  /** Set of locks common to all conflicting accesses that nothing but locks orders; UNGUARDED_YET. */
  slotGuard = new Int32Array(512);
  /** How many racing pairs were counted; 0: it does not race. */
  slotRacy = new Uint32Array(512);
  slotReads = new Float64Array(512);
  slotWrites = new Float64Array(512);

  // Entries, linked per slot.
  entries = 0;
  private next = new Int32Array(2048);
  /** task << 16 | mask << 8 | flags */
  private who = new Uint32Array(2048);
  site = new Uint32Array(2048);
  clock = new Uint32Array(2048);
  locks = new Uint32Array(2048);
  /** Index among the task's events. */
  index = new Uint32Array(2048);
  value = new Float64Array(2048);
  /** Position in the order of analysis. */
  order = new Float64Array(2048);
  /** Of a read: the entry of another task's write that came since, ordered by a lock alone; NONE. */
  private overwritten = new Int32Array(2048);
  private orderNow = 0;
  /** Whether the latest access was the first of its kind in its task's epoch. */
  fresh = false;

  constructor(
    private readonly clocks: HappensBefore,
    private readonly lockSets: LockSets,
    private readonly listener: ShadowListener,
  ) {}

  /** `mask`: the bytes touched within the 8 at `granule` (address / 8). `space` may be -1. Returns the slot's number. */
  access(space: number, granule: number, mask: number, task: number, site: number, flags: number, value: number, index: number): number {
    const slot = this.slotOf(space, granule);
    const now = this.clocks.now(task);
    const lockSet = this.lockSets.of(task);
    if ((flags & WRITE) !== 0) this.slotWrites[slot]!++;
    else this.slotReads[slot]!++;
    const order = ++this.orderNow;
    let own = this.find(slot, ((task << 16) | (mask << 8) | flags) >>> 0, site, lockSet);
    const seen = own !== NONE && this.clock[own] === now;
    this.fresh = !seen;
    // In the same epoch every pair was compared already, here or when the other access came; again only to count.
    const racy = this.slotRacy[slot]!;
    if (!seen || (racy > 0 && racy < MAX_COUNTED)) this.compare(slot, task, site, flags, mask, value, index, lockSet);
    if (own === NONE) own = this.addEntry(slot, task, site, flags, mask, lockSet);
    this.clock[own] = now;
    this.value[own] = value;
    this.index[own] = index;
    this.order[own] = order;
    this.overwritten[own] = NONE;
    if ((flags & WRITE) !== 0 && !seen) this.markOverwritten(slot, own);
    return slot;
  }

  /** The entry of (task, site, operation, bytes, locks); it moves to the front, where its task will look again. */
  private find(slot: number, who: number, site: number, lockSet: number): number {
    const { next, who: whose, site: sites, locks } = this;
    const head = this.slotHead[slot]!;
    let before = NONE;
    for (let e = head; e !== NONE; before = e, e = next[e]!) {
      if (whose[e] !== who || sites[e] !== site || locks[e] !== lockSet) continue;
      if (before !== NONE) {
        next[before] = next[e]!;
        next[e] = head;
        this.slotHead[slot] = e;
      }
      return e;
    }
    return NONE;
  }

  private compare(slot: number, task: number, site: number, flags: number, mask: number, value: number, index: number, lockSet: number): void {
    const full = this.clocks.full[task]!;
    const weak = this.clocks.weak[task]!;
    const known = full.length;
    const weakKnown = weak.length;
    const write = (flags & WRITE) !== 0;
    let lastOwnWrite = -1;
    let lastOwnRead = NONE;
    for (let e = this.slotHead[slot]!; e !== NONE; e = this.next[e]!) {
      const who = this.who[e]!;
      const other = who >>> 16;
      if (other === task) {
        if (!write || (this.mask(e) & mask) === 0) continue;
        if ((this.flags(e) & WRITE) !== 0) {
          if (this.order[e]! > lastOwnWrite) lastOwnWrite = this.order[e]!;
        } else if (lastOwnRead === NONE || this.order[e]! > this.order[lastOwnRead]!) lastOwnRead = e;
        continue;
      }
      const otherMask = this.mask(e);
      const otherFlags = who & 0xff;
      if ((otherMask & mask) === 0 || ((flags | otherFlags) & WRITE) === 0) continue;
      const clock = this.clock[e]!;
      // What full clocks order by locks, weak ones do not: only this needs a guard.
      if (clock <= (other < weakKnown ? weak[other]! : 0)) continue;
      this.meet(slot, this.locks[e]!, lockSet);
      if (clock <= (other < known ? full[other]! : 0)) continue;
      if ((flags & otherFlags & ATOMIC) !== 0 && otherMask === mask) continue;
      if (this.slotRacy[slot]! < MAX_COUNTED) this.slotRacy[slot]!++;
      this.listener.race(slot, e, task, site, flags, mask, value, index, lockSet);
    }
    // Who has read again since has seen what it overwrites.
    if (lastOwnRead !== NONE && this.overwritten[lastOwnRead] !== NONE && this.order[lastOwnRead]! > lastOwnWrite) this.checkStale(slot, lastOwnRead, task, site, value, index, lockSet);
  }

  private meet(slot: number, x: number, y: number): void {
    const both = this.lockSets.common(x, y);
    const known = this.slotGuard[slot]!;
    this.slotGuard[slot] = known === UNGUARDED_YET ? both : this.lockSets.common(known, both);
  }

  /** A write: other tasks' reads that only a lock orders before it are out of date from now on. */
  private markOverwritten(slot: number, write: number): void {
    const writer = this.task(write);
    const full = this.clocks.full[writer]!;
    const weak = this.clocks.weak[writer]!;
    for (let e = this.slotHead[slot]!; e !== NONE; e = this.next[e]!) {
      const other = this.task(e);
      if (other === writer || (this.flags(e) & WRITE) !== 0 || this.overwritten[e] !== NONE || (this.mask(e) & this.mask(write)) === 0) continue;
      const clock = this.clock[e]!;
      const ordered = clock <= (other < full.length ? full[other]! : 0);
      const needed = clock > (other < weak.length ? weak[other]! : 0);
      if (ordered && needed) this.overwritten[e] = write;
    }
  }

  private checkStale(slot: number, read: number, task: number, site: number, value: number, index: number, lockSet: number): void {
    const between = this.overwritten[read]!;
    const other = this.task(between);
    const weak = this.clocks.weak[task]!;
    const full = this.clocks.full[task]!;
    const clock = this.clock[between]!;
    const needed = clock > (other < weak.length ? weak[other]! : 0);
    const ordered = clock <= (other < full.length ? full[other]! : 0);
    if (needed && ordered) this.listener.stale(slot, read, between, task, site, value, index, lockSet);
  }

  /** The latest read of `slot` by `task` before `order`; -1. */
  latestRead(slot: number, task: number, order: number): number {
    let found = NONE;
    for (let e = this.slotHead[slot]!; e !== NONE; e = this.next[e]!) {
      if (this.task(e) !== task || (this.flags(e) & WRITE) !== 0 || this.order[e]! >= order) continue;
      if (found === NONE || this.order[e]! > this.order[found]!) found = e;
    }
    return found;
  }

  /** The latest access of a slot in the order of analysis; -1. */
  latestEntry(slot: number): number {
    let found = NONE;
    for (let e = this.slotHead[slot]!; e !== NONE; e = this.next[e]!) if (found === NONE || this.order[e]! > this.order[found]!) found = e;
    return found;
  }

  private addEntry(slot: number, task: number, site: number, flags: number, mask: number, lockSet: number): number {
    const e = this.entries++;
    if (e === this.next.length) this.growEntries();
    this.next[e] = this.slotHead[slot]!;
    this.slotHead[slot] = e;
    this.who[e] = ((task << 16) | (mask << 8) | flags) >>> 0;
    this.site[e] = site;
    this.locks[e] = lockSet;
    return e;
  }

  task(e: number): number {
    return this.who[e]! >>> 16;
  }

  flags(e: number): number {
    return this.who[e]! & 0xff;
  }

  /** The bytes touched within the 8 of its slot. */
  mask(e: number): number {
    return (this.who[e]! >>> 8) & 0xff;
  }

  private place(space: number, granule: number): number {
    // Neighbours stay neighbours; blocks of 64 are scattered.
    return (Math.imul((granule >>> 6) ^ Math.imul(space + 1, 0x27d4_eb2f), 0x9e37_79b1) & ~63) | (granule & 63);
  }

  private slotOf(space: number, granule: number): number {
    let at = this.place(space, granule) & this.tableMask;
    for (;;) {
      const slot = this.table[at]!;
      if (slot === NONE) break;
      if (this.slotGranule[slot] === granule && this.slotSpace[slot] === space) return slot;
      at = (at + 1) & this.tableMask;
    }
    if (this.slots === this.slotSpace.length) {
      this.growSlots();
      return this.slotOf(space, granule);
    }
    const slot = this.slots++;
    this.table[at] = slot;
    this.slotGranule[slot] = granule;
    this.slotSpace[slot] = space;
    this.slotHead[slot] = NONE;
    this.slotGuard[slot] = UNGUARDED_YET;
    return slot;
  }

  private growSlots(): void {
    const size = this.slotSpace.length * 2;
    this.slotSpace = grow(this.slotSpace, new Int32Array(size));
    this.slotGranule = grow(this.slotGranule, new Uint32Array(size));
    this.slotHead = grow(this.slotHead, new Int32Array(size));
    this.slotGuard = grow(this.slotGuard, new Int32Array(size));
    this.slotRacy = grow(this.slotRacy, new Uint32Array(size));
    this.slotReads = grow(this.slotReads, new Float64Array(size));
    this.slotWrites = grow(this.slotWrites, new Float64Array(size));
    this.table = new Int32Array(size * 2).fill(NONE);
    this.tableMask = size * 2 - 1;
    for (let slot = 0; slot < this.slots; slot++) {
      let at = this.place(this.slotSpace[slot]!, this.slotGranule[slot]!) & this.tableMask;
      while (this.table[at] !== NONE) at = (at + 1) & this.tableMask;
      this.table[at] = slot;
    }
  }

  private growEntries(): void {
    const size = this.next.length * 2;
    this.next = grow(this.next, new Int32Array(size));
    this.who = grow(this.who, new Uint32Array(size));
    this.site = grow(this.site, new Uint32Array(size));
    this.clock = grow(this.clock, new Uint32Array(size));
    this.locks = grow(this.locks, new Uint32Array(size));
    this.index = grow(this.index, new Uint32Array(size));
    this.value = grow(this.value, new Float64Array(size));
    this.order = grow(this.order, new Float64Array(size));
    this.overwritten = grow(this.overwritten, new Int32Array(size));
  }
}

function grow<T extends Uint32Array | Int32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
