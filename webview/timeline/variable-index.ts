import { Kind, isAccess, isWrite, spaceOf, type Trace } from "../../src/trace";

/** Which accesses touch a variable, by task, in the tasks' order. */
export interface VariableTrack {
  readonly id: string;
  readonly name: string;
  /** -1: the segment that all processes share, and Atomics. */
  readonly space: number;
  readonly byTask: Map<number, IndexList>;
  reads: number;
  writes: number;
}

/** A growing column of event numbers. */
export class IndexList {
  values = new Uint32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** Takes in the values of another list, keeping the order. */
  merge(other: IndexList): void {
    const all = new Uint32Array(Math.max(64, this.length + other.length));
    all.set(this.values.subarray(0, this.length));
    all.set(other.values.subarray(0, other.length), this.length);
    this.length += other.length;
    all.subarray(0, this.length).sort();
    this.values = all;
  }
}

/** Accesses of an address that nothing has named yet. */
interface Unnamed {
  readonly task: number;
  readonly space: number;
  readonly address: number;
  readonly accesses: IndexList;
  reads: number;
  writes: number;
}

interface SpaceCache {
  readonly slots: Map<number, VariableTrack | null>;
  /** The array of the latest access: sweeps stay in it. */
  range: { from: number; to: number; track: VariableTrack | null } | undefined;
}

/** Finds the accesses of each variable; grows with the trace, looking at each event once. */
export class VariableIndex {
  readonly tracks = new Map<string, VariableTrack>();
  private readonly done = new Map<number, number>();
  private readonly spaces = new Map<number, SpaceCache>();
  private readonly unnamed = new Map<number, Unnamed>();

  constructor(private readonly trace: Trace) {}

  update(): void {
    this.nameLate();
    for (const task of this.trace.tasks.values()) {
      const { events, meta } = task;
      for (let i = this.done.get(meta.id) ?? 0; i < events.length; i++) {
        const kind = events.kind[i]! as Kind;
        let track: VariableTrack | null | undefined;
        let writes = false;
        if (isAccess(kind)) {
          writes = isWrite(kind);
          track = this.trackOf(meta.space, events.word1[i]!);
          if (!track) this.keepUnnamed(meta.id, meta.space, events.word1[i]!, i, writes);
        } else if (kind === Kind.Atomic) {
          track = this.atomic(events.word1[i]!);
          writes = events.b[i] !== events.c[i];
        } else continue;
        if (!track) continue;
        let list = track.byTask.get(meta.id);
        if (!list) track.byTask.set(meta.id, (list = new IndexList()));
        list.push(i);
        if (writes) track.writes++;
        else track.reads++;
      }
      this.done.set(meta.id, events.length);
    }
  }

  private keepUnnamed(task: number, taskSpace: number, address: number, index: number, writes: boolean): void {
    const space = spaceOf(taskSpace, address);
    const key = task * 2 ** 32 + address;
    let unnamed = this.unnamed.get(key);
    if (!unnamed) this.unnamed.set(key, (unnamed = { task, space, address, accesses: new IndexList(), reads: 0, writes: 0 }));
    unnamed.accesses.push(index);
    if (writes) unnamed.writes++;
    else unnamed.reads++;
  }

  /** A task's accesses may arrive before another task's record that names their address. */
  private nameLate(): void {
    for (const [key, { task, space, address, accesses, reads, writes }] of this.unnamed) {
      const track = this.trackOf(space, address);
      if (!track) continue;
      this.unnamed.delete(key);
      const list = track.byTask.get(task);
      if (list) list.merge(accesses);
      else track.byTask.set(task, accesses);
      track.reads += reads;
      track.writes += writes;
    }
  }

  private trackOf(taskSpace: number, address: number): VariableTrack | null {
    const space = spaceOf(taskSpace, address);
    let cache = this.spaces.get(space);
    if (!cache) this.spaces.set(space, (cache = { slots: new Map(), range: undefined }));
    if (cache.range && address >= cache.range.from && address < cache.range.to) return cache.range.track;
    const known = cache.slots.get(address);
    if (known !== undefined) return known;
    const slot = this.trace.memory.slot(space, address);
    // What no record has named yet may be named later.
    if (!slot) return null;
    const track = this.track(space, rootName(slot.container.name));
    if (slot.key.startsWith("[")) {
      const range = this.trace.memory.slotsOf(space, slot.container.address).ranges.find((one) => address >= one.address && address < one.address + one.byteLength);
      if (range) {
        cache.range = { from: range.address, to: range.address + range.byteLength, track };
        return track;
      }
    }
    cache.slots.set(address, track);
    return track;
  }

  private atomic(object: number): VariableTrack | null {
    const meta = this.trace.objects.get(object);
    return meta ? this.track(-1, meta.name, `o${object}`) : null;
  }

  private track(space: number, name: string, id = `${space}:${name}`): VariableTrack {
    let track = this.tracks.get(id);
    if (!track) this.tracks.set(id, (track = { id, name, space, byTask: new Map(), reads: 0, writes: 0 }));
    return track;
  }
}

/** "state" of "state.point[3]": what lies inside a variable is drawn on the variable's own track. */
export function rootName(name: string): string {
  const end = name.search(/[.[]/);
  return end > 0 ? name.slice(0, end) : name;
}
