import { AtomicOp, SEGMENT_BASE, atomicReads, atomicWrites } from "../trace";
import type { Stamp, TaskClocks } from "./clocks";

/** The latest seq-cst write of one range of bytes. */
interface RangeWrite {
  readonly range: number;
  readonly task: number;
  readonly value: number;
  readonly stamp: Stamp;
  /** The bytes, within the 8 around it, that no later write of another range has overwritten. */
  visible: number;
}

/** What an operation is on: packed as in a record's `a`. */
const opOf = (a: number): AtomicOp => a & 0xff;
/** log2 of the size. */
const shiftOf = (a: number): number => (a >> 8) & 3;

/**
 * Happens-before of ECMAScript's Atomics on shared memory (ECMA-262, Memory Model): a seq-cst read synchronizes with the
 * seq-cst write it reads from if their ranges are equal. So a clock per block, index and size: a load acquires it, a store
 * replaces it, a read-modify-write acquires and then replaces. A write of another range hides the bytes it overlaps; where it hides
 * all, nothing is read from the earlier one. So does a plain write, which has no place in the order of all: it shows by the value.
 * The critical sections of a waiter list (Atomics.wait, notify, and leaving a wait) follow one another as those of a mutex.
 */
export class MemoryModel {
  /** Place of 8 bytes → the latest write of each range within. */
  private readonly writes = new Map<number, RangeWrite[]>();
  private readonly waiterLists = new Map<number, Stamp>();

  constructor(
    private readonly clocks: TaskClocks,
    private readonly spaceOf: (task: number) => number,
    /** A BigInt that a task recorded; undefined where that is not known. */
    private readonly bigintOf: (task: number, value: number) => bigint | undefined,
  ) {}

  /** First half of an operation, before its access. `a`: operation and size, as in kinds.ts; `before`: the value it found. */
  acquire(task: number, address: number, a: number, before: number): void {
    const op = opOf(a);
    if (op === AtomicOp.WaitLoad) this.enterWaiterList(task, address);
    if (!atomicReads(op)) return;
    const range = rangeOf(address, a);
    const write = this.writes.get(this.place(task, address - (address & 7)))?.find((one) => one.range === range);
    if (write && this.same(write, task, before, range)) this.clocks.takeAccidental(task, write.stamp);
  }

  /** Second half, after its access. */
  release(task: number, address: number, a: number, after: number): void {
    const op = opOf(a);
    if (atomicWrites(op)) this.write(task, this.place(task, address - (address & 7)), rangeOf(address, a), after);
    if (op === AtomicOp.WaitLoad) this.leaveWaiterList(task, address);
  }

  /** A notify, or the end of a wait, however it ended. */
  criticalSection(task: number, address: number): void {
    this.enterWaiterList(task, address);
    this.leaveWaiterList(task, address);
  }

  private write(task: number, place: number, range: number, value: number): void {
    const known = this.writes.get(place);
    const mask = maskOf(range);
    const own = known?.findIndex((one) => one.range === range) ?? -1;
    const stamp = this.clocks.release(task, own < 0 ? undefined : known![own]!.stamp);
    const written: RangeWrite = { range, task, value, stamp, visible: mask };
    if (!known) {
      this.writes.set(place, [written]);
      return;
    }
    if (own < 0) known.push(written);
    else known[own] = written;
    if (known.length === 1) return;
    for (const other of known) if (other !== written) other.visible &= ~mask;
    this.writes.set(place, known.filter((one) => one.visible !== 0));
  }

  /** Whether what a task found is what a write left: by the bytes that nothing else has overwritten. */
  private same(write: RangeWrite, task: number, found: number, range: number): boolean {
    const shift = range >> 3;
    if (shift < 3) {
      // Views of either sign show the same bytes.
      const different = write.value ^ found;
      for (let byte = 0; byte < 1 << shift; byte++) {
        if ((write.visible & (1 << ((range & 7) + byte))) !== 0 && ((different >> (byte * 8)) & 0xff) !== 0) return false;
      }
      return true;
    }
    const left = this.bigintOf(write.task, write.value);
    const right = this.bigintOf(task, found);
    if (left === undefined || right === undefined) return true;
    const different = left ^ right;
    for (let byte = 0; byte < 8; byte++) {
      if ((write.visible & (1 << byte)) !== 0 && BigInt.asUintN(8, different >> BigInt(byte * 8)) !== 0n) return false;
    }
    return true;
  }

  /** An address as one number for all spaces. */
  private place(task: number, address: number): number {
    const space = address >= SEGMENT_BASE ? 0 : this.spaceOf(task) + 1;
    return space * 2 ** 32 + address;
  }

  private enterWaiterList(task: number, address: number): void {
    this.clocks.takeAccidental(task, this.waiterLists.get(this.place(task, address)));
  }

  private leaveWaiterList(task: number, address: number): void {
    const place = this.place(task, address);
    const known = this.waiterLists.get(place);
    const stamp = this.clocks.release(task, known);
    if (!known) this.waiterLists.set(place, stamp);
  }

  *stamps(): Iterable<Stamp> {
    for (const writes of this.writes.values()) for (const { stamp } of writes) yield stamp;
    yield* this.waiterLists.values();
  }
}

/** Size (log2) and offset within 8 bytes as one number. */
function rangeOf(address: number, a: number): number {
  return (shiftOf(a) << 3) | (address & 7);
}

/** The bytes of a range. */
function maskOf(range: number): number {
  return ((1 << (1 << (range >> 3))) - 1) << (range & 7);
}
