export type Method = (...values: unknown[]) => unknown;

/** A getter or setter of DataView, as the engine has it. */
export interface DataViewAccessor {
  readonly name: string;
  readonly bytes: number;
  readonly method: Method;
  /** Of a setter: reads back what it has stored. */
  readonly reader: Method | undefined;
}

/** Element types by the names in DataView's methods, with their bytes. Every thread makes the list: a regular expression over all names takes longer. */
const ELEMENTS = { Int8: 1, Uint8: 1, Int16: 2, Uint16: 2, Float16: 2, Int32: 4, Uint32: 4, Float32: 4, BigInt64: 8, BigUint64: 8, Float64: 8 } as const;

/** What a prototype has under a name, if that is a method. */
export function methodNamed(prototype: object, name: string): Method | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
  return typeof value === "function" ? (value as Method) : undefined;
}

export const DATA_VIEW_ACCESSORS: readonly DataViewAccessor[] = Object.entries(ELEMENTS).flatMap(([element, bytes]) => {
  const getter = methodNamed(DataView.prototype, `get${element}`);
  const setter = methodNamed(DataView.prototype, `set${element}`);
  if (!getter || !setter) return [];
  return [
    { name: `get${element}`, bytes, method: getter, reader: undefined },
    { name: `set${element}`, bytes, method: setter, reader: getter },
  ];
});
