import { keySuffix, nameOf } from "./container-names";
import type { MemoryCore, Region } from "./core";

/**
 * What stands for a key of a Map or an element of a Set in its memory: an interned text, the same for values that are the same by
 * SameValueZero. An object is its address; one that is not in this memory has no text, and can't be a key of anything here.
 */
export function keyText(core: MemoryCore, region: Region, key: unknown): string | undefined {
  switch (typeof key) {
    case "number":
      return `n${key}`;
    case "string":
      return `s${key}`;
    case "boolean":
    case "undefined":
      return String(key);
    case "bigint":
      return `i${key}`;
    case "object": {
      if (key === null) return "null";
      const traveller = core.parts.encodeTraveller(key);
      if (traveller !== undefined) return `t${traveller}`;
      const at = core.parts.existing(key, region);
      return at === undefined ? undefined : `o${at}`;
    }
    default:
      return undefined;
  }
}

/** The key that a text stands for. */
export function keyOfText(core: MemoryCore, text: string): unknown {
  const rest = text.slice(1);
  switch (text[0]) {
    case "s":
      return rest;
    case "i":
      return BigInt(rest);
    case "o":
      return core.object(Number(rest));
    default:
      break;
  }
  switch (text) {
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
    case "undefined":
      return undefined;
    default:
      return text.startsWith("t") ? core.parts.decodeTraveller(rest) : Number(rest);
  }
}

/** What stands behind the collection's name: `["a"]`, `[1]`, `[points[0]]`. */
export function keyLabel(core: MemoryCore, text: string): string {
  const key = keyOfText(core, text);
  if (typeof key === "string") return `[${JSON.stringify(key)}]`;
  if (typeof key === "bigint") return `[${key}n]`;
  if (typeof key !== "object" || key === null) return `[${String(key)}]`;
  const at = core.handlers.get(key) ?? core.parts.descriptorOf(key);
  if (at) return `[${nameOf(at.region, at.offset)}]`;
  const { name } = key as { name?: unknown };
  return `[${typeof name === "string" ? name : "object"}]`;
}

/** The slots of containers are fields; of Maps and Sets, their names are keys. */
export function fieldLabel(core: MemoryCore, collection: boolean, text: string): string {
  return collection ? keyLabel(core, text) : keySuffix(text);
}
