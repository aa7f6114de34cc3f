/** No two conflicting accesses of a slot that only a lock orders were seen. */
export const UNGUARDED_YET = -1;
export const NONE = -1;

/** Flags of an entry. */
export const WRITE = 1;
export const ATOMIC = 2;

/** Words of a slot: it lies in one line of the processor's cache. */
export const SLOT_SHIFT = 3;
export const GRANULE = 0;
export const SPACE = 1;
export const HEAD = 2;
export const GUARD = 3;
export const RACY = 4;
export const READS = 5;
export const WRITES = 6;

/** Words of an entry, which is known by its first one's place. The value is a double at VALUE, counted in words. */
export const ENTRY = 10;
export const NEXT = 0;
export const WHO = 1;
export const SITE = 2;
export const LOCKS = 3;
export const CLOCK = 4;
export const INDEX = 5;
export const OVERWRITTEN = 6;
export const ORDER = 7;
export const VALUE = 8;

/** The columns of the shadow memory: slots of 8 bytes, and for each a list of entries, the accesses that are remembered. Plain numbers in large arrays. */
export class ShadowStore {
  // Slots: open addressing by (space, granule), then records by slot number.
  private table = new Int32Array(1024).fill(NONE);
  private tableMask = 1023;
  slots = 0;
  protected slotWords = new Int32Array(512 << SLOT_SHIFT);

  // Entries, linked per slot.
  protected entryWords = new Int32Array(2048 * ENTRY);
  protected entryValues = new Float64Array(this.entryWords.buffer);
  private entriesEnd = 0;

  /** By entry: 1 where a conflicting access of another task was seen that nothing but a lock could order with it. */
  protected met = new Uint8Array(2048);

  /** By slot: reads and writes that were told by their number alone. Empty until there are any. */
  private more = new Float64Array(0);

  protected addEntry(s: number, who: number, site: number, lockSet: number): number {
    const e = this.entriesEnd;
    if (e + ENTRY > this.entryWords.length) {
      this.entryWords = grown(this.entryWords);
      this.entryValues = new Float64Array(this.entryWords.buffer);
      const met = new Uint8Array(this.met.length * 2);
      met.set(this.met);
      this.met = met;
    }
    this.entriesEnd = e + ENTRY;
    const { entryWords } = this;
    entryWords[e] = this.slotWords[s + HEAD]!;
    this.slotWords[s + HEAD] = e;
    entryWords[e + WHO] = who;
    entryWords[e + SITE] = site;
    entryWords[e + LOCKS] = lockSet;
    return e;
  }

  /** How many entries there are. */
  get entries(): number {
    return this.entriesEnd / ENTRY;
  }

  /** The latest read of `slot` by `task` before `order`; -1. */
  latestRead(slot: number, task: number, order: number): number {
    let found = NONE;
    for (let e = this.slotWords[(slot << SLOT_SHIFT) + HEAD]!; e !== NONE; e = this.entryWords[e]!) {
      if (this.task(e) !== task || (this.flags(e) & WRITE) !== 0 || this.order(e) >= order) continue;
      if (found === NONE || this.order(e) > this.order(found)) found = e;
    }
    return found;
  }

  /** The latest access of a slot in the order of analysis; -1. */
  latestEntry(slot: number): number {
    let found = NONE;
    for (let e = this.slotWords[(slot << SLOT_SHIFT) + HEAD]!; e !== NONE; e = this.entryWords[e]!) if (found === NONE || this.order(e) > this.order(found)) found = e;
    return found;
  }

  /** The entries of a slot that need a lock: another task's conflicting access is ordered with them by nothing else. */
  *needingLock(slot: number): Iterable<number> {
    for (let e = this.slotWords[(slot << SLOT_SHIFT) + HEAD]!; e !== NONE; e = this.entryWords[e]!) if (this.met[e / ENTRY] === 1) yield e;
  }

  // ------------------------------------------------------------ what an entry says

  task(e: number): number {
    return this.entryWords[e + WHO]! >>> 16;
  }

  flags(e: number): number {
    return this.entryWords[e + WHO]! & 0xff;
  }

  /** The bytes touched within the 8 of its slot. */
  mask(e: number): number {
    return (this.entryWords[e + WHO]! >>> 8) & 0xff;
  }

  site(e: number): number {
    return this.entryWords[e + SITE]!;
  }

  locks(e: number): number {
    return this.entryWords[e + LOCKS]!;
  }

  /** Among the task's events. */
  index(e: number): number {
    return this.entryWords[e + INDEX]! >>> 0;
  }

  /** Position in the order of analysis (of the last 4 billion accesses). */
  order(e: number): number {
    return this.entryWords[e + ORDER]! >>> 0;
  }

  value(e: number): number {
    return this.entryValues[(e + VALUE) >> 1]!;
  }

  // ------------------------------------------------------------ what a slot says

  space(slot: number): number {
    return this.slotWords[(slot << SLOT_SHIFT) + SPACE]!;
  }

  /** Of the first of its 8 bytes. */
  address(slot: number): number {
    return this.slotWords[(slot << SLOT_SHIFT) + GRANULE]! * 8;
  }

  /** How many racing pairs were counted; 0: it does not race. */
  racy(slot: number): number {
    return this.slotWords[(slot << SLOT_SHIFT) + RACY]!;
  }

  /** Set of locks common to all conflicting accesses that nothing but locks orders; UNGUARDED_YET. */
  guard(slot: number): number {
    return this.slotWords[(slot << SLOT_SHIFT) + GUARD]!;
  }

  reads(slot: number): number {
    return (this.slotWords[(slot << SLOT_SHIFT) + READS]! >>> 0) + (this.more[slot * 2] ?? 0);
  }

  writes(slot: number): number {
    return (this.slotWords[(slot << SLOT_SHIFT) + WRITES]! >>> 0) + (this.more[slot * 2 + 1] ?? 0);
  }

  protected countMore(slot: number, write: boolean, count: number): void {
    if (slot * 2 >= this.more.length) {
      const larger = new Float64Array((this.slotWords.length >> SLOT_SHIFT) * 2);
      larger.set(this.more);
      this.more = larger;
    }
    this.more[slot * 2 + (write ? 1 : 0)]! += count;
  }

  // ------------------------------------------------------------ the table

  private place(space: number, granule: number): number {
    // Neighbours stay neighbours; blocks of 64 are scattered.
    return (Math.imul((granule >>> 6) ^ Math.imul(space + 1, 0x27d4_eb2f), 0x9e37_79b1) & ~63) | (granule & 63);
  }

  /** The number of a slot; a new one if it was not accessed before. */
  slotOf(space: number, granule: number): number {
    const { table, tableMask, slotWords } = this;
    let at = this.place(space, granule) & tableMask;
    for (;;) {
      const slot = table[at]!;
      if (slot === NONE) return this.addSlot(at, space, granule);
      if (slotWords[slot << SLOT_SHIFT] === granule && slotWords[(slot << SLOT_SHIFT) + SPACE] === space) return slot;
      at = (at + 1) & tableMask;
    }
  }

  private addSlot(at: number, space: number, granule: number): number {
    if ((this.slots + 1) << SLOT_SHIFT > this.slotWords.length) {
      this.growSlots();
      return this.slotOf(space, granule);
    }
    const slot = this.slots++;
    this.table[at] = slot;
    const s = slot << SLOT_SHIFT;
    this.slotWords[s + GRANULE] = granule;
    this.slotWords[s + SPACE] = space;
    this.slotWords[s + HEAD] = NONE;
    this.slotWords[s + GUARD] = UNGUARDED_YET;
    return slot;
  }

  private growSlots(): void {
    this.slotWords = grown(this.slotWords);
    const size = (this.slotWords.length >> SLOT_SHIFT) * 2;
    this.table = new Int32Array(size).fill(NONE);
    this.tableMask = size - 1;
    for (let slot = 0; slot < this.slots; slot++) {
      let at = this.place(this.space(slot), this.slotWords[slot << SLOT_SHIFT]!) & this.tableMask;
      while (this.table[at] !== NONE) at = (at + 1) & this.tableMask;
      this.table[at] = slot;
    }
  }
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const fresh = new Int32Array(old.length * 2);
  fresh.set(old);
  return fresh;
}
