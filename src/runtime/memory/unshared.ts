import { isMap, isSet } from "node:util/types";
import type { MemoryCore } from "./core";
import { snapshot } from "./inspect";

/** The value with shared objects, also those inside it, replaced by plain copies, which reads them; itself where there are none. `views`: also typed arrays of a segment. */
export function unshared(core: MemoryCore, root: unknown, views = false): unknown {
  if (!holdsShared(core, root, views, new Set())) return root;
  const copies = new Map<object, unknown>();
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (copies.has(value)) return copies.get(value);
    const view = views ? core.parts.copyOfView(value) : undefined;
    if (view || core.isShared(value)) {
      const taken = view ?? snapshot(core, value, Infinity);
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

function holdsShared(core: MemoryCore, value: unknown, views: boolean, seen: Set<object>): boolean {
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  if (core.isShared(value) || (views && core.parts.copyOfView(value) !== undefined)) return true;
  seen.add(value);
  if (isMap(value)) return [...value].some(([key, item]) => holdsShared(core, key, views, seen) || holdsShared(core, item, views, seen));
  if (isSet(value)) return [...value].some((item) => holdsShared(core, item, views, seen));
  return emptyLike(value) !== undefined && Object.keys(value).some((key) => holdsShared(core, Object.getOwnPropertyDescriptor(value, key)?.value, views, seen));
}
