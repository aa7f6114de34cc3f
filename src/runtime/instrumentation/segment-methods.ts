import type { SegmentView } from "../memory/segment-view";
import type { SegmentViews } from "../memory/segment-views";
import type { TypedArray } from "../memory/element-types";
import type { TaskRecorder } from "../recorder/types";
import { relative, type ViewMethods } from "./view-methods";

type Callback = (...values: unknown[]) => unknown;
type Method = (this: unknown, ...args: unknown[]) => unknown;
type Body = (view: SegmentView, args: unknown[]) => unknown;

const prototype = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** They call back with one element after the other: each is read when its turn comes, as Array's own do through the traps. */
const CALLING_BACK = ["forEach", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "reduce", "reduceRight", "map", "filter"];
/** They touch elements through the traps, one when it is asked for. */
const GENERIC = ["keys", "values", "entries"];

/** The methods of %TypedArray% for views of the segment's file: ranges are read and written in one piece, and recorded. */
export class SegmentMethods {
  readonly methods = new Map<string | symbol, Method>();

  constructor(
    private readonly views: SegmentViews,
    private readonly recorded: ViewMethods,
    private readonly recorder: TaskRecorder,
  ) {
    const bodies = this.bodies();
    for (const key of Reflect.ownKeys(prototype)) {
      const native: unknown = Object.getOwnPropertyDescriptor(prototype, key)!.value;
      if (key === "constructor" || typeof native !== "function") continue;
      // What a later engine adds reads the elements.
      const body = (typeof key === "string" ? bodies.get(key) : bodies.get("values")) ?? ((view, args) => this.onCopy(view, native as Callback, args).result);
      this.methods.set(key, this.method(native as Callback, body));
    }
  }

  private method(native: Callback, body: Body): Method {
    const { views } = this;
    const method = {
      method(this: unknown, ...args: unknown[]): unknown {
        const view = views.of(this);
        return view ? body(view, args) : (Reflect.apply(native, this, args) as unknown);
      },
    }.method;
    Object.defineProperty(method, "name", { value: native.name });
    Object.defineProperty(method, "length", { value: native.length });
    return method;
  }

  private bodies(): Map<string, Body> {
    const bodies = new Map<string, Body>();
    for (const name of [...CALLING_BACK, ...GENERIC]) {
      const generic = Reflect.get(Array.prototype, name) as Callback | undefined;
      if (generic) bodies.set(name, ({ proxy }, [first, ...more]) => Reflect.apply(generic, proxy, [this.siteKeeping(first), ...more]));
    }
    for (const name of ["map", "filter"]) {
      const generic = bodies.get(name)!;
      bodies.set(name, (view, args) => new (view.type.construct as unknown as new (from: unknown) => TypedArray)(generic(view, args)));
    }
    bodies.set("toString", ({ proxy }) => Reflect.apply(Array.prototype.toString, proxy, []));
    bodies.set("at", (view, [index]) => {
      const at = integer(index);
      return view.read(at < 0 ? view.length + at : at);
    });
    bodies.set("subarray", (view, [begin, end]) => {
      const from = relative(begin, view.length, 0);
      const to = relative(end, view.length, view.length);
      return this.views.adopt(view.view(view.type, view.byteOffset + from * view.type.bytes, Math.max(0, to - from)));
    });
    bodies.set("slice", (view, [begin, end]) => view.recordedCopy(relative(begin, view.length, 0), relative(end, view.length, view.length)));
    bodies.set("fill", (view, [value, begin, end]) => {
      const one = view.copy(0, 0).constructor as new (length: number) => TypedArray;
      const element = new one(1);
      element[0] = value as number;
      const from = relative(begin, view.length, 0);
      const elements = new one(Math.max(0, relative(end, view.length, view.length) - from));
      view.recordedStore(elements.fill(element[0]! as never), from);
      return view.proxy;
    });
    bodies.set("set", (view, args) => this.set(view, args));
    bodies.set("copyWithin", (view, [target, begin, end]) => {
      const to = relative(target, view.length, 0);
      const from = relative(begin, view.length, 0);
      const count = Math.min(relative(end, view.length, view.length) - from, view.length - to);
      view.recordedStore(view.recordedCopy(from, from + Math.max(0, count)), to);
      return view.proxy;
    });
    for (const name of ["sort", "reverse"]) {
      const native = Reflect.get(prototype, name) as Callback;
      bodies.set(name, (view, args) => {
        view.store(this.onCopy(view, native, args).copy, 0);
        return view.proxy;
      });
    }
    return bodies;
  }

  /** Calls a method on a copy of all elements; what it reads and writes is recorded as if it were the view. */
  private onCopy(view: SegmentView, native: Callback, args: unknown[]): { copy: TypedArray; result: unknown } {
    const copy = view.copy(0, view.length);
    return { copy, result: this.recorded.call(copy, view, native, args) };
  }

  private set(view: SegmentView, [source, offset]: unknown[]): void {
    const at = integer(offset);
    if (at < 0) throw new RangeError("offset is out of bounds");
    const from = this.views.of(source);
    const list = from ? from.recordedCopy(0, from.length) : (Object(source) as ArrayLike<number>);
    // The engine's own conversions, and its TypeError where numbers and bigints meet.
    const elements = new (view.copy(0, 0).constructor as new (length: number) => TypedArray)(Math.trunc(Number(list.length)) || 0);
    if (at + elements.length > view.length) throw new RangeError("offset is out of bounds");
    let done = 0;
    try {
      for (; done < elements.length; done++) elements[done] = list[done]!;
    } finally {
      // What came before an element that can't be converted is stored.
      view.recordedStore(elements.subarray(0, done), at);
    }
  }

  /** What a callback does has other sites than the method's own reads. */
  private siteKeeping(callback: unknown): unknown {
    if (typeof callback !== "function") return callback;
    const { recorder } = this;
    const { site } = recorder;
    return function (this: unknown, ...values: unknown[]): unknown {
      const result = Reflect.apply(callback as Callback, this, values);
      recorder.site = site;
      return result;
    };
  }
}

/** ToIntegerOrInfinity. */
function integer(value: unknown): number {
  return Math.trunc(Number(value ?? 0)) || 0;
}
