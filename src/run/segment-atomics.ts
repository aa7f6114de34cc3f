import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import type { AtomicBody, AtomicName } from "../wire";

type Element = number | bigint;
type Scratch = Int32Array;

const TYPES: Readonly<Record<string, Int32ArrayConstructor>> = Object.fromEntries(
  [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array].map((type) => [type.name, type as unknown as Int32ArrayConstructor]),
);

interface Waiter {
  readonly task: number;
  readonly timer: NodeJS.Timeout | undefined;
}

/** What an operation came to; `waiting`: the task is in line and will be told. */
export interface AtomicOutcome {
  readonly seq: number;
  readonly elements: Uint8Array;
  readonly woken: readonly number[];
  readonly waiting: boolean;
}

/**
 * Atomic operations on typed arrays in the segment's file. The processes of a run have no atomic instructions on a file, so the one
 * process that stands between them performs them, one after the other, on the file itself; who waits is in line here.
 */
export class SegmentAtomics {
  private file: number | undefined;
  /** By offset of the element, first come, first served. */
  private readonly lines = new Map<number, Waiter[]>();

  constructor(
    private readonly path: string,
    private readonly nextSeq: () => number,
    /** The time of a task's wait is over. */
    private readonly onTimeOut: (task: number) => void,
  ) {}

  /** Throws for what no task of ours sends. */
  perform(task: number, { name, type, offset, limit }: AtomicBody, operands: Uint8Array): AtomicOutcome {
    const constructor = TYPES[type];
    if (!constructor || !Number.isSafeInteger(offset) || offset < 0) throw new Error("an atomic operation on no element");
    // Before and after.
    const elements = new constructor(2);
    const bytes = Buffer.from(elements.buffer);
    const size = constructor.BYTES_PER_ELEMENT;
    this.read(bytes.subarray(0, size), offset);
    elements[1] = elements[0]!;
    const given = new constructor(new Uint8Array(operands).buffer);
    const seq = this.nextSeq();
    const outcome = { seq, elements: bytes, woken: [] as readonly number[], waiting: false };
    switch (name) {
      case "load":
        return outcome;
      case "wait": {
        if (elements[0] !== given[0] || limit === 0) return outcome;
        this.stand(task, offset, limit);
        return { ...outcome, waiting: true };
      }
      case "notify":
        return { ...outcome, woken: this.release(offset, limit) };
      default:
        update(name, elements.subarray(1), [...given]);
        this.write(bytes.subarray(size), offset);
        return outcome;
    }
  }

  private stand(task: number, offset: number, limit: number): void {
    const timer = limit < 0 ? undefined : setTimeout(() => this.forget(task) && this.onTimeOut(task), limit);
    const line = this.lines.get(offset) ?? [];
    line.push({ task, timer });
    this.lines.set(offset, line);
  }

  private release(offset: number, limit: number): number[] {
    const line = this.lines.get(offset) ?? [];
    const woken = line.splice(0, limit < 0 ? line.length : limit);
    if (line.length === 0) this.lines.delete(offset);
    for (const { timer } of woken) clearTimeout(timer);
    return woken.map(({ task }) => task);
  }

  /** Takes a task out of its line; says whether it was in one. */
  forget(task: number): boolean {
    for (const [offset, line] of this.lines) {
      const at = line.findIndex((waiter) => waiter.task === task);
      if (at < 0) continue;
      clearTimeout(line[at]!.timer);
      line.splice(at, 1);
      if (line.length === 0) this.lines.delete(offset);
      return true;
    }
    return false;
  }

  close(): void {
    for (const line of this.lines.values()) for (const { timer } of line) clearTimeout(timer);
    this.lines.clear();
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private open(): number {
    return (this.file ??= openSync(this.path, constants.O_RDWR));
  }

  /** Of what nobody has written yet, `into` stays zero. */
  private read(into: Buffer, offset: number): void {
    readSync(this.open(), into, 0, into.length, offset);
  }

  private write(bytes: Buffer, offset: number): void {
    writeSync(this.open(), bytes, 0, bytes.length, offset);
  }
}

/** The operation itself is the engine's, on an element of our own. */
function update(name: Exclude<AtomicName, "load" | "wait" | "notify">, element: Scratch, [first, second]: readonly Element[]): void {
  if (name === "compareExchange") Atomics.compareExchange(element, 0, first as number, second as number);
  else Atomics[name](element, 0, first as number);
}
