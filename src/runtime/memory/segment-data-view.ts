import { Kind } from "../../trace";
import type { TaskRecorder } from "../recorder/types";
import { DATA_VIEW_ACCESSORS, type DataViewAccessor, type Method } from "./data-view-accessors";
import type { BufferStandIn, SegmentBytes } from "./segment-view";

/**
 * `new DataView(array.buffer, byteOffset, length)` where the bytes lie in the segment's file: an object with the prototype of DataView and
 * methods of its own, which move the bytes by system calls and record them. Throws RangeError as that does (ECMA-262, 25.3).
 */
export function segmentDataView(recorder: TaskRecorder, buffer: BufferStandIn, byteOffset: unknown, byteLength: unknown): DataView {
  const bytes = buffer.segmentBytes;
  const offset = toIndex(byteOffset, (given) => `Start offset ${given} is outside the bounds of the buffer`);
  if (offset > bytes.byteLength) throw new RangeError(`Start offset ${offset} is outside the bounds of the buffer`);
  const length = byteLength === undefined ? bytes.byteLength - offset : toIndex(byteLength, (given) => `Invalid DataView length ${given}`);
  if (offset + length > bytes.byteLength) throw new RangeError(`Invalid DataView length ${length}`);
  const constant = (value: unknown): PropertyDescriptor => ({ value, enumerable: false, configurable: true });
  return Object.create(DataView.prototype, {
    buffer: constant(buffer),
    byteOffset: constant(offset),
    byteLength: constant(length),
    ...Object.fromEntries(DATA_VIEW_ACCESSORS.map((accessor) => [accessor.name, { ...constant(methodOf(recorder, bytes, offset, length, accessor)), writable: true }])),
  }) as DataView;
}

function methodOf(recorder: TaskRecorder, { words, address }: SegmentBytes, offset: number, length: number, { name, bytes, method, reader }: DataViewAccessor): Method {
  const kind: Kind = (reader ? Kind.Write1 : Kind.Read1) + Math.log2(bytes);
  const element = new Uint8Array(bytes);
  const view = new DataView(element.buffer);
  const outside = "Offset is outside the bounds of the DataView";
  const { [name]: own } = {
    [name](...args: unknown[]): unknown {
      const at = toIndex(args[0], () => outside);
      // A value is converted before the bounds are looked at.
      if (reader) Reflect.apply(method, view, [0, ...args.slice(1)]);
      if (at + bytes > length) throw new RangeError(outside);
      const place = address + offset + at;
      if (reader) words.writeBytes(place - words.base, element);
      else words.readInto(element, place - words.base);
      const value = Reflect.apply(reader ?? method, view, [0, args[reader ? 2 : 1]]);
      recorder.access(kind, place, recorder.encode(value as number | bigint));
      return reader ? undefined : value;
    },
  };
  return own!;
}

/** ECMA-262, ToIndex. */
function toIndex(value: unknown, message: (given: string) => string): number {
  const index = Math.trunc(+(value as number)) || 0;
  if (index < 0 || index > Number.MAX_SAFE_INTEGER) throw new RangeError(message(String(value)));
  return index;
}
