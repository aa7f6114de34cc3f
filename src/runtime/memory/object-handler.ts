import { inspect, type InspectOptions } from "node:util";
import { absent } from "../../trace";
import type { Announcer } from "./announce";
import { keySuffix, nameOf } from "./container-names";
import type { MemoryCore, Region } from "./core";
import { checkDescriptor, setOnHeir } from "./definitions";
import { snapshot } from "./inspect";
import { FIELD_KEY, FIELD_ORDINAL, O_COUNT } from "./layout";
import { addField, fields, nextOrdinal } from "./object-layout";
import { phrases } from "./phrases";

/** Asked of any object by the language or by Node, never meant as a field: reading it makes none. */
const PROTOCOL_KEYS = new Set(["toJSON", "then", "constructor", "__proto__"]);

/** The traps of a shared plain object, for one thread. */
export class ObjectHandler implements ProxyHandler<object> {
  private readonly slots = new Map<string, number>();
  private known = 0;
  private proxy: object | undefined;

  constructor(
    private readonly core: MemoryCore,
    private readonly announcer: Announcer,
    readonly region: Region,
    readonly offset: number,
  ) {}

  static create(core: MemoryCore, announcer: Announcer, region: Region, offset: number): { proxy: object; handler: ObjectHandler } {
    const handler = new ObjectHandler(core, announcer, region, offset);
    const target = {};
    const proxy = new Proxy(target, handler);
    // util.inspect looks at the target, past the traps.
    Object.defineProperty(target, inspect.custom, {
      value: (_depth: number, options: InspectOptions) => inspect(snapshot(core, proxy, options.depth ?? Infinity), options),
      enumerable: false,
      configurable: true,
    });
    handler.proxy = proxy;
    return { proxy, handler };
  }

  /** The slot of a field, 0 if it never was one. */
  private find(key: string): number {
    const slot = this.slots.get(key);
    if (slot !== undefined) return slot;
    return this.sync() ? (this.slots.get(key) ?? 0) : 0;
  }

  /** Learns of fields that other threads have added; says whether there were any. */
  private sync(): boolean {
    const { words, heap } = this.region;
    if (words.load(this.offset + O_COUNT) === this.known) return false;
    for (const field of fields(words, this.offset, this.known)) {
      this.slots.set(heap.keyText(words.load(field + FIELD_KEY)), field);
      this.known++;
    }
    return true;
  }

  private add(key: string): number {
    const { region } = this;
    const name = region.heap.key(key);
    let slot: number;
    region.words.lock();
    try {
      this.sync();
      slot = this.slots.get(key) ?? 0;
      if (slot !== 0) return slot;
      slot = addField(region, this.offset, name);
      this.sync();
    } finally {
      region.words.unlock();
    }
    if (this.announcer.knows(region, this.offset)) this.announcer.slot(region, this.offset, slot, keySuffix(key));
    return slot;
  }

  get(target: object, key: string | symbol, receiver: unknown): unknown {
    if (typeof key === "symbol") return Reflect.get(target, key, receiver);
    let slot = this.find(key);
    if (slot === 0) {
      if (key in Object.prototype || PROTOCOL_KEYS.has(key)) return Reflect.get(Object.prototype, key, receiver);
      // Reading a field before another task adds it is a race, too: it needs an address.
      slot = this.add(key);
    }
    const value = this.core.read(this.region, slot);
    if (value !== absent) return value;
    return key in Object.prototype ? Reflect.get(Object.prototype, key, receiver) : undefined;
  }

  set(_target: object, key: string | symbol, value: unknown, receiver: unknown): boolean {
    return receiver === this.proxy ? this.assign(key, value) : setOnHeir(receiver, key, value);
  }

  private assign(key: string | symbol, value: unknown): boolean {
    if (typeof key === "symbol") throw new TypeError(phrases().symbolKey(nameOf(this.region, this.offset)));
    if (key === "__proto__") return false;
    this.core.endListing();
    const { words } = this.region;
    const slot = this.find(key) || this.add(key);
    const wasAbsent = this.core.isAbsent(this.region, slot);
    this.core.write(this.region, slot, value, { parent: this.offset, key });
    if (wasAbsent) words.store(slot + FIELD_ORDINAL, nextOrdinal(words, this.offset));
    return true;
  }

  has(_target: object, key: string | symbol): boolean {
    if (typeof key === "symbol") return key in Object.prototype;
    this.core.endListing();
    let slot = this.find(key);
    if (slot === 0) {
      if (key in Object.prototype || PROTOCOL_KEYS.has(key)) return key in Object.prototype;
      slot = this.add(key);
    }
    return this.core.read(this.region, slot) !== absent || key in Object.prototype;
  }

  deleteProperty(_target: object, key: string | symbol): boolean {
    if (typeof key === "symbol") return true;
    this.core.endListing();
    const slot = this.find(key);
    if (slot !== 0) this.core.erase(this.region, slot);
    return true;
  }

  /** Integer-like names first, ascending; then the others as they came to be. */
  ownKeys(): string[] {
    this.sync();
    const { words } = this.region;
    const integers: string[] = [];
    const names: { key: string; ordinal: number }[] = [];
    for (const [key, slot] of this.slots) {
      if (this.core.isAbsent(this.region, slot)) continue;
      if (isIndex(key)) integers.push(key);
      else names.push({ key, ordinal: words.load(slot + FIELD_ORDINAL) });
    }
    integers.sort((a, b) => Number(a) - Number(b));
    names.sort((a, b) => a.ordinal - b.ordinal);
    this.core.beginListing(this, integers.length + names.length);
    return [...integers, ...names.map((name) => name.key)];
  }

  getOwnPropertyDescriptor(_target: object, key: string | symbol): PropertyDescriptor | undefined {
    if (typeof key === "symbol") return undefined;
    const slot = this.find(key);
    if (slot === 0) return undefined;
    const value = this.core.listing(this) ? this.core.peek(this.region, slot) : this.core.read(this.region, slot);
    return value === absent ? undefined : { value, writable: true, enumerable: true, configurable: true };
  }

  defineProperty(target: object, key: string | symbol, descriptor: PropertyDescriptor): boolean {
    checkDescriptor(descriptor, () => nameOf(this.region, this.offset) + keySuffix(String(key)));
    // Without a value, what is there stays.
    if (!("value" in descriptor) && this.getOwnPropertyDescriptor(target, key)) return true;
    return this.assign(key, descriptor.value);
  }

  preventExtensions(): boolean {
    throw new TypeError(phrases().notFixed(nameOf(this.region, this.offset)));
  }

  setPrototypeOf(_target: object, prototype: object | null): boolean {
    if (prototype === Object.prototype) return true;
    throw new TypeError(phrases().prototype(nameOf(this.region, this.offset)));
  }
}

function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && String(Number(key) >>> 0) === key && key !== "4294967295";
}
