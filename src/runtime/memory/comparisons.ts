import type { MemoryCore } from "./core";
import { unshared } from "./unshared";

type Method = (...args: unknown[]) => unknown;

/** Node's modules that have functions which compare by what native code sees of an object: nothing, of a shared one. */
const COMPARERS: ReadonlyMap<string, readonly string[]> = new Map(
  [["assert", ["deepEqual", "deepStrictEqual", "notDeepEqual", "notDeepStrictEqual", "partialDeepStrictEqual"]] as const, ["util", ["isDeepStrictEqual"]] as const].flatMap(([name, methods]) =>
    [name, `node:${name}`, `${name}/strict`, `node:${name}/strict`].map((specifier) => [specifier, methods] as const),
  ),
);

/** Has the functions of a module of Node's that compare deeply take shared objects, too. Modules are kept: once for each is enough. */
export class Comparisons {
  private readonly done = new Set<unknown>();

  constructor(private readonly core: MemoryCore) {}

  prepare(specifier: string, exports: unknown): void {
    const methods = COMPARERS.get(specifier);
    if (!methods) return;
    for (const object of [exports, (exports as { strict?: unknown }).strict]) {
      if (object === undefined || this.done.has(object)) continue;
      this.done.add(object);
      for (const name of methods) this.replace(object as Record<string, unknown>, name);
    }
  }

  private replace(object: Record<string, unknown>, name: string): void {
    const method = object[name];
    if (typeof method !== "function") return;
    const { core } = this;
    const { [name]: own } = {
      [name](...args: unknown[]): unknown {
        const [actual, expected, ...more] = args;
        const compared = args.length < 2 ? args : [unshared(core, actual, true), unshared(core, expected, true), ...more];
        try {
          return Reflect.apply(method, this, compared) as unknown;
        } catch (error) {
          // As from Node itself the stack begins at the call.
          if (error instanceof Error) Error.captureStackTrace(error, own as Method);
          throw error;
        }
      },
    };
    object[name] = own;
  }
}
