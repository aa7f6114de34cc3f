import { writeSync } from "node:fs";
import { CHUNK_MAGIC } from "../../trace";
import { SpoolWriter } from "../../wire";
import type { ChunkSink } from "../context";

/** The process's pipes, as file descriptors: to its supervisor, and for its replies. */
export interface Pipes {
  readonly trace: number;
  readonly replies: number;
  /** Where long chunks of the trace wait for the supervisor; undefined where there is no such file. */
  readonly spool?: number;
}

/** In a process that the supervisor has started itself. */
let pipes: Pipes = { trace: 3, replies: 4, spool: 5 };

/** Said first in each thread of a process that has others. */
export function usePipes(own: Pipes): void {
  pipes = own;
}

export function ownPipes(): Pipes {
  return pipes;
}

const FREE = 0;
const HELD = 1;
const CONTENDED = 2;

/** Ends the whole process at once, and what it has started: there is nobody left who could hear of it. */
export function endWithoutSupervisor(): never {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    // Not the leader of a group (Windows): then just this process.
  }
  process.kill(process.pid, "SIGKILL");
  throw new Error("the supervisor has gone");
}

/**
 * Writes whole frames to the supervisor, blocking. The threads of a process share the pipe; a futex (Drepper's second
 * mutex, "Futexes Are Tricky") in shared memory keeps their frames whole.
 */
export class PipeSink implements ChunkSink {
  private readonly spool: SpoolWriter | undefined;

  /**
   * @param words undefined in a process of one thread
   * @param guard the word at this index is the lock's, the next one tells its holder
   */
  constructor(
    private readonly words: Int32Array | undefined,
    private readonly guard: number,
    private readonly holder: number,
    /** Around the write: the thread must not be terminated inside. */
    private readonly critical: { enter(): void; leave(): void } | undefined,
  ) {
    this.spool = pipes.spool === undefined ? undefined : SpoolWriter.at(pipes.spool, words !== undefined);
  }

  write(chunk: Uint8Array, later = false): void {
    const { words, guard } = this;
    this.critical?.enter();
    if (words && Atomics.compareExchange(words, guard, FREE, HELD) !== FREE) {
      while (Atomics.exchange(words, guard, CONTENDED) !== FREE) Atomics.wait(words, guard, CONTENDED);
    }
    if (words) words[guard + 1] = this.holder;
    try {
      this.hand(chunk, later);
    } finally {
      if (words) words[guard + 1] = 0;
      if (words && Atomics.exchange(words, guard, FREE) === CONTENDED) Atomics.notify(words, guard, 1);
      this.critical?.leave();
    }
  }

  private hand(chunk: Uint8Array, later: boolean): void {
    const { spool } = this;
    const spooled = spool !== undefined && isTrace(chunk) && spool.put(chunk, !later);
    const told = spool?.tell(!later || !spooled);
    if (told) writeAll(told);
    if (!spooled) writeAll(chunk);
  }
}

function isTrace(chunk: Uint8Array): boolean {
  return new DataView(chunk.buffer, chunk.byteOffset, 4).getUint32(0, true) === CHUNK_MAGIC;
}

function writeAll(chunk: Uint8Array): void {
  let at = 0;
  while (at < chunk.length) {
    try {
      at += writeSync(pipes.trace, chunk, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EAGAIN" || code === "EINTR") continue;
      endWithoutSupervisor();
    }
  }
}

/** Frees the pipe of a thread that was ended while it wrote. */
export function releasePipeOf(words: Int32Array, guard: number, holder: number): void {
  if (words[guard + 1] !== holder) return;
  words[guard + 1] = 0;
  Atomics.store(words, guard, FREE);
  Atomics.notify(words, guard);
}
