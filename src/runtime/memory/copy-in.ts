import { isMap, isSet } from "node:util/types";
import type { Announcer } from "./announce";
import { keySuffix, nameOf } from "./container-names";
import { chunkCount, chunkFirst, chunkNumber, createArray } from "./array-layout";
import { keyText } from "./collection-keys";
import type { MemoryCore, Place, Region } from "./core";
import { A_CHUNKS, A_FIRST_SHIFT, C_SHAPE, M_SIZE, Shape } from "./layout";
import { addField, createCollection, createObject } from "./object-layout";
import type { TypedArrays } from "./typed-arrays";
import { phrases } from "./phrases";

interface Made {
  readonly region: Region;
  readonly source: object;
  readonly offset: number;
}

/** Copies plain objects, arrays and typed arrays into shared memory: deeply, cycles preserved, nothing recorded but initial values. */
export class CopyIn {
  /** Of the copy in progress. */
  private made: Made[] | undefined;
  private known = new Map<object, number>();

  constructor(
    private readonly core: MemoryCore,
    private readonly announcer: Announcer,
    private readonly typed: TypedArrays,
  ) {}

  /**
   * The address of what `value` is in the region: its own if it is there already, else of a copy, which is announced.
   * `variable`: the site where the copy is declared as a variable of the program.
   */
  place(value: object, region: Region, place: Place, variable?: number): number {
    const known = this.existing(value, region) ?? this.known.get(value);
    if (known !== undefined) return known;
    if (this.made) return this.make(value, region, place);
    const made: Made[] = [];
    this.made = made;
    this.known = new Map();
    try {
      const address = this.make(value, region, place);
      // The list grows while it is worked off: no recursion, so that a long linked list does not overflow the stack.
      for (let i = 0; i < made.length; i++) this.fill(made[i]!);
      made.forEach((one, i) => this.announcer.created(one.region, one.offset, i === 0 && variable !== undefined, i === 0 ? (variable ?? 0) : 0));
      return address;
    } finally {
      this.made = undefined;
      this.known.clear();
    }
  }

  /** The address of a shared value that may stand in this region as itself. */
  existing(value: object, region: Region): number | undefined {
    const handler = this.core.handlers.get(value);
    const at = handler ? { region: handler.region, offset: handler.offset } : this.typed.descriptorOf(value);
    if (!at || (at.region !== region && region.words.base !== 0)) return undefined;
    return at.region.words.base + at.offset;
  }

  private make(value: object, region: Region, place: Place): number {
    const { task } = this.core.context;
    let offset: number;
    if (Array.isArray(value)) offset = createArray(region, value.length, task, place);
    else if (this.typed.isTyped(value)) offset = this.typed.create(region, value, task, place);
    else if (isMap(value)) offset = createCollection(region, Shape.Map, value.size, task, place);
    else if (isSet(value)) offset = createCollection(region, Shape.Set, value.size, task, place);
    else if (isPlain(value) || this.core.isShared(value)) offset = createObject(region, Object.keys(value).length, task, place);
    else this.reject(value, region, place);
    this.known.set(value, region.words.base + offset);
    this.made!.push({ region, source: value, offset });
    return region.words.base + offset;
  }

  private fill({ region, source, offset }: Made): void {
    const { words, heap } = region;
    switch (words.load(offset + C_SHAPE) as Shape) {
      case Shape.Array: {
        const shift = words.load(offset + A_FIRST_SHIFT);
        const array = source as unknown[];
        for (const key of Object.keys(array)) {
          const index = Number(key) >>> 0;
          if (String(index) !== key) this.reject(array, region, { parent: offset, key });
          const number = chunkNumber(index, shift);
          const chunk = words.load(offset + A_CHUNKS + number * 4);
          if (chunk === 0 || index - chunkFirst(number, shift) >= chunkCount(number, shift)) continue;
          words.set(chunk + (index - chunkFirst(number, shift)) * 8, this.core.encode(array[index], region, { parent: offset, key: index }));
        }
        return;
      }
      case Shape.Object:
        for (const key of Object.keys(source)) {
          const slot = addField(region, offset, heap.key(key));
          words.set(slot, this.core.encode(Reflect.get(source, key), region, { parent: offset, key }));
        }
        return;
      case Shape.Map:
        this.fillCollection(region, offset, source as Map<unknown, unknown>);
        return;
      case Shape.Set:
        this.fillCollection(region, offset, (source as Set<unknown>).entries());
        return;
      case Shape.TypedArray:
        return;
    }
  }

  private fillCollection(region: Region, offset: number, entries: Iterable<[unknown, unknown]>): void {
    let size = 0;
    for (const [key, value] of entries) {
      const place = { parent: offset, key: typeof key === "string" ? key : "key" };
      const text = keyText(this.core, region, key) ?? (typeof key === "object" && key !== null ? `o${this.place(key, region, place)}` : this.reject(key, region, place));
      const slot = addField(region, offset, region.heap.key(text));
      region.words.set(slot, this.core.encode(value, region, place));
      size++;
    }
    region.words.set(offset + M_SIZE, size);
  }

  /** Throws the TypeError that names the place. */
  reject(value: unknown, region: Region, place: Place): never {
    const parent = place.parent === 0 ? "" : nameOf(region, place.parent);
    const name = parent === "" ? String(place.key) : parent + keySuffix(place.key);
    throw new TypeError(phrases().cannotShare(describe(value), name));
  }
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return true;
  // A plain object of another realm (node:vm).
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf") && Object.prototype.toString.call(value) === "[object Object]";
}

/** What a value is, for a sentence. */
export function describe(value: unknown): string {
  if (typeof value === "function") return phrases().aFunction(value.name);
  if (typeof value === "symbol") return phrases().aSymbol;
  if (typeof value !== "object" || value === null) return String(value);
  const { constructor } = value;
  return phrases().anObject(typeof constructor === "function" && constructor.name ? constructor.name : "?");
}
