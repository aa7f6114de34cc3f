import { AtomicOp, Kind, WaitFor } from "../../trace";
import type { AtomicName } from "../../wire";
import { ElementType } from "../memory/element-types";
import type { SegmentView } from "../memory/segment-view";
import type { SegmentViews } from "../memory/segment-views";
import type { TaskRecorder } from "../recorder/types";

type Element = number | bigint;
/** One element that nobody else sees, to convert operands with. */
type Scratch = Int32Array;

/** What an operation on bytes of the segment came to. Each has its number in the order of all events. */
export interface SegmentAtomicResult {
  readonly seq: number;
  /** The element before and after. */
  readonly elements: Uint8Array;
  /** How many were woken; of a wait, whether it is over at once (the value differs, or it may not wait). */
  readonly woken: number;
  readonly ended: boolean;
}

/** Performs atomic operations on the segment's file, for all processes of the run in one order. */
export interface SegmentAtomicDriver {
  segmentAtomic(name: AtomicName, type: string, offset: number, operands: Uint8Array, limit: number): SegmentAtomicResult;
  /** The end of a wait that went to sleep: blocks until it is there. */
  segmentWaited(): { readonly seq: number; readonly notified: boolean };
}

/** How operations are recorded; those of waiting apart. */
export const SEGMENT_OPERATIONS: Readonly<Partial<Record<AtomicName, AtomicOp>>> = {
  load: AtomicOp.Load,
  store: AtomicOp.Store,
  add: AtomicOp.Add,
  sub: AtomicOp.Sub,
  and: AtomicOp.And,
  or: AtomicOp.Or,
  xor: AtomicOp.Xor,
  exchange: AtomicOp.Exchange,
  compareExchange: AtomicOp.CompareExchange,
};

const NOT_ATOMIC: ReadonlySet<ElementType> = new Set([ElementType.Float32, ElementType.Float64, ElementType.Uint8Clamped]);

/** Atomics.* on typed arrays of the segment's file. */
export class SegmentAtomics {
  constructor(
    private readonly views: SegmentViews,
    private readonly recorder: TaskRecorder,
    private readonly driver: SegmentAtomicDriver,
  ) {}

  /** The same as `base`, for such views too. */
  over(base: typeof Atomics): typeof Atomics {
    const all = Object.create(base) as Record<string, unknown>;
    for (const name of [...Object.keys(SEGMENT_OPERATIONS), "wait", "notify", "waitAsync"]) {
      const original: unknown = Reflect.get(base, name);
      if (typeof original !== "function") continue;
      const method = (...args: unknown[]): unknown => {
        const view = this.views.of(args[0]);
        return view ? this.perform(name, view, args) : (Reflect.apply(original, base, args) as unknown);
      };
      Object.defineProperty(all, name, { value: Object.defineProperty(method, "name", { value: name }), writable: true, enumerable: false, configurable: true });
    }
    return all as unknown as typeof Atomics;
  }

  private perform(name: string, view: SegmentView, args: unknown[]): unknown {
    const waits = name === "wait" || name === "notify" || name === "waitAsync";
    const scratch = scratchOf(view, name, waits);
    const index = indexOf(view, args[1]);
    if (name === "wait") return this.wait(view, index, scratch, args[2], args[3]);
    if (name === "notify") return this.notify(view, index, args[2]);
    if (name === "waitAsync") throw new TypeError("Atomics.waitAsync can't wait for memory that lies between processes: Atomics.wait can");
    const count = name === "load" ? 0 : name === "compareExchange" ? 2 : 1;
    const stored: Element[] = [];
    let given: unknown;
    for (let i = 0; i < count; i++) {
      given = Atomics.store(scratch, 0, args[2 + i] as number);
      stored.push(scratch[0]!);
    }
    const { elements, seq } = this.driver.segmentAtomic(name as AtomicName, view.type.name, view.fileOffset(index), bytesOf(scratch, stored), 0);
    const [before, after] = elementsOf(scratch, elements);
    const failed = name === "compareExchange" && before !== stored[0];
    this.tell(view, index, seq, failed ? AtomicOp.CompareExchangeFailed : SEGMENT_OPERATIONS[name as AtomicName]!, before!, after!);
    // What store returns is its argument as a number, not what fits in the element.
    return name === "store" ? given : before;
  }

  private wait(view: SegmentView, index: number, scratch: Scratch, value: unknown, limit: unknown): string {
    Atomics.store(scratch, 0, value as number);
    const expected = scratch[0]!;
    const number = limit === undefined ? Infinity : Number(limit);
    const timeout = Number.isNaN(number) ? Infinity : Math.max(0, number);
    const begun = this.driver.segmentAtomic("wait", view.type.name, view.fileOffset(index), bytesOf(scratch, [expected]), timeout === Infinity ? -1 : timeout);
    const [found] = elementsOf(scratch, begun.elements);
    this.tell(view, index, begun.seq, AtomicOp.WaitLoad, found!, found!);
    if (begun.ended) return found === expected ? "timed-out" : "not-equal";
    const { recorder } = this;
    const address = addressOf(view, index);
    recorder.sync(Kind.Block, address, 0, WaitFor.MemoryValue, timeout === Infinity ? -1 : timeout, Number(expected));
    recorder.flush();
    const { seq, notified } = this.driver.segmentWaited();
    if (notified) recorder.sync(Kind.MemoryWake, address, seq);
    else recorder.sync(Kind.GaveUp, address, seq, WaitFor.MemoryValue, 0);
    return notified ? "ok" : "timed-out";
  }

  private notify(view: SegmentView, index: number, count: unknown): number {
    const most = count === undefined ? Infinity : Math.max(0, Math.trunc(Number(count)) || 0);
    const { seq, woken } = this.driver.segmentAtomic("notify", view.type.name, view.fileOffset(index), new Uint8Array(0), most === Infinity ? -1 : most);
    this.recorder.sync(Kind.MemoryNotify, addressOf(view, index), seq, woken);
    return woken;
  }

  private tell(view: SegmentView, index: number, seq: number, op: AtomicOp, before: Element, after: Element): void {
    const { recorder } = this;
    recorder.sync(Kind.MemoryAtomic, addressOf(view, index), seq, op | (view.type.shift << 8), recorder.encode(before), recorder.encode(after));
  }
}

function addressOf(view: SegmentView, index: number): number {
  return view.address + (index << view.type.shift);
}

/** Throws what the engine throws for an array of this type. */
function scratchOf(view: SegmentView, name: string, waits: boolean): Scratch {
  const { construct, bytes, type } = view.type;
  const scratch = new construct(new SharedArrayBuffer(bytes), 0, 1) as Scratch;
  if (NOT_ATOMIC.has(type)) Atomics.load(scratch, 0);
  if (waits && type !== ElementType.Int32 && type !== ElementType.BigInt64) Reflect.apply(Reflect.get(Atomics, name) as (...args: unknown[]) => unknown, Atomics, [scratch, 0, 0, 0]);
  return scratch;
}

/** ValidateAtomicAccess (ECMA-262, 25.4.3.2). */
function indexOf(view: SegmentView, value: unknown): number {
  const index = Math.trunc(Number(value ?? 0)) || 0;
  if (index < 0 || index >= view.length) throw new RangeError("Invalid atomic access index");
  return index;
}

function bytesOf(scratch: Scratch, elements: readonly Element[]): Uint8Array {
  const list = new (scratch.constructor as Int32ArrayConstructor)(elements.length);
  elements.forEach((element, i) => (list[i] = element as number));
  return new Uint8Array(list.buffer);
}

function elementsOf(scratch: Scratch, bytes: Uint8Array): Element[] {
  return [...new (scratch.constructor as Int32ArrayConstructor)(new Uint8Array(bytes).buffer)];
}
