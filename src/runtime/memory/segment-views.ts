import type { MemoryCore, Region } from "./core";
import { ELEMENT_TYPES, type ElementTypeInfo } from "./element-types";
import { FileWords } from "./file-words";
import { segmentDataView } from "./segment-data-view";
import { SegmentView, standIn, type BufferStandIn, type SegmentBytes } from "./segment-view";

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Zeroed parts of a new array need no writing: unread parts of the file are zero. */
const PIECE = 64 * 1024;
const zeros = new Uint8Array(PIECE);

/** The typed arrays of a segment that is a file: between processes. */
export class SegmentViews {
  /** Whether there is any: until then no object of the program needs a look. */
  any = false;
  /** What methods of %TypedArray% do with such views; set by whoever records them. */
  methods: ReadonlyMap<string | symbol, Method> = new Map();
  private readonly views = new WeakMap<object, SegmentView>();
  private readonly buffers = new Map<number, SegmentBytes>();
  private readonly standIns = new WeakMap<SegmentBytes, BufferStandIn>();
  private readonly dataViews = new WeakMap<object, SegmentBytes>();

  constructor(private readonly core: MemoryCore) {}

  /** What stands behind a view; undefined for every other object. */
  of(value: unknown): SegmentView | undefined {
    return this.any && typeof value === "object" && value !== null ? this.views.get(value) : undefined;
  }

  /** The bytes behind what the `buffer` of a view gave. */
  bytesOf(value: unknown): SegmentBytes | undefined {
    if (!this.any || !(value instanceof SharedArrayBuffer) || !Object.hasOwn(value, "segmentBytes")) return undefined;
    return (value as BufferStandIn).segmentBytes;
  }

  /** New bytes in the file, with the contents of a typed array. */
  create(region: Region, words: FileWords, source: NodeJS.TypedArray): SegmentBytes {
    const bytes = this.known(region, words, region.heap.nextBuffer(), region.heap.claimTyped(source.byteLength), source.byteLength);
    const content = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
    for (let at = 0; at < content.length; at += PIECE) {
      const piece = content.subarray(at, at + PIECE);
      if (!piece.equals(zeros.subarray(0, piece.length))) words.writeBytes(bytes.address - words.base + at, piece);
    }
    return bytes;
  }

  known(region: Region, words: FileWords, id: number, address: number, byteLength: number): SegmentBytes {
    this.any = true;
    let bytes = this.buffers.get(id);
    if (!bytes) this.buffers.set(id, (bytes = { region, words, id, address, byteLength }));
    return bytes;
  }

  /** A view, as the program sees it. */
  present(bytes: SegmentBytes, type: ElementTypeInfo, byteOffset: number, length: number): object {
    return this.adopt(
      new SegmentView({ recorder: this.core.recorder, methods: () => this.methods, bufferOf: (of) => this.standIn(of) }, bytes, type, byteOffset, length),
    );
  }

  adopt(view: SegmentView): object {
    this.views.set(view.proxy, view);
    return view.proxy;
  }

  private standIn(bytes: SegmentBytes): BufferStandIn {
    let buffer = this.standIns.get(bytes);
    if (!buffer) this.standIns.set(bytes, (buffer = standIn(bytes)));
    return buffer;
  }

  dataView(bytes: SegmentBytes, byteOffset: unknown, byteLength: unknown): DataView {
    const view = segmentDataView(this.core.recorder, this.standIn(bytes), byteOffset, byteLength);
    this.dataViews.set(view, bytes);
    return view;
  }

  /** The bytes behind a DataView; undefined for every other object. */
  behindDataView(value: object): SegmentBytes | undefined {
    return this.any ? this.dataViews.get(value) : undefined;
  }

  /** `new Int32Array(view.buffer, byteOffset, length)`, also of a DataView. Throws RangeError as that does (ECMA-262, InitializeTypedArrayFromArrayBuffer). */
  construct(constructor: unknown, bytes: SegmentBytes, byteOffset: unknown, length: unknown): object {
    const type = ELEMENT_TYPES.find((one) => one.construct === constructor);
    if (constructor === DataView) return this.dataView(bytes, byteOffset, length);
    if (!type) return Reflect.construct(constructor as new (...args: unknown[]) => object, [this.standIn(bytes), byteOffset, length]) as object;
    const offset = Math.trunc(Number(byteOffset ?? 0)) || 0;
    if (offset < 0) throw new RangeError(`Start offset ${offset} is outside the bounds of the buffer`);
    if (offset % type.bytes !== 0) throw new RangeError(`start offset of ${type.name} should be a multiple of ${type.bytes}`);
    if (length === undefined && bytes.byteLength % type.bytes !== 0) throw new RangeError(`byte length of ${type.name} should be a multiple of ${type.bytes}`);
    if (offset > bytes.byteLength) throw new RangeError(`Start offset ${offset} is outside the bounds of the buffer`);
    const count = length === undefined ? (bytes.byteLength - offset) / type.bytes : Math.trunc(Number(length)) || 0;
    if (count < 0 || offset + count * type.bytes > bytes.byteLength) throw new RangeError(`Invalid typed array length: ${count}`);
    return this.present(bytes, type, offset, count);
  }
}

