import { isMap, isSet } from "node:util/types";
import { absent } from "../../trace";
import { arrayChunks } from "./array-layout";
import { keyOfText } from "./collection-keys";
import type { MemoryCore } from "./core";
import { A_LENGTH, FIELD_KEY, FIELD_ORDINAL } from "./layout";
import { fields } from "./object-layout";

/**
 * What shared memory holds as ordinary objects, cycles preserved, without a record. What is in another region
 * (the segment) and what travels as itself stays as it is unless `all` asks for a copy.
 */
export function plainCopy(core: MemoryCore, root: unknown, all: boolean): unknown {
  const copies = new Map<object, object>();
  const pending: { from: object; to: object }[] = [];
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known) return known;
    const view = all ? core.parts.copyOfView(value) : undefined;
    if (view) return view;
    const handler = core.handlers.get(value);
    if (!handler || (!all && handler.region !== core.own)) return value;
    const to: object = Array.isArray(value) ? [] : isMap(value) ? new Map() : isSet(value) ? new Set() : {};
    copies.set(value, to);
    pending.push({ from: value, to });
    return to;
  };
  const result = copy(root);
  for (let at = 0; at < pending.length; at++) {
    const { from, to } = pending[at]!;
    const { region, offset } = core.handlers.get(from)!;
    const { words } = region;
    if (Array.isArray(to)) {
      to.length = words.get(offset + A_LENGTH);
      for (const chunk of arrayChunks(words, offset)) {
        for (let i = 0; i < chunk.count && chunk.first + i < to.length; i++) {
          const value = core.peek(region, chunk.offset + i * 8);
          if (value !== absent) to[chunk.first + i] = copy(value);
        }
      }
    } else {
      const slots = [...fields(words, offset)].sort((a, b) => words.load(a + FIELD_ORDINAL) - words.load(b + FIELD_ORDINAL));
      for (const slot of slots) {
        const value = core.peek(region, slot);
        if (value === absent) continue;
        const key = region.heap.keyText(words.load(slot + FIELD_KEY));
        if (isMap(to)) to.set(copy(keyOfText(core, key)), copy(value));
        else if (isSet(to)) to.add(copy(value));
        else Object.defineProperty(to, key, { value: copy(value), enumerable: true, writable: true, configurable: true });
      }
    }
  }
  return result;
}
