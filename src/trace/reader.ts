import { Kind, SHORT, isAccess, isBlob, isSync } from "./kinds";
import {
  ACCESS_BYTES,
  BLOB_HEADER_BYTES,
  CHUNK_HEADER_BYTES,
  CHUNK_MAGIC,
  MAX_BLOB_BYTES,
  MAX_CHUNK_BYTES,
  MAX_SWEEP_PERIOD,
  MAX_TASK,
  SHORT_SYNC_BYTES,
  SWEEP_HEADER_BYTES,
  SYNC_BYTES,
  WORD_ATOMIC_BYTES,
  blobBytes,
} from "./layout";
import { isKnown, isMeta } from "./check-meta";
import { RUN_TASK, type Meta } from "./meta";

/**
 * What a reader tells, record by record, without an object per event. Records of one task come in the task's order;
 * `seq` (where it is not 0) is the order of synchronization events across tasks.
 */
export interface TraceVisitor {
  /** Read1…Write8. `value` is encoded (value.ts). `repeated`: how many like it came before it that were not kept (Kind.Repeats). */
  access(task: number, kind: Kind, site: number, address: number, value: number, repeated: number): void;
  /**
   * In place of `access`: several that follow one another, as they lie in the chunk (kinds.ts): 4 words each, `from` and `to` count words;
   * `doubles` are the same bytes. Valid during the call only. `repeated`, of each of them, as in `access`.
   */
  accesses?(task: number, words: Uint32Array, doubles: Float64Array, from: number, to: number, repeated: number): void;
  /** Init: the slot's value before any access. */
  init?(task: number, address: number, value: number): void;
  /** Init of many bytes. `bytes` is only valid during the call. */
  initBytes?(task: number, address: number, bytes: Uint8Array): void;
  /** Nanoseconds since the run began; accesses of the task lie between two of these (sync events tell the time too). */
  time?(task: number, time: number): void;
  /** `count` accesses of the task were not kept for drawing. */
  dropped?(task: number, count: number): void;
  /** TaskStart…Create; fields as in kinds.ts. */
  sync(task: number, kind: Kind, site: number, word1: number, time: number, seq: number, a: number, b: number, c: number, d: number): void;
  text?(task: number, id: number, text: string): void;
  output?(task: number, stream: "stdout" | "stderr", site: number, time: number, seq: number, text: string): void;
  mark?(task: number, site: number, time: number, text: string): void;
  meta?(task: number, meta: Meta): void;
}

export interface TraceProblem {
  /** Byte offset in the stream. */
  readonly offset: number;
  readonly message: string;
}

const decoder = new TextDecoder();
/** Words of an access. */
const WORDS = ACCESS_BYTES >> 2;
/** Accesses of a sweep that are told at once. */
const UNFOLDED = 1024;
/** log2 of the bytes of what a WordAtomic is about. */
const WORD_SHIFT = 2;
const MAX_PROBLEMS = 100;

/**
 * Reads a trace as its bytes arrive, in pieces of any size. Trusts nothing: a chunk that is not whole or not sound is
 * left out and told in `problems`, and reading goes on at the next one.
 */
export class TraceReader {
  /** What was wrong with the bytes so far; at most MAX_PROBLEMS are kept. */
  readonly problems: TraceProblem[] = [];
  private pending: Uint8Array = new Uint8Array(0);
  private readonly unfolded = new Uint32Array(UNFOLDED * WORDS);
  private readonly unfoldedDoubles = new Float64Array(this.unfolded.buffer);
  private offset = 0;
  /** The latest bytes that are not part of a trace, and which of the problems they are. */
  private stretch: { readonly from: number; to: number; readonly place: number } | undefined;

  constructor(private readonly visitor: TraceVisitor) {}

  push(bytes: Uint8Array): void {
    let data = bytes;
    if (this.pending.length > 0) {
      data = new Uint8Array(this.pending.length + bytes.length);
      data.set(this.pending);
      data.set(bytes, this.pending.length);
    }
    let at = 0;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    while (data.length - at >= CHUNK_HEADER_BYTES) {
      const task = view.getUint32(at + 4, true);
      const length = view.getUint32(at + 8, true);
      const sound =
        view.getUint32(at, true) === CHUNK_MAGIC &&
        length % 16 === 0 &&
        length <= MAX_CHUNK_BYTES &&
        (task <= MAX_TASK || task === RUN_TASK);
      if (!sound) {
        const next = this.findChunk(data, at + 1);
        this.notTrace(this.offset + at, next - at);
        at = next;
        continue;
      }
      if (data.length - at - CHUNK_HEADER_BYTES < length) break;
      this.readChunk(task, data, at + CHUNK_HEADER_BYTES, length);
      at += CHUNK_HEADER_BYTES + length;
    }
    this.offset += at;
    this.pending = at === data.length ? new Uint8Array(0) : data.slice(at);
  }

  /** Call when no more bytes come: a torn last chunk is told as a problem. */
  end(): void {
    const { length } = this.pending;
    if (length > 0) {
      if (this.stretch?.to === this.offset && !beginsChunk(this.pending, 0)) this.notTrace(this.offset, length);
      else this.problem(this.offset, `the last ${length} bytes are an unfinished chunk`);
    }
    this.pending = new Uint8Array(0);
  }

  private findChunk(data: Uint8Array, from: number): number {
    for (let at = from; at + 4 <= data.length; at++) {
      if (beginsChunk(data, at)) return at;
    }
    return Math.max(from, data.length - 3);
  }

  /** One stretch of such bytes is one problem, in however many pieces it comes. */
  private notTrace(offset: number, bytes: number): void {
    if (this.stretch?.to === offset) this.stretch.to += bytes;
    else this.stretch = { from: offset, to: offset + bytes, place: this.problems.length };
    const { from, to, place } = this.stretch;
    if (place < MAX_PROBLEMS) this.problems[place] = { offset: from, message: `${to - from} bytes are not part of a trace` };
  }

  private problem(offset: number, message: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ offset, message });
  }

  private readChunk(task: number, data: Uint8Array, start: number, length: number): void {
    const view = new DataView(data.buffer, data.byteOffset + start, length);
    const visitor = this.visitor;
    // Recorders write through typed arrays as well: a trace's byte order is its machine's, and all are little-endian.
    const aligned = (data.byteOffset + start) % 8 === 0 ? view : new DataView(copyOf(data, start, length).buffer);
    const words = new Uint32Array(aligned.buffer, aligned.byteOffset, length >> 2);
    const doubles = new Float64Array(aligned.buffer, aligned.byteOffset, length >> 3);
    let at = 0;
    while (at < length) {
      const word0 = words[at >> 2]!;
      const kind: Kind = word0 & 0xff;
      const site = word0 >>> 8;
      const word1 = words[(at >> 2) + 1]!;
      if (kind >= Kind.Read1 && kind <= Kind.Write8) {
        if (visitor.accesses) {
          const from = at >> 2;
          const to = accessesEnd(words, from);
          visitor.accesses(task, words, doubles, from, to, 0);
          at = to << 2;
        } else {
          visitor.access(task, kind, site, word1, doubles[(at >> 3) + 1]!, 0);
          at += ACCESS_BYTES;
        }
      } else if (kind === Kind.Init) {
        visitor.init?.(task, word1, view.getFloat64(at + 8, true));
        at += ACCESS_BYTES;
      } else if (kind === Kind.Time) {
        visitor.time?.(task, view.getFloat64(at + 8, true));
        at += ACCESS_BYTES;
      } else if (kind === Kind.Dropped) {
        visitor.dropped?.(task, view.getFloat64(at + 8, true));
        at += ACCESS_BYTES;
      } else if (kind === Kind.Repeats && isCount(doubles[(at >> 3) + 1]!) && word1 > 0 && accessesEnd(words, (at >> 2) + WORDS) >= (at >> 2) + WORDS * (1 + word1)) {
        const repeated = doubles[(at >> 3) + 1]!;
        const from = (at >> 2) + WORDS;
        const to = from + WORDS * word1;
        visitor.dropped?.(task, word1 * repeated);
        if (visitor.accesses) visitor.accesses(task, words, doubles, from, to, repeated);
        else for (let i = from; i < to; i += WORDS) visitor.access(task, words[i]! & 0xff, words[i]! >>> 8, words[i + 1]!, doubles[(i >> 1) + 1]!, repeated);
        at = to << 2;
      } else if (kind === Kind.Sweep && isSoundSweep(words, doubles, at, length)) {
        this.readSweep(task, words, doubles, at);
        at += sweepBytes(site, word1);
      } else if (isSync(kind) && at + SYNC_BYTES <= length) {
        const f = at >> 3;
        visitor.sync(task, kind, site, word1, doubles[f + 1]!, doubles[f + 2]!, doubles[f + 3]!, doubles[f + 4]!, doubles[f + 5]!, doubles[f + 6]!);
        at += SYNC_BYTES;
      } else if (kind === Kind.WordAtomic && at + WORD_ATOMIC_BYTES <= length) {
        const w = at >> 2;
        const op = words[w + 5]! | (WORD_SHIFT << 8);
        visitor.sync(task, Kind.MemoryAtomic, site, word1, doubles[(at >> 3) + 1]!, words[w + 4]!, op, words[w + 6]! | 0, words[w + 7]! | 0, 0);
        at += WORD_ATOMIC_BYTES;
      } else if (kind >= SHORT && isSync(kind - SHORT) && at + SHORT_SYNC_BYTES <= length) {
        const f = at >> 3;
        visitor.sync(task, kind - SHORT, site, word1, doubles[f + 1]!, doubles[f + 2]!, doubles[f + 3]!, 0, 0, 0);
        at += SHORT_SYNC_BYTES;
      } else if (isBlob(kind) && word1 <= MAX_BLOB_BYTES && at + blobBytes(word1) <= length) {
        const bytes = new Uint8Array(view.buffer, view.byteOffset + at + BLOB_HEADER_BYTES, word1);
        this.readBlob(task, kind, site, view.getFloat64(at + 8, true), view.getFloat64(at + 16, true), bytes, start + at);
        at += blobBytes(word1);
      } else {
        this.problem(this.offset + start + at, `a record of task ${task} is not sound (kind ${kind}); the rest of its chunk is left out`);
        return;
      }
    }
  }

  /** A sweep means the accesses that it stands for. */
  private readSweep(task: number, words: Uint32Array, doubles: Float64Array, start: number): void {
    const { visitor, unfolded, unfoldedDoubles } = this;
    const period = words[start >> 2]! >>> 8;
    const count = words[(start >> 2) + 1]!;
    const repeated = doubles[(start >> 3) + 1]!;
    const round = (start + SWEEP_HEADER_BYTES) >> 2;
    const values = (start + SWEEP_HEADER_BYTES + period * ACCESS_BYTES) >> 3;
    if (repeated > 0) visitor.dropped?.(task, count * repeated);
    for (let from = 0; from < count; from += UNFOLDED) {
      const to = Math.min(count, from + UNFOLDED);
      for (let place = 0; place < period; place++) {
        const at = round + place * WORDS;
        const word0 = words[at]!;
        const stride = doubles[(at >> 1) + 1]!;
        const skipped = Math.max(0, Math.ceil((from - place) / period));
        let address = words[at + 1]! + stride * skipped;
        for (let i = skipped * period + place; i < to; i += period, address += stride) {
          const out = (i - from) * WORDS;
          unfolded[out] = word0;
          unfolded[out + 1] = address;
          unfoldedDoubles[(out >> 1) + 1] = doubles[values + i]!;
        }
      }
      const end = (to - from) * WORDS;
      if (visitor.accesses) visitor.accesses(task, unfolded, unfoldedDoubles, 0, end, repeated);
      else for (let i = 0; i < end; i += WORDS) visitor.access(task, unfolded[i]! & 0xff, unfolded[i]! >>> 8, unfolded[i + 1]!, unfoldedDoubles[(i >> 1) + 1]!, repeated);
    }
  }

  private readBlob(task: number, kind: Kind, site: number, first: number, second: number, bytes: Uint8Array, offset: number): void {
    const visitor = this.visitor;
    switch (kind) {
      case Kind.Meta: {
        if (!visitor.meta) return;
        let meta: unknown;
        try {
          meta = JSON.parse(decoder.decode(bytes));
        } catch {
          this.problem(this.offset + offset, "a record of facts is not JSON");
          return;
        }
        if (typeof meta !== "object" || meta === null || !("type" in meta) || typeof meta.type !== "string") {
          this.problem(this.offset + offset, "a record of facts has no type");
          return;
        }
        const fact = { ...meta, type: meta.type };
        if (isMeta(fact)) visitor.meta(task, fact);
        // A newer version may tell more.
        else if (isKnown(fact.type)) this.problem(this.offset + offset, `a record of facts is not what "${fact.type}" says`);
        return;
      }
      case Kind.Text:
        visitor.text?.(task, first, decoder.decode(bytes));
        return;
      case Kind.Stdout:
      case Kind.Stderr:
        visitor.output?.(task, kind === Kind.Stdout ? "stdout" : "stderr", site, first, second, decoder.decode(bytes));
        return;
      case Kind.Mark:
        visitor.mark?.(task, site, first, decoder.decode(bytes));
        return;
      case Kind.InitBytes:
        visitor.initBytes?.(task, first, bytes);
        return;
      default:
        this.problem(this.offset + offset, `a blob of unknown kind ${kind}`);
    }
  }
}

/** At an address that words may have. (`slice` of a Buffer, as a pipe gives it, copies nothing.) */
function copyOf(data: Uint8Array, start: number, length: number): Uint8Array {
  const copy = new Uint8Array(length);
  copy.set(data.subarray(start, start + length));
  return copy;
}

/** Where the accesses end that begin at `from`; in words. */
function accessesEnd(words: Uint32Array, from: number): number {
  let to = from;
  while (to < words.length && isAccess(words[to]! & 0xff)) to += WORDS;
  return to;
}

function sweepBytes(period: number, count: number): number {
  return SWEEP_HEADER_BYTES + period * ACCESS_BYTES + ((count + 1) & ~1) * 8;
}

/** Whether a sweep is whole and all its accesses are some. */
function isSoundSweep(words: Uint32Array, doubles: Float64Array, start: number, length: number): boolean {
  const period = words[start >> 2]! >>> 8;
  const count = words[(start >> 2) + 1]!;
  const repeated = doubles[(start >> 3) + 1]!;
  if (period < 1 || period > MAX_SWEEP_PERIOD || count < 1 || count > length || start + sweepBytes(period, count) > length || (repeated !== 0 && !isCount(repeated))) return false;
  for (let place = 0; place < period; place++) {
    const at = ((start + SWEEP_HEADER_BYTES) >> 2) + place * WORDS;
    const stride = doubles[(at >> 1) + 1]!;
    const last = words[at + 1]! + stride * Math.max(0, Math.floor((count - 1 - place) / period));
    if (!isAccess(words[at]! & 0xff) || !Number.isInteger(stride) || last < 0 || last > 0xffff_ffff) return false;
  }
  return true;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Reads a whole trace. */
export function readTrace(bytes: Uint8Array, visitor: TraceVisitor): readonly TraceProblem[] {
  const reader = new TraceReader(visitor);
  reader.push(bytes);
  reader.end();
  return reader.problems;
}

/** "CPT1" */
function beginsChunk(data: Uint8Array, at: number): boolean {
  return data[at] === 0x43 && data[at + 1] === 0x50 && data[at + 2] === 0x54 && data[at + 3] === 0x31;
}
