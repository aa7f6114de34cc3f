import { closeSync, fstatSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { CHUNK_HEADER_BYTES, CHUNK_MAGIC } from "../trace";

/** "CPSP" */
export const SPOOL_MAGIC = 0x50535043;
export const SPOOL_FRAME_BYTES = 32;
/** Shorter chunks go through the pipe. */
const LEAST_BYTES = 4096;
/** Positions count units of so many bytes, modulo 2^32. */
const UNIT = 16;
const RING_UNITS = 1 << 21;
/** Before the ring: the positions up to which the supervisor has read, and the process has written. */
const RING_AT = 4096;
const READ_AT = 0;
const WRITTEN_AT = 4;

/**
 * A file that a process and its supervisor both have open, as a ring of 32 MB: chunks of the trace wait in it. A pipe takes 64 KB or so; then
 * its writer has to wait until the reader gets a processor, which costs the tasks more than all else of their recording.
 * What is in the file outlives its writer as what is in a pipe does. The pipe keeps the order: for each chunk it carries a frame that says
 * where the chunk lies. Where the ring is full, the chunk itself goes through the pipe.
 */
export class SpoolWriter {
  private readonly header = new Uint32Array(2);
  private readonly headerBytes = new Uint8Array(this.header.buffer);
  private readonly frame = new Uint32Array(SPOOL_FRAME_BYTES >> 2);

  private constructor(private readonly file: number) {}

  /** The spool that a process was given; undefined where it was given none. */
  static at(file: number): SpoolWriter | undefined {
    try {
      return fstatSync(file).isFile() ? new SpoolWriter(file) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The frame to write in place of a chunk; undefined if the chunk itself has to be written. One thread at a time. */
  put(task: number, chunk: Uint8Array): Uint8Array | undefined {
    if (chunk.length < LEAST_BYTES) return undefined;
    const { header, file } = this;
    try {
      if (readSync(file, this.headerBytes, 0, 8, 0) !== 8) return undefined;
      const units = chunk.length / UNIT;
      let written = header[1]!;
      const left = RING_UNITS - (written & (RING_UNITS - 1));
      if (left < units) written += left;
      if ((written + units - header[0]!) >>> 0 > RING_UNITS) return undefined;
      const at = written & (RING_UNITS - 1);
      for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done, chunk.length - done, RING_AT + at * UNIT + done);
      header[1] = written + units;
      writeSync(file, this.headerBytes, WRITTEN_AT, 4, WRITTEN_AT);
      this.frame.set([SPOOL_MAGIC, task, SPOOL_FRAME_BYTES - CHUNK_HEADER_BYTES, 0, at, units, header[1]]);
      return new Uint8Array(this.frame.buffer);
    } catch {
      // No room on the device.
      return undefined;
    }
  }
}

/** The supervisor's side. */
export class Spool {
  private readonly consumed = new Uint32Array(1);

  private constructor(readonly file: number) {}

  /** Makes a file at a path and takes its name away again. Undefined where that can't be done. */
  static make(path: string): Spool | undefined {
    // There an open file keeps its name.
    if (process.platform === "win32") return undefined;
    try {
      const file = openSync(path, "wx+", 0o600);
      unlinkSync(path);
      writeSync(file, new Uint8Array(8), 0, 8, 0);
      return new Spool(file);
    } catch {
      return undefined;
    }
  }

  /** The chunk of a frame's payload. Throws if there is none. */
  take(payload: Uint8Array): Uint8Array {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    const at = view.getUint32(0, true);
    const units = view.getUint32(4, true);
    if (at + units > RING_UNITS || units * UNIT < CHUNK_HEADER_BYTES) throw new Error("a frame of a task's pipe points nowhere");
    const chunk = new Uint8Array(units * UNIT);
    for (let done = 0; done < chunk.length; ) {
      const read = readSync(this.file, chunk, done, chunk.length - done, RING_AT + at * UNIT + done);
      if (read === 0) throw new Error("a frame of a task's pipe points nowhere");
      done += read;
    }
    const header = new DataView(chunk.buffer);
    if (header.getUint32(0, true) !== CHUNK_MAGIC || header.getUint32(8, true) !== chunk.length - CHUNK_HEADER_BYTES) throw new Error("a task's spool holds what no task writes");
    this.consumed[0] = view.getUint32(8, true);
    writeSync(this.file, this.consumed, 0, 4, READ_AT);
    return chunk;
  }

  close(): void {
    closeSync(this.file);
  }
}
