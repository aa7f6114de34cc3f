import { absent } from "../../trace";
import type { Announcer } from "./announce";
import { SharedMap, SharedSet } from "./collection-objects";
import { keyLabel, keyOfText, keyText } from "./collection-keys";
import type { MemoryCore, Region, SharedHandler } from "./core";
import { FIELD_KEY, FIELD_ORDINAL, M_SIZE, O_COUNT, Shape } from "./layout";
import { addField, fields, nextOrdinal } from "./object-layout";

/**
 * The entries of a shared Map or Set as one thread sees them. Each key has a slot, which holds the value (of a Set: the element
 * itself) or nothing; the size has one of its own, which is read and written where an entry comes or goes, as an array's length is.
 */
export class Collection implements SharedHandler {
  private readonly slots = new Map<string, number>();
  private known = 0;

  constructor(
    readonly core: MemoryCore,
    private readonly announcer: Announcer,
    readonly region: Region,
    readonly offset: number,
  ) {}

  private sync(): void {
    const { words, heap } = this.region;
    if (words.load(this.offset + O_COUNT) === this.known) return;
    for (const field of fields(words, this.offset, this.known)) {
      this.slots.set(heap.keyText(words.load(field + FIELD_KEY)), field);
      this.known++;
    }
  }

  /** The slot of a key, made if need be: looking for a key before another task adds it is a race, too, and needs an address. */
  private slot(text: string): number {
    let slot = this.slots.get(text);
    if (slot !== undefined) return slot;
    const { region } = this;
    const name = region.heap.key(text);
    region.words.lock();
    try {
      this.sync();
      slot = this.slots.get(text);
      if (slot !== undefined) return slot;
      slot = addField(region, this.offset, name);
      this.sync();
    } finally {
      region.words.unlock();
    }
    if (this.announcer.knows(region, this.offset)) this.announcer.slot(region, this.offset, slot, keyLabel(this.core, text));
    return slot;
  }

  /** The value of a key, `absent` where there is none. */
  read(key: unknown): unknown {
    const text = keyText(this.core, this.region, key);
    return text === undefined ? absent : this.core.read(this.region, this.slot(text));
  }

  /** A key that is an object is copied in, as values are. */
  private textFor(key: unknown): string {
    const text = keyText(this.core, this.region, key);
    if (text !== undefined) return text;
    const place = { parent: this.offset, key: "key" };
    if (typeof key !== "object" || key === null) return this.core.parts.reject(key, this.region, place);
    return `o${this.core.parts.place(key, this.region, place)}`;
  }

  write(key: unknown, value: unknown): void {
    const text = this.textFor(key);
    const slot = this.slot(text);
    const isNew = this.core.isAbsent(this.region, slot);
    this.core.write(this.region, slot, value, { parent: this.offset, key: keyName(key) });
    if (isNew) this.added(slot);
  }

  /** Of a Set. */
  add(element: unknown): void {
    const text = this.textFor(element);
    const slot = this.slot(text);
    if (this.core.read(this.region, slot) !== absent) return;
    this.core.write(this.region, slot, keyOfText(this.core, text), { parent: this.offset, key: keyName(element) });
    this.added(slot);
  }

  private added(slot: number): void {
    const { words } = this.region;
    words.store(slot + FIELD_ORDINAL, nextOrdinal(words, this.offset));
    this.writeSize(this.readSize() + 1);
  }

  erase(key: unknown): boolean {
    const text = keyText(this.core, this.region, key);
    if (text === undefined) return false;
    const slot = this.slot(text);
    if (this.core.read(this.region, slot) === absent) return false;
    this.core.erase(this.region, slot);
    this.writeSize(this.readSize() - 1);
    return true;
  }

  clear(): void {
    this.sync();
    for (const slot of this.slots.values()) if (!this.core.isAbsent(this.region, slot)) this.core.erase(this.region, slot);
    this.writeSize(0);
  }

  readSize(): number {
    return this.core.read(this.region, this.offset + M_SIZE) as number;
  }

  private writeSize(size: number): void {
    this.core.write(this.region, this.offset + M_SIZE, size, { parent: this.offset, key: "size" });
  }

  /**
   * Keys and values in the order in which they came, also those that come meanwhile. Each is read when it is its turn; where the
   * walk begins and where it finds nothing more, the size is read: that tells it from a task that adds or deletes an entry.
   */
  *entries(): Generator<[unknown, unknown]> {
    const { core, region } = this;
    const { words } = region;
    const { site } = core.recorder;
    let last = 0;
    for (;;) {
      core.recorder.site = site;
      this.readSize();
      this.sync();
      const next = [...this.slots]
        .map(([text, slot]) => ({ text, slot, ordinal: words.load(slot + FIELD_ORDINAL) }))
        .filter(({ ordinal, slot }) => ordinal > last && !core.isAbsent(region, slot))
        .sort((a, b) => a.ordinal - b.ordinal);
      if (next.length === 0) return;
      for (const { text, slot, ordinal } of next) {
        last = ordinal;
        // Deleted meanwhile, and perhaps added again at the end.
        if (words.load(slot + FIELD_ORDINAL) !== ordinal) continue;
        core.recorder.site = site;
        const value = core.read(region, slot);
        if (value !== absent) yield [keyOfText(core, text), value];
      }
    }
  }
}

function keyName(key: unknown): string | number {
  return typeof key === "string" || (typeof key === "number" && key >= 0 && key < 2 ** 31 && Number.isInteger(key)) ? key : typeof key === "object" ? "key" : String(key);
}

/** The Map or Set of this thread for one in memory. */
export function presentCollection(core: MemoryCore, announcer: Announcer, region: Region, offset: number, shape: Shape.Map | Shape.Set): { proxy: object; handler: Collection } {
  const handler = new Collection(core, announcer, region, offset);
  const object = shape === Shape.Map ? new SharedMap(handler) : new SharedSet(handler);
  // What is put beside the entries would be seen by one task only.
  return { proxy: Object.preventExtensions(object), handler };
}
