const INITIAL_ENTRIES = 1 << 14;
const MAX_ENTRIES = 1 << 20;
/** Words per entry: address, kind and site, epoch. The fourth keeps entries aligned. */
const STRIDE = 4;

/**
 * Remembers which accesses a task has recorded since its last synchronization event. One of the same address, kind and
 * site in the same interval has the same vector clock, so happens-before can learn nothing from it. A direct-mapped
 * table: a collision only costs a record that was not needed. It grows while a program sweeps over more than it holds.
 */
export class RepeatFilter {
  table = new Int32Array(INITIAL_ENTRIES * STRIDE);
  private mask = INITIAL_ENTRIES - 1;
  private evictions = 0;
  epoch = 1;

  /** A synchronization event: what was seen before may be told anew. */
  nextEpoch(): void {
    if (++this.epoch > 0x7fff_fff0) {
      this.table.fill(0);
      this.epoch = 1;
    }
  }

  /** Whether this access was seen in this interval; if not, it is from now on. `word0` is kind | site << 8, as a signed word.
   * Neighbouring addresses lie beside each other, so that a sweep over an array is one over the table. */
  seen(word0: number, address: number): boolean {
    const table = this.table;
    const at = this.entry(word0, address);
    if (table[at + 2] === this.epoch) {
      if (table[at] === (address | 0) && table[at + 1] === word0) return true;
      this.evictions++;
    }
    table[at] = address;
    table[at + 1] = word0;
    table[at + 2] = this.epoch;
    return false;
  }

  /** Where in the table an access would be. */
  entry(word0: number, address: number): number {
    return (((address >>> 3) + Math.imul(address & 7, 0x2545f) + (Math.imul(word0, 0x9e3779b1) >>> 7)) & this.mask) * STRIDE;
  }

  /** To be called now and then: makes the table larger if much of this interval did not fit. */
  adapt(): void {
    if (this.evictions > this.mask >> 1) this.grow();
  }

  private grow(): void {
    this.evictions = 0;
    const entries = (this.mask + 1) * 4;
    if (entries > MAX_ENTRIES) return;
    this.table = new Int32Array(entries * STRIDE);
    this.mask = entries - 1;
  }
}
