import { ACCESS_BYTES, FALSE, Kind, MAX_BLOB_BYTES, NULL, SYNC_BYTES, TRUE, UNDEFINED, ValueType, WORD_ATOMIC_BYTES, isTagged, tagged, type AtomicOp, type Meta } from "../../trace";
import type { ElementTypeInfo, NumberArray } from "../memory/element-types";
import { ChunkWriter } from "./chunk-writer";
import { textPieces } from "./long-texts";
import type { Memo, UpdateMemo } from "./memos";
import { ADDRESS, COUNT, INTERVAL, RepeatFilter, VALUE, WORD0 } from "./repeat-filter";
import { writeRepeats } from "./repeats-record";
import { sweepBefore } from "./sweep";
import type { SweepCursor } from "./sweep-cursor";
import { SweepFollower } from "./sweep-follower";
import { TextTable } from "./text-table";
import type { RecorderOptions, Run, TaskRecorder } from "./types";

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
/** Room that sync records and blobs leave for the accesses until the next look at the clock, and a Time record. */
const RESERVE_BYTES = (MAX_INTERVAL + 4) * ACCESS_BYTES;
const DEFAULT_LIMIT = 250_000;
const MAX_WORD = 0xffff_ffff;
/** log2 of an Int32Array's element, where a record of MemoryAtomic has it. */
const INT32_SHIFT = 2 << 8;
/** A shorter run is not worth a record of its own. */
const LEAST_RUN = 16;

const { performance, setInterval, clearInterval, process } = globalThis;

/** Records what one task does: decides what is written, left out or followed, and when the clock is looked at. */
class BufferedRecorder implements TaskRecorder {
  site = 0;
  private readonly clockOffset: number;
  private readonly out: ChunkWriter;

  private countdown = MIN_INTERVAL;
  private interval = MIN_INTERVAL;
  private lastSample: number;

  private readonly limit: number;
  /** In use from the limit on. */
  private readonly filter = new RepeatFilter();
  private readonly follower: SweepFollower;
  private readonly cursor: SweepCursor;
  private nextRepeats: number;

  private ticks = 1;
  private tickInterval = 1;
  private lastTick: number;

  private lastOutput = 0;
  /** Lines of output one soon after the other. */
  private burst = 0;

  private readonly texts = new TextTable();
  private readonly writeText = (id: number, text: string): void => this.out.blob(Kind.Text, 0, id, 0, text);
  private timer: NodeJS.Timeout;

  constructor(private readonly options: RecorderOptions) {
    this.limit = options.limit ?? DEFAULT_LIMIT;
    this.clockOffset = Number(process.hrtime.bigint() - options.runStart) - performance.now() * 1e6;
    this.out = new ChunkWriter(options.task, options.sink, () => this.now(), RESERVE_BYTES);
    this.follower = new SweepFollower(this.out, this.filter);
    this.cursor = this.follower.cursor;
    const now = this.now();
    this.lastSample = now;
    this.lastTick = now;
    this.nextRepeats = now + REPEATS_NS;
    this.timer = this.startTimer();
    if (this.limit <= 0) this.startFilter(now);
  }

  /** An idle task (one that awaits) hands over what it has, too. */
  private startTimer(): NodeJS.Timeout {
    const timer = setInterval(() => this.flush(true), FLUSH_NS / 1e6);
    timer.unref();
    return timer;
  }

  withoutTimer(): () => void {
    clearInterval(this.timer);
    return () => (this.timer = this.startTimer());
  }

  private startFilter(now: number): void {
    this.filter.nextStamp();
    this.filter.begin(this.options.filterEntries);
    this.nextRepeats = now + REPEATS_NS;
  }

  get recorded(): number {
    return this.out.accesses + (this.interval - this.countdown) + this.follower.unfinished;
  }

  get dropped(): number {
    return this.out.repeats;
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
      } else if (count - i < LEAST_RUN || !this.follower.followRun(word0, next, type.bytes)) single = Math.min(count, i + MAX_INTERVAL);
    }
  }

  /** Apart, so that the engine puts what mostly happens in the place of the call. */
  private unexpected(word0: number, address: number, value: number): void {
    const { cursor, filter, follower } = this;
    if (filter.active) {
      const { table } = filter;
      const entry = filter.entry(word0, address);
      if (table[entry + ADDRESS] === (address | 0) && table[entry + WORD0] === word0 && table[entry + INTERVAL] === filter.interval) {
        if (table[entry + COUNT] === 0 && follower.sweeps.any && follower.belongsToSweep(entry, word0, address)) {
          if (cursor.put(value)) this.followed();
          return;
        }
        filter.values[(entry >> 1) + VALUE] = value;
        if ((filter.again(entry) & SKIP_INTERVAL) === 0) this.look();
        return;
      }
      if (follower.resume(word0, address)) {
        if (cursor.put(value)) this.followed();
        return;
      }
      this.first(entry, word0, address | 0);
    }
    this.append(word0, address, value);
  }

  accessAgain(memo: Memo, kind: Kind, address: number, value: number): void {
    const { filter } = this;
    if (memo.site === this.site && memo.stamp === filter.stamp) {
      if ((filter.againIn(memo, value) & SKIP_INTERVAL) === 0) this.look();
      return;
    }
    this.access(kind, address, value);
    if (filter.active) filter.remember(memo, this.site, kind | (this.site << 8), address | 0);
  }

  updateAgain(memo: UpdateMemo, type: ElementTypeInfo, address: number, before: number, after: number): void {
    const { filter } = this;
    if (memo.address === address && memo.stamp === filter.stamp) {
      if ((filter.againInBoth(memo, before, after) & SKIP_INTERVAL) < 2) this.look();
      return;
    }
    const site = this.site << 8;
    const { cursor } = this;
    if (cursor.putUpdate(type.read | site, type.write | site, address | 0, before, after)) {
      if (cursor.at === cursor.end) this.followed();
      return;
    }
    this.updateElsewhere(memo, type, address, before, after);
  }

  private updateElsewhere(memo: UpdateMemo, type: ElementTypeInfo, address: number, before: number, after: number): void {
    this.access(type.read, address, before);
    this.access(type.write, address, after);
    if (!this.filter.active) return;
    if (memo.address !== address) {
      // Where the next one is elsewhere again, looking it up was for nothing.
      memo.address = address;
      memo.stamp = -1;
      return;
    }
    const site = this.site << 8;
    this.filter.rememberUpdate(memo, type.read | site, type.write | site, address | 0);
  }

  private first(entry: number, word0: number, address: number): void {
    const { filter } = this;
    filter.nextStamp();
    filter.spill();
    this.follower.crossed(address);
    if (filter.mustFlush(entry, address)) writeRepeats(filter, this.out);
    filter.put(entry, word0, address);
  }

  /** Records the last of each access that was left out, with the number of those before it. */
  private tellRepeats(): void {
    const began = this.now();
    this.follower.tell(false);
    if (this.filter.anyPending) writeRepeats(this.filter, this.out);
    this.nextRepeats = this.now();
    this.nextRepeats += Math.max(REPEATS_NS, (this.nextRepeats - began) * REPEATS_SHARE);
  }

  /** The cursor is where it was to stop. */
  private followed(): void {
    const { follower, out } = this;
    if (!follower.recording) {
      follower.nextAgain();
      this.look();
      return;
    }
    follower.closeSegment();
    const now = this.now();
    out.time(now);
    follower.segmentTook(now - this.lastSample);
    this.lastSample = now;
    if (!this.filter.active && out.accesses >= this.limit) {
      this.startFilter(now);
      follower.forgetRecorded();
    }
    if (now - out.lastHandOver > FLUSH_NS) out.handOver(now);
    follower.nextSegment();
  }

  private append(word0: number, address: number, value: number): void {
    const { out } = this;
    if (out.open) out.finish();
    if (this.countdown === 0) {
      this.sample();
      const { cursor } = this;
      if (word0 === cursor.word0 && (address | 0) === cursor.address) {
        if (cursor.put(value)) this.followed();
        return;
      }
      if (out.open) out.finish();
    }
    this.countdown--;
    out.append(word0, address, value);
  }

  /** A task that only repeats itself hands over what it has, too. */
  private look(): void {
    const now = this.now();
    if (now > this.nextRepeats) this.settleRepeats();
    if (now - this.out.lastHandOver > FLUSH_NS) this.out.handOver(now);
  }

  /** Looks at the clock, makes room, and adapts to how busy the task is. */
  private sample(): void {
    const now = this.now();
    const { out } = this;
    const sweep = out.at === out.appended ? sweepBefore(out.words, out.appendedFrom, out.at) : undefined;
    if (out.untimed) out.time(now);
    out.accesses += this.interval;
    const took = now - this.lastSample;
    this.lastSample = now;
    if (took < BUSY_NS) this.interval = Math.min(this.interval * 2, MAX_INTERVAL);
    else this.interval = MIN_INTERVAL;
    this.countdown = this.interval;
    if (out.accesses >= this.limit) {
      const { filter } = this;
      if (!filter.active) this.startFilter(now);
      else if (!filter.anyPending && filter.adapt()) filter.nextStamp();
    }
    if (now - out.lastHandOver > FLUSH_NS) out.handOver(now);
    out.room(0);
    if (sweep) this.follower.openSegment(sweep);
  }

  init(address: number, value: number): void {
    this.out.room(ACCESS_BYTES);
    this.out.small(Kind.Init, address, value);
  }

  initBytes(address: number, bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += MAX_BLOB_BYTES) {
      this.out.blob(Kind.InitBytes, 0, address + from, 0, bytes.slice(from, from + MAX_BLOB_BYTES));
    }
  }

  sync(kind: Kind, word1: number, seq: number, a = 0, b = 0, c = 0, d = 0): void {
    this.beginSync(seq, SYNC_BYTES);
    this.out.sync(kind, this.site, word1, this.now(), seq, a, b, c, d);
  }

  wordAtomic(address: number, seq: number, op: AtomicOp, before: number, after: number): void {
    if (seq > MAX_WORD) {
      this.sync(Kind.MemoryAtomic, address, seq, op | INT32_SHIFT, before, after);
      return;
    }
    this.beginSync(seq, WORD_ATOMIC_BYTES);
    this.out.wordAtomic(this.site, address, this.now(), seq, op, before, after);
  }

  /** Makes room for a synchronization event. Those with a number end an interval: what was recorded before may be told anew. */
  private beginSync(seq: number, bytes: number): void {
    this.settleRepeats();
    if (this.filter.active && seq > 0) {
      this.filter.nextInterval();
      this.follower.nextInterval();
    }
    this.out.room(bytes);
  }

  meta(meta: Meta): void {
    this.out.blob(Kind.Meta, 0, 0, 0, JSON.stringify(meta));
  }

  mark(text: string): void {
    this.settleRepeats();
    this.out.blob(Kind.Mark, this.site, this.now(), 0, text);
    this.flush();
  }

  output(stream: "stdout" | "stderr", text: string, seq: number): void {
    this.settleRepeats();
    const { out } = this;
    const now = this.now();
    const kind = stream === "stdout" ? Kind.Stdout : Kind.Stderr;
    for (const piece of textPieces(text)) out.blob(kind, this.site, now, seq, piece);
    out.untimed = false;
    if (now - this.lastOutput > BURST_NS) this.burst = 0;
    this.lastOutput = now;
    if (++this.burst <= BURST_LINES || now - out.lastHandOver > BURST_NS) out.handOver(now);
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
    if (now - this.out.lastHandOver > FLUSH_NS) this.out.handOver(now);
  }

  /** What follows is to be seen after all that was done before. */
  private settleRepeats(): void {
    if (this.filter.anyPending || this.follower.anyPending) this.tellRepeats();
  }

  flush(later = false): void {
    const { out } = this;
    if (!later) out.urgent = true;
    this.settleRepeats();
    if (out.open) out.finish();
    if (!out.empty) out.handOver(this.now());
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
