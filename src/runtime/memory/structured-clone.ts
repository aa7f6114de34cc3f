import { isMap, isSet } from "node:util/types";
import type { MemoryCore } from "./core";
import { snapshot } from "./inspect";
import { dataCloneError } from "./messages";

/** From now on structuredClone() takes shared objects, also inside others: a clone is the task's own, and making it reads. */
export function installStructuredClone(core: MemoryCore): void {
  const { structuredClone: native } = globalThis;
  globalThis.structuredClone = (value, options) => {
    try {
      return native(unshared(core, value) as typeof value, options);
    } catch (error) {
      throw error instanceof DOMException && error.name === "DataCloneError" ? dataCloneError(error.message) : error;
    }
  };
}

/** The value with shared objects replaced by plain copies; itself where there are none. */
function unshared(core: MemoryCore, root: unknown): unknown {
  if (!holdsShared(core, root, new Set())) return root;
  const copies = new Map<object, unknown>();
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (copies.has(value)) return copies.get(value);
    if (core.isShared(value)) {
      const taken = snapshot(core, value, Infinity);
      copies.set(value, taken);
      return taken;
    }
    const to = emptyLike(value);
    copies.set(value, to ?? value);
    if (!to) return value;
    if (isMap(value)) for (const [key, item] of value) (to as Map<unknown, unknown>).set(copy(key), copy(item));
    else if (isSet(value)) for (const item of value) (to as Set<unknown>).add(copy(item));
    else for (const key of Object.keys(value)) (to as Record<string, unknown>)[key] = copy((value as Record<string, unknown>)[key]);
    return to;
  };
  return copy(root);
}

/** Undefined for what is no collection: native code clones it, or says that it can't. */
function emptyLike(value: object): object | undefined {
  if (isMap(value)) return new Map();
  if (isSet(value)) return new Set();
  if (Array.isArray(value)) return new Array<unknown>(value.length);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? {} : undefined;
}

function holdsShared(core: MemoryCore, value: unknown, seen: Set<object>): boolean {
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  if (core.isShared(value)) return true;
  seen.add(value);
  if (isMap(value)) return [...value].some(([key, item]) => holdsShared(core, key, seen) || holdsShared(core, item, seen));
  if (isSet(value)) return [...value].some((item) => holdsShared(core, item, seen));
  return emptyLike(value) !== undefined && Object.keys(value).some((key) => holdsShared(core, Object.getOwnPropertyDescriptor(value, key)?.value, seen));
}
