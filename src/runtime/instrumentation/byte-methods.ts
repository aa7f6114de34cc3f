import { Kind } from "../../trace";
import { DATA_VIEW_ACCESSORS, methodNamed, type Method } from "../memory/data-view-accessors";
import { ELEMENT_TYPES, ElementType } from "../memory/element-types";
import type { TypedArrays } from "../memory/typed-arrays";
import type { TaskRecorder } from "../recorder/types";

interface Access {
  readonly bytes: number;
  readonly write: boolean;
  /** Position of the offset among the arguments. */
  readonly offset: number;
  /** What a write has stored: reads it back. */
  readonly reader: Method | undefined;
}

/** DataView's getters and setters, by function. */
const dataViewMethods = new Map<Method, Access>(
  DATA_VIEW_ACCESSORS.map(({ bytes, method, reader }) => [method, { bytes, write: reader !== undefined, offset: 0, reader }]),
);

/** Buffer's readers and writers of numbers. */
const bufferMethods = new Map<Method, Access>();
const NUMBERS = { Int8: 1, UInt8: 1, Uint8: 1, Int16: 2, UInt16: 2, Uint16: 2, Int32: 4, UInt32: 4, Uint32: 4, Float: 4, Double: 8, BigInt64: 8, BigUInt64: 8, BigUint64: 8 } as const;
for (const [number, bytes] of Object.entries(NUMBERS)) {
  for (const order of bytes === 1 ? [""] : ["LE", "BE"]) {
    const read = methodNamed(Buffer.prototype, `read${number}${order}`);
    const write = methodNamed(Buffer.prototype, `write${number}${order}`);
    if (read) bufferMethods.set(read, { bytes, write: false, offset: 0, reader: undefined });
    if (write) bufferMethods.set(write, { bytes, write: true, offset: 1, reader: read });
  }
}

/** What other methods of Buffer do with the bytes that they are called on. */
const READING = new Set(["toString", "equals", "compare", "toJSON", "includes", "indexOf", "lastIndexOf", "copy", "readIntLE", "readIntBE", "readUIntLE", "readUIntBE", "utf8Slice", "latin1Slice", "hexSlice", "base64Slice"]);
const WRITING = new Set(["write", "fill", "swap16", "swap32", "swap64", "writeIntLE", "writeIntBE", "writeUIntLE", "writeUIntBE", "utf8Write", "latin1Write", "hexWrite", "base64Write"]);
const wholeMethods = new Map<Method, string>();
for (const name of [...READING, ...WRITING]) {
  const method = methodNamed(Buffer.prototype, name);
  if (method) wholeMethods.set(method, name);
}

/** Methods of DataView and Buffer whose bytes are shared: does what they do and records the bytes that they touch. */
export class ByteMethods {
  constructor(
    private readonly recorder: TaskRecorder,
    private readonly typed: TypedArrays,
  ) {}

  /** Whether it is one of them; other methods are not ours to call. */
  knows(object: unknown, method: unknown): boolean {
    if (object instanceof DataView) return dataViewMethods.has(method as Method);
    return bufferMethods.has(method as Method) || wholeMethods.has(method as Method);
  }

  call(object: DataView | Uint8Array, method: Method, args: unknown[]): unknown {
    const address = object instanceof DataView ? this.typed.addressOf(object) : this.typed.info(object)?.address;
    const access = dataViewMethods.get(method) ?? bufferMethods.get(method);
    if (address === undefined) return Reflect.apply(method, object, args);
    if (access) return this.element(object, method, args, access, address);
    return this.whole(object as Uint8Array, method, args, address);
  }

  private element(object: DataView | Uint8Array, method: Method, args: unknown[], { bytes, write, offset, reader }: Access, address: number): unknown {
    // An offset that is an object is converted once, before everything else, as the engine does.
    const at = args[offset] === undefined ? 0 : Math.trunc(Number(args[offset])) || 0;
    const given = [...args];
    if (typeof args[offset] === "object" && args[offset] !== null) given[offset] = at;
    const result = Reflect.apply(method, object, given);
    const shift = 31 - Math.clz32(bytes);
    const value = reader ? Reflect.apply(reader, object, object instanceof DataView ? [at, args[2]] : [at]) : result;
    this.recorder.access((write ? Kind.Write1 : Kind.Read1) + shift, address + at, this.recorder.encode(value as number | bigint));
    return result;
  }

  private whole(buffer: Uint8Array, method: Method, args: unknown[], address: number): unknown {
    const name = wholeMethods.get(method)!;
    const write = WRITING.has(name);
    const [from, to] = rangeOf(name, args, buffer.length);
    if (!write) this.bytes(buffer, address, from, to, false);
    const target = name === "copy" && ArrayBuffer.isView(args[0]) ? (args[0] as Uint8Array) : undefined;
    const result = Reflect.apply(method, buffer, args);
    if (write) this.bytes(buffer, address, from, name === "write" ? from + Number(result) : to, true);
    const info = target && this.typed.info(target);
    if (info) {
      const start = Number(args[1] ?? 0) || 0;
      this.bytes(target, info.address, start, start + Number(result), true);
    }
    return result;
  }

  /** Single bytes, with the values that they have now. */
  bytes(buffer: Uint8Array, address: number, from: number, to: number, write: boolean): void {
    const first = Math.max(0, from);
    const run = { type: ELEMENT_TYPES[ElementType.Uint8]!, buffer: buffer.buffer, byteOffset: buffer.byteOffset + first, count: Math.min(to, buffer.length) - first };
    this.recorder.accessRun(write ? Kind.Write1 : Kind.Read1, address + first, run);
  }
}

/** The bytes that a method may touch, from its arguments. */
function rangeOf(name: string, args: unknown[], length: number): [number, number] {
  const number = (value: unknown, missing: number): number => (typeof value === "number" ? value : missing);
  switch (name) {
    case "toString":
    case "fill":
      return [number(args[1], 0), number(args[2], length)];
    case "copy":
      return [number(args[2], 0), number(args[3], length)];
    case "write":
      return [number(args[1], 0), length];
    case "readIntLE":
    case "readIntBE":
    case "readUIntLE":
    case "readUIntBE":
      return [number(args[0], 0), number(args[0], 0) + number(args[1], 0)];
    case "writeIntLE":
    case "writeIntBE":
    case "writeUIntLE":
    case "writeUIntBE":
      return [number(args[1], 0), number(args[1], 0) + number(args[2], 0)];
    default:
      return [0, length];
  }
}
