import { AtomicOp, Kind, WaitFor } from "../../trace";
import { ElementType, type TypedArray } from "../memory/element-types";
import type { TypedArrays, ViewInfo } from "../memory/typed-arrays";
import { Place, type Perturbation } from "../perturbation";
import type { TaskRecorder } from "../recorder/types";

/** What keeps an atomic operation and its number together, so that the numbers are the operations' real order. */
export interface AtomicOrder {
  /** In a perturbed run. */
  readonly perturbation: Perturbation | undefined;
  /** Nobody else is in an operation on these bytes until `leave`. Nothing may be recorded in between. */
  enter(address: number): void;
  leave(address: number): void;
  nextSeq(): number;
}

type AtomicArray = Exclude<TypedArray, Float32Array | Float64Array | Uint8ClampedArray>;
type Int32Operation = (view: Int32Array, index: number, value: number, replacement: number) => number;
type Operation = (view: AtomicArray, index: number, ...values: unknown[]) => unknown;

const real = Object.fromEntries(Object.getOwnPropertyNames(Atomics).map((key) => [key, Reflect.get(Atomics, key) as unknown])) as unknown as typeof Atomics & {
  waitAsync?(view: Int32Array, index: number, value: number, timeout?: number): { async: boolean; value: string | Promise<string> };
};

const UPDATES: Readonly<Record<string, AtomicOp>> = {
  add: AtomicOp.Add,
  sub: AtomicOp.Sub,
  and: AtomicOp.And,
  or: AtomicOp.Or,
  xor: AtomicOp.Xor,
  exchange: AtomicOp.Exchange,
};

/** Their elements can't be operated on atomically: the engine refuses. */
const NOT_ATOMIC: ReadonlySet<ElementType> = new Set([ElementType.Float32, ElementType.Float64, ElementType.Uint8Clamped]);

/** Waits of `Atomics.waitAsync` in this thread that its time-out may still end. */
export const asyncWaits = { limited: 0 };

/**
 * An object that does what the global Atomics does, to the letter, and records each operation on shared memory with the
 * values before and after it. The real operation is made inside a lock on its bytes, where it also gets its number.
 */
export class RecordingAtomics {
  constructor(
    private readonly recorder: TaskRecorder,
    private readonly typed: TypedArrays,
    private readonly order: AtomicOrder,
  ) {}

  /** Its properties are those of the engine's, with the same attributes. */
  create(): typeof Atomics {
    const methods: Record<string, Operation> = {};
    for (const [name, op] of Object.entries(UPDATES)) methods[name] = this.update(name, op);
    const copy = Object.create(Object.getPrototypeOf(Atomics) as object) as typeof Atomics;
    const special: Record<string, unknown> = { ...methods, ...this.others() };
    for (const key of Reflect.ownKeys(Atomics)) {
      const descriptor = Object.getOwnPropertyDescriptor(Atomics, key)!;
      const replaced = typeof key === "string" && Object.hasOwn(special, key) ? special[key] : undefined;
      if (typeof replaced === "function") {
        const original = descriptor.value as { name: string; length: number };
        Object.defineProperty(replaced, "name", { value: original.name, configurable: true });
        Object.defineProperty(replaced, "length", { value: original.length, configurable: true });
        descriptor.value = replaced;
      }
      Object.defineProperty(copy, key, descriptor);
    }
    return copy;
  }

  /** Of a view that atomic operations may act on and whose bytes are shared. */
  private info(view: unknown): ViewInfo | undefined {
    if (!this.typed.any || !ArrayBuffer.isView(view) || view instanceof DataView) return undefined;
    const info = this.typed.info(view);
    return info && NOT_ATOMIC.has(info.type.type) ? undefined : info;
  }

  // Methods are written as such, since they can't be called with `new`.

  private update(name: string, op: AtomicOp): Operation {
    const operation = Reflect.get(real, name) as Operation;
    const general = this.writing(operation, op, (view, before, [value]) => {
      const after = cellOf(view, before);
      operation(after, 0, value);
      return [op, after[0]!];
    });
    return this.ofInt32(general, op, operation as Int32Operation);
  }

  /** The same without what other views and operands need: most programs have only such words. */
  private ofInt32(general: Operation, op: AtomicOp, operation: Int32Operation): Operation {
    const { order, recorder, typed } = this;
    const exchanges = op === AtomicOp.CompareExchange;
    const stores = op === AtomicOp.Store;
    return {
      // All in one function: the engine would compile each that it calls once more.
      method(view: Int32Array, index: number, value: number, replacement: number): unknown {
        const plain = view instanceof Int32Array && isInt32(index) && isInt32(value) && (!exchanges || isInt32(replacement));
        const info = plain && typed.any ? typed.info(view) : undefined;
        // Rest parameters would make an array each time.
        // eslint-disable-next-line prefer-rest-params
        if (info?.type.type !== ElementType.Int32 || index < 0 || index >= view.length) return Reflect.apply(general, undefined, arguments);
        const address = info.address + (index << 2);
        if (order.perturbation) order.perturbation.beforeAtomic(op);
        // Nothing throws from here on to `leave`: all has been looked at.
        order.enter(address);
        let before = stores ? real.load(view, index) : 0;
        const result = operation(view, index, value, replacement);
        const seq = order.nextSeq();
        order.leave(address);
        if (!stores) before = result;
        const made = exchanges && before !== (value | 0) ? AtomicOp.CompareExchangeFailed : op;
        recorder.wordAtomic(address, seq, made, before, wordAfter(made, before, value, replacement));
        return result;
      },
    }.method as Operation;
  }

  private others(): Record<string, unknown> {
    const store = this.ofInt32(
      this.writing(real.store as Operation, AtomicOp.Store, (view, _before, [value]) => [AtomicOp.Store, stored(view, value)]),
      AtomicOp.Store,
      real.store as Int32Operation,
    );
    const compareExchange = this.ofInt32(
      this.writing(real.compareExchange as Operation, AtomicOp.CompareExchange, (view, before, [expected, replacement]) =>
        before === stored(view, expected) ? [AtomicOp.CompareExchange, stored(view, replacement)] : [AtomicOp.CompareExchangeFailed, before],
      ),
      AtomicOp.CompareExchange,
      real.compareExchange as Int32Operation,
    );
    const { order } = this;
    const load = (view: Int32Array, index: number): number => {
      const info = this.info(view);
      if (!info) return real.load(view, index);
      const at = toIndex(index);
      const address = this.addressOf(info, at);
      order.perturbation?.beforeAtomic(AtomicOp.Load);
      let seq: number;
      let value: number;
      order.enter(address);
      try {
        value = real.load(view, at);
        seq = order.nextSeq();
      } finally {
        order.leave(address);
      }
      this.tell(info, address, seq, AtomicOp.Load, value, value);
      return value;
    };
    return {
      load,
      store,
      compareExchange,
      wait: methodOf((...args) => this.wait(args as never)),
      notify: methodOf((...args) => this.notify(args as never)),
      waitAsync: methodOf((...args) => this.waitAsync(args as never)),
    };
  }

  /** store, compareExchange and the read-modify-write operations. `outcome` tells what the operation did, from the value before. */
  private writing(operation: Operation, kind: AtomicOp, outcome: (view: AtomicArray, before: number | bigint, values: unknown[]) => [AtomicOp, number | bigint]): Operation {
    return methodOf((...args: unknown[]) => {
      const [view] = args as [AtomicArray];
      const info = this.info(view);
      if (!info) return Reflect.apply(operation, undefined, args);
      const index = toIndex(args[1]);
      // Operands are converted before, in their order, since that may run code of the program; a wrong index is told first.
      const values = args.slice(2);
      if (values.some((value) => typeof value === "object" || typeof value === "function")) {
        real.load(view as Int32Array, index);
        values.forEach((value, i) => (values[i] = converted(view, value)));
      }
      const address = this.addressOf(info, index);
      this.order.perturbation?.beforeAtomic(kind);
      let before: number | bigint;
      let result: unknown;
      let seq: number;
      this.order.enter(address);
      try {
        before = operation === (real.store as Operation) ? peek(view, index) : 0;
        result = operation(view, index, ...values);
        seq = this.order.nextSeq();
      } finally {
        this.order.leave(address);
      }
      if (operation !== (real.store as Operation)) before = result as number | bigint;
      const [op, after] = outcome(view, before, values);
      this.tell(info, address, seq, op, before, after);
      return result;
    });
  }

  private wait(args: [Int32Array, unknown, unknown, unknown]): unknown {
    const [view] = args;
    const info = this.info(view);
    if (!info || !isWaitable(view)) return Reflect.apply(real.wait, undefined, args);
    this.order.perturbation?.at(Place.Wait);
    const { index, address, expected, timeout, equal } = this.beginWait(view, info, args);
    if (equal && timeout > 0) {
      this.recorder.sync(Kind.Block, address, 0, WaitFor.MemoryValue, timeout === Infinity ? -1 : timeout, Number(expected));
      this.recorder.flush(true);
    }
    const result = real.wait(view, index, expected as number, timeout);
    this.endWait(info, address, view, index, result, equal);
    return result;
  }

  private waitAsync(args: [Int32Array, unknown, unknown, unknown]): unknown {
    const [view] = args;
    const info = this.info(view);
    const waitAsync = real.waitAsync!;
    if (!info || !isWaitable(view)) return Reflect.apply(waitAsync, undefined, args);
    this.order.perturbation?.at(Place.Wait);
    const { index, address, expected, timeout, equal, seq } = this.beginWait(view, info, args);
    const { site } = this.recorder;
    const outcome = waitAsync(view, index, expected as number, timeout);
    const end = (result: string): void => {
      this.recorder.site = site;
      this.endWait(info, address, view, index, result, equal, timeout > 0 ? seq : 0);
    };
    // The first reaction: before any of the program's.
    if (typeof outcome.value === "string") end(outcome.value);
    else {
      const limited = timeout === Infinity ? 0 : 1;
      asyncWaits.limited += limited;
      void outcome.value.then((result) => {
        asyncWaits.limited -= limited;
        end(result);
      });
    }
    return outcome;
  }

  /** Converts the operands in their order, and records the comparison. */
  private beginWait(view: Int32Array, info: ViewInfo, [, at, value, limit]: [Int32Array, unknown, unknown, unknown]): { index: number; address: number; expected: unknown; timeout: number; equal: boolean; seq: number } {
    const index = toIndex(at);
    real.load(view, index);
    const expected = converted(view, value);
    const number = limit === undefined ? Infinity : +(limit as number);
    const timeout = Number.isNaN(number) ? Infinity : Math.max(0, number);
    const address = this.addressOf(info, index);
    const wanted = stored(view, expected);
    this.order.enter(address);
    let found: number | bigint;
    let seq: number;
    try {
      found = peek(view, index);
      seq = this.order.nextSeq();
    } finally {
      this.order.leave(address);
    }
    this.tell(info, address, seq, AtomicOp.WaitLoad, found, found);
    return { index, address, expected, timeout, equal: found === wanted, seq };
  }

  /** `compared`: of waitAsync the number of the comparison that it began with, since a thread may wait so more than once. */
  private endWait(info: ViewInfo, address: number, view: Int32Array, index: number, result: string, equal: boolean, compared = 0): void {
    const seq = this.order.nextSeq();
    switch (result) {
      case "ok":
        this.recorder.sync(Kind.MemoryWake, address, seq);
        return;
      case "timed-out":
        this.recorder.sync(Kind.GaveUp, address, seq, WaitFor.MemoryValue, 0, compared);
        return;
      default:
        // It changed between our look and the engine's, or was another from the beginning: then that is recorded.
        if (equal) {
          let now: number | bigint;
          let readSeq: number;
          this.order.enter(address);
          try {
            now = peek(view, index);
            readSeq = this.order.nextSeq();
          } finally {
            this.order.leave(address);
          }
          this.recorder.sync(Kind.GaveUp, address, seq, WaitFor.MemoryValue, 1);
          this.tell(info, address, readSeq, AtomicOp.WaitLoad, now, now);
        } else this.recorder.sync(Kind.Yield, 0, seq);
        return;
    }
  }

  private notify(args: [Int32Array, unknown, unknown]): unknown {
    const [view] = args;
    const info = this.info(view);
    if (!info || !isWaitable(view)) return Reflect.apply(real.notify, undefined, args);
    const index = toIndex(args[1]);
    real.load(view, index);
    const count = args[2] === undefined ? undefined : +(args[2] as number);
    this.order.perturbation?.at(Place.Notify);
    const address = this.addressOf(info, index);
    let seq: number;
    let woken: number;
    this.order.enter(address);
    try {
      // Numbered before anyone wakes: what a woken task does comes after. And after the comparison of whoever it can wake.
      seq = this.order.nextSeq();
      woken = real.notify(view, index, count);
    } finally {
      this.order.leave(address);
    }
    this.recorder.sync(Kind.MemoryNotify, address, seq, woken);
    return woken;
  }

  private addressOf(info: ViewInfo, index: number): number {
    return info.address + (index << info.type.shift);
  }

  private tell(info: ViewInfo, address: number, seq: number, op: AtomicOp, before: unknown, after: unknown): void {
    const { recorder } = this;
    if (info.type.type === ElementType.Int32) recorder.wordAtomic(address, seq, op, before as number, after as number);
    else recorder.sync(Kind.MemoryAtomic, address, seq, op | (info.type.shift << 8), recorder.encode(before as number | bigint), recorder.encode(after as number | bigint));
  }
}

/** A function that is no constructor, as the engine's are. */
function methodOf(body: (...args: unknown[]) => unknown): Operation {
  return {
    method(...args: unknown[]): unknown {
      return body(...args);
    },
  }.method as Operation;
}

/** Looked at only where that runs no code of the program. */
function isInt32(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

/** What a word of an Int32Array is after an operation. */
function wordAfter(op: AtomicOp, before: number, value: number, replacement: number): number {
  switch (op) {
    case AtomicOp.Add:
      return (before + value) | 0;
    case AtomicOp.Sub:
      return (before - value) | 0;
    case AtomicOp.And:
      return before & value;
    case AtomicOp.Or:
      return before | value;
    case AtomicOp.Xor:
      return before ^ value;
    case AtomicOp.Store:
    case AtomicOp.Exchange:
      return value | 0;
    case AtomicOp.CompareExchange:
      return replacement | 0;
    case AtomicOp.CompareExchangeFailed:
    case AtomicOp.Load:
    case AtomicOp.WaitLoad:
      return before;
  }
}

function isWaitable(view: unknown): boolean {
  return view instanceof Int32Array || view instanceof BigInt64Array;
}

/** ToNumber; the engine checks the rest. */
function toIndex(value: unknown): number {
  return typeof value === "number" ? value : value === undefined ? 0 : +(value as number);
}

function isBig(view: unknown): boolean {
  return view instanceof BigInt64Array || view instanceof BigUint64Array;
}

/** ToBigInt or ToIntegerOrInfinity, as the operations convert their operands. */
function converted(view: unknown, value: unknown): number | bigint {
  return isBig(view) ? BigInt.asIntN(64, new BigInt64Array([value as bigint])[0]!) : +(value as number);
}

const cells = new WeakMap<object, AtomicArray>();

/** One element of a view's own type, that nobody else sees. */
function cellOf(view: AtomicArray, value: number | bigint): AtomicArray {
  const prototype = Object.getPrototypeOf(view) as object;
  let cell = cells.get(prototype);
  if (!cell) {
    const own = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array].find((type) => view instanceof type);
    cells.set(prototype, (cell = new (own ?? Int32Array)(1)));
  }
  cell[0] = value;
  return cell;
}

/** What an element is after `value` was stored in it. */
function stored(view: AtomicArray | Int32Array, value: unknown): number | bigint {
  const cell = cellOf(view as AtomicArray, isBig(view) ? 0n : 0);
  (real.store as Operation)(cell, 0, value);
  return cell[0]!;
}

function peek(view: AtomicArray | Int32Array, index: number): number | bigint {
  return real.load(view as Int32Array, index) as number | bigint;
}
