import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, readlinkSync, symlinkSync, unlinkSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { phrases } from "./phrases";
import type { Words } from "./words";

/** A lock held so long in one piece belongs to a thread that was ended while it held it. */
const ABANDONED_MS = 2000;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Shared memory between processes: a file on tmpfs, whose pages all of them read and write by system calls. Atomic
 * operations are made under a lock beside the file: a symbolic link, which is created with its content or not at all.
 */
export class FileWords implements Words {
  private readonly file: number;
  private readonly lockPath: string;
  private readonly slot = new Float64Array(1);
  private readonly slotBytes = new Uint8Array(this.slot.buffer);
  private readonly word = new Uint32Array(1);
  private readonly wordBytes = new Uint8Array(this.word.buffer);
  private depth = 0;
  private ticket = "";
  private taken = 0;

  /** Opens the file, or makes it; unread parts of it are zero. Its directory belongs to the run and goes with it. */
  constructor(
    path: string,
    readonly byteLength: number,
    readonly base: number,
    private readonly task: number,
  ) {
    this.file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.lockPath = `${path}.lock`;
    if (fstatSync(this.file).size < byteLength) ftruncateSync(this.file, byteLength);
  }

  close(): void {
    closeSync(this.file);
  }

  get(offset: number): number {
    readSync(this.file, this.slotBytes, 0, 8, offset);
    return this.slot[0]!;
  }

  set(offset: number, value: number): void {
    this.slot[0] = value;
    writeSync(this.file, this.slotBytes, 0, 8, offset);
  }

  load(offset: number): number {
    readSync(this.file, this.wordBytes, 0, 4, offset);
    return this.word[0]!;
  }

  store(offset: number, value: number): void {
    this.word[0] = value;
    writeSync(this.file, this.wordBytes, 0, 4, offset);
  }

  exchange(offset: number, value: number): number {
    return this.locked(() => {
      const old = this.get(offset);
      this.set(offset, value);
      return old;
    });
  }

  compareExchange(offset: number, expected: number, replacement: number): number {
    return this.locked(() => {
      const old = this.load(offset);
      if (old === expected >>> 0) this.store(offset, replacement);
      return old;
    });
  }

  add(offset: number, delta: number): number {
    return this.locked(() => {
      const old = this.load(offset);
      this.store(offset, old + delta);
      return old;
    });
  }

  fill(offset: number, count: number, value: number): void {
    this.writeBytes(offset, new Uint8Array(new Float64Array(count).fill(value).buffer));
  }

  readText(offset: number, length: number, wide: boolean): string {
    return Buffer.from(this.readBytes(offset, wide ? length * 2 : length).buffer).toString(wide ? "utf16le" : "latin1");
  }

  writeText(offset: number, text: string, wide: boolean): void {
    this.writeBytes(offset, Buffer.from(text, wide ? "utf16le" : "latin1"));
  }

  readBytes(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.readInto(bytes, offset);
    return bytes;
  }

  /** Fills `into`; what nobody has written yet is zero, also beyond the end of the file. */
  readInto(into: Uint8Array, offset: number): void {
    for (let at = 0; at < into.length; ) {
      const read = readSync(this.file, into, at, into.length - at, offset + at);
      if (read === 0) return void into.fill(0, at);
      at += read;
    }
  }

  /** Throws RangeError where the system has no memory left for the file, which grows as it is written. */
  writeBytes(offset: number, bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at, bytes.length - at, offset + at);
    } catch (error) {
      if (isErrno(error, "ENOSPC")) throw new RangeError(phrases().noRoom(dirname(this.lockPath)));
      throw error;
    }
  }

  private locked<T>(action: () => T): T {
    this.lock();
    try {
      return action();
    } finally {
      this.unlock();
    }
  }

  /** Unlike the lock of a buffer it may be taken again by its holder: single operations take it, too. */
  lock(): void {
    if (this.depth++ > 0) return;
    this.ticket = `${process.pid}.${this.task}.${this.taken++}`;
    let seen = "";
    let since = 0;
    for (let tries = 0; !this.tryLock(); tries++) {
      const holder = this.holder();
      if (holder === undefined) continue;
      if (holder !== seen) {
        seen = holder;
        since = performance.now();
      } else if (performance.now() - since > ABANDONED_MS || !isAlive(holder)) this.release(holder);
      if (tries > 3) Atomics.wait(pause, 0, 0, Math.min(2, tries / 20));
    }
  }

  unlock(): void {
    if (--this.depth === 0) this.release(this.ticket);
  }

  private tryLock(): boolean {
    try {
      symlinkSync(this.ticket, this.lockPath);
      return true;
    } catch (error) {
      if (isErrno(error, "EEXIST")) return false;
      throw error;
    }
  }

  private holder(): string | undefined {
    try {
      return readlinkSync(this.lockPath);
    } catch (error) {
      if (isErrno(error, "ENOENT")) return undefined;
      throw error;
    }
  }

  /** Removes the lock if `ticket` still holds it. */
  private release(ticket: string): void {
    if (this.holder() !== ticket) return;
    try {
      unlinkSync(this.lockPath);
    } catch (error) {
      // Another waiter found the holder dead, too.
      if (!isErrno(error, "ENOENT")) throw error;
    }
  }
}

function isAlive(ticket: string): boolean {
  try {
    process.kill(Number(ticket.split(".")[0]), 0);
    return true;
  } catch (error) {
    return !isErrno(error, "ESRCH");
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
