/**
 * One value in 8 bytes, so that a record has a fixed size and a slot is read and written whole.
 *
 * A number is itself. Everything else lies in a range of doubles no program meets by chance
 * (at or below -1.9375 × 2^1023, sign 1, exponent 0x7FE, top mantissa bits 1111) and carries a type (4 bits)
 * and data (44 bits). NaN payloads are not used: engines are free to canonicalise them (ECMA-262, 6.1.6.1).
 * A number inside that range is written as `ValueType.Number` with its text.
 */
const BASE = -1.9375 * 2 ** 1023;
const UNIT = 2 ** 971;
const TYPE_STEP = 2 ** 44;

export enum ValueType {
  /** data: a Constant */
  Constant = 0,
  /** data: id of a Text record of the same task */
  String = 1,
  /** data: address of a container (meta.ts) in the same space */
  Reference = 2,
  /** data: id of a Text record, the decimal digits */
  BigInt = 3,
  /** data: id of a Text record, the number's text (numbers inside the tagged range) */
  Number = 4,
  /** data: id of a sync object, task, queue … */
  Object = 5,
}

export enum Constant {
  Undefined = 0,
  Null = 1,
  False = 2,
  True = 3,
  /** No value: a deleted property, a hole of an array. */
  Absent = 4,
}

/** The double that stands for `type` and `data` (0 ≤ data < 2^44). */
export function tagged(type: ValueType, data: number): number {
  return BASE - (type * TYPE_STEP + data) * UNIT;
}

/** Whether a double stands for something other than itself. */
export function isTagged(value: number): boolean {
  return value <= BASE && value !== -Infinity;
}

export function tagType(value: number): ValueType {
  return Math.floor((BASE - value) / UNIT / TYPE_STEP);
}

export function tagData(value: number): number {
  const bits = (BASE - value) / UNIT;
  return bits - Math.floor(bits / TYPE_STEP) * TYPE_STEP;
}

export const UNDEFINED = tagged(ValueType.Constant, Constant.Undefined);
export const NULL = tagged(ValueType.Constant, Constant.Null);
export const FALSE = tagged(ValueType.Constant, Constant.False);
export const TRUE = tagged(ValueType.Constant, Constant.True);
export const ABSENT = tagged(ValueType.Constant, Constant.Absent);

/** A decoded value as panels and reports show it. */
export type TraceValue =
  | number
  | string
  | boolean
  | bigint
  | null
  | undefined
  | { readonly ref: number }
  | { readonly object: number }
  | typeof absent;

/** Stands for "no value" (deleted, hole); distinct from undefined. */
export const absent = Symbol("absent");

/** Decodes a value; `text` gives the Text record of an id in the task that recorded it. */
export function decodeValue(value: number, text: (id: number) => string | undefined): TraceValue {
  if (!isTagged(value)) return value;
  const data = tagData(value);
  switch (tagType(value)) {
    case ValueType.Constant:
      switch (data as Constant) {
        case Constant.Null:
          return null;
        case Constant.False:
          return false;
        case Constant.True:
          return true;
        case Constant.Absent:
          return absent;
        case Constant.Undefined:
          return undefined;
      }
      return undefined;
    case ValueType.String:
      return text(data) ?? "…";
    case ValueType.Reference:
      return { ref: data };
    case ValueType.BigInt: {
      const digits = text(data);
      return digits !== undefined && /^-?\d{1,4096}$/.test(digits) ? BigInt(digits) : 0n;
    }
    case ValueType.Number:
      return Number(text(data) ?? NaN);
    case ValueType.Object:
      return { object: data };
    default:
      return undefined;
  }
}
