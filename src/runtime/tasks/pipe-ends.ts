import { constants, openSync, readSync, writeSync } from "node:fs";

/** What a page of a Linux pipe holds: writes that end on one waste no room. */
const PAGE = 4096;
const pause = new Int32Array(new SharedArrayBuffer(4));

function wouldBlock(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EAGAIN";
}

/**
 * This task's ends of the run's pipes. Whose turn it is, and how many bytes may be moved, has been settled before
 * (sync/stream.ts): neither end has to wait for the other here.
 */
export class PipeEnds {
  private readonly files = new Map<number, number>();

  private file(stream: number, path: string): number {
    let file = this.files.get(stream);
    if (file === undefined) {
      file = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
      this.files.set(stream, file);
    }
    return file;
  }

  /** Writes all; `offset` is that of the first byte in the stream. */
  put(stream: number, path: string, offset: number, bytes: Uint8Array): void {
    const file = this.file(stream, path);
    for (let at = 0; at < bytes.length; ) {
      const left = bytes.length - at;
      const toPage = PAGE - ((offset + at) % PAGE);
      const count = left <= toPage ? left : toPage < PAGE ? toPage : left - (left % PAGE);
      try {
        at += writeSync(file, bytes, at, count);
      } catch (error) {
        if (!wouldBlock(error)) throw error;
        // A system whose pipes hold less: what is in it will be read first.
        Atomics.wait(pause, 0, 0, 0.2);
      }
    }
  }

  /**
   * Takes up to `count` bytes, with `until` none beyond the first such byte (a byte at a time: nothing can be put back).
   * Fewer, even none, if a task was killed while it moved them.
   */
  take(stream: number, path: string, count: number, until: number | undefined): Uint8Array {
    const file = this.file(stream, path);
    const bytes = new Uint8Array(count);
    let at = 0;
    try {
      while (at < count) {
        at += readSync(file, bytes, at, until === undefined ? count - at : 1, null);
        if (until !== undefined && bytes[at - 1] === until) break;
      }
    } catch (error) {
      if (!wouldBlock(error)) throw error;
    }
    return bytes.subarray(0, at);
  }
}
