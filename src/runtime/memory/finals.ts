import { isMap, isSet } from "node:util/types";

const MAX_ELEMENTS = 10_000;
/** Of one variable, all levels together. */
const MAX_NODES = 100_000;
const MAX_TEXT = 10_000;
/** A list of nodes that each hold the next one may be as long as it likes. */
const MAX_DEPTH = 100;

/** A value as FinalMeta says it (trace/meta.ts). `plain` holds no shared objects; `objectName` names locks, queues, tasks. */
export function finalJson(plain: unknown, objectName: (value: object) => string | undefined): unknown {
  const open = new Set<object>();
  let nodes = 0;
  const list = (items: ArrayLike<unknown>): unknown[] => {
    const result: unknown[] = [];
    for (let i = 0; i < items.length; i++) {
      if (i >= MAX_ELEMENTS || nodes >= MAX_NODES) {
        result.push({ $more: items.length - i });
        break;
      }
      result.push(json(items[i]));
    }
    return result;
  };
  const json = (value: unknown): unknown => {
    nodes++;
    switch (typeof value) {
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? "-0" : String(value) };
      case "bigint":
        return { $bigint: String(value) };
      case "undefined":
        return { $undefined: true };
      case "string":
        return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
      case "object":
        break;
      default:
        return value;
    }
    if (value === null) return null;
    const name = objectName(value);
    if (name !== undefined) return name;
    if (open.has(value)) return { $more: 0 };
    if (open.size >= MAX_DEPTH) return { $more: 1 };
    open.add(value);
    try {
      if (isMap(value)) return { $map: list([...value]) };
      if (isSet(value)) return { $set: list([...value]) };
      if (Array.isArray(value)) return list(value);
      if (ArrayBuffer.isView(value)) return list(value as unknown as ArrayLike<unknown>);
      const result: Record<string, unknown> = {};
      let count = 0;
      for (const [key, field] of Object.entries(value)) {
        if (count++ >= MAX_ELEMENTS || nodes >= MAX_NODES) {
          result["$more"] = Object.keys(value).length - count + 1;
          break;
        }
        result[key] = json(field);
      }
      return result;
    } finally {
      open.delete(value);
    }
  };
  return json(plain);
}
