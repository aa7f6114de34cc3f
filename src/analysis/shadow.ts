import { Kind, SEGMENT_BASE, SEGMENT_SPACE } from "../trace";
import type { HappensBefore } from "./happens-before";
import type { LockSets } from "./locksets";
import { ATOMIC, CLOCK, ENTRY, GUARD, HEAD, INDEX, LOCKS, NONE, ORDER, OVERWRITTEN, RACY, READS, SITE, SLOT_SHIFT, ShadowStore, UNGUARDED_YET, VALUE, WHO, WRITE } from "./shadow-store";

/** Told of each pair of accesses that race, and of what else a slot's history shows. */
export interface ShadowListener {
  /** The present access races with entry `earlier`. */
  race(slot: number, earlier: number, task: number, site: number, flags: number, mask: number, value: number, index: number, locks: number): void;
  /** A task overwrites what another, having read the same, wrote since its own last read: reads and writes `read` → `between` → now. */
  stale(slot: number, read: number, between: number, task: number, site: number, value: number, index: number, locks: number): void;
  /** Whether two tasks' encoded values are the same value. */
  same(task: number, value: number, otherTask: number, otherValue: number): boolean;
  /** Every access of one of the first WATCHED_SLOTS slots. `whole`: a plain one of all its 8 bytes. */
  watched(slot: number, task: number, write: boolean, value: number, whole: boolean): void;
  /** The first access of its task, site, operation, bytes and locks since its task's latest release. */
  fresh(slot: number, space: number, address: number, bytes: number, task: number, site: number, flags: number, value: number, index: number): void;
}

/** So many slots, the first in use, are told to the listener in full. */
export const WATCHED_SLOTS = 32;

/** Beyond, repetitions within an epoch are no longer counted: a count tells how often, roughly. */
const MAX_COUNTED = 100_000;

/**
 * Shadow memory: for every 8 bytes that the run accessed, the latest access of each (task, site, operation, bytes,
 * locks). A later access of the same task at the same place dominates the earlier: what is unordered with the earlier
 * is unordered with it too, or was compared before. So every racing pair of sites is found, whichever task's records come first.
 * (FastTrack keeps one write and one read; that finds a first race per slot, not every pair. Its fast path is here: an access that
 * is its task's second at that place in one epoch is compared with nothing.)
 */
export class Shadow extends ShadowStore {
  private orderNow = 0;
  /** By task: the order when a wait for a condition of it was last notified. */
  private readonly wokenAt: number[] = [];

  constructor(
    private readonly clocks: HappensBefore,
    private readonly lockSets: LockSets,
    private readonly listener: ShadowListener,
  ) {
    super();
  }

  /**
   * Plain accesses that a task of `space` made one after another, no synchronization event between: records as in a chunk
   * (kinds.ts), `from` and `to` in words. `index`: of the first among the task's events.
   */
  accesses(ownSpace: number, task: number, words: Uint32Array, doubles: Float64Array, from: number, to: number, index: number): void {
    const now = this.clocks.now(task);
    const lockSet = this.lockSets.of(task);
    const base = task << 16;
    let lastGranule = -1;
    let lastSpace = 0;
    let slot = 0;
    for (let i = from; i < to; i += 4, index++) {
      const word = words[i]!;
      const address = words[i + 1]!;
      const kind = word & 0xff;
      const flags = kind >= Kind.Write1 ? WRITE : 0;
      const bytes = 1 << ((kind - 1) & 3);
      const mask = ((1 << bytes) - 1) << (address & 7);
      const space = address >= SEGMENT_BASE ? SEGMENT_SPACE : ownSpace;
      const granule = address >>> 3;
      if (granule !== lastGranule || space !== lastSpace) {
        slot = this.slotOf(space, granule);
        lastGranule = granule;
        lastSpace = space;
      }
      const value = doubles[(i >> 1) + 1]!;
      if (slot < WATCHED_SLOTS) this.listener.watched(slot, task, flags === WRITE, value, mask === 0xff);
      const site = word >>> 8;
      const { slotWords, entryWords } = this;
      const s = slot << SLOT_SHIFT;
      const who = base | ((mask & 0xff) << 8) | flags;
      slotWords[s + READS + flags]!++;
      let e = slotWords[s + HEAD]!;
      if (e !== NONE && (entryWords[e + WHO] !== who || entryWords[e + SITE] !== site || entryWords[e + LOCKS] !== lockSet)) {
        e = entryWords[e]!;
        if (e !== NONE && (entryWords[e + WHO] !== who || entryWords[e + SITE] !== site || entryWords[e + LOCKS] !== lockSet)) e = NONE;
      }
      const racy = slotWords[s + RACY]!;
      if (e !== NONE && entryWords[e + CLOCK] === now && (racy === 0 || racy >= MAX_COUNTED)) {
        entryWords[e + INDEX] = index;
        entryWords[e + OVERWRITTEN] = NONE;
        entryWords[e + ORDER] = ++this.orderNow;
        this.entryValues[(e + VALUE) >> 1] = value;
      } else if (this.record(slot, mask & 0xff, task, site, flags, value, index, now, lockSet)) {
        this.listener.fresh(slot, space, address, bytes, task, site, flags, value, index);
      }
      // A DataView may reach over the border of 8 bytes.
      if (mask > 0xff) this.part(space, granule + 1, mask >> 8, task, site, flags, value, index);
    }
  }

  /** A wait for a condition was notified: while it waited, its mutex was not held. */
  woken(task: number): void {
    this.wokenAt[task] = this.orderNow;
  }

  /** Before each of these accesses `count` more like it were made. As in `accesses`. */
  repeats(ownSpace: number, words: Uint32Array, from: number, to: number, count: number): void {
    for (let i = from; i < to; i += 4) {
      const address = words[i + 1]!;
      const slot = this.slotOf(address >= SEGMENT_BASE ? SEGMENT_SPACE : ownSpace, address >>> 3);
      this.countMore(slot, (words[i]! & 0xff) >= Number(Kind.Write1), count);
    }
  }

  /** One access of `bytes` bytes. `space` may be SEGMENT_SPACE. */
  access(space: number, address: number, bytes: number, task: number, site: number, flags: number, value: number, index: number): void {
    const granule = address >>> 3;
    const mask = ((1 << bytes) - 1) << (address & 7);
    const slot = this.slotOf(space, granule);
    this.slotWords[(slot << SLOT_SHIFT) + READS + (flags & WRITE)]!++;
    if (this.part(space, granule, mask & 0xff, task, site, flags, value, index)) this.listener.fresh(slot, space, address, bytes, task, site, flags, value, index);
    if (mask > 0xff) this.part(space, granule + 1, mask >> 8, task, site, flags, value, index);
  }

  /** The bytes of an access that lie within one slot; counted where it begins. Whether it is the first of its kind in its task's epoch. */
  private part(space: number, granule: number, mask: number, task: number, site: number, flags: number, value: number, index: number): boolean {
    const slot = this.slotOf(space, granule);
    if (slot < WATCHED_SLOTS) this.listener.watched(slot, task, (flags & WRITE) !== 0, value, false);
    return this.record(slot, mask, task, site, flags, value, index, this.clocks.now(task), this.lockSets.of(task));
  }

  /** Compares an access with what the slot has seen, where that can tell anything new, and remembers it. */
  private record(slot: number, mask: number, task: number, site: number, flags: number, value: number, index: number, now: number, lockSet: number): boolean {
    const s = slot << SLOT_SHIFT;
    const who = (task << 16) | (mask << 8) | flags;
    const own = this.find(s, who, site, lockSet);
    const seen = own !== NONE && this.entryWords[own + CLOCK] === now;
    // In the same epoch every pair was compared already, here or when the other access came; again only to count.
    const racy = this.slotWords[s + RACY]!;
    const met = (!seen || (racy > 0 && racy < MAX_COUNTED)) && this.compare(slot, task, site, flags, mask, value, index, lockSet);
    const e = own === NONE ? this.addEntry(s, who, site, lockSet) : own;
    if (met) this.met[e / ENTRY] = 1;
    const { entryWords } = this;
    entryWords[e + CLOCK] = now;
    entryWords[e + INDEX] = index;
    entryWords[e + OVERWRITTEN] = NONE;
    entryWords[e + ORDER] = ++this.orderNow;
    this.entryValues[(e + VALUE) >> 1] = value;
    if ((flags & WRITE) !== 0 && !seen) this.markOverwritten(s, e);
    return !seen;
  }

  /** The entry of (task, site, operation, bytes, locks); it moves to the front, where its task will look again. */
  private find(s: number, who: number, site: number, lockSet: number): number {
    const { entryWords, slotWords } = this;
    const head = slotWords[s + HEAD]!;
    let before = NONE;
    for (let e = head; e !== NONE; before = e, e = entryWords[e]!) {
      if (entryWords[e + WHO] !== who || entryWords[e + SITE] !== site || entryWords[e + LOCKS] !== lockSet) continue;
      if (before !== NONE && before !== head) {
        entryWords[before] = entryWords[e]!;
        entryWords[e] = head;
        slotWords[s + HEAD] = e;
      }
      return e;
    }
    return NONE;
  }

  /** Returns whether a conflicting access of another task was found that only a lock could order with this one. */
  private compare(slot: number, task: number, site: number, flags: number, mask: number, value: number, index: number, lockSet: number): boolean {
    const { entryWords, slotWords } = this;
    const s = slot << SLOT_SHIFT;
    const full = this.clocks.full[task]!;
    const weak = this.clocks.weak[task]!;
    const known = full.length;
    const weakKnown = weak.length;
    const write = (flags & WRITE) !== 0;
    let lastOwnWrite = -1;
    let lastOwnRead = NONE;
    let met = false;
    for (let e = slotWords[s + HEAD]!; e !== NONE; e = entryWords[e]!) {
      const who = entryWords[e + WHO]!;
      const other = who >>> 16;
      if (other === task) {
        if (!write || (((who >>> 8) & 0xff) & mask) === 0) continue;
        if ((who & WRITE) !== 0) {
          if (this.order(e) > lastOwnWrite) lastOwnWrite = this.order(e);
        } else if (lastOwnRead === NONE || this.order(e) > this.order(lastOwnRead)) lastOwnRead = e;
        continue;
      }
      const otherMask = (who >>> 8) & 0xff;
      if ((otherMask & mask) === 0 || ((flags | who) & WRITE) === 0) continue;
      const clock = entryWords[e + CLOCK]!;
      // What full clocks order by locks, weak ones do not: only this needs a guard.
      if (clock <= (other < weakKnown ? weak[other]! : 0)) continue;
      this.met[e / ENTRY] = 1;
      met = true;
      this.meet(s, entryWords[e + LOCKS]!, lockSet);
      if (clock <= (other < known ? full[other]! : 0)) continue;
      if ((flags & who & ATOMIC) !== 0 && otherMask === mask) continue;
      if (slotWords[s + RACY]! < MAX_COUNTED) slotWords[s + RACY]!++;
      this.listener.race(slot, e, task, site, flags, mask, value, index, lockSet);
    }
    // Who has read again since has seen what it overwrites.
    if (lastOwnRead !== NONE && entryWords[lastOwnRead + OVERWRITTEN] !== NONE && this.order(lastOwnRead) > lastOwnWrite) this.checkStale(slot, lastOwnRead, task, site, value, index, lockSet);
    return met;
  }

  private meet(s: number, x: number, y: number): void {
    const known = this.slotWords[s + GUARD]!;
    // Nothing can be taken from no lock at all.
    if (known === 0) return;
    const both = this.lockSets.common(x, y);
    if (known === both) return;
    this.slotWords[s + GUARD] = known === UNGUARDED_YET ? both : this.lockSets.common(known, both);
  }

  /**
   * A write by a task that has read before: other tasks' reads of the same value before it are out of date from now on. (What is
   * unordered with it races; who writes without having read may well mean to replace.)
   */
  private markOverwritten(s: number, write: number): void {
    const { entryWords } = this;
    const writer = this.task(write);
    const base = this.latestRead(s >> SLOT_SHIFT, writer, this.order(write));
    if (base === NONE) return;
    const full = this.clocks.full[writer]!;
    for (let e = this.slotWords[s + HEAD]!; e !== NONE; e = entryWords[e]!) {
      const who = entryWords[e + WHO]!;
      const other = who >>> 16;
      if (other === writer || (who & WRITE) !== 0 || entryWords[e + OVERWRITTEN] !== NONE || (((who >>> 8) & 0xff) & this.mask(write)) === 0) continue;
      const clock = entryWords[e + CLOCK]!;
      if (clock <= (other < full.length ? full[other]! : 0) && this.listener.same(writer, this.value(base), other, this.value(e))) entryWords[e + OVERWRITTEN] = write;
    }
  }

  private checkStale(slot: number, read: number, task: number, site: number, value: number, index: number, lockSet: number): void {
    const between = this.entryWords[read + OVERWRITTEN]!;
    const other = this.task(between);
    const weak = this.clocks.weak[task]!;
    const full = this.clocks.full[task]!;
    const clock = this.entryWords[between + CLOCK]!;
    // That a notify orders the two does not mean that it was meant: the task waited with what it had read in its hands.
    const woken = this.wokenAt[task] ?? 0;
    const needed = clock > (other < weak.length ? weak[other]! : 0) || (this.order(read) < this.order(between) && this.order(between) <= woken);
    const ordered = clock <= (other < full.length ? full[other]! : 0);
    if (needed && ordered) this.listener.stale(slot, read, between, task, site, value, index, lockSet);
  }
}
