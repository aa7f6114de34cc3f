import {
  ACCESS_BYTES,
  BLOB_HEADER_BYTES,
  CHUNK_HEADER_BYTES,
  CHUNK_MAGIC,
  FALSE,
  Kind,
  MAX_BLOB_BYTES,
  NULL,
  SHORT,
  SHORT_SYNC_BYTES,
  SWEEP_HEADER_BYTES,
  SYNC_BYTES,
  TRUE,
  UNDEFINED,
  ValueType,
  blobBytes,
  isTagged,
  tagged,
  type Meta,
} from "../../trace";
import type { ChunkSink } from "../context";
import type { ElementTypeInfo, NumberArray } from "../memory/element-types";
import { blobChunk, textPieces } from "./long-texts";
import { ADDRESS, COUNT, INTERVAL, RepeatFilter, VALUE, WORD0, type Memo, type UpdateMemo } from "./repeat-filter";
import { Sweep, sweepBefore, type LeftOut } from "./sweep";
import { SweepCursor } from "./sweep-cursor";
import { Sweeps } from "./sweeps";
import { TextTable } from "./text-table";
import type { RecorderOptions, Run, TaskRecorder } from "./types";

const BUFFER_BYTES = 64 * 1024;
/** Recorded events are handed over at the latest after this time, as far as the task does anything that tells. */
const FLUSH_NS = 20e6;
/** Output is handed over at once: a task that is killed the next moment has printed it. Only of more lines than this, each sooner than BURST_NS after the one before, the rest waits up to that time. */
const BURST_LINES = 256;
const BURST_NS = 1e6;
/** Accesses between two looks at the clock; a busy task looks less often, so that looking stays cheap. */
const MIN_INTERVAL = 16;
const MAX_INTERVAL = 64;
const BUSY_NS = 3_000;
/** Accesses left out between two looks at the clock, less one: a power of two, less one. */
const SKIP_INTERVAL = 1023;
/** What was left out is told at the latest after this time: who watches sees numbers that grow. */
const REPEATS_NS = 250e6;
/** But telling it may take one part in so many of the time. */
const REPEATS_SHARE = 20;
const MAX_STAMP = 0x3fff_ffff;
/** Accesses under one Repeats record. */
const GROUP = 1024;
/** Accesses of a sweep between two looks at the clock. */
const MIN_SEGMENT = 128;
const MAX_SEGMENT = 1024;
/** The rounds of a regular loop take equally long: its accesses' times are right though they are few. */
const BUSY_SEGMENT_NS = 10_000;
/** Values in one record of what was left out. */
const SWEEP_GROUP = 2048;
/** Room that sync records and blobs leave for the accesses until the next look at the clock, and a Time record. */
const RESERVE_BYTES = (MAX_INTERVAL + 4) * ACCESS_BYTES;
const DEFAULT_LIMIT = 250_000;
const SMALL_TEXT = 4096;
/** A shorter run is not worth a record of its own. */
const LEAST_RUN = 16;

const encoder = new TextEncoder();
const { performance, setInterval, clearInterval, process } = globalThis;

/** Records what one task does. Its buffer is handed to the sink as it is: the sink must be done with it on return. */
class BufferedRecorder implements TaskRecorder {
  site = 0;
  private readonly sink: ChunkSink;
  private readonly bytes = new Uint8Array(BUFFER_BYTES);
  private readonly words = new Uint32Array(this.bytes.buffer);
  private readonly doubles = new Float64Array(this.bytes.buffer);
  /** Next free word. */
  private at = CHUNK_HEADER_BYTES >> 2;
  private chunk = 0;
  /** The words between which accesses lie one after another, the latest at the end. */
  private appendedFrom = 0;
  private appended = 0;
  private readonly clockOffset: number;

  private countdown = MIN_INTERVAL;
  private interval = MIN_INTERVAL;
  private accesses = 0;
  private untimed = false;
  private lastSample: number;
  private lastFlush: number;

  private readonly limit: number;
  private limited = false;
  /** Changes when a memo may be out of date; 0 while every access is kept. */
  private stamp = 0;
  /** In use from the limit on. */
  private readonly filter = new RepeatFilter();
  /** Follows a regular loop, so that of an access only the value need be kept. */
  private readonly cursor = new SweepCursor();
  private readonly sweeps = new Sweeps();
  private sweep: Sweep | undefined;
  /** The word where the record of a sweep begins that is being written; -1 if there is none. */
  private segment = -1;
  private segmentLength = MIN_SEGMENT;
  /** From where on the sweep is made again, and left out; -1 if it is not. */
  private againFrom = -1;
  /** Accesses left out and told by their number. */
  private repeats = 0;
  private nextRepeats: number;

  private ticks = 1;
  private tickInterval = 1;
  private lastTick: number;

  private lastOutput = 0;
  /** Lines of output one soon after the other. */
  private burst = 0;

  private readonly texts = new TextTable();
  private readonly writeText = (id: number, text: string): void => this.blob(Kind.Text, 0, id, 0, text);
  private timer: NodeJS.Timeout;

  constructor(private readonly options: RecorderOptions) {
    this.sink = options.sink;
    this.limit = options.limit ?? DEFAULT_LIMIT;
    this.clockOffset = Number(process.hrtime.bigint() - options.runStart) - performance.now() * 1e6;
    const now = this.now();
    this.lastSample = now;
    this.lastFlush = now;
    this.lastTick = now;
    this.nextRepeats = now + REPEATS_NS;
    this.timer = this.startTimer();
    this.filter.onPending = (address) => this.nowPending(address);
    if (this.limit <= 0) this.startFilter(now);
  }

  /** An idle task (one that awaits) hands over what it has, too. */
  private startTimer(): NodeJS.Timeout {
    const timer = setInterval(() => this.flush(), FLUSH_NS / 1e6);
    timer.unref();
    return timer;
  }

  withoutTimer(): () => void {
    clearInterval(this.timer);
    return () => (this.timer = this.startTimer());
  }

  private startFilter(now: number): void {
    this.limited = true;
    this.nextStamp();
    this.filter.begin(this.options.filterEntries);
    this.nextRepeats = now + REPEATS_NS;
  }

  get recorded(): number {
    return this.accesses + (this.interval - this.countdown) + (this.segment < 0 ? 0 : this.cursor.at - this.segmentValues());
  }

  get dropped(): number {
    return this.repeats;
  }

  now(): number {
    return performance.now() * 1e6 + this.clockOffset;
  }

  access(kind: Kind, address: number, value: number): void {
    const word0 = kind | (this.site << 8);
    const { cursor } = this;
    if (word0 === cursor.word0 && (address | 0) === cursor.address) {
      if (cursor.put(value)) this.followed();
      return;
    }
    if (this.limited) {
      // All in here, since most accesses of a long run are repetitions.
      const { filter } = this;
      const { table } = filter;
      const entry = filter.entry(word0, address);
      const known = table[entry + ADDRESS] === (address | 0) && table[entry + WORD0] === word0 && table[entry + INTERVAL] === filter.interval;
      if (known && (table[entry + COUNT] !== 0 || !this.sweeps.any)) {
        filter.values[(entry >> 1) + VALUE] = value;
        if ((filter.again(entry) & SKIP_INTERVAL) === 0) this.look();
        return;
      }
    }
    this.unexpected(word0, address, value);
  }

  accessRun(kind: Kind, address: number, run: Run): void {
    const word0 = kind | (this.site << 8);
    const { cursor } = this;
    const { count, type } = run;
    if (count <= 0) return;
    const values = new type.construct(run.buffer, run.byteOffset, count) as NumberArray;
    let single = values instanceof Float64Array && values.some(isTagged) ? count : 0;
    for (let i = 0; i < count; ) {
      const next = address + i * type.bytes;
      if (i < single) this.access(kind, next, this.encode(values[i++]!));
      else if (cursor.runs(word0, next | 0, type.bytes)) {
        i = cursor.putRun(run, i);
        if (cursor.at === cursor.end) this.followed();
      } else if (count - i < LEAST_RUN || !this.followRun(word0, next, type.bytes)) single = Math.min(count, i + MAX_INTERVAL);
    }
  }

  /** Makes a sweep of the accesses that come next, or goes on with the one that has them. */
  private followRun(word0: number, address: number, bytes: number): boolean {
    const { cursor, filter } = this;
    if (this.limited) {
      if (filter.isPending(word0, address | 0)) return false;
      if (this.resume(word0, address)) return cursor.runs(word0, address | 0, bytes);
    }
    this.closeSegment();
    this.endAgain();
    this.openSegment(new Sweep(Int32Array.of(word0), Float64Array.of(address >>> 0), Int32Array.of(bytes)));
    return this.segment >= 0;
  }

  /** Apart, so that the engine puts what mostly happens in the place of the call. */
  private unexpected(word0: number, address: number, value: number): void {
    const { cursor } = this;
    if (this.limited) {
      const { filter } = this;
      const { table } = filter;
      const entry = filter.entry(word0, address);
      if (table[entry + ADDRESS] === (address | 0) && table[entry + WORD0] === word0 && table[entry + INTERVAL] === filter.interval) {
        if (table[entry + COUNT] === 0 && this.sweeps.any && this.belongsToSweep(entry, word0, address)) {
          if (cursor.put(value)) this.followed();
          return;
        }
        filter.values[(entry >> 1) + VALUE] = value;
        if ((filter.again(entry) & SKIP_INTERVAL) === 0) this.look();
        return;
      }
      if (this.resume(word0, address)) {
        if (cursor.put(value)) this.followed();
        return;
      }
      this.first(entry, word0, address | 0);
    }
    this.append(word0, address, value);
  }

  accessAgain(memo: Memo, kind: Kind, address: number, value: number): void {
    if (memo.site === this.site && memo.stamp === this.stamp) {
      if ((this.filter.againIn(memo, value) & SKIP_INTERVAL) === 0) this.look();
      return;
    }
    this.access(kind, address, value);
    if (this.limited) this.filter.remember(memo, this.site, kind | (this.site << 8), address | 0, this.stamp);
  }

  updateAgain(memo: UpdateMemo, type: ElementTypeInfo, address: number, before: number, after: number): void {
    const { reads, writes } = memo;
    if (memo.address === address && reads.stamp === this.stamp && writes.stamp === this.stamp) {
      if ((this.filter.againInBoth(memo, before, after) & SKIP_INTERVAL) < 2) this.look();
      return;
    }
    this.access(type.read, address, before);
    this.access(type.write, address, after);
    if (!this.limited) return;
    if (memo.address !== address) {
      // Where the next one is elsewhere again, looking it up was for nothing.
      memo.address = address;
      reads.stamp = writes.stamp = -1;
      return;
    }
    this.filter.remember(reads, this.site, type.read | (this.site << 8), address | 0, this.stamp);
    this.filter.remember(writes, this.site, type.write | (this.site << 8), address | 0, this.stamp);
  }

  private nextStamp(): void {
    this.stamp = (this.stamp % MAX_STAMP) + 1;
  }

  private first(entry: number, word0: number, address: number): void {
    const { filter } = this;
    this.nextStamp();
    filter.spill();
    if (this.sweeps.crosses(address >>> 3)) this.tellSweeps(true);
    if (filter.mustFlush(entry, address)) this.tellTable();
    filter.put(entry, word0, address);
  }

  /** Records the last of each access that was left out, with the number of those before it. */
  private tellRepeats(): void {
    const began = this.now();
    this.tellSweeps(false);
    if (this.filter.anyPending) this.tellTable();
    this.nextRepeats = this.now();
    this.nextRepeats += Math.max(REPEATS_NS, (this.nextRepeats - began) * REPEATS_SHARE);
  }

  private tellTable(): void {
    const { filter } = this;
    const entries = filter.flush();
    const { table, values } = filter;
    for (let from = 0; from < entries.length; ) {
      const count = table[entries[from]! + COUNT]!;
      let to = from + 1;
      while (to < entries.length && to - from < GROUP && table[entries[to]! + COUNT] === count) to++;
      this.room((to - from + 1) * ACCESS_BYTES);
      if (count > 1) {
        this.small(Kind.Repeats, to - from, count - 1);
        this.repeats += (count - 1) * (to - from);
      }
      const { words, doubles } = this;
      for (let at = this.at; from < to; from++, at += ACCESS_BYTES >> 2) {
        const entry = entries[from]!;
        words[at] = table[entry + WORD0]!;
        words[at + 1] = table[entry + ADDRESS]!;
        doubles[(at >> 1) + 1] = values[(entry >> 1) + VALUE]!;
        table[entry + COUNT] = 0;
        this.at = at + (ACCESS_BYTES >> 2);
        this.accesses++;
      }
      this.untimed = true;
    }
  }

  // ---- sweeps

  /** The table has something of an address that is to be told: what was left out of sweeps there came before it. */
  private nowPending(address: number): void {
    if (this.sweeps.crosses(address >>> 3)) this.tellSweeps(true);
  }

  /** Before a sweep is recorded or made again: what the table has of the same memory came before it. */
  private settleBefore(sweep: Sweep): void {
    const { filter } = this;
    filter.spill();
    if (filter.anyPendingOf(sweep)) this.tellTable();
  }

  private tellSweeps(crossed: boolean): void {
    this.closeSegment();
    this.endAgain();
    if (!this.sweeps.anyPending) return;
    for (const left of this.sweeps.take(crossed)) {
      for (let from = left.from; from < left.to; from += SWEEP_GROUP) this.tellSweep(left, from, Math.min(from + SWEEP_GROUP, left.to));
    }
  }

  private tellSweep({ sweep, count }: LeftOut, from: number, to: number): void {
    this.room(SWEEP_HEADER_BYTES + sweep.period * ACCESS_BYTES + (to - from + 1) * 8);
    const first = this.sweepHeader(sweep, from, to - from, count - 1);
    this.doubles.set(sweep.values.subarray(from, to), first);
    this.endSweep(first + to - from);
    this.repeats += (count - 1) * (to - from);
    this.accesses += to - from;
  }

  /** Writes what stands before the values; returns where they belong, counted in doubles. */
  private sweepHeader(sweep: Sweep, position: number, count: number, repeated: number): number {
    const { words, doubles } = this;
    const { period } = sweep;
    let at = this.at;
    words[at] = Kind.Sweep | (period << 8);
    words[at + 1] = count;
    doubles[(at >> 1) + 1] = repeated;
    at += SWEEP_HEADER_BYTES >> 2;
    for (let i = position; i < position + period; i++, at += ACCESS_BYTES >> 2) {
      words[at] = sweep.words[i % period]!;
      words[at + 1] = sweep.addressAt(i);
      doubles[(at >> 1) + 1] = sweep.strides[i % period]!;
    }
    return at >> 1;
  }

  private endSweep(end: number): void {
    if (end & 1) this.doubles[end++] = 0;
    this.at = end << 1;
    this.untimed = true;
  }

  /** The cursor is where it was to stop. */
  private followed(): void {
    const { sweep } = this;
    if (!sweep) return;
    if (this.segment >= 0) {
      this.closeSegment();
      const now = this.now();
      this.time(now);
      const took = now - this.lastSample;
      this.lastSample = now;
      if (took < BUSY_SEGMENT_NS) this.segmentLength = Math.min(this.segmentLength * 2, MAX_SEGMENT);
      else if (took > BUSY_SEGMENT_NS * 3) this.segmentLength = MIN_SEGMENT;
      if (!this.limited && this.accesses >= this.limit) {
        this.startFilter(now);
        // Of what was recorded before, nothing is known.
        this.sweep = sweep.rest();
      }
      if (now - this.lastFlush > FLUSH_NS) this.handOver(now);
      this.openSegment(this.sweep!);
    } else {
      const { cursor } = this;
      if (cursor.at === sweep.length) this.endAgain();
      else cursor.end = Math.min(cursor.at + SKIP_INTERVAL + 1, sweep.length);
      this.look();
    }
  }

  /** Begins the record of what comes next of a sweep. */
  private openSegment(sweep: Sweep): void {
    const length = this.segmentLength - (this.segmentLength % sweep.period);
    // Where the same is done again and again, the table leaves more of it out.
    if (this.limited && !sweep.moves) return;
    if (!sweep.cover(sweep.length + length) || (this.limited && !this.sweeps.mayRecord(sweep))) {
      sweep.cover(sweep.length);
      return;
    }
    if (this.limited) {
      this.settleBefore(sweep);
      this.endAgain();
      if (this.sweeps.crossesSweep(sweep)) this.tellSweeps(true);
      this.sweeps.activate(sweep);
    }
    this.room(SWEEP_HEADER_BYTES + sweep.period * ACCESS_BYTES + (length + 1) * 8);
    this.segment = this.at;
    this.sweep = sweep;
    const first = this.sweepHeader(sweep, sweep.length, 0, 0);
    this.cursor.start(sweep, sweep.length, this.doubles, first, first + length);
  }

  /** Where the values of the record that is being written begin, counted in doubles. */
  private segmentValues(): number {
    return (this.segment + (SWEEP_HEADER_BYTES >> 2) + this.sweep!.period * (ACCESS_BYTES >> 2)) >> 1;
  }

  private closeSegment(): void {
    const { segment, sweep, cursor } = this;
    if (segment < 0 || !sweep) return;
    const count = cursor.at - this.segmentValues();
    this.segment = -1;
    cursor.stop();
    this.sweeps.active = undefined;
    sweep.followed(count);
    if (count === 0) {
      sweep.cover(sweep.length);
      return;
    }
    this.words[segment + 1] = count;
    this.endSweep(cursor.at);
    this.accesses += count;
    sweep.length += count;
    sweep.cover(sweep.length);
    if (this.limited) this.sweeps.remember(sweep);
  }

  /** If an access belongs to a sweep of this interval, that is followed from there on. */
  private resume(word0: number, address: number): boolean {
    const sweep = this.sweeps.find(word0, address >>> 0);
    if (!sweep) return false;
    this.closeSegment();
    this.endAgain();
    const position = sweep.position(word0, address >>> 0);
    if (position === sweep.length) {
      this.openSegment(sweep);
      return this.segment >= 0;
    }
    if (position > sweep.length) return false;
    if (!this.sweeps.makeRoom(sweep)) {
      sweep.torn = true;
      return false;
    }
    this.settleBefore(sweep);
    this.sweeps.activate(sweep);
    this.sweep = sweep;
    this.againFrom = position;
    this.cursor.start(sweep, position, sweep.values, position, Math.min(position + SKIP_INTERVAL + 1, sweep.length));
    return true;
  }

  /** An access that is in the table as well as in a sweep goes with that from now on: what is left out is in one of the two. */
  private belongsToSweep(entry: number, word0: number, address: number): boolean {
    const sweep = this.sweeps.find(word0, address >>> 0);
    if (!sweep || sweep.position(word0, address >>> 0) === sweep.length || !this.resume(word0, address)) return false;
    this.filter.forget(entry);
    this.nextStamp();
    return true;
  }

  /** What was made again of a sweep is left out, for now. */
  private endAgain(): void {
    const { againFrom, sweep, cursor } = this;
    if (againFrom < 0 || !sweep) return;
    this.againFrom = -1;
    cursor.stop();
    sweep.followed(cursor.at - againFrom);
    this.sweeps.again(sweep, againFrom, cursor.at);
  }

  private append(word0: number, address: number, value: number): void {
    if (this.segment >= 0) this.closeSegment();
    if (this.countdown === 0) {
      this.sample();
      const { cursor } = this;
      if (word0 === cursor.word0 && (address | 0) === cursor.address) {
        if (cursor.put(value)) this.followed();
        return;
      }
      if (this.segment >= 0) this.closeSegment();
    }
    this.countdown--;
    const at = this.at;
    if (at !== this.appended) this.appendedFrom = at;
    this.words[at] = word0;
    this.words[at + 1] = address;
    this.doubles[(at >> 1) + 1] = value;
    this.at = at + (ACCESS_BYTES >> 2);
    this.appended = this.at;
    this.untimed = true;
  }

  /** A task that only repeats itself hands over what it has, too. */
  private look(): void {
    const now = this.now();
    if (now > this.nextRepeats) this.settleRepeats();
    if (now - this.lastFlush > FLUSH_NS) this.handOver(now);
  }

  /** Looks at the clock, makes room, and adapts to how busy the task is. */
  private sample(): void {
    const now = this.now();
    const sweep = this.at === this.appended ? sweepBefore(this.words, this.appendedFrom, this.at) : undefined;
    if (this.untimed) this.time(now);
    this.accesses += this.interval;
    const took = now - this.lastSample;
    this.lastSample = now;
    if (took < BUSY_NS) this.interval = Math.min(this.interval * 2, MAX_INTERVAL);
    else this.interval = MIN_INTERVAL;
    this.countdown = this.interval;
    if (this.accesses >= this.limit) {
      if (!this.limited) this.startFilter(now);
      else if (!this.filter.anyPending && this.filter.adapt()) this.nextStamp();
    }
    if (now - this.lastFlush > FLUSH_NS) this.handOver(now);
    this.room(0);
    if (sweep) this.openSegment(sweep);
  }

  private small(kind: Kind, word1: number, value: number): void {
    const at = this.at;
    this.words[at] = kind;
    this.words[at + 1] = word1;
    this.doubles[(at >> 1) + 1] = value;
    this.at = at + (ACCESS_BYTES >> 2);
  }

  private time(now: number): void {
    this.untimed = false;
    this.small(Kind.Time, 0, now);
  }

  /** Makes sure that `bytes` and the reserve fit. */
  private room(bytes: number): void {
    if (this.segment >= 0) this.closeSegment();
    if (this.at * 4 + bytes + RESERVE_BYTES > BUFFER_BYTES) this.handOver(this.now());
  }

  init(address: number, value: number): void {
    this.room(ACCESS_BYTES);
    this.small(Kind.Init, address, value);
  }

  initBytes(address: number, bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += MAX_BLOB_BYTES) {
      this.blob(Kind.InitBytes, 0, address + from, 0, bytes.slice(from, from + MAX_BLOB_BYTES));
    }
  }

  sync(kind: Kind, word1: number, seq: number, a = 0, b = 0, c = 0, d = 0): void {
    this.settleRepeats();
    if (this.limited && seq > 0) {
      this.filter.nextInterval();
      this.closeSegment();
      this.sweeps.forget();
      this.nextStamp();
    }
    this.room(SYNC_BYTES);
    const { words, doubles } = this;
    const at = this.at;
    words[at + 1] = word1;
    const f = (at >> 1) + 1;
    doubles[f] = this.now();
    doubles[f + 1] = seq;
    doubles[f + 2] = a;
    if (b === 0 && c === 0 && d === 0) {
      words[at] = kind | SHORT | (this.site << 8);
      this.at = at + (SHORT_SYNC_BYTES >> 2);
    } else {
      words[at] = kind | (this.site << 8);
      doubles[f + 3] = b;
      doubles[f + 4] = c;
      doubles[f + 5] = d;
      doubles[f + 6] = 0;
      this.at = at + (SYNC_BYTES >> 2);
    }
    this.untimed = false;
  }

  meta(meta: Meta): void {
    this.blob(Kind.Meta, 0, 0, 0, JSON.stringify(meta));
  }

  mark(text: string): void {
    this.settleRepeats();
    this.blob(Kind.Mark, this.site, this.now(), 0, text);
    this.flush();
  }

  output(stream: "stdout" | "stderr", text: string, seq: number): void {
    this.settleRepeats();
    const now = this.now();
    const kind = stream === "stdout" ? Kind.Stdout : Kind.Stderr;
    for (const piece of textPieces(text)) this.blob(kind, this.site, now, seq, piece);
    this.untimed = false;
    if (now - this.lastOutput > BURST_NS) this.burst = 0;
    this.lastOutput = now;
    if (++this.burst <= BURST_LINES || now - this.lastFlush > BURST_NS) this.handOver(now);
  }

  private blob(kind: Kind, site: number, first: number, second: number, content: string | Uint8Array): void {
    let length: number;
    if (typeof content === "string" && content.length <= SMALL_TEXT) {
      this.room(BLOB_HEADER_BYTES + content.length * 3 + 16);
      length = encoder.encodeInto(content, this.bytes.subarray(this.at * 4 + BLOB_HEADER_BYTES)).written;
    } else {
      const data = typeof content === "string" ? encoder.encode(content) : content;
      length = data.length;
      const total = blobBytes(length);
      if (total + CHUNK_HEADER_BYTES + RESERVE_BYTES > BUFFER_BYTES) {
        this.handOver(this.now());
        this.sink.write(blobChunk({ task: this.options.task, number: this.chunk++ }, kind, site, first, second, data));
        return;
      }
      this.room(total);
      this.bytes.set(data, this.at * 4 + BLOB_HEADER_BYTES);
    }
    const start = this.at * 4;
    const end = start + blobBytes(length);
    this.words[this.at] = kind | (site << 8);
    this.words[this.at + 1] = length;
    const f = (this.at >> 1) + 1;
    this.doubles[f] = first;
    this.doubles[f + 1] = second;
    this.doubles[f + 2] = 0;
    this.bytes.fill(0, start + BLOB_HEADER_BYTES + length, end);
    this.at = end >> 2;
  }

  encode(value: string | number | boolean | bigint | null | undefined): number {
    switch (typeof value) {
      case "number":
        return isTagged(value) ? this.encodeText(ValueType.Number, String(value)) : value;
      case "string":
        return this.encodeText(ValueType.String, value);
      case "boolean":
        return value ? TRUE : FALSE;
      case "bigint":
        return this.encodeText(ValueType.BigInt, String(value));
      case "undefined":
        return UNDEFINED;
      default:
        return NULL;
    }
  }

  encodeText(type: ValueType, text: string): number {
    return tagged(type, this.texts.id(text, this.writeText));
  }

  tick(): void {
    if (--this.ticks > 0) return;
    const now = this.now();
    const took = now - this.lastTick;
    this.lastTick = now;
    if (took < FLUSH_NS / 200) this.tickInterval = Math.min(this.tickInterval * 2, 1 << 16);
    else if (took > FLUSH_NS / 4) this.tickInterval = Math.max(1, this.tickInterval >> 2);
    this.ticks = this.tickInterval;
    if (now - this.lastFlush > FLUSH_NS) this.handOver(now);
  }

  /** What follows is to be seen after all that was done before. */
  private settleRepeats(): void {
    if (this.filter.anyPending || this.againFrom >= 0 || this.sweeps.anyPending) this.tellRepeats();
  }

  flush(): void {
    this.settleRepeats();
    this.closeSegment();
    if (this.at > CHUNK_HEADER_BYTES >> 2) this.handOver(this.now());
  }

  private handOver(now: number): void {
    this.lastFlush = now;
    if (this.segment >= 0) this.closeSegment();
    if (this.untimed) this.time(now);
    const end = this.at * 4;
    if (end === CHUNK_HEADER_BYTES) return;
    this.words[0] = CHUNK_MAGIC;
    this.words[1] = this.options.task;
    this.words[2] = end - CHUNK_HEADER_BYTES;
    this.words[3] = this.chunk++;
    this.at = CHUNK_HEADER_BYTES >> 2;
    this.appended = 0;
    this.sink.write(this.bytes.subarray(0, end));
  }

  close(): void {
    clearInterval(this.timer);
    this.flush();
  }
}

/** The recorder of a task. Hands over a chunk when 64 KiB are full, after output, at the latest some 20 ms after an event. */
export function createRecorder(options: RecorderOptions): TaskRecorder {
  return new BufferedRecorder(options);
}
