import type { Region } from "./core";
import { C_KEY, C_PARENT, KEY_IS_INDEX } from "./layout";

/** Longer paths begin with "…". */
const MAX_DEPTH = 12;

export function keySuffix(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** "state.points[3]": the path on which a container was made. */
export function nameOf(region: Region, offset: number): string {
  const parts: string[] = [];
  let at = offset;
  for (let depth = 0; at !== 0; depth++) {
    if (depth === MAX_DEPTH) {
      parts.unshift("…");
      break;
    }
    const parent = region.words.load(at + C_PARENT);
    const key = keyOf(region, at);
    parts.unshift(parent === 0 && typeof key === "string" ? key : keySuffix(key));
    at = parent;
  }
  return parts.join("");
}

function keyOf(region: Region, offset: number): string | number {
  const key = region.words.load(offset + C_KEY);
  if (key >= KEY_IS_INDEX) return key - KEY_IS_INDEX;
  return key === 0 ? "" : region.heap.keyText(key);
}
