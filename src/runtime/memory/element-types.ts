import { Kind } from "../../trace";

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

export type BigArray = BigInt64Array | BigUint64Array;
export type NumberArray = Exclude<TypedArray, BigArray>;

type Constructor = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => TypedArray;

/** The order is part of the heap's layout. */
export enum ElementType {
  Int8,
  Uint8,
  Uint8Clamped,
  Int16,
  Uint16,
  Int32,
  Uint32,
  Float32,
  Float64,
  BigInt64,
  BigUint64,
}

export interface ElementTypeInfo {
  readonly type: ElementType;
  readonly name: string;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly shift: number;
  readonly read: Kind;
  readonly write: Kind;
  readonly construct: Constructor;
}

function info(type: ElementType, construct: Constructor & { readonly BYTES_PER_ELEMENT: number }): ElementTypeInfo {
  const bytes = construct.BYTES_PER_ELEMENT as 1 | 2 | 4 | 8;
  const shift = 31 - Math.clz32(bytes);
  return { type, name: construct.name, bytes, shift, read: Kind.Read1 + shift, write: Kind.Write1 + shift, construct };
}

export const ELEMENT_TYPES: readonly ElementTypeInfo[] = [
  info(ElementType.Int8, Int8Array),
  info(ElementType.Uint8, Uint8Array),
  info(ElementType.Uint8Clamped, Uint8ClampedArray),
  info(ElementType.Int16, Int16Array),
  info(ElementType.Uint16, Uint16Array),
  info(ElementType.Int32, Int32Array),
  info(ElementType.Uint32, Uint32Array),
  info(ElementType.Float32, Float32Array),
  info(ElementType.Float64, Float64Array),
  info(ElementType.BigInt64, BigInt64Array),
  info(ElementType.BigUint64, BigUint64Array),
];

const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag)!.get!;
const byName = new Map(ELEMENT_TYPES.map((type) => [type.name, type]));

/** What a typed array is, undefined for everything else (a DataView, too). */
export function elementTypeOf(value: object): ElementTypeInfo | undefined {
  const name = tagOf.call(value) as string | undefined;
  return name === undefined ? undefined : byName.get(name);
}
