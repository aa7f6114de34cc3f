import { closeSync, fstatSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { CHUNK_HEADER_BYTES, CHUNK_MAGIC } from "../trace";

/** "CPSP" */
export const SPOOL_MAGIC = 0x50535043;
/** "CPSK": what follows is at the beginning of the ring. */
const SKIP_MAGIC = 0x4b535043;
export const SPOOL_FRAME_BYTES = 32;
/** Shorter chunks go through the pipe, if they are to be seen at once. */
const LEAST_BYTES = 4096;
/** Positions count units of so many bytes, modulo 2^32. */
const UNIT = 16;
const RING_UNITS = 1 << 21;
/** The supervisor is told of chunks that nobody waits for no more often than this. */
export const TELL_MS = 100;
/** But when so much waits of which it has not been told, it is. */
const TOLD_UNITS = (RING_UNITS / 4) * 3;
/** Before the ring: the positions up to which the supervisor has read, the process has written, and the supervisor has been told; and when that was, in ms. */
const RING_AT = 4096;
const READ = 0;
const WRITTEN = 1;
const TOLD = 2;
const TOLD_AT = 3;
const HEADER_BYTES = 16;
/** A program may put another clock in its place. */
const clock = Date.now.bind(Date);

/** The position where the ring stands in its file, in bytes. */
function placeOf(position: number): number {
  return RING_AT + (position & (RING_UNITS - 1)) * UNIT;
}

/**
 * A file that a process and its supervisor both have open, as a ring of 32 MB: chunks of the trace wait in it. A pipe takes 64 KB or so; then
 * its writer has to wait until the reader gets a processor, which costs the tasks more than all else of their recording. And who writes to
 * a pipe wakes its reader: so the supervisor is told of chunks when somebody has to see them, else only now and then; once more it looks by itself.
 * What is in the file outlives its writer as what is in a pipe does. The pipe keeps the order: before anything else it carries a frame that says
 * how far the ring had been written. Where the ring is full, the chunk itself goes through the pipe.
 */
export class SpoolWriter {
  private readonly header = new Uint32Array(HEADER_BYTES >> 2);
  private readonly headerBytes = new Uint8Array(this.header.buffer);
  private readonly frame = new Uint32Array(SPOOL_FRAME_BYTES >> 2);

  private constructor(
    private readonly file: number,
    private readonly shared: boolean,
  ) {}

  /**
   * The spool that a process was given; undefined where it was given none.
   *
   * @param shared other threads of the process write into it, too
   */
  static at(file: number, shared: boolean): SpoolWriter | undefined {
    try {
      return fstatSync(file).isFile() ? new SpoolWriter(file, shared) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Takes a chunk, if it can. One thread at a time.
   *
   * @param urgent the supervisor is to see it at once, with all that came before
   * @returns whether it did; then `tell` says what has to be written to the pipe, if anything
   */
  put(chunk: Uint8Array, urgent: boolean): boolean {
    if (urgent && chunk.length < LEAST_BYTES) return false;
    const { header, file } = this;
    try {
      if (this.shared) this.look();
      const units = chunk.length / UNIT;
      let written = header[WRITTEN]!;
      const left = RING_UNITS - (written & (RING_UNITS - 1));
      const skipped = left < units ? left : 0;
      const fits = (): boolean => (written + skipped + units - header[READ]!) >>> 0 <= RING_UNITS;
      if (!fits()) {
        this.look();
        if (!fits()) return false;
      }
      if (skipped > 0) writeAt(file, new Uint8Array(Uint32Array.of(SKIP_MAGIC, 0, 0, 0).buffer), placeOf(written));
      written += skipped;
      writeAt(file, chunk, placeOf(written));
      header[WRITTEN] = written + units;
      writeAt(file, this.headerBytes.subarray(WRITTEN * 4, TOLD * 4), WRITTEN * 4);
      return true;
    } catch {
      // No room on the device.
      return false;
    }
  }

  /**
   * The frame that has to go through the pipe before anything else (`always`), or by itself where much waits or the last one was long ago;
   * undefined if there is none. Throws if the file's own header can't be read or written: nothing would keep the order any more.
   */
  tell(always: boolean): Uint8Array | undefined {
    const { header, frame } = this;
    if (this.shared) this.look();
    const waiting = (header[WRITTEN]! - header[TOLD]!) >>> 0;
    const now = clock() >>> 0;
    if (waiting === 0 || (!always && waiting < TOLD_UNITS && (now - header[TOLD_AT]!) >>> 0 < TELL_MS)) return undefined;
    header[TOLD] = header[WRITTEN]!;
    header[TOLD_AT] = now;
    writeAt(this.file, this.headerBytes.subarray(TOLD * 4), TOLD * 4);
    frame.set([SPOOL_MAGIC, 0, SPOOL_FRAME_BYTES - CHUNK_HEADER_BYTES, 0, header[WRITTEN]!]);
    return new Uint8Array(frame.buffer);
  }

  /** What others have written into the header. */
  private look(): void {
    readSync(this.file, this.headerBytes, 0, HEADER_BYTES, 0);
  }
}

function writeAt(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, position + done);
}

/** The supervisor's side. */
export class Spool {
  private readonly read = new Uint32Array(1);
  private readonly header = new Uint32Array(HEADER_BYTES >> 2);
  private readonly chunkHeader = Buffer.alloc(CHUNK_HEADER_BYTES);

  private constructor(readonly file: number) {}

  /** Makes a file at a path and takes its name away again. Undefined where that can't be done. */
  static make(path: string): Spool | undefined {
    // There an open file keeps its name.
    if (process.platform === "win32") return undefined;
    try {
      const file = openSync(path, "wx+", 0o600);
      unlinkSync(path);
      writeSync(file, new Uint8Array(HEADER_BYTES), 0, HEADER_BYTES, 0);
      return new Spool(file);
    } catch {
      return undefined;
    }
  }

  /** How far it is written. */
  written(): number {
    readSync(this.file, new Uint8Array(this.header.buffer), 0, HEADER_BYTES, 0);
    return this.header[WRITTEN]!;
  }

  /** The next chunk before a position; undefined if there is none. Throws if what lies there is no chunk. */
  next(end: number): Uint8Array | undefined {
    for (;;) {
      const at = this.read[0]!;
      const left = (end - at) >>> 0;
      // Told of what has been taken already: the position is behind.
      if (left === 0 || left > RING_UNITS) return undefined;
      const place = at & (RING_UNITS - 1);
      this.fill(this.chunkHeader, at);
      const magic = this.chunkHeader.readUInt32LE(0);
      const bytes = this.chunkHeader.readUInt32LE(8) + CHUNK_HEADER_BYTES;
      const room = Math.min(left, RING_UNITS - place);
      if (magic === SKIP_MAGIC && place > 0 && left >= RING_UNITS - place) {
        this.advance(RING_UNITS - place);
        continue;
      }
      if (magic !== CHUNK_MAGIC || bytes % UNIT !== 0 || bytes / UNIT > room) throw new Error("a task's spool holds what no task writes");
      // Not filled with zeros first; and not a part of Node's pool, since it is given away.
      const chunk = Buffer.allocUnsafeSlow(bytes);
      this.fill(chunk, at);
      this.advance(bytes / UNIT);
      return chunk;
    }
  }

  private fill(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(this.file, bytes, done, bytes.length - done, placeOf(position) + done);
      if (read === 0) throw new Error("a task's spool is shorter than what it holds");
      done += read;
    }
  }

  /** Makes room. */
  private advance(units: number): void {
    this.read[0]! += units;
    writeSync(this.file, this.read, 0, 4, READ * 4);
  }

  close(): void {
    closeSync(this.file);
  }
}
