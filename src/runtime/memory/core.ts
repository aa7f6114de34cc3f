import { ABSENT, Kind, SEGMENT_BASE, ValueType, absent, isTagged, tagData, tagged } from "../../trace";
import type { TaskContext } from "../context";
import type { TaskRecorder } from "../recorder/types";
import { C_SHAPE, Shape } from "./layout";
import { Heap } from "./heap";
import {
  SlotType,
  constant,
  ownsBlock,
  readConstant,
  readShortBigInt,
  readShortString,
  reference,
  shortBigInt,
  shortString,
  slotType,
} from "./slot-value";
import { TextBlocks } from "./text-blocks";
import type { Words } from "./words";

export type MemoryContext = TaskContext & { readonly recorder: TaskRecorder };

/** One shared memory: the heap of the process, or the segment of the run. */
export class Region {
  readonly heap: Heap;
  readonly texts: TextBlocks;
  /** The JavaScript objects of this thread, by the offset of what they stand for. */
  readonly objects = new Map<number, WeakRef<object>>();

  constructor(readonly words: Words) {
    this.heap = new Heap(words);
    this.texts = new TextBlocks(this.heap);
  }

  /** The number of its space in the trace. */
  space(context: TaskContext): number {
    return this.words.base === 0 ? context.space : -1;
  }
}

/** Where a value is put: in which container, under which name or index. For names and messages. */
export interface Place {
  /** Offset of the container; 0 for a variable. */
  readonly parent: number;
  readonly key: string | number;
}

/** The parts that know how to make and to present containers; given later, since they need the core themselves. */
export interface ContainerParts {
  /** Copies an object into the region, or finds the one that it is; returns its trace address. */
  place(value: object, region: Region, place: Place): number;
  present(region: Region, offset: number, shape: Shape): object;
  /** The slot form of what travels as itself, undefined if `value` does not. */
  encodeTraveller(value: object): string | undefined;
  decodeTraveller(text: string): object;
  travellerId(text: string): number;
  /** The address of a shared value that may stand in this region as itself; undefined for any other object. */
  existing(value: object, region: Region): number | undefined;
  /** Where a typed array that shared memory gave is described. */
  descriptorOf(value: object): SharedHandler | undefined;
  /** Of a typed array in a segment that is a file: its elements as they are now, without a record. */
  copyOfView(value: object): object | undefined;
  reject(value: unknown, region: Region, place: Place): never;
}

/** What stands behind the Proxy of a shared container. */
export interface SharedHandler {
  readonly region: Region;
  readonly offset: number;
}

/** Reads and writes slots, recording each. */
export class MemoryCore {
  readonly recorder: TaskRecorder;
  parts!: ContainerParts;
  /** The container whose properties are being listed, where in the source, and how many descriptors will yet be asked for. */
  private listed: object | undefined;
  private listedAt = 0;
  private listedLeft = 0;
  /** The traps of each shared object and array of this thread. */
  readonly handlers = new WeakMap<object, SharedHandler>();
  private readonly registry = new FinalizationRegistry<{ region: Region; offset: number }>(({ region, offset }) => {
    if (region.objects.get(offset)?.deref() === undefined) region.objects.delete(offset);
  });

  constructor(readonly context: MemoryContext, readonly own: Region, readonly segment: Region) {
    this.recorder = context.recorder;
  }

  regionOf(address: number): Region {
    return address >= SEGMENT_BASE ? this.segment : this.own;
  }

  /** The object of this thread for a container: always the same one. */
  object(address: number): object {
    const region = this.regionOf(address);
    const offset = address - region.words.base;
    const known = region.objects.get(offset)?.deref();
    if (known) return known;
    const object = this.parts.present(region, offset, region.words.load(offset + C_SHAPE) as Shape);
    this.adopt(region, offset, object);
    return object;
  }

  /**
   * Listing properties (Object.keys, spread, JSON …) asks for the keys, then for each one's descriptor, and then reads
   * those that are wanted: only that last step is a read of the slot.
   */
  beginListing(container: object, keys: number): void {
    this.listed = container;
    this.listedAt = this.recorder.site;
    this.listedLeft = keys;
  }

  /** Whether a descriptor is asked for because properties are being listed. */
  listing(container: object): boolean {
    return this.listed === container && this.listedAt === this.recorder.site && this.listedLeft-- > 0;
  }

  endListing(): void {
    this.listed = undefined;
  }

  /** Whether it is a shared object or array (its Proxy); typed arrays are not, even where they are Proxies. */
  isShared(value: object): boolean {
    return this.handlers.has(value);
  }

  adopt(region: Region, offset: number, object: object): void {
    region.objects.set(offset, new WeakRef(object));
    this.registry.register(object, { region, offset });
  }

  /** A recorded read of a slot; the symbol `absent` where there is no value. */
  read(region: Region, offset: number): unknown {
    const { words } = region;
    for (;;) {
      const encoded = words.get(offset);
      if (!isTagged(encoded)) {
        this.recorder.access(Kind.Read8, words.base + offset, encoded);
        return encoded;
      }
      const value = this.decode(region, encoded);
      if (value === RETRY) continue;
      this.recorder.access(Kind.Read8, words.base + offset, this.traceValue(region, encoded, value));
      return value;
    }
  }

  /** The same without a record. */
  peek(region: Region, offset: number): unknown {
    for (;;) {
      const encoded = region.words.get(offset);
      const value = isTagged(encoded) ? this.decode(region, encoded) : encoded;
      if (value !== RETRY) return value;
    }
  }

  isAbsent(region: Region, offset: number): boolean {
    return region.words.get(offset) === ABSENT;
  }

  private decode(region: Region, encoded: number): unknown {
    switch (slotType(encoded)) {
      case SlotType.Constant:
        return readConstant(encoded);
      case SlotType.ShortString:
        return readShortString(encoded);
      case SlotType.ShortBigInt:
        return readShortBigInt(encoded);
      case SlotType.Reference:
        return this.object(tagData(encoded));
      default:
        break;
    }
    const text = region.texts.read(encoded);
    if (text === undefined) return RETRY;
    switch (slotType(encoded)) {
      case SlotType.BigInt:
        return BigInt(text);
      case SlotType.Number:
        return Number(text);
      case SlotType.Traveller:
        return this.parts.decodeTraveller(text);
      default:
        return text;
    }
  }

  /** What the trace says for a slot's value; `value` is its decoded form. */
  traceValue(region: Region, encoded: number, value: unknown): number {
    if (!isTagged(encoded)) return encoded;
    switch (slotType(encoded)) {
      case SlotType.Constant:
      case SlotType.Reference:
        return encoded;
      case SlotType.Traveller:
        return tagged(ValueType.Object, this.parts.travellerId(region.texts.read(encoded) ?? ""));
      default:
        return this.recorder.encode(value as string | number | bigint);
    }
  }

  /** The slot form of a value; an object is copied in, unless it is in shared memory already. */
  encode(value: unknown, region: Region, place: Place): number {
    switch (typeof value) {
      case "number":
        return isTagged(value) ? region.texts.write(SlotType.Number, String(value)) : value;
      case "string":
        return shortString(value) ?? region.texts.write(SlotType.String, value);
      case "boolean":
      case "undefined":
        return constant(value);
      case "bigint":
        return shortBigInt(value) ?? region.texts.write(SlotType.BigInt, String(value));
      case "object": {
        if (value === null) return constant(null);
        const traveller = this.parts.encodeTraveller(value);
        if (traveller !== undefined) return region.texts.write(SlotType.Traveller, traveller);
        return reference(this.parts.place(value, region, place));
      }
      default:
        return this.parts.reject(value, region, place);
    }
  }

  /** A recorded write. */
  write(region: Region, offset: number, value: unknown, place: Place): void {
    const { words } = region;
    if (typeof value === "number" && !isTagged(value)) {
      if (ownsBlock(words.get(offset))) this.put(region, offset, value);
      else words.set(offset, value);
      this.recorder.access(Kind.Write8, words.base + offset, value);
      return;
    }
    const encoded = this.encode(value, region, place);
    // Before the value is in the slot, where another task may free its block.
    const told = this.traceValue(region, encoded, value);
    this.put(region, offset, encoded);
    this.recorder.access(Kind.Write8, words.base + offset, told);
  }

  /** A recorded write of "no value". */
  erase(region: Region, offset: number): void {
    this.put(region, offset, ABSENT);
    this.recorder.access(Kind.Write8, region.words.base + offset, ABSENT);
  }

  /** Stores a slot and frees what it held. Not recorded. */
  put(region: Region, offset: number, encoded: number): void {
    const { words } = region;
    if (ownsBlock(encoded) || ownsBlock(words.get(offset))) {
      const old = words.exchange(offset, encoded);
      if (ownsBlock(old)) region.texts.free(old);
    } else words.set(offset, encoded);
  }
}

/** Decoding met a text that was freed meanwhile. */
const RETRY = Symbol("retry");

export { absent };
