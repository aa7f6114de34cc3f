import { SharedMap, SharedSet } from "./collection-objects";

type Method = (...args: unknown[]) => unknown;

let lent = false;

/**
 * Has the language's own methods of Map and Set work on shared ones, too: they look at the entries that the object itself has, which
 * are none. Only where a program borrows them, since every call gets slower.
 */
export function lendMethods(): void {
  if (lent) return;
  lent = true;
  lend(Map.prototype, SharedMap);
  lend(Set.prototype, SharedSet);
}

function lend(prototype: object, shared: typeof SharedMap | typeof SharedSet): void {
  for (const key of Reflect.ownKeys(shared.prototype)) {
    const original = Object.getOwnPropertyDescriptor(prototype, key);
    const own = Object.getOwnPropertyDescriptor(shared.prototype, key);
    if (!original || !own || key === "constructor") continue;
    for (const part of ["value", "get"] as const) {
      const before: unknown = original[part];
      const instead: unknown = own[part];
      if (typeof before === "function" && typeof instead === "function") original[part] = either(before as Method, instead as Method, shared);
    }
    Object.defineProperty(prototype, key, original);
  }
}

function either(before: Method, instead: Method, shared: typeof SharedMap | typeof SharedSet): Method {
  const { method } = {
    method(this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(this instanceof shared ? instead : before, this, args);
    },
  };
  for (const name of ["name", "length"]) Object.defineProperty(method, name, Object.getOwnPropertyDescriptor(before, name)!);
  return method;
}
