import { inspect, type InspectOptions } from "node:util";
import { absent } from "../../trace";
import type { Collection } from "./collections";
import { snapshot } from "./inspect";

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object;

/** What a Map or Set gives to iterate over: as the language's own it goes on where a loop has left it. */
class EntryIterator {
  readonly #entries: Iterator<[unknown, unknown]>;
  readonly #pick: (entry: [unknown, unknown]) => unknown;

  constructor(entries: Iterator<[unknown, unknown]>, pick: (entry: [unknown, unknown]) => unknown, tag: string) {
    this.#entries = entries;
    this.#pick = pick;
    Object.defineProperty(this, Symbol.toStringTag, { value: tag });
  }

  next(): IteratorResult<unknown> {
    const { done, value } = this.#entries.next() as IteratorResult<[unknown, unknown], undefined>;
    return done ? { value: undefined, done: true } : { value: this.#pick(value!), done: false };
  }
}
Object.setPrototypeOf(EntryIterator.prototype, iteratorPrototype);

function ofMap(collection: Collection, pick: (entry: [unknown, unknown]) => unknown): never {
  return new EntryIterator(collection.entries(), pick, "Map Iterator") as never;
}

function ofSet(collection: Collection, pick: (entry: [unknown, unknown]) => unknown): never {
  return new EntryIterator(collection.entries(), pick, "Set Iterator") as never;
}

function callback(fn: unknown): (...args: unknown[]) => unknown {
  if (typeof fn !== "function") throw new TypeError(`${inspect(fn)} is not a function`);
  return fn as (...args: unknown[]) => unknown;
}

/** A Map in shared memory: its own entries are empty, every method works on the memory. */
export class SharedMap extends Map<unknown, unknown> {
  readonly #collection: Collection;

  constructor(collection: Collection) {
    super();
    this.#collection = collection;
  }

  override get size(): number {
    return this.#collection.readSize();
  }
  override get(key: unknown): unknown {
    const value = this.#collection.read(key);
    return value === absent ? undefined : value;
  }
  override has(key: unknown): boolean {
    return this.#collection.read(key) !== absent;
  }
  override set(key: unknown, value: unknown): this {
    this.#collection.write(key, value);
    return this;
  }
  override delete(key: unknown): boolean {
    return this.#collection.erase(key);
  }
  override clear(): void {
    this.#collection.clear();
  }
  override forEach(fn: (value: unknown, key: unknown, map: Map<unknown, unknown>) => void, self?: unknown): void {
    const call = callback(fn);
    for (const [key, value] of this.#collection.entries()) call.call(self, value, key, this);
  }
  override entries(): MapIterator<[unknown, unknown]> {
    return ofMap(this.#collection, (entry) => entry);
  }
  override keys(): MapIterator<unknown> {
    return ofMap(this.#collection, ([key]) => key);
  }
  override values(): MapIterator<unknown> {
    return ofMap(this.#collection, ([, value]) => value);
  }
  /** util.inspect would look at the entries that the object itself has: none. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return inspect(snapshot(this.#collection.core, this, options.depth ?? Infinity), options);
  }
}

/** The prototype that the language's own would have. */
function languagesOwn(prototype: unknown): unknown {
  return prototype === SharedMap.prototype ? Map.prototype : prototype === SharedSet.prototype ? Set.prototype : prototype;
}

/** From now on a program that asks for the prototype of a shared Map or Set is told what it wrote. */
export function installPrototypes(): void {
  for (const holder of [Object, Reflect]) {
    const native = holder.getPrototypeOf.bind(holder) as (value: unknown) => unknown;
    const { getPrototypeOf } = {
      getPrototypeOf(target: object): unknown {
        return languagesOwn(native(target));
      },
    };
    Object.defineProperty(holder, "getPrototypeOf", { value: getPrototypeOf, writable: true, configurable: true });
  }
  for (const { prototype } of [SharedMap, SharedSet]) {
    Object.defineProperty(prototype, "__proto__", { get: () => languagesOwn(prototype), configurable: true });
  }
}

/** The same for a Set. */
export class SharedSet extends Set<unknown> {
  readonly #collection: Collection;

  constructor(collection: Collection) {
    super();
    this.#collection = collection;
  }

  override get size(): number {
    return this.#collection.readSize();
  }
  override has(element: unknown): boolean {
    return this.#collection.read(element) !== absent;
  }
  override add(element: unknown): this {
    this.#collection.add(element);
    return this;
  }
  override delete(element: unknown): boolean {
    return this.#collection.erase(element);
  }
  override clear(): void {
    this.#collection.clear();
  }
  override forEach(fn: (value: unknown, key: unknown, set: Set<unknown>) => void, self?: unknown): void {
    const call = callback(fn);
    for (const [, element] of this.#collection.entries()) call.call(self, element, element, this);
  }
  override entries(): SetIterator<[unknown, unknown]> {
    return ofSet(this.#collection, ([, element]) => [element, element]);
  }
  override keys(): SetIterator<unknown> {
    return this.values();
  }
  override values(): SetIterator<unknown> {
    return ofSet(this.#collection, ([, element]) => element);
  }
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return inspect(snapshot(this.#collection.core, this, options.depth ?? Infinity), options);
  }
}

// As in the language, these are one function under several names; and a program that asks is told what it wrote.
hidden(SharedMap.prototype, { constructor: Map, [Symbol.iterator]: SharedMap.prototype.entries });
hidden(EntryIterator.prototype, { constructor: Object });
hidden(SharedSet.prototype, { constructor: Set, [Symbol.iterator]: SharedSet.prototype.values, keys: SharedSet.prototype.values });

// Where the engine has them: they look at the elements that the object itself has.
for (const name of ["union", "intersection", "difference", "symmetricDifference", "isSubsetOf", "isSupersetOf", "isDisjointFrom"]) {
  const method: unknown = Reflect.get(Set.prototype, name);
  if (typeof method !== "function") continue;
  const { [name]: own } = {
    [name](this: SharedSet, other: unknown): unknown {
      return Reflect.apply(method, new Set(this), [other]);
    },
  };
  hidden(SharedSet.prototype, { [name]: own });
}

function hidden(object: object, properties: Record<PropertyKey, unknown>): void {
  for (const key of Reflect.ownKeys(properties)) Object.defineProperty(object, key, { value: properties[key as string], writable: true, configurable: true });
}
