import { inspect, type InspectOptions } from "node:util";
import type { TaskRecorder } from "../recorder/types";
import type { Region } from "./core";
import type { ElementTypeInfo, TypedArray } from "./element-types";
import type { FileWords } from "./file-words";
import { phrases } from "./phrases";

/** Bytes of typed arrays in the segment's file. */
export interface SegmentBytes {
  readonly region: Region;
  readonly words: FileWords;
  readonly id: number;
  /** Of the first byte, in the trace. */
  readonly address: number;
  readonly byteLength: number;
}

/** What `buffer` of such an array gives: its size, and a clear word where native code would want the memory itself. */
export type BufferStandIn = SharedArrayBuffer & { readonly segmentBytes: SegmentBytes };

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What the views of a thread have in common. */
export interface SegmentViewParts {
  readonly recorder: TaskRecorder;
  /** Methods of %TypedArray% that work on views of the segment, by name. */
  readonly methods: () => ReadonlyMap<string | symbol, Method>;
  readonly bufferOf: (bytes: SegmentBytes) => BufferStandIn;
}

/**
 * A typed array whose bytes lie in the segment's file, as the traps of a Proxy with the prototype of its type: Node can't map a
 * file, so each element is read and written by a system call of its own. (ECMA-262, 10.4.5 TypedArray Exotic Objects.)
 */
export class SegmentView implements ProxyHandler<object> {
  readonly proxy: object;
  /** Of element 0, in the trace. */
  readonly address: number;
  /** Of element 0, in the file. */
  private readonly start: number;
  /** One element, to convert with: what an element holds after a store is the engine's to say. */
  private readonly element: TypedArray;
  private readonly elementBytes: Uint8Array;

  constructor(
    private readonly parts: SegmentViewParts,
    readonly bytes: SegmentBytes,
    readonly type: ElementTypeInfo,
    readonly byteOffset: number,
    readonly length: number,
  ) {
    this.address = bytes.address + byteOffset;
    this.start = this.address - bytes.words.base;
    this.elementBytes = new Uint8Array(type.bytes);
    this.element = new type.construct(this.elementBytes.buffer, 0, 1);
    const target = Object.create(type.construct.prototype as object, {
      [inspect.custom]: { value: (_depth: number, options: InspectOptions) => inspect(Object.assign(this.recordedCopy(0, this.length), target), options), configurable: true },
    }) as object;
    this.proxy = new Proxy(target, this);
  }

  // ---- elements

  private inside(index: number): boolean {
    return index >= 0 && index < this.length && Number.isInteger(index) && !Object.is(index, -0);
  }

  /** A recorded read; undefined beyond the ends. */
  read(index: number): number | bigint | undefined {
    if (!this.inside(index)) return undefined;
    const { type, parts } = this;
    const at = index << type.shift;
    this.bytes.words.readInto(this.elementBytes, this.start + at);
    const value = this.element[0]!;
    parts.recorder.access(type.read, this.address + at, typeof value === "number" ? value : parts.recorder.encode(value));
    return value;
  }

  /** A recorded write. The value is converted (and may throw) wherever the index is; beyond the ends nothing is stored. */
  write(index: number, value: unknown): void {
    const { type, parts, element } = this;
    element[0] = value as number;
    if (!this.inside(index)) return;
    const at = index << type.shift;
    this.bytes.words.writeBytes(this.start + at, this.elementBytes);
    const stored = element[0]!;
    parts.recorder.access(type.write, this.address + at, typeof stored === "number" ? stored : parts.recorder.encode(stored));
  }

  // ---- ranges

  /** The elements from..to as an ordinary typed array, read in one piece. */
  copy(from: number, to: number): TypedArray {
    const count = Math.max(0, to - from);
    const bytes = new Uint8Array(count * this.type.bytes);
    if (count > 0) this.bytes.words.readInto(bytes, this.start + from * this.type.bytes);
    return new this.type.construct(bytes.buffer, 0, count);
  }

  recordedCopy(from: number, to: number): TypedArray {
    const copy = this.copy(from, to);
    this.note(copy, from, false);
    return copy;
  }

  /** Stores elements of this view's own type from index `at` on, in one piece. */
  store(elements: TypedArray, at: number): void {
    const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
    if (bytes.length > 0) this.bytes.words.writeBytes(this.start + at * this.type.bytes, bytes);
  }

  recordedStore(elements: TypedArray, at: number): void {
    this.store(elements, at);
    this.note(elements, at, true);
  }

  /** Records that `elements`, which begin at index `from`, were read or written. */
  note(elements: TypedArray, from: number, write: boolean): void {
    const { type, address } = this;
    const { recorder } = this.parts;
    for (let i = 0; i < elements.length; i++) {
      recorder.access(write ? type.write : type.read, address + ((from + i) << type.shift), recorder.encode(elements[i]));
    }
  }

  /** Of an element, in the file. */
  fileOffset(index: number): number {
    return this.start + index * this.type.bytes;
  }

  /** Throws as the constructors of typed arrays do. `length` undefined: to the end. */
  view(type: ElementTypeInfo, byteOffset: number, length: number): SegmentView {
    return new SegmentView(this.parts, this.bytes, type, byteOffset, length);
  }

  // ---- traps

  get(target: object, key: string | symbol): unknown {
    if (typeof key === "string") {
      const index = numericIndex(key);
      if (index !== undefined) return this.read(index);
    }
    switch (key) {
      case "length":
        return this.length;
      case "byteLength":
        return this.length * this.type.bytes;
      case "byteOffset":
        return this.byteOffset;
      case "buffer":
        return this.parts.bufferOf(this.bytes);
      case Symbol.toStringTag:
        return this.type.name;
      default:
        return (Object.hasOwn(target, key) ? undefined : this.parts.methods().get(key)) ?? Reflect.get(target, key);
    }
  }

  set(target: object, key: string | symbol, value: unknown): boolean {
    const index = typeof key === "string" ? numericIndex(key) : undefined;
    if (index === undefined) return Reflect.set(target, key, value);
    this.write(index, value);
    return true;
  }

  has(target: object, key: string | symbol): boolean {
    const index = typeof key === "string" ? numericIndex(key) : undefined;
    return index === undefined ? Reflect.has(target, key) : this.inside(index);
  }

  deleteProperty(target: object, key: string | symbol): boolean {
    const index = typeof key === "string" ? numericIndex(key) : undefined;
    return index === undefined ? Reflect.deleteProperty(target, key) : !this.inside(index);
  }

  ownKeys(target: object): (string | symbol)[] {
    return [...Array.from({ length: this.length }, (_, index) => String(index)), ...Reflect.ownKeys(target).filter((key) => key !== inspect.custom)];
  }

  getOwnPropertyDescriptor(target: object, key: string | symbol): PropertyDescriptor | undefined {
    const index = typeof key === "string" ? numericIndex(key) : undefined;
    if (index === undefined) return Reflect.getOwnPropertyDescriptor(target, key);
    // The value itself is read by whoever lists properties, one step later.
    return this.inside(index) ? { value: this.copy(index, index + 1)[0], writable: true, enumerable: true, configurable: true } : undefined;
  }

  defineProperty(target: object, key: string | symbol, descriptor: PropertyDescriptor): boolean {
    const index = typeof key === "string" ? numericIndex(key) : undefined;
    if (index === undefined) return Reflect.defineProperty(target, key, descriptor);
    const { configurable = true, enumerable = true, writable = true } = descriptor;
    if (!this.inside(index) || !configurable || !enumerable || !writable || descriptor.get || descriptor.set) return false;
    if ("value" in descriptor) this.write(index, descriptor.value);
    return true;
  }

  preventExtensions(): boolean {
    return false;
  }
}

/** The number that a property name is in its canonical form (ECMA-262, CanonicalNumericIndexString); such names are never ordinary properties. */
function numericIndex(key: string): number | undefined {
  const first = key.charCodeAt(0);
  // A digit, "-", "Infinity", "NaN".
  if (!(first <= 57 && first >= 45) && first !== 73 && first !== 78) return undefined;
  if (key === "-0") return -0;
  const number = Number(key);
  return String(number) === key ? number : undefined;
}

/** An object that is a SharedArrayBuffer to look at. What would need the memory itself throws a TypeError that says so. */
export function standIn(bytes: SegmentBytes): BufferStandIn {
  const refuse = (): never => {
    throw new TypeError(phrases().noBuffer);
  };
  const constant = (value: unknown): PropertyDescriptor => ({ value, enumerable: false, configurable: true });
  return Object.create(SharedArrayBuffer.prototype, {
    byteLength: constant(bytes.byteLength),
    maxByteLength: constant(bytes.byteLength),
    growable: constant(false),
    grow: constant(refuse),
    slice: constant(refuse),
    segmentBytes: constant(bytes),
    // The constructors of typed arrays, and Buffer.from, would take it for an empty list.
    [Symbol.iterator]: { get: refuse, configurable: true },
    length: { get: refuse, configurable: true },
  }) as BufferStandIn;
}
