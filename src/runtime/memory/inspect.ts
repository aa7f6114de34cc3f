import { isMap, isSet } from "node:util/types";
import type { MemoryCore } from "./core";

/**
 * A plain copy of a shared object for util.inspect, which looks past the traps; with recorded reads, as printing reads.
 * Below `depth` levels nothing is read, since nothing of it will be shown.
 */
export function snapshot(core: MemoryCore, root: object, depth: number): object {
  const copies = new Map<object, object>();
  const copy = (value: unknown, left: number): unknown => {
    if (typeof value !== "object" || value === null || !core.isShared(value)) return value;
    const known = copies.get(value);
    if (known) return known;
    // Not empty, or it would be shown as such instead of "[Object]".
    if (left < 0) return Array.isArray(value) ? [0] : isMap(value) ? new Map([[0, 0]]) : isSet(value) ? new Set([0]) : { more: 0 };
    if (isMap(value)) {
      const map = new Map<unknown, unknown>();
      copies.set(value, map);
      for (const [key, item] of value) map.set(copy(key, left - 1), copy(item, left - 1));
      return map;
    }
    if (isSet(value)) {
      const set = new Set<unknown>();
      copies.set(value, set);
      for (const item of value) set.add(copy(item, left - 1));
      return set;
    }
    const result: object = Array.isArray(value) ? [] : {};
    copies.set(value, result);
    if (Array.isArray(value)) {
      const { length } = value as unknown[];
      (result as unknown[]).length = length;
      for (let i = 0; i < length; i++) if (i in value) (result as unknown[])[i] = copy(value[i], left - 1);
      return result;
    }
    for (const key of Object.keys(value)) {
      Object.defineProperty(result, key, {
        value: copy(Reflect.get(value, key), left - 1),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return result;
  };
  return copy(root, depth) as object;
}
