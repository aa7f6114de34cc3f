import { isTypedArray } from "node:util/types";
import type { MemoryCore, Place, Region } from "./core";
import { ELEMENT_TYPES, elementTypeOf, type ElementTypeInfo, type TypedArray } from "./element-types";
import { Shape, TYPED_ARRAYS, TYPED_BYTES, T_ADDRESS, T_BUFFER, T_BUFFER_BYTES, T_ELEMENTS, T_LENGTH, T_NEXT, T_OFFSET } from "./layout";
import { writeHeader } from "./object-layout";
import { FileWords } from "./file-words";
import { SegmentViews } from "./segment-views";

/** Bytes of typed arrays: their number, and where they are in the trace. */
interface Bytes {
  readonly id: number;
  readonly address: number;
  readonly byteLength: number;
}

/** A SharedArrayBuffer of shared memory. */
export interface KnownBuffer extends Bytes {
  readonly region: Region;
  readonly buffer: SharedArrayBuffer;
}

interface Described {
  readonly bytes: Bytes;
  readonly type: ElementTypeInfo;
  readonly byteOffset: number;
  readonly length: number;
}

/** What recording needs to know of a view. */
export interface ViewInfo {
  /** Trace address of element 0. */
  readonly address: number;
  readonly type: ElementTypeInfo;
}

/** The typed arrays of shared memory: a SharedArrayBuffer each (between processes, bytes in the segment's file), and a descriptor in the heap. */
export class TypedArrays {
  /** Whether any is known: until then no typed array of the program needs a look. */
  any = false;
  /** Of a plain program: makes a buffer known that is met for the first time. */
  meet: ((buffer: ArrayBufferLike) => KnownBuffer | undefined) | undefined;
  /** The same for a view of known bytes. */
  onView: ((view: TypedArray, address: number, type: ElementTypeInfo) => void) | undefined;
  /** The same for a DataView that is used. */
  onDataView: ((view: DataView, address: number) => void) | undefined;
  private readonly buffers = new WeakMap<ArrayBufferLike, KnownBuffer>();
  private readonly byId = new Map<string, KnownBuffer>();
  private readonly views = new WeakMap<object, ViewInfo | null>();
  /** Those of a segment that is a file. */
  readonly segment: SegmentViews;

  constructor(private readonly core: MemoryCore) {
    this.segment = new SegmentViews(core);
  }

  private learn(region: Region, id: number, address: number, buffer: SharedArrayBuffer): KnownBuffer {
    const known: KnownBuffer = { region, id, address, byteLength: buffer.byteLength, buffer };
    this.buffers.set(buffer, known);
    this.byId.set(`${region.words.base}:${id}`, known);
    this.any = true;
    return known;
  }

  /** A buffer that a plain program made itself. */
  adopt(region: Region, id: number, address: number, buffer: SharedArrayBuffer): KnownBuffer {
    return this.buffers.get(buffer) ?? this.learn(region, id, address, buffer);
  }

  /** Whether it is a typed array, of whatever memory. */
  isTyped(value: object): value is NodeJS.TypedArray {
    return isTypedArray(value) || this.segment.of(value) !== undefined;
  }

  /** Copies a typed array (or, of one in this region, makes a descriptor of the same bytes); returns the descriptor's offset. */
  create(region: Region, source: NodeJS.TypedArray, task: number, place: Place): number {
    const behind = this.segment.of(source);
    const type = behind?.type ?? elementTypeOf(source)!;
    const { length, byteOffset } = source;
    if (behind?.bytes.region === region) return this.describe(region, { bytes: behind.bytes, type, byteOffset, length }, task, place);
    const content = behind ? behind.copy(0, length) : source;
    if (region.words instanceof FileWords) {
      return this.describe(region, { bytes: this.segment.create(region, region.words, content), type, byteOffset: 0, length }, task, place);
    }
    const known = this.buffers.get(content.buffer);
    if (known?.region === region) return this.describe(region, { bytes: known, type, byteOffset, length }, task, place);
    const buffer = new SharedArrayBuffer(content.byteLength);
    new Uint8Array(buffer).set(new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
    const made = this.learn(region, region.heap.nextBuffer(), region.heap.claimTyped(content.byteLength), buffer);
    this.core.context.buffers.publish(exchangeId(region, made.id), buffer);
    return this.describe(region, { bytes: made, type, byteOffset: 0, length }, task, place);
  }

  private describe(region: Region, { bytes, type, byteOffset, length }: Described, task: number, place: Place): number {
    const { words } = region;
    const offset = region.heap.allocate(TYPED_BYTES);
    writeHeader(region, offset, Shape.TypedArray, task, place);
    words.store(offset + T_ELEMENTS, type.type);
    words.store(offset + T_BUFFER, bytes.id);
    words.store(offset + T_OFFSET, byteOffset);
    words.store(offset + T_LENGTH, length);
    words.store(offset + T_ADDRESS, bytes.address);
    words.store(offset + T_BUFFER_BYTES, bytes.byteLength);
    for (;;) {
      const first = words.load(TYPED_ARRAYS);
      words.store(offset + T_NEXT, first);
      if (words.compareExchange(TYPED_ARRAYS, first, offset) === first) return offset;
    }
  }

  /** The view of this thread for a descriptor. */
  present(region: Region, offset: number): object {
    const { words } = region;
    const type = ELEMENT_TYPES[words.load(offset + T_ELEMENTS)]!;
    const byteOffset = words.load(offset + T_OFFSET);
    const view = this.view(region, words.load(offset + T_BUFFER), words.load(offset + T_ADDRESS), words.load(offset + T_BUFFER_BYTES), type, byteOffset, words.load(offset + T_LENGTH));
    this.descriptors.set(view, { region, offset });
    return view;
  }

  /** A view of the bytes of a number. */
  view(region: Region, id: number, address: number, bufferBytes: number, type: ElementTypeInfo, byteOffset: number, length: number): object {
    if (region.words instanceof FileWords) return this.segment.present(this.segment.known(region, region.words, id, address, bufferBytes), type, byteOffset, length);
    const known = this.buffer(region, id, address);
    const view = new type.construct(known.buffer, byteOffset, length);
    this.views.set(view, { address: known.address + byteOffset, type });
    return view;
  }

  /** The same as a DataView. */
  dataView(region: Region, id: number, address: number, bufferBytes: number, byteOffset: number, byteLength: number): DataView {
    if (region.words instanceof FileWords) return this.segment.dataView(this.segment.known(region, region.words, id, address, bufferBytes), byteOffset, byteLength);
    return new DataView(this.buffer(region, id, address).buffer, byteOffset, byteLength);
  }

  /** The bytes behind a DataView; undefined if they are not in shared memory. */
  behindDataView(view: object): (Bytes & { readonly region: Region }) | undefined {
    return this.segment.behindDataView(view) ?? (this.any && view instanceof DataView ? this.buffers.get(view.buffer) : undefined);
  }

  private readonly descriptors = new WeakMap<object, { region: Region; offset: number }>();

  /** The SharedArrayBuffer of a number, fetched from another thread if this one has not seen it. */
  buffer(region: Region, id: number, address: number): KnownBuffer {
    return this.byId.get(`${region.words.base}:${id}`) ?? this.learn(region, id, address, this.core.context.buffers.fetch(exchangeId(region, id)));
  }

  /** Undefined for a buffer that is not in shared memory. */
  bufferOf(buffer: ArrayBufferLike): KnownBuffer | undefined {
    return this.buffers.get(buffer);
  }

  /** A buffer that comes with a copied space. */
  restore(region: Region, id: number, address: number, buffer: SharedArrayBuffer): void {
    this.learn(region, id, address, buffer);
    this.core.context.buffers.publish(exchangeId(region, id), buffer);
  }

  /** The descriptor of a view that shared memory gave; undefined for other views, also of the same bytes. */
  descriptorOf(view: object): { region: Region; offset: number } | undefined {
    return this.descriptors.get(view);
  }

  /** Trace address of a DataView's first byte; undefined if its bytes are not in shared memory. */
  addressOf(view: DataView): number | undefined {
    if (!this.any) return undefined;
    const known = this.buffers.get(view.buffer) ?? this.meet?.(view.buffer);
    if (!known) return undefined;
    const address = known.address + view.byteOffset;
    this.onDataView?.(view, address);
    return address;
  }

  /** How to record accesses to a view; undefined if its bytes are not in shared memory. */
  info(view: object): ViewInfo | undefined {
    const known = this.views.get(view);
    if (known !== undefined) return known ?? undefined;
    const type = elementTypeOf(view);
    const bytes = type && (view as TypedArray).buffer;
    const buffer = bytes && (this.buffers.get(bytes) ?? this.meet?.(bytes));
    const info = type && buffer ? { address: buffer.address + (view as TypedArray).byteOffset, type } : null;
    this.views.set(view, info);
    if (info) this.onView?.(view as TypedArray, info.address, info.type);
    return info ?? undefined;
  }
}

/** Buffers of the heap and of the segment are numbered apart. */
function exchangeId(region: Region, id: number): number {
  return region.words.base === 0 ? id * 2 : id * 2 + 1;
}
