import type { TypedArrays, ViewInfo } from "../memory/typed-arrays";
import { ElementType, type BigArray, type NumberArray, type TypedArray } from "../memory/element-types";
import type { TaskRecorder } from "../recorder/types";

/** Recorded reads and writes of single elements of typed arrays. */
export class ViewAccess {
  constructor(
    private readonly recorder: TaskRecorder,
    readonly typed: TypedArrays,
  ) {}

  /** One load per element type, so that each stays monomorphic for the engine. */
  read(view: object, info: ViewInfo, index: number): number | bigint | undefined {
    let value: number | undefined;
    const { type } = info;
    switch (type.type) {
      case ElementType.Float64:
        value = (view as Float64Array)[index];
        break;
      case ElementType.Int32:
        value = (view as Int32Array)[index];
        break;
      case ElementType.Uint8:
        value = (view as Uint8Array)[index];
        break;
      case ElementType.Uint32:
        value = (view as Uint32Array)[index];
        break;
      case ElementType.Float32:
        value = (view as Float32Array)[index];
        break;
      case ElementType.BigInt64:
      case ElementType.BigUint64: {
        const big = (view as BigArray)[index];
        if (big !== undefined) this.told(info, index, this.recorder.encode(big), false);
        return big;
      }
      default:
        value = (view as NumberArray)[index];
    }
    if (value !== undefined) this.recorder.access(type.read, info.address + (index << type.shift), value);
    return value;
  }

  write(view: object, info: ViewInfo, index: number, value: unknown): void {
    const { type } = info;
    if (type.type === ElementType.BigInt64 || type.type === ElementType.BigUint64) {
      const array = view as BigArray;
      const signed = type.type === ElementType.BigInt64;
      const big = toBigInt(value);
      array[index] = big;
      if (index >= 0 && index < array.length) this.told(info, index, this.recorder.encode(signed ? BigInt.asIntN(64, big) : BigInt.asUintN(64, big)), true);
      return;
    }
    const number = typeof value === "number" ? value : Number(value);
    const array = view as NumberArray;
    switch (type.type) {
      case ElementType.Float64:
        (view as Float64Array)[index] = number;
        break;
      case ElementType.Int32:
        (view as Int32Array)[index] = number;
        break;
      case ElementType.Uint8:
        (view as Uint8Array)[index] = number;
        break;
      default:
        array[index] = number;
    }
    if (index >= 0 && index < array.length && Number.isInteger(index)) {
      this.recorder.access(type.write, info.address + (index << type.shift), converted(type.type, number));
    }
  }

  private told(info: ViewInfo, index: number, value: number, write: boolean): void {
    this.recorder.access(write ? info.type.write : info.type.read, info.address + (index << info.type.shift), value);
  }

  /** Records that an element was read, with the value it had. */
  noteRead(info: ViewInfo, index: number, value: unknown): void {
    this.told(info, index, this.recorder.encode(value as number | bigint), false);
  }

  /** Records elements from..to with the values they have now. */
  note(view: TypedArray, info: ViewInfo, from: number, to: number, write: boolean): void {
    const { type, address } = info;
    if (view instanceof BigInt64Array || view instanceof BigUint64Array) for (let i = from; i < to; i++) this.told(info, i, this.recorder.encode(view[i]), write);
    else this.recorder.accessRun(write ? type.write : type.read, address + from * type.bytes, { type, buffer: view.buffer, byteOffset: view.byteOffset + from * type.bytes, count: Math.min(to, view.length) - from });
  }
}

function toBigInt(value: unknown): bigint {
  // As the engine does in a store: a number is a TypeError here, not converted.
  return typeof value === "bigint" ? value : BigInt.asIntN(64, new BigInt64Array([value as bigint])[0]!);
}

/** What an element holds after a store (ECMA-262, NumericToRawBytes). */
function converted(type: ElementType, value: number): number {
  switch (type) {
    case ElementType.Int8:
      return (value << 24) >> 24;
    case ElementType.Uint8:
      return value & 0xff;
    case ElementType.Uint8Clamped: {
      if (!(value > 0)) return 0;
      if (value >= 255) return 255;
      const floor = Math.floor(value);
      const rest = value - floor;
      return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
    }
    case ElementType.Int16:
      return (value << 16) >> 16;
    case ElementType.Uint16:
      return value & 0xffff;
    case ElementType.Int32:
      return value | 0;
    case ElementType.Uint32:
      return value >>> 0;
    case ElementType.Float32:
      return Math.fround(value);
    default:
      return value;
  }
}
