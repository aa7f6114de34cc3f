import type { TypedArray } from "../memory/element-types";
import type { ViewInfo } from "../memory/typed-arrays";
import type { TaskRecorder } from "../recorder/types";
import type { ViewAccess } from "./view-access";

type Callback = (...values: unknown[]) => unknown;

const prototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
const names = new Map(
  Reflect.ownKeys(prototype)
    .filter((key) => key !== "constructor" && typeof Object.getOwnPropertyDescriptor(prototype, key)!.value === "function")
    // `values` is also [Symbol.iterator]; the name decides.
    .map((key) => [Reflect.get(prototype, key) as Callback, typeof key === "string" ? key : "values"] as const),
);

/** Whether a function is a method of all typed arrays. */
export function isBuiltIn(method: unknown): method is Callback {
  return names.has(method as Callback);
}

const ARRAY_ITERATOR = Object.getPrototypeOf([].values()) as object;

/** Calls a method of a typed array whose bytes are shared, and records the elements that it reads and writes. */
export class ViewMethods {
  constructor(
    private readonly recorder: TaskRecorder,
    private readonly access: ViewAccess,
  ) {}

  call(view: TypedArray, info: ViewInfo, method: Callback, args: unknown[]): unknown {
    const key = names.get(method)!;
    const apply = (): unknown => Reflect.apply(method, view, args);
    const { length } = view;
    switch (key) {
      case "forEach":
      case "map":
      case "filter":
      case "some":
      case "every":
      case "find":
      case "findIndex":
      case "findLast":
      case "findLastIndex":
        return Reflect.apply(method, view, [this.callback(info, args[0], args[1]), ...args.slice(1)]);
      case "reduce":
      case "reduceRight":
        if (args.length < 2 && length > 0) this.access.read(view, info, key === "reduce" ? 0 : length - 1);
        return Reflect.apply(method, view, [this.reducer(info, args[0]), ...args.slice(1)]);
      case "indexOf":
      case "includes": {
        const from = relative(args[1], length, 0);
        const at = Reflect.apply(key === "indexOf" ? method : view.includes, view, args) as number | boolean;
        const found = typeof at === "number" ? at : at ? this.firstIndex(view, args[0], from) : -1;
        this.access.note(view, info, from, found < 0 ? length : found + 1, false);
        return at;
      }
      case "lastIndexOf": {
        const found = apply() as number;
        this.access.note(view, info, Math.max(found, 0), args.length > 1 ? Math.min(length, relative(args[1], length, length) + 1) : length, false);
        return found;
      }
      case "join":
      case "toString":
      case "toLocaleString":
      case "toReversed":
      case "with":
        this.access.note(view, info, 0, length, false);
        return apply();
      case "toSorted":
        this.access.note(view, info, 0, length, false);
        return Reflect.apply(method, view, [this.restoring(args[0]), ...args.slice(1)]);
      case "at": {
        const index = Math.trunc(Number(args[0]) || 0);
        return this.access.read(view, info, index < 0 ? length + index : index);
      }
      case "slice":
        this.access.note(view, info, relative(args[0], length, 0), relative(args[1], length, length), false);
        return apply();
      case "fill": {
        apply();
        this.access.note(view, info, relative(args[1], length, 0), relative(args[2], length, length), true);
        return view;
      }
      case "set":
        return this.set(view, info, args, apply);
      case "copyWithin": {
        const to = relative(args[0], length, 0);
        const from = relative(args[1], length, 0);
        const count = Math.min(relative(args[2], length, length) - from, length - to);
        this.access.note(view, info, from, from + Math.max(0, count), false);
        apply();
        this.access.note(view, info, to, to + Math.max(0, count), true);
        return view;
      }
      case "reverse":
      case "sort": {
        this.access.note(view, info, 0, length, false);
        Reflect.apply(method, view, key === "sort" ? [this.restoring(args[0])] : args);
        this.access.note(view, info, 0, length, true);
        return view;
      }
      case "values":
        return this.iterator(view, (index) => this.access.read(view, info, index));
      case "entries":
        return this.iterator(view, (index) => [index, this.access.read(view, info, index)]);
      default:
        return apply();
    }
  }

  /** `private.set(shared)`: the source is read. */
  source(method: Callback, [source]: unknown[]): void {
    if (names.get(method) !== "set" || source instanceof DataView) return;
    const info = this.access.typed.info(source as TypedArray);
    if (info) this.access.note(source as TypedArray, info, 0, (source as TypedArray).length, false);
  }

  /** The elements one after the other, each read recorded at the site where the iteration stands. */
  iterator(view: TypedArray, item: (index: number) => unknown): IterableIterator<unknown> {
    const { recorder } = this;
    const { site } = recorder;
    let index = 0;
    const next = (): IteratorResult<unknown> => {
      if (index >= view.length) {
        index = Infinity;
        return { value: undefined, done: true };
      }
      recorder.site = site;
      return { value: item(index++), done: false };
    };
    return Object.create(ARRAY_ITERATOR, { next: { value: next, writable: true, configurable: true } }) as IterableIterator<unknown>;
  }

  private firstIndex(view: TypedArray, value: unknown, from: number): number {
    for (let i = from; i < view.length; i++) if (Object.is(view[i], value) || view[i] === value) return i;
    return -1;
  }

  /** The element is read right before each call. */
  private callback(info: ViewInfo, callback: unknown, thisArgument: unknown): unknown {
    if (!isCallback(callback)) return callback;
    const { recorder, access } = this;
    const { site } = recorder;
    const own = thisArgument === undefined ? callback : (...values: unknown[]) => Reflect.apply(callback, thisArgument, values);
    return (value: unknown, index: number, array: unknown): unknown => {
      recorder.site = site;
      access.noteRead(info, index, value);
      return own(value, index, array);
    };
  }

  /** The same of reduce and reduceRight. */
  private reducer(info: ViewInfo, callback: unknown): unknown {
    if (!isCallback(callback)) return callback;
    const { recorder, access } = this;
    const { site } = recorder;
    return (all: unknown, value: unknown, index: number, array: unknown): unknown => {
      recorder.site = site;
      access.noteRead(info, index, value);
      return callback(all, value, index, array);
    };
  }

  private restoring(compare: unknown): unknown {
    if (typeof compare !== "function") return compare;
    const { recorder } = this;
    const { site } = recorder;
    return (a: unknown, b: unknown): unknown => {
      const result = Reflect.apply(compare as Callback, undefined, [a, b]);
      recorder.site = site;
      return result;
    };
  }

  private set(view: TypedArray, info: ViewInfo, args: unknown[], apply: () => unknown): unknown {
    const [source] = args;
    const isView = ArrayBuffer.isView(source) && !(source instanceof DataView);
    const from = isView ? this.access.typed.info(source) : undefined;
    const count = isView ? (source as TypedArray).length : Number((source as ArrayLike<unknown> | undefined)?.length ?? 0);
    if (from) this.access.note(source as TypedArray, from, 0, count, false);
    apply();
    const to = Math.trunc(Number(args[1] ?? 0)) || 0;
    this.access.note(view, info, to, Math.min(view.length, to + (count || 0)), true);
    return undefined;
  }
}

function isCallback(value: unknown): value is Callback {
  return typeof value === "function";
}

/** A relative index argument as Array's methods take it. */
export function relative(value: unknown, length: number, missing: number): number {
  if (value === undefined) return missing;
  const index = Math.trunc(Number(value)) || 0;
  return index < 0 ? Math.max(0, length + index) : Math.min(index, length);
}
