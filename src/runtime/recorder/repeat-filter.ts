import type { Memo, UpdateMemo } from "./memos";
import type { Sweep } from "./sweep";

const INITIAL_ENTRIES = 1 << 16;
const MAX_ENTRIES = 1 << 20;
const GROWTH = 16;
/** An interval between two flushes has fewer accesses than are left from here to 2^31. */
const MAX_ORDER = 2 ** 30;
const MAX_STAMP = 0x3fff_ffff;

/** In place of an ORDER. */
const MISPLACED = 0x7fff_ffff;

/** Words of an entry: one half of a line of the processor's cache. The value is a double, at VALUE counted in doubles. */
const STRIDE = 8;
export const ADDRESS = 0;
/** Kind and site, as in a record's word 0. */
export const WORD0 = 1;
/** Of the interval in which it was recorded last. */
export const INTERVAL = 2;
/** How often it was left out since. */
export const COUNT = 3;
/** When it was left out last, counted in accesses left out. */
const ORDER = 4;
export const VALUE = 3;

/** Kind.Write1 … Write8 have numbers of 5 to 8. */
const FIRST_WRITE = 5;

/**
 * Remembers which accesses a task has recorded since its last synchronization event. One of the same address, kind and site in the
 * same interval has the same vector clock and the same locks: happens-before can learn nothing from it. What matters
 * of those left out is how many there were, and the last one (its value, and whether it came before or after the
 * task's other accesses there). So they are pending here until the interval ends, or until something else of the same 8 bytes is recorded.
 *
 * A direct-mapped table: a collision only costs a record that was not needed. It grows while a program sweeps over more
 * than it holds.
 */
export class RepeatFilter {
  table = new Int32Array(STRIDE);
  /** The same memory. */
  values = new Float64Array(this.table.buffer);
  interval = 1;
  /** In use. */
  active = false;
  /** Changes when a memo may be out of date; 0 until this is in use. */
  stamp = 0;
  /** Told the address of what is pending from now on. */
  onPending: (address: number) => void = () => undefined;
  private mask = 0;
  private evictions = 0;
  private order = 0;
  /** Entries that were left out, in order of the first time; how many of them. */
  private pending = new Int32Array(1024);
  private pendings = 0;
  /** Those with a count. */
  private readonly memos: Memo[] = [];
  private readonly updates: UpdateMemo[] = [];
  /** By 8 bytes of memory, hashed: the flush since when something of them is pending. */
  private touched = new Int32Array(1);
  private flushes = 1;
  /** By the same hash: the latest ORDER met in a flush. Those of earlier flushes are smaller than all that are pending. */
  private latest = new Int32Array(1);

  constructor() {
    // The engine compiles a field that never changed as a constant, and throws its code away at the first change.
    this.active = true;
    this.active = false;
  }

  /** Makes the table: it takes some memory, and most tasks never need it. `entries`: a power of two, at least 4. */
  begin(entries = INITIAL_ENTRIES): void {
    this.table = new Int32Array(entries * STRIDE);
    this.values = new Float64Array(this.table.buffer);
    this.touched = new Int32Array(entries);
    this.latest = new Int32Array(entries);
    this.mask = entries - 1;
    this.active = true;
  }

  nextStamp(): void {
    this.stamp = (this.stamp % MAX_STAMP) + 1;
  }

  /** A synchronization event: what was seen before may be told anew. Nothing may be pending. */
  nextInterval(): void {
    this.nextStamp();
    if (++this.interval > 0x7fff_fff0) {
      this.table.fill(0);
      this.interval = 1;
    }
  }

  get anyPending(): boolean {
    return this.pendings > 0 || this.memos.length > 0 || this.updates.length > 0;
  }

  /** As `again`, of what a memo stands for. */
  againIn(memo: Memo, value: number): number {
    memo.value = value;
    memo.order = ++this.order;
    if (memo.count++ === 0) this.nowInMemo(memo);
    return memo.order;
  }

  /** As `againIn` of a read and of the write that follows it. */
  againInBoth(memo: UpdateMemo, before: number, after: number): number {
    memo.before = before;
    memo.after = after;
    const order = this.order + 2;
    this.order = order;
    memo.order = order;
    if (memo.count++ === 0) this.nowUpdated(memo);
    return order;
  }

  private nowInMemo(memo: Memo): void {
    this.memos.push(memo);
    this.onPending(this.table[memo.entry]!);
  }

  private nowUpdated(memo: UpdateMemo): void {
    this.updates.push(memo);
    this.onPending(memo.address | 0);
  }

  /** Lets a memo stand for an access, if that is in the table. */
  remember(memo: Memo, site: number, word0: number, address: number): void {
    const entry = this.entry(word0, address);
    if (!this.has(entry, word0, address)) return;
    if (memo.count > 0) this.spill();
    memo.site = site;
    memo.stamp = this.stamp;
    memo.entry = entry;
  }

  /** The same of an update: `read` and `write` are kind and site. */
  rememberUpdate(memo: UpdateMemo, read: number, write: number, address: number): void {
    const readEntry = this.entry(read, address);
    const writeEntry = this.entry(write, address);
    if (!this.has(readEntry, read, address) || !this.has(writeEntry, write, address)) return;
    if (memo.count > 0) this.spill();
    memo.stamp = this.stamp;
    memo.readEntry = readEntry;
    memo.writeEntry = writeEntry;
  }

  private has(entry: number, word0: number, address: number): boolean {
    const { table } = this;
    return table[entry] === address && table[entry + WORD0] === word0 && table[entry + INTERVAL] === this.interval;
  }

  /** What the memos have counted goes into the table. */
  spill(): void {
    const { memos, updates } = this;
    if (memos.length > 0) {
      for (const memo of memos) {
        this.spillInto(memo.entry, memo.count, memo.order, memo.value);
        memo.count = 0;
      }
      memos.length = 0;
    }
    if (updates.length > 0) {
      for (const memo of updates) {
        this.spillInto(memo.readEntry, memo.count, memo.order - 1, memo.before);
        this.spillInto(memo.writeEntry, memo.count, memo.order, memo.after);
        memo.count = 0;
      }
      updates.length = 0;
    }
  }

  private spillInto(entry: number, count: number, order: number, value: number): void {
    const { table } = this;
    const pending = table[entry + COUNT]!;
    if (pending === 0) this.nowPending(entry);
    if (pending === 0 || order > table[entry + ORDER]!) {
      table[entry + ORDER] = order;
      this.values[(entry >> 1) + VALUE] = value;
    }
    table[entry + COUNT] = pending + count;
  }

  /**
   * Where in the table an access belongs. `word0` is kind | site << 8, as a signed word. Reads and writes, and sites that follow one another, lie
   * beside each other, as neighbouring addresses do: so that a sweep over an array is one over the table.
   */
  entry(word0: number, address: number): number {
    const place = (address >>> 3) + Math.imul(address & 7, 0x2545f) + (Math.imul(word0 >>> 9, 0x9e3779b1) >>> 7);
    return (((place << 2) | ((word0 >>> 7) & 2) | ((word0 & 0xff) >= FIRST_WRITE ? 1 : 0)) & this.mask) * STRIDE;
  }

  /** The entry's access was made again; its value is set. Returns its place in the order of all that were left out. */
  again(entry: number): number {
    const { table } = this;
    table[entry + ORDER] = ++this.order;
    if (table[entry + COUNT]!++ === 0) {
      this.nowPending(entry);
      this.onPending(table[entry]!);
    }
    return this.order;
  }

  /** Whether an access was left out and is not told yet. */
  isPending(word0: number, address: number): boolean {
    const { table } = this;
    const entry = this.entry(word0, address);
    return table[entry + COUNT] !== 0 && table[entry] === address && table[entry + WORD0] === word0 && table[entry + INTERVAL] === this.interval;
  }

  /** Whether something pending is of the memory of a sweep. The memos are spilled. */
  anyPendingOf(sweep: Sweep): boolean {
    const { table, pending, pendings } = this;
    for (let i = 0; i < pendings; i++) if (sweep.covers(table[pending[i]!]! >>> 3)) return true;
    return false;
  }

  private nowPending(entry: number): void {
    if (this.pendings === this.pending.length) {
      const larger = new Int32Array(this.pendings * 2);
      larger.set(this.pending);
      this.pending = larger;
    }
    this.pending[this.pendings++] = entry;
    this.touched[(this.table[entry]! >>> 3) & this.mask] = this.flushes;
  }

  /** Whether what is pending has to be recorded before another access of an address, lest their order be lost. */
  mustFlush(entry: number, address: number): boolean {
    return this.pendings > 0 && (this.touched[(address >>> 3) & this.mask] === this.flushes || this.table[entry + COUNT] !== 0);
  }

  /** An access that is not in the table is recorded. What was in its place is not pending. */
  put(entry: number, word0: number, address: number): void {
    const { table } = this;
    if (table[entry + INTERVAL] === this.interval) this.evictions++;
    table[entry] = address;
    table[entry + WORD0] = word0;
    table[entry + INTERVAL] = this.interval;
    table[entry + COUNT] = 0;
  }

  /** The entry's access is not pending, and is to be recorded when it is made next. */
  forget(entry: number): void {
    this.table[entry + INTERVAL] = 0;
    this.nextStamp();
  }

  /** The pending entries, of each 8 bytes in the order in which they were made last; they are pending no longer, though their COUNT is left to be cleared. */
  flush(): Int32Array {
    this.spill();
    const { table } = this;
    const all = this.pending.subarray(0, this.pendings);
    this.pendings = 0;
    this.flushes++;
    if (this.order > MAX_ORDER) {
      this.order = 0;
      this.latest.fill(0);
      return this.inOrder(all);
    }
    // Mostly they are in that order already: a loop's accesses of one element follow one another.
    const { latest, mask } = this;
    let misplaced = false;
    for (let i = 0; i < all.length; i++) {
      const entry = all[i]!;
      const place = (table[entry]! >>> 3) & mask;
      const order = table[entry + ORDER]!;
      if (latest[place]! <= order) latest[place] = order;
      else {
        latest[place] = MISPLACED;
        misplaced = true;
      }
    }
    if (misplaced) this.misplacedLast(all);
    return all;
  }

  /** Where something is out of order, all of those bytes go to the end, and into order there. */
  private misplacedLast(all: Int32Array): void {
    const { table, latest, mask } = this;
    const misplaced: number[] = [];
    let kept = 0;
    for (let i = 0; i < all.length; i++) {
      const entry = all[i]!;
      if (latest[(table[entry]! >>> 3) & mask] === MISPLACED) misplaced.push(entry);
      else all[kept++] = entry;
    }
    for (const entry of misplaced) latest[(table[entry]! >>> 3) & mask] = 0;
    all.set(this.inOrder(Int32Array.from(misplaced)), kept);
  }

  /** Sorted by ORDER: many by a radix sort, digits of 11 bits. */
  private inOrder(entries: Int32Array): Int32Array {
    const { table } = this;
    if (entries.length < 1000) return entries.sort((x, y) => table[x + ORDER]! - table[y + ORDER]!);
    let from = entries;
    let to: Int32Array = new Int32Array(entries.length);
    for (let shift = 0; shift < 33; shift += 11) {
      const ends = new Int32Array(2049);
      for (let i = 0; i < from.length; i++) ends[((table[from[i]! + ORDER]! >>> shift) & 2047) + 1]!++;
      for (let digit = 1; digit < ends.length; digit++) ends[digit]! += ends[digit - 1]!;
      for (let i = 0; i < from.length; i++) to[ends[(table[from[i]! + ORDER]! >>> shift) & 2047]!++] = from[i]!;
      [from, to] = [to, from];
    }
    return from;
  }

  /** To be called now and then, when nothing is pending: makes the table larger if much of this interval did not fit. Whether it did. */
  adapt(): boolean {
    if (this.evictions <= this.mask >> 1) return false;
    this.evictions = 0;
    const entries = (this.mask + 1) * GROWTH;
    if (entries > MAX_ENTRIES) return false;
    this.begin(entries);
    return true;
  }
}
