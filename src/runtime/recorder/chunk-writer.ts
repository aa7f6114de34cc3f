import { ACCESS_BYTES, BLOB_HEADER_BYTES, CHUNK_HEADER_BYTES, CHUNK_MAGIC, Kind, SHORT, SHORT_SYNC_BYTES, SYNC_BYTES, WORD_ATOMIC_BYTES, blobBytes, type AtomicOp } from "../../trace";
import type { ChunkSink } from "../context";
import { blobChunk } from "./long-texts";

const BUFFER_BYTES = 64 * 1024;
const SMALL_TEXT = 4096;

const encoder = new TextEncoder();

/** Writes the records of one task (`trace/kinds.ts`) into a buffer, which it hands to the sink as it is: the sink must be done with it on return. */
export class ChunkWriter {
  private readonly bytes = new Uint8Array(BUFFER_BYTES);
  readonly words = new Uint32Array(this.bytes.buffer);
  readonly doubles = new Float64Array(this.bytes.buffer);
  /** Next free word. */
  at = CHUNK_HEADER_BYTES >> 2;
  /** The words between which accesses lie one after another, the latest at the end. */
  appendedFrom = 0;
  appended = 0;
  /** Accesses written, and those left out that were told by their number. */
  accesses = 0;
  repeats = 0;
  /** Accesses were written since the time was told. */
  untimed = false;
  /** The last record is still being written; `finish` ends it. */
  open = false;
  finish: () => void = () => undefined;
  lastHandOver: number;
  private chunk = 0;
  /** Something in the buffer is to be seen at once: the task's first step, output, a mark, and where that is said. */
  urgent = true;

  /**
   * @param now nanoseconds since the run began
   * @param reserve bytes that records of known length leave free for accesses and a time
   */
  constructor(
    private readonly task: number,
    private readonly sink: ChunkSink,
    private readonly now: () => number,
    private readonly reserve: number,
  ) {
    this.lastHandOver = now();
  }

  /** There must be room: the reserve is for that. */
  append(word0: number, address: number, value: number): void {
    const { at, words } = this;
    if (at !== this.appended) this.appendedFrom = at;
    words[at] = word0;
    words[at + 1] = address;
    this.doubles[(at >> 1) + 1] = value;
    this.at = this.appended = at + (ACCESS_BYTES >> 2);
    this.untimed = true;
  }

  /** A record of 16 bytes. */
  small(kind: Kind, word1: number, value: number): void {
    const { at, words } = this;
    words[at] = kind;
    words[at + 1] = word1;
    this.doubles[(at >> 1) + 1] = value;
    this.at = at + (ACCESS_BYTES >> 2);
  }

  /** There must be room. A record whose b, c and d are 0 is SHORT. */
  sync(kind: Kind, site: number, word1: number, now: number, seq: number, a: number, b: number, c: number, d: number): void {
    const { at, words, doubles } = this;
    const f = (at >> 1) + 1;
    words[at + 1] = word1;
    doubles[f] = now;
    doubles[f + 1] = seq;
    doubles[f + 2] = a;
    if (b === 0 && c === 0 && d === 0) {
      words[at] = kind | SHORT | (site << 8);
      this.at = at + (SHORT_SYNC_BYTES >> 2);
    } else {
      words[at] = kind | (site << 8);
      doubles[f + 3] = b;
      doubles[f + 4] = c;
      doubles[f + 5] = d;
      doubles[f + 6] = 0;
      this.at = at + (SYNC_BYTES >> 2);
    }
    this.untimed = false;
  }

  /** There must be room. `seq` is a word. */
  wordAtomic(site: number, address: number, now: number, seq: number, op: AtomicOp, before: number, after: number): void {
    const { at, words } = this;
    words[at] = Kind.WordAtomic | (site << 8);
    words[at + 1] = address;
    this.doubles[(at >> 1) + 1] = now;
    words[at + 4] = seq;
    words[at + 5] = op;
    words[at + 6] = before;
    words[at + 7] = after;
    this.at = at + (WORD_ATOMIC_BYTES >> 2);
    this.untimed = false;
  }

  time(now: number): void {
    this.untimed = false;
    this.small(Kind.Time, 0, now);
  }

  /** Makes sure that `bytes` and the reserve fit. */
  room(bytes: number): void {
    if (this.open) this.finish();
    if (this.at * 4 + bytes + this.reserve > BUFFER_BYTES) this.handOver(this.now());
  }

  blob(kind: Kind, site: number, first: number, second: number, content: string | Uint8Array): void {
    let length: number;
    if (typeof content === "string" && content.length <= SMALL_TEXT) {
      this.room(BLOB_HEADER_BYTES + content.length * 3 + 16);
      length = encoder.encodeInto(content, this.bytes.subarray(this.at * 4 + BLOB_HEADER_BYTES)).written;
    } else {
      const data = typeof content === "string" ? encoder.encode(content) : content;
      length = data.length;
      const total = blobBytes(length);
      if (total + CHUNK_HEADER_BYTES + this.reserve > BUFFER_BYTES) {
        this.handOver(this.now());
        this.sink.write(blobChunk({ task: this.task, number: this.chunk++ }, kind, site, first, second, data));
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
    if (kind === Kind.Stdout || kind === Kind.Stderr || kind === Kind.Mark) this.urgent = true;
  }

  get empty(): boolean {
    return this.at === CHUNK_HEADER_BYTES >> 2;
  }

  handOver(now: number): void {
    this.lastHandOver = now;
    if (this.open) this.finish();
    if (this.untimed) this.time(now);
    if (this.empty) return;
    const end = this.at * 4;
    const { words, urgent } = this;
    words[0] = CHUNK_MAGIC;
    words[1] = this.task;
    words[2] = end - CHUNK_HEADER_BYTES;
    words[3] = this.chunk++;
    this.at = CHUNK_HEADER_BYTES >> 2;
    this.appended = 0;
    this.urgent = false;
    this.sink.write(this.bytes.subarray(0, end), !urgent);
  }
}
