import { Kind, SEGMENT_SPACE, atomicReads, atomicWrites, isAccess, isWrite, spaceOf, type AtomicOp, type Trace } from "../../trace";
import type { LastWrite } from "./types";

/** Numbers that only grow, of one task. */
interface Line {
  times: Float64Array;
  length: number;
  /** By entry: how many up to and with it were not kept; undefined while all were. */
  more: Float64Array | undefined;
}

interface WriteLine extends Line {
  values: Float64Array;
  sites: Uint32Array;
}

/** One slot's accesses, per task. */
interface SlotHistory {
  readonly reads: Map<number, Line>;
  readonly writes: Map<number, WriteLine>;
  /** Encoded, with the task whose texts it refers to. */
  initial: { readonly value: number; readonly task: number } | undefined;
}

export interface KnownValue {
  /** Encoded (value.ts). */
  readonly value: number;
  /** Task whose Text records the value refers to. */
  readonly task: number;
  /** null: the initial value. */
  readonly write: LastWrite | null;
}

/**
 * The accesses of a trace by slot and task, each a column of times: a value at a moment is a binary search per task, so
 * any moment is as quick as any other. Grows with the trace.
 */
export class MemoryIndex {
  private readonly slots = new Map<number, SlotHistory>();
  private readonly read = new Map<number, number>();
  private inits = 0;
  /** Space → when it was made, from which space. */
  private readonly births = new Map<number, { readonly parent: number; readonly time: number }>();
  private complete = false;

  constructor(private readonly trace: Trace) {}

  update(): void {
    const { trace } = this;
    if (trace.end && !this.complete) {
      // Times of the latest events were provisional while the trace grew.
      this.complete = true;
      this.slots.clear();
      this.read.clear();
      this.inits = 0;
    }
    for (; this.inits < trace.inits.length; this.inits++) {
      const { space, address, value, task } = trace.inits[this.inits]!;
      this.slot(spaceOf(space, address), address).initial ??= { value, task };
    }
    for (const [id, task] of trace.tasks) {
      const e = task.events;
      const { space, parent } = task.meta;
      const parentSpace = parent === null ? undefined : trace.tasks.get(parent)?.meta.space;
      if (parentSpace !== undefined && parentSpace !== space && !this.births.has(space) && Number.isFinite(task.started)) {
        this.births.set(space, { parent: parentSpace, time: task.started });
      }
      for (let i = this.read.get(id) ?? 0; i < e.length; i++) {
        const kind: Kind = e.kind[i]!;
        if (isAccess(kind)) this.access(id, space, e.word1[i]!, isWrite(kind), e.time[i]!, e.site[i]!, e.a[i]!, e.b[i]!);
        else if (kind === Kind.MemoryAtomic) {
          const op: AtomicOp = e.a[i]! & 0xff;
          if (atomicReads(op)) this.access(id, space, e.word1[i]!, false, e.time[i]!, e.site[i]!, e.b[i]!);
          if (atomicWrites(op)) this.access(id, space, e.word1[i]!, true, e.time[i]!, e.site[i]!, e.c[i]!);
        }
      }
      this.read.set(id, e.length);
    }
  }

  private access(task: number, ownSpace: number, address: number, write: boolean, time: number, site: number, value: number, repeated = 0): void {
    const slot = this.slot(spaceOf(ownSpace, address), address);
    if (!write) {
      let line = slot.reads.get(task);
      if (!line) slot.reads.set(task, (line = { times: new Float64Array(4), length: 0, more: undefined }));
      if (line.length === line.times.length) line.times = longer(line.times, new Float64Array(line.length * 2));
      count(line, repeated);
      line.times[line.length++] = time;
      return;
    }
    let line = slot.writes.get(task);
    if (!line) slot.writes.set(task, (line = { times: new Float64Array(4), values: new Float64Array(4), sites: new Uint32Array(4), length: 0, more: undefined }));
    const { length } = line;
    if (length === line.times.length) {
      line.times = longer(line.times, new Float64Array(length * 2));
      line.values = longer(line.values, new Float64Array(length * 2));
      line.sites = longer(line.sites, new Uint32Array(length * 2));
    }
    count(line, repeated);
    line.times[length] = time;
    line.values[length] = value;
    line.sites[length] = site;
    line.length = length + 1;
  }

  private slot(space: number, address: number): SlotHistory {
    const key = keyOf(space, address);
    let slot = this.slots.get(key);
    if (!slot) this.slots.set(key, (slot = { reads: new Map(), writes: new Map(), initial: undefined }));
    return slot;
  }

  /** The value of a slot at a moment; undefined if nothing tells. */
  valueAt(space: number, address: number, time: number): KnownValue | undefined {
    const slot = this.slots.get(keyOf(space, address));
    let latest: KnownValue | undefined;
    let latestTime = -Infinity;
    for (const [task, line] of slot?.writes ?? []) {
      const at = lastIndex(line, time);
      if (at < 0 || line.times[at]! < latestTime) continue;
      latestTime = line.times[at]!;
      latest = { value: line.values[at]!, task, write: { task, time: latestTime, site: line.sites[at]! } };
    }
    if (latest) return latest;
    if (slot?.initial) return { ...slot.initial, write: null };
    const birth = space === SEGMENT_SPACE ? undefined : this.birth(space);
    if (!birth) return undefined;
    const inherited = this.valueAt(birth.parent, address, Math.min(time, birth.time));
    return inherited && { ...inherited, write: null };
  }

  /** Where and when a copied space came from. Strictly older spaces only, so that no trace makes a circle of it. */
  private birth(space: number): { parent: number; time: number } | undefined {
    const birth = this.births.get(space);
    if (!birth) return undefined;
    const parent = this.births.get(birth.parent);
    return parent && parent.time >= birth.time ? undefined : birth;
  }

  readsAt(space: number, address: number, time: number): number {
    let count = 0;
    for (const line of this.slots.get(keyOf(space, address))?.reads.values() ?? []) count += countAt(line, time);
    return count;
  }

  writesAt(space: number, address: number, time: number): number {
    let count = 0;
    for (const line of this.slots.get(keyOf(space, address))?.writes.values() ?? []) count += countAt(line, time);
    return count;
  }
}

/** Initial bytes of a typed array's element, where they were told. */
export function initialElement(trace: Trace, space: number, address: number, elements: string | undefined): number | undefined {
  for (const init of trace.initBytesOf) {
    const offset = address - init.address;
    if (spaceOf(init.space, init.address) !== space || offset < 0 || offset >= init.bytes.length) continue;
    return decodeElement(new DataView(init.bytes.buffer, init.bytes.byteOffset, init.bytes.byteLength), offset, elements);
  }
  return undefined;
}

function decodeElement(view: DataView, offset: number, elements: string | undefined): number | undefined {
  const fits = (size: number): boolean => offset + size <= view.byteLength;
  switch (elements) {
    case "Int8Array":
      return view.getInt8(offset);
    case "Uint8Array":
    case "Uint8ClampedArray":
      return view.getUint8(offset);
    case "Int16Array":
      return fits(2) ? view.getInt16(offset, true) : undefined;
    case "Uint16Array":
      return fits(2) ? view.getUint16(offset, true) : undefined;
    case "Int32Array":
      return fits(4) ? view.getInt32(offset, true) : undefined;
    case "Uint32Array":
      return fits(4) ? view.getUint32(offset, true) : undefined;
    case "Float32Array":
      return fits(4) ? view.getFloat32(offset, true) : undefined;
    case "BigInt64Array":
      return fits(8) ? Number(view.getBigInt64(offset, true)) : undefined;
    case "BigUint64Array":
      return fits(8) ? Number(view.getBigUint64(offset, true)) : undefined;
    default:
      return fits(8) ? view.getFloat64(offset, true) : undefined;
  }
}

function keyOf(space: number, address: number): number {
  return (space + 1) * 2 ** 32 + address;
}

function lastIndex(line: Line, time: number): number {
  let at = -1;
  for (let low = 0, high = line.length - 1; low <= high; ) {
    const middle = (low + high) >> 1;
    if (line.times[middle]! <= time) {
      at = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return at;
}

function countAt(line: Line, time: number): number {
  const last = lastIndex(line, time);
  return last + 1 + (last < 0 || !line.more ? 0 : line.more[last]!);
}

/** Before the next entry, for which `times` has room already, `repeated` were not kept. */
function count(line: Line, repeated: number): void {
  if (repeated > 0) line.more ??= new Float64Array(line.times.length);
  if (!line.more) return;
  if (line.more.length < line.times.length) line.more = longer(line.more, new Float64Array(line.times.length));
  line.more[line.length] = (line.length === 0 ? 0 : line.more[line.length - 1]!) + repeated;
}

function longer<T extends Float64Array | Uint32Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
