interface Update {
  readonly task: number;
  readonly wrote: number;
}

/** A proof that an update was lost. */
export interface CountedProof {
  /** What both read. */
  readonly read: number;
  readonly first: Update;
  readonly second: Update;
}

/** Only values 0 … MAX_VALUES - 1, whole numbers, are counted: counters. */
const MAX_VALUES = 1 << 18;
/** Of all slots together. */
const MAX_ROOM = 1 << 20;
const NOBODY = -1;

/** Columns by value. */
class Watched {
  spoilt = false;
  /** How often this value was written. */
  written = new Uint32Array(64);
  /** How often it was the base of an update: a read of it, then a write, by one task without another access between. */
  updated = new Uint32Array(64);
  /** The first task that updated it, and the first other one; what they wrote. */
  firstTask = new Int32Array(64).fill(NOBODY);
  secondTask = new Int32Array(64).fill(NOBODY);
  firstWrote = new Float64Array(64);
  secondWrote = new Float64Array(64);
  /** By task: its latest access, if that was a read: the value; else NaN. */
  readonly pending: number[] = [];

  private limit = MAX_VALUES;

  constructor(
    readonly initial: number | undefined,
    private readonly room: { left: number },
  ) {}

  /** Whether a value is counted. What is not counted once is never counted. */
  fits(value: number): boolean {
    if (!(value >= 0 && value < this.limit) || value !== Math.floor(value)) return false;
    while (value >= this.written.length) {
      if (this.written.length > this.room.left) {
        this.limit = this.written.length;
        return false;
      }
      this.room.left -= this.written.length;
      this.grow();
    }
    return true;
  }

  private grow(): void {
    const size = this.written.length * 2;
    this.written = grown(this.written, new Uint32Array(size));
    this.updated = grown(this.updated, new Uint32Array(size));
    this.firstTask = grown(this.firstTask, new Int32Array(size).fill(NOBODY));
    this.secondTask = grown(this.secondTask, new Int32Array(size).fill(NOBODY));
    this.firstWrote = grown(this.firstWrote, new Float64Array(size));
    this.secondWrote = grown(this.secondWrote, new Float64Array(size));
  }
}

function grown<T extends Uint32Array | Int32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}

/**
 * Proves lost updates by counting. A value that was written n times (the initial one counts) can be updated n times
 * without loss: each update must find its own instance of it. When more updates read the value than there were
 * instances, two tasks read the same instance and both wrote: one of the two was lost. The order of racing accesses need
 * not be known. For small whole numbers only; needs every access of the slot.
 */
export class UpdateLedger {
  private readonly slots: (Watched | undefined)[] = [];
  private readonly room = { left: MAX_ROOM };

  /** `initialOf` gives a slot's value before any access, where it is known. */
  constructor(private readonly initialOf: (slot: number) => number | undefined) {}

  private watched(slot: number): Watched {
    return (this.slots[slot] ??= new Watched(this.initialOf(slot), this.room));
  }

  /** The slot is also changed in ways that are not told here. */
  spoil(slot: number): void {
    this.watched(slot).spoilt = true;
  }

  read(slot: number, task: number, value: number): void {
    const watched = this.watched(slot);
    while (watched.pending.length <= task) watched.pending.push(NaN);
    watched.pending[task] = value;
  }

  write(slot: number, task: number, value: number): void {
    const watched = this.watched(slot);
    if (watched.fits(value)) watched.written[value]!++;
    const read = watched.pending[task];
    if (read === undefined || Number.isNaN(read)) return;
    watched.pending[task] = NaN;
    if (read === value || !watched.fits(read)) return;
    watched.updated[read]!++;
    if (watched.firstTask[read] === NOBODY) {
      watched.firstTask[read] = task;
      watched.firstWrote[read] = value;
    } else if (watched.firstTask[read] !== task && watched.secondTask[read] === NOBODY) {
      watched.secondTask[read] = task;
      watched.secondWrote[read] = value;
    }
  }

  /** To be asked when the run is over: while it runs, a write may not have been told yet. */
  proof(slot: number): CountedProof | undefined {
    const watched = this.slots[slot];
    if (!watched || watched.spoilt) return undefined;
    for (let read = 0; read < watched.updated.length; read++) {
      const instances = watched.written[read]! + (watched.initial === undefined || watched.initial === read ? 1 : 0);
      if (watched.updated[read]! <= instances || watched.secondTask[read] === NOBODY) continue;
      return {
        read,
        first: { task: watched.firstTask[read]!, wrote: watched.firstWrote[read]! },
        second: { task: watched.secondTask[read]!, wrote: watched.secondWrote[read]! },
      };
    }
    return undefined;
  }
}
