import { phrases } from "./phrases";

/**
 * What `Object.defineProperty` asks of a slot. Shared memory holds values alone, which all tasks may write: throws a TypeError
 * for getters and setters and for attributes that would hide or fix the slot. `place` names it.
 */
export function checkDescriptor(descriptor: PropertyDescriptor, place: () => string): void {
  if (descriptor.get || descriptor.set) throw new TypeError(phrases().accessor(place()));
  if (descriptor.writable === false || descriptor.enumerable === false || descriptor.configurable === false) throw new TypeError(phrases().attributes(place()));
}

/** An assignment to an object that only inherits from a shared one: the property becomes its own (ECMA-262, OrdinarySet). */
export function setOnHeir(heir: unknown, key: string | symbol, value: unknown): boolean {
  if ((typeof heir !== "object" && typeof heir !== "function") || heir === null) return false;
  const own = Reflect.getOwnPropertyDescriptor(heir, key);
  if (!own) return Reflect.defineProperty(heir, key, { value, writable: true, enumerable: true, configurable: true });
  return own.writable === true && Reflect.defineProperty(heir, key, { value });
}
