import { memoryAt, type ValueNode } from "../analysis/views";
import { Trace, absent } from "../trace";
import { jsonValue } from "./names";

/** A longer trace is not kept to be read again. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Keeps a trace, unless it is too long, for the values of what had no end in order: its space was killed, or timed out. */
export class KeptTrace {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  push(chunk: Uint8Array): void {
    this.length += chunk.length;
    if (this.length <= MOST_BYTES) this.chunks.push(chunk);
    else this.chunks.length = 0;
  }

  /** Values of all variables as the last of their accesses left them, by "space address", in the form of `FinalMeta.value`. Undefined for a trace that was too long. */
  values(): ReadonlyMap<string, unknown> | undefined {
    if (this.length > MOST_BYTES) return undefined;
    const trace = new Trace();
    for (const chunk of this.chunks) trace.push(chunk);
    trace.close();
    const { spaces } = memoryAt(trace, Infinity);
    return new Map(spaces.flatMap(({ variables }) => variables.map((variable) => [`${variable.space} ${variable.address}`, plain(variable.value)] as const)));
  }
}

function plain(node: ValueNode): unknown {
  switch (node.type) {
    case "value":
      return node.value === absent ? { $undefined: true } : jsonValue(node.value);
    case "object":
      return node.name;
    case "cycle":
      return { $more: 0 };
    case "container":
      break;
  }
  const { kind, entries, length } = node;
  const more = length > entries.length ? [{ $more: length - entries.length }] : [];
  switch (kind) {
    case "array":
    case "typed-array":
    case "buffer":
      return [...entries.map((entry) => plain(entry.node)), ...more];
    case "map":
      return { $map: [...entries.map(({ key, node: value }) => [inBrackets(key), plain(value)]), ...more] };
    case "set":
      return { $set: [...entries.map(({ key }) => inBrackets(key)), ...more] };
    case "object":
    case "slot":
      return Object.fromEntries([...entries.map(({ key, node: value }) => [String(inBrackets(key)), plain(value)]), ...more.map((rest) => ["$more", rest.$more])]) as unknown;
  }
}

/** The key that a slot's name tells: `["a b"]` is "a b", `[3]` is 3, `balance` itself. */
function inBrackets(key: string): unknown {
  const inside = /^\[(.*)\]$/s.exec(key)?.[1];
  if (inside === undefined) return key;
  try {
    return JSON.parse(inside) as unknown;
  } catch {
    // An object as a key, say: its name.
    return inside;
  }
}
