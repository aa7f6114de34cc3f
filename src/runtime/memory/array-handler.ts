import { inspect, type InspectOptions } from "node:util";
import { absent } from "../../trace";
import type { Announcer } from "./announce";
import { nameOf } from "./container-names";
import { chunkCount, chunkFirst, chunkNumber, createChunk } from "./array-layout";
import { callbackMethods } from "./array-methods";
import type { MemoryCore, Region } from "./core";
import { checkDescriptor, setOnHeir } from "./definitions";
import { snapshot } from "./inspect";
import { A_CHUNKS, A_FIRST_SHIFT, A_LENGTH, MAX_INDEX } from "./layout";
import { phrases } from "./phrases";

/** The traps of a shared array, for one thread. */
export class ArrayHandler implements ProxyHandler<unknown[]> {
  private readonly shift: number;
  /** Offsets of the chunks that this thread has met; they never change. */
  private readonly chunks: number[] = [];
  /** The element that `in` has just read, for the read of the same element that follows in every method of Array. */
  private seen = -1;
  private seenValue: unknown;
  private seenAt = 0;
  /** The length that writing an element beyond the end has just set, for the same write that follows in push(). */
  private extended = -1;
  private extendedAt = 0;
  private proxy: object | undefined;

  constructor(
    private readonly core: MemoryCore,
    private readonly announcer: Announcer,
    readonly region: Region,
    readonly offset: number,
  ) {
    this.shift = region.words.load(offset + A_FIRST_SHIFT);
  }

  static create(core: MemoryCore, announcer: Announcer, region: Region, offset: number): { proxy: object; handler: ArrayHandler } {
    const handler = new ArrayHandler(core, announcer, region, offset);
    const target: unknown[] = [];
    const proxy = new Proxy(target, handler);
    Object.defineProperty(target, inspect.custom, {
      value: (_depth: number, options: InspectOptions) => inspect(snapshot(core, proxy, options.depth ?? Infinity), options),
      enumerable: false,
      configurable: true,
    });
    handler.proxy = proxy;
    return { proxy, handler };
  }

  /** The slot of an element; 0 if its chunk does not exist and `make` is false. */
  private slot(index: number, make: boolean): number {
    const number = chunkNumber(index, this.shift);
    let chunk = this.chunks[number] ?? 0;
    if (chunk === 0) {
      chunk = this.region.words.load(this.offset + A_CHUNKS + number * 4);
      if (chunk === 0) {
        if (!make) return 0;
        chunk = this.makeChunk(index, number);
      }
      this.chunks[number] = chunk;
    }
    return chunk + (index - chunkFirst(number, this.shift)) * 8;
  }

  private makeChunk(index: number, number: number): number {
    const { region, shift } = this;
    const { words } = region;
    if (index > MAX_INDEX) throw new RangeError(phrases().tooLong(nameOf(region, this.offset), index + 1));
    const count = chunkCount(number, shift);
    const pointer = this.offset + A_CHUNKS + number * 4;
    let chunk: number;
    words.lock();
    try {
      chunk = words.load(pointer);
      if (chunk !== 0) return chunk;
      chunk = createChunk(region, count);
      words.store(pointer, chunk);
    } finally {
      words.unlock();
    }
    if (this.announcer.knows(region, this.offset)) this.announcer.range(region, this.offset, chunk, chunkFirst(number, shift), count);
    return chunk;
  }

  /** The length, without a record: for what is only a check of bounds. */
  private length(): number {
    return this.region.words.get(this.offset + A_LENGTH);
  }

  private readLength(): number {
    return this.core.read(this.region, this.offset + A_LENGTH) as number;
  }

  private writeLength(length: number): void {
    this.core.write(this.region, this.offset + A_LENGTH, length, { parent: this.offset, key: "length" });
  }

  private forget(): void {
    this.seen = -1;
    this.extended = -1;
  }

  /** A recorded read of an element; `absent` for a hole. Beyond all chunks it is the length that says "nothing there". */
  private readElement(index: number): unknown {
    const slot = this.slot(index, false);
    if (slot !== 0) return this.core.read(this.region, slot);
    this.readLength();
    return absent;
  }

  getIndex(index: number): unknown {
    if (this.seen === index && this.seenAt === this.core.recorder.site) {
      const value = this.seenValue;
      this.forget();
      return value;
    }
    this.forget();
    const value = this.readElement(index);
    return value === absent ? undefined : value;
  }

  setIndex(index: number, value: unknown): void {
    this.forget();
    this.core.write(this.region, this.slot(index, true), value, { parent: this.offset, key: index });
    if (index >= this.length()) {
      this.writeLength(index + 1);
      this.extended = index + 1;
      this.extendedAt = this.core.recorder.site;
    }
  }

  get(target: unknown[], key: string | symbol, receiver: unknown): unknown {
    if (typeof key === "symbol") return Reflect.get(target, key, receiver);
    const index = toIndex(key);
    if (index >= 0) return this.getIndex(index);
    if (key === "length") {
      this.forget();
      return this.readLength();
    }
    return callbackMethods(this.core.recorder).get(key) ?? Reflect.get(Array.prototype, key, receiver);
  }

  set(_target: unknown[], key: string | symbol, value: unknown, receiver: unknown): boolean {
    return receiver === this.proxy ? this.assign(key, value) : setOnHeir(receiver, key, value);
  }

  private assign(key: string | symbol, value: unknown): boolean {
    const index = typeof key === "string" ? toIndex(key) : -1;
    if (index >= 0) {
      this.setIndex(index, value);
      return true;
    }
    if (key !== "length") {
      throw new TypeError(phrases().onlyElements(nameOf(this.region, this.offset), String(key)));
    }
    const length = Number(value);
    if (length >>> 0 !== length) throw new RangeError("Invalid array length");
    const pushed = this.extended === length && this.extendedAt === this.core.recorder.site;
    this.forget();
    if (!pushed) this.setLength(length);
    return true;
  }

  private setLength(length: number): void {
    const before = this.length();
    for (let i = before - 1; i >= length; i--) {
      const slot = this.slot(i, false);
      // A chunk that does not exist has only holes: on to the one before it.
      if (slot === 0) i = chunkFirst(chunkNumber(i, this.shift), this.shift);
      else if (!this.core.isAbsent(this.region, slot)) this.core.erase(this.region, slot);
    }
    this.writeLength(length);
  }

  has(target: unknown[], key: string | symbol): boolean {
    const index = typeof key === "string" ? toIndex(key) : -1;
    if (index < 0) return Reflect.has(target, key);
    this.forget();
    const value = this.readElement(index);
    if (value === absent) return false;
    this.seen = index;
    this.seenValue = value;
    this.seenAt = this.core.recorder.site;
    return true;
  }

  deleteProperty(_target: unknown[], key: string | symbol): boolean {
    if (key === "length") return false;
    const index = typeof key === "string" ? toIndex(key) : -1;
    if (index < 0) return true;
    this.forget();
    const slot = this.slot(index, false);
    if (slot !== 0) this.core.erase(this.region, slot);
    return true;
  }

  ownKeys(): string[] {
    this.forget();
    const length = this.readLength();
    const keys: string[] = [];
    for (let i = 0; i < length; i++) {
      const slot = this.slot(i, false);
      if (slot === 0) i = chunkFirst(chunkNumber(i, this.shift), this.shift) + chunkCount(chunkNumber(i, this.shift), this.shift) - 1;
      else if (!this.core.isAbsent(this.region, slot)) keys.push(String(i));
    }
    this.core.beginListing(this, keys.length);
    keys.push("length");
    return keys;
  }

  getOwnPropertyDescriptor(target: unknown[], key: string | symbol): PropertyDescriptor | undefined {
    if (key === "length") return { value: this.length(), writable: true, enumerable: false, configurable: false };
    const index = typeof key === "string" ? toIndex(key) : -1;
    if (index < 0) return Reflect.getOwnPropertyDescriptor(target, key);
    const slot = this.slot(index, false);
    if (slot === 0) return undefined;
    const value = this.core.listing(this) ? this.core.peek(this.region, slot) : this.core.read(this.region, slot);
    return value === absent ? undefined : { value, writable: true, enumerable: true, configurable: true };
  }

  defineProperty(target: unknown[], key: string | symbol, descriptor: PropertyDescriptor): boolean {
    // The length can't be enumerated or deleted anyway.
    const { enumerable: _, configurable: __, ...ofLength } = descriptor;
    checkDescriptor(key === "length" ? ofLength : descriptor, () => `${nameOf(this.region, this.offset)}[${String(key)}]`);
    // Without a value, what is there stays.
    if (!("value" in descriptor) && this.getOwnPropertyDescriptor(target, key)) return true;
    return this.assign(key, descriptor.value);
  }

  preventExtensions(): boolean {
    throw new TypeError(phrases().notFixed(nameOf(this.region, this.offset)));
  }

  setPrototypeOf(_target: unknown[], prototype: object | null): boolean {
    if (prototype === Array.prototype) return true;
    throw new TypeError(phrases().prototype(nameOf(this.region, this.offset)));
  }
}

/** The array index that a property name is, or -1. */
function toIndex(key: string): number {
  const first = key.charCodeAt(0);
  if (first < 48 || first > 57) return -1;
  const index = Number(key) >>> 0;
  return index !== 0xffff_ffff && String(index) === key ? index : -1;
}
