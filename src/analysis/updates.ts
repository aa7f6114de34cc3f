import { isTagged } from "../trace";

interface Update {
  readonly task: number;
  readonly wrote: number;
}

interface Generation {
  /** How often this value was written. */
  written: number;
  /** Updates (a read of this value, then a write, by one task without another access between). */
  readonly updates: Update[];
  updated: number;
}

interface Watched {
  readonly values: Map<number, Generation>;
  /** Task → value of its latest read, when its latest access was a read. */
  readonly pending: Map<number, number>;
  readonly initial: number | undefined;
}

/** A proof that an update was lost, in encoded values. */
export interface EncodedProof {
  readonly read: number;
  readonly first: Update;
  readonly second: Update;
}

const MAX_SLOTS = 32;
const MAX_VALUES = 4096;

/**
 * Proves lost updates by counting. A value that was written n times (the initial one counts) can be updated n times
 * without loss: each update must find its own instance of it. When more updates read the value than there were instances, two tasks
 * read the same instance and both wrote: one of the two was lost. The order of racing accesses need not be known.
 * Only for the first slots that are updated, and for as many values as fit; needs every access of the slot.
 */
export class UpdateLedger {
  private readonly slots = new Map<number, Watched>();
  private readonly spoilt = new Set<number>();

  /** `initialOf` gives a slot's value before any access, where it is known. */
  constructor(private readonly initialOf: (slot: number) => number | undefined) {}

  /** The slot is also changed in ways that are not told here. */
  spoil(slot: number): void {
    this.spoilt.add(slot);
  }

  read(slot: number, task: number, value: number): void {
    let watched = this.slots.get(slot);
    if (!watched) {
      if (this.slots.size >= MAX_SLOTS) return;
      watched = { values: new Map(), pending: new Map(), initial: this.initialOf(slot) };
      this.slots.set(slot, watched);
    }
    watched.pending.set(task, value);
  }

  write(slot: number, task: number, value: number): void {
    const watched = this.slots.get(slot);
    if (!watched) {
      // A write before the first read by anybody is not an update, but its value can be the base of one.
      if (this.slots.size < MAX_SLOTS) this.slots.set(slot, { values: new Map([[value, { written: 1, updates: [], updated: 0 }]]), pending: new Map(), initial: this.initialOf(slot) });
      return;
    }
    const read = watched.pending.get(task);
    watched.pending.delete(task);
    const written = this.generation(watched, value);
    if (written) written.written++;
    if (read === undefined || isTagged(read) || Object.is(read, value)) return;
    const from = this.generation(watched, read);
    if (!from) return;
    from.updated++;
    if (from.updates.length < 8) from.updates.push({ task, wrote: value });
  }

  private generation(watched: Watched, value: number): Generation | undefined {
    let generation = watched.values.get(value);
    if (!generation) {
      if (watched.values.size >= MAX_VALUES) return undefined;
      watched.values.set(value, (generation = { written: 0, updates: [], updated: 0 }));
    }
    return generation;
  }

  /** To be asked when the run is over: while it runs, a write may not have been told yet. */
  proof(slot: number): EncodedProof | undefined {
    const watched = this.slots.get(slot);
    if (!watched || this.spoilt.has(slot)) return undefined;
    for (const [read, generation] of watched.values) {
      const instances = generation.written + (watched.initial === undefined || watched.initial === read ? 1 : 0);
      if (generation.updated <= instances) continue;
      const [first] = generation.updates;
      const second = generation.updates.find((update) => update.task !== first?.task);
      if (first && second) return { read, first, second };
    }
    return undefined;
  }
}
