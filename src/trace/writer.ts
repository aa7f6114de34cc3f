import { Kind } from "./kinds";
import { ACCESS_BYTES, BLOB_HEADER_BYTES, CHUNK_HEADER_BYTES, CHUNK_MAGIC, SYNC_BYTES, blobBytes } from "./layout";
import { RUN_TASK, type Meta } from "./meta";

const encoder = new TextEncoder();

/**
 * Writes the records of one task into chunks. For everything that is not hot: the runner, tests, tools.
 * (A task's recorder in `runtime/` writes the same form without calls per field.)
 */
export class TraceWriter {
  private bytes = new Uint8Array(4096);
  private view = new DataView(this.bytes.buffer);
  private at = CHUNK_HEADER_BYTES;
  private index = 0;

  constructor(readonly task: number = RUN_TASK) {}

  private room(bytes: number): number {
    const at = this.at;
    if (at + bytes > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, at + bytes));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.at = at + bytes;
    return at;
  }

  private head(kind: Kind, site: number, word1: number, bytes: number): number {
    const at = this.room(bytes);
    this.view.setUint32(at, (kind | (site << 8)) >>> 0, true);
    this.view.setUint32(at + 4, word1, true);
    return at;
  }

  /** An access, Init, Time, Dropped or Repeats record. */
  access(kind: Kind, site: number, address: number, value: number): void {
    const at = this.head(kind, site, address, ACCESS_BYTES);
    this.view.setFloat64(at + 8, value, true);
  }

  sync(kind: Kind, site: number, word1: number, time: number, seq: number, a = 0, b = 0, c = 0, d = 0): void {
    const at = this.head(kind, site, word1, SYNC_BYTES);
    const values = [time, seq, a, b, c, d];
    values.forEach((value, i) => this.view.setFloat64(at + 8 + i * 8, value, true));
    this.view.setFloat64(at + 56, 0, true);
  }

  blob(kind: Kind, site: number, first: number, second: number, content: string | Uint8Array): void {
    const data = typeof content === "string" ? encoder.encode(content) : content;
    const at = this.head(kind, site, data.length, blobBytes(data.length));
    this.view.setFloat64(at + 8, first, true);
    this.view.setFloat64(at + 16, second, true);
    this.view.setFloat64(at + 24, 0, true);
    this.bytes.set(data, at + BLOB_HEADER_BYTES);
    this.bytes.fill(0, at + BLOB_HEADER_BYTES + data.length, this.at);
  }

  meta(meta: Meta): void {
    this.blob(Kind.Meta, 0, 0, 0, JSON.stringify(meta));
  }

  get empty(): boolean {
    return this.at === CHUNK_HEADER_BYTES;
  }

  /** The records since the last call as one chunk; empty if there are none. */
  take(): Uint8Array {
    if (this.empty) return new Uint8Array(0);
    this.view.setUint32(0, CHUNK_MAGIC, true);
    this.view.setUint32(4, this.task, true);
    this.view.setUint32(8, this.at - CHUNK_HEADER_BYTES, true);
    this.view.setUint32(12, this.index++, true);
    const chunk = this.bytes.slice(0, this.at);
    this.at = CHUNK_HEADER_BYTES;
    return chunk;
  }
}
