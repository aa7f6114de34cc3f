import { Constant, FALSE, NULL, TRUE, UNDEFINED, ValueType, absent, isTagged, tagData, tagType, tagged } from "../../trace";

/**
 * What a slot holds: as in trace/value.ts, but texts lie in blocks of the heap. A number, a constant or a reference has
 * the same form in both. Data of a block type: (offset / 16) × 2^20 + generation of the block.
 */
export enum SlotType {
  Constant = ValueType.Constant,
  String = ValueType.String,
  Reference = ValueType.Reference,
  BigInt = ValueType.BigInt,
  Number = ValueType.Number,
  /** A lock, queue, task …: JSON of its tag and reference. */
  Traveller = 8,
  /** At most 5 Latin-1 characters in the slot itself: length × 2^40 + characters. */
  ShortString = 9,
  /** A bigint of less than 43 bits: value + 2^43. */
  ShortBigInt = 10,
}

const GENERATIONS = 2 ** 20;
export const MAX_GENERATION = GENERATIONS - 1;
const SHORT_BIGINT = 2 ** 43;
const SHORT_LENGTH = 5;

export function blockValue(type: SlotType, offset: number, generation: number): number {
  return tagged(type as number as ValueType, (offset / 16) * GENERATIONS + generation);
}
export function blockOffset(encoded: number): number {
  return Math.floor(tagData(encoded) / GENERATIONS) * 16;
}
export function blockGeneration(encoded: number): number {
  return tagData(encoded) % GENERATIONS;
}

export function slotType(encoded: number): SlotType {
  return tagType(encoded) as number as SlotType;
}

/** Whether the value owns a block that is to be freed when it is overwritten. */
export function ownsBlock(encoded: number): boolean {
  if (!isTagged(encoded)) return false;
  const type = slotType(encoded);
  return type === SlotType.String || type === SlotType.BigInt || type === SlotType.Number || type === SlotType.Traveller;
}

/** The slot form of a short text, or undefined if it needs a block. */
export function shortString(text: string): number | undefined {
  const { length } = text;
  if (length > SHORT_LENGTH) return undefined;
  let data = length;
  for (let i = 0; i < SHORT_LENGTH; i++) {
    const code = i < length ? text.charCodeAt(i) : 0;
    if (code > 0xff) return undefined;
    data = data * 256 + code;
  }
  return tagged(SlotType.ShortString as number as ValueType, data);
}

export function readShortString(encoded: number): string {
  let data = tagData(encoded);
  const codes: number[] = [];
  for (let i = 0; i < SHORT_LENGTH; i++) {
    codes.unshift(data % 256);
    data = Math.floor(data / 256);
  }
  return String.fromCharCode(...codes.slice(0, data));
}

export function shortBigInt(value: bigint): number | undefined {
  const limit = BigInt(SHORT_BIGINT);
  if (value >= limit || value < -limit) return undefined;
  return tagged(SlotType.ShortBigInt as number as ValueType, Number(value) + SHORT_BIGINT);
}

export function readShortBigInt(encoded: number): bigint {
  return BigInt(tagData(encoded) - SHORT_BIGINT);
}

export function reference(address: number): number {
  return tagged(ValueType.Reference, address);
}

/** The slot form of undefined, null and booleans. */
export function constant(value: boolean | null | undefined): number {
  return value === undefined ? UNDEFINED : value === null ? NULL : value ? TRUE : FALSE;
}

export function readConstant(encoded: number): boolean | null | undefined | typeof absent {
  switch (tagData(encoded) as Constant) {
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
}
