import { ArrayHandler } from "../memory/array-handler";
import { Kind } from "../../trace";
import { ELEMENT_TYPES, ElementType, type TypedArray } from "../memory/element-types";
import type { TaskMemory } from "../memory";
import type { ViewInfo } from "../memory/typed-arrays";
import type { InstrumentationRuntime } from "../abi";
import { Cell } from "../memory/cell";
import { lendMethods } from "../memory/borrowed-methods";
import { UpdateMemo } from "../recorder/memos";
import type { TaskRecorder } from "../recorder/types";
import { createCellOperations, step } from "./cells";
import { RecordingAtomics, type AtomicOrder } from "./atomics";
import { ByteMethods } from "./byte-methods";
import { caught } from "../tasks/stack";
import { Creations } from "./creations";
import type { Instrumentation, TaskInstrumentation } from "./types";
import { ViewAccess } from "./view-access";
import { ViewMethods, isBuiltIn } from "./view-methods";
import { SegmentAtomics, type SegmentAtomicDriver } from "./segment-atomics";
import { SegmentMethods } from "./segment-methods";
import type { SegmentView } from "../memory/segment-view";

/** What was used last: most loops work on one or two arrays. */
interface Recent {
  view: object | undefined;
  info: ViewInfo | undefined;
  view2: object | undefined;
  info2: ViewInfo | undefined;
  array: object | undefined;
  handler: ArrayHandler | undefined;
  /** A typed array in the segment's file. */
  segment: object | undefined;
  segmentView: SegmentView | undefined;
  /** None of these. */
  plain: object | undefined;
}

const INT32 = ELEMENT_TYPES.find(({ type }) => type === ElementType.Int32)!;

type Indexed = Record<PropertyKey, unknown>;

/** The `$cp` of one task. docs/instrumentation.md says which source becomes which call. */
export function createInstrumentation(parts: {
  readonly recorder: TaskRecorder;
  readonly memory: TaskMemory;
  readonly tasks: TaskInstrumentation;
  /** Undefined where no other thread can see this one's memory. */
  readonly atomics?: AtomicOrder | undefined;
  /** Where the segment is a file. */
  readonly segmentAtomics?: SegmentAtomicDriver | undefined;
  /** Told of views that the program makes. */
  readonly onView?: (view: object, name: string, site: number) => void;
}): Instrumentation {
  const { recorder, memory, tasks, onView } = parts;
  const { handlers } = memory.core;
  const { typed } = memory;
  const creations = new Creations();
  const cells = createCellOperations(memory.core);
  const views = new ViewAccess(recorder, typed);
  const methods = new ViewMethods(recorder, views);
  const byteMethods = new ByteMethods(recorder, typed);
  const recent: Recent = { view: undefined, info: undefined, view2: undefined, info2: undefined, array: undefined, handler: undefined, segment: undefined, segmentView: undefined, plain: undefined };
  typed.segment.methods = new SegmentMethods(typed.segment, methods, recorder).methods;
  let atomics = parts.atomics ? new RecordingAtomics(recorder, typed, parts.atomics).create() : Atomics;
  if (parts.segmentAtomics) atomics = new SegmentAtomics(typed.segment, recorder, parts.segmentAtomics).over(atomics);

  // The recent view once more, if it is of one of the two most used types: their elements are read and written without a call.
  const noDoubles = new Float64Array(0);
  const noIntegers = new Int32Array(0);
  let doubles: Float64Array = noDoubles;
  let integers: Int32Array = noIntegers;
  let recentAddress = 0;

  /** How to record accesses to an object's elements, if it is a view of shared bytes. */
  function viewInfo(object: unknown): ViewInfo | undefined {
    if (object === recent.view) return recent.info;
    if (object === recent.view2) return recent.info2;
    if (!typed.any || !ArrayBuffer.isView(object)) return undefined;
    const info = typed.info(object);
    if (!info) return undefined;
    recent.view2 = recent.view;
    recent.info2 = recent.info;
    recent.view = object;
    recent.info = info;
    doubles = info.type.type === ElementType.Float64 ? (object as Float64Array) : noDoubles;
    integers = info.type.type === ElementType.Int32 ? (object as Int32Array) : noIntegers;
    recentAddress = info.address;
    return info;
  }

  function at<T>(value: T, site: number): T {
    recorder.site = site;
    return value;
  }

  function get(object: unknown, key: unknown, site: number): unknown {
    recorder.site = site;
    if (typeof key === "number" && typeof object === "object" && object !== null) {
      if (object === doubles) {
        const value = doubles[key];
        if (value !== undefined) {
          recorder.access(Kind.Read8, recentAddress + (key << 3), value);
          return value;
        }
      } else if (object === integers) {
        const value = integers[key];
        if (value !== undefined) {
          recorder.access(Kind.Read4, recentAddress + (key << 2), value);
          return value;
        }
      }
      return getElement(object, key);
    }
    return getOther(object, key);
  }

  /** The traps of a shared array, so that an index need not become a string first. */
  function arrayHandler(object: object): ArrayHandler | undefined {
    if (object === recent.array) return recent.handler;
    const handler = handlers.get(object);
    if (!(handler instanceof ArrayHandler)) {
      recent.plain = object;
      return undefined;
    }
    recent.array = object;
    recent.handler = handler;
    return handler;
  }

  /** What stands behind a typed array in the segment's file. */
  function segmentView(object: object): SegmentView | undefined {
    if (object === recent.segment) return recent.segmentView;
    const view = typed.segment.of(object);
    if (!view) return undefined;
    recent.segment = object;
    recent.segmentView = view;
    return view;
  }

  function getElement(object: object, key: number): unknown {
    if (object === recent.plain) return (object as Indexed)[key];
    const info = viewInfo(object);
    if (info) return views.read(object, info, key);
    const segment = segmentView(object);
    if (segment) return segment.read(key);
    const handler = arrayHandler(object);
    return handler && isIndex(key) ? handler.getIndex(key) : (object as Indexed)[key];
  }

  function getOther(object: unknown, key: unknown): unknown {
    const index = elementIndex(object, key);
    return index === undefined ? (object as Indexed)[key as PropertyKey] : views.read(object as object, viewInfo(object)!, index);
  }

  /** Of a view of shared bytes: the element that a key names which is no number ("0"). */
  function elementIndex(object: unknown, key: unknown): number | undefined {
    if (typeof key !== "string" || viewInfo(object) === undefined) return undefined;
    const index = Number(key);
    return String(index) === key ? index : undefined;
  }

  function set<T>(object: unknown, key: unknown, value: T, site: number): T {
    recorder.site = site;
    if (typeof key === "number" && typeof object === "object" && object !== null) {
      if (typeof value === "number" && object === doubles && key >>> 0 === key && key < doubles.length) {
        doubles[key] = value;
        recorder.access(Kind.Write8, recentAddress + (key << 3), value);
      } else if (typeof value === "number" && object === integers && key >>> 0 === key && key < integers.length) {
        integers[key] = value;
        recorder.access(Kind.Write4, recentAddress + (key << 2), value | 0);
      } else setElement(object, key, value);
      return value;
    }
    const index = elementIndex(object, key);
    if (index === undefined) (object as Indexed)[key as PropertyKey] = value;
    else views.write(object as object, viewInfo(object)!, index, value);
    return value;
  }

  function setElement(object: object, key: number, value: unknown): void {
    if (object !== recent.plain) {
      const info = viewInfo(object);
      if (info) return views.write(object, info, key, value);
      const segment = segmentView(object);
      if (segment) return segment.write(key, value);
      const handler = arrayHandler(object);
      if (handler && isIndex(key)) return handler.setIndex(key, value);
    }
    (object as Indexed)[key] = value;
  }

  /** By site. */
  const updates: (UpdateMemo | undefined)[] = [];

  function updateMemo(site: number): UpdateMemo {
    while (updates.length <= site) updates.push(undefined);
    return (updates[site] ??= new UpdateMemo());
  }

  function upd(object: unknown, key: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    if (object === integers && typeof key === "number") {
      const before = integers[key];
      if (before !== undefined) {
        const next = before + delta;
        integers[key] = next;
        recorder.site = site;
        recorder.updateAgain(updates[site] ?? updateMemo(site), INT32, recentAddress + (key << 2), before, next | 0);
        return prefix ? next : before;
      }
    }
    return updOther(object, key, delta, prefix, site);
  }

  function updOther(object: unknown, key: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    if (typeof key === "number" && object === recent.plain) {
      // The task's own array: nothing to record.
      const old = (object as Indexed)[key];
      if (typeof old === "number") {
        (object as Indexed)[key] = old + delta;
        return prefix ? old + delta : old;
      }
      const [before, after] = step(old, delta);
      (object as Indexed)[key] = after;
      return prefix ? after : before;
    }
    // The base is looked at before the key is converted, and the key is converted once.
    if (object === null || object === undefined) return (object as unknown as Indexed)[key as PropertyKey] as never;
    const property = (typeof key === "object" && key !== null) || typeof key === "function" ? toKey(key) : key;
    const old = get(object, property, site);
    if (typeof old === "number") {
      set(object, property, old + delta, site);
      return prefix ? old + delta : old;
    }
    const [before, after] = step(old, delta);
    set(object, property, after, site);
    return prefix ? after : before;
  }

  /** Shared memory says itself what it refuses. */
  function setLoosely<T>(object: unknown, key: unknown, value: T, site: number): T {
    if (object === null || object === undefined || viewInfo(object) || typed.segment.of(object) || handlers.has(object)) return set(object, key, value, site);
    recorder.site = site;
    Reflect.set(Object(object) as object, key as PropertyKey, value, object);
    return value;
  }

  function updLoosely(object: unknown, key: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    if (object === null || object === undefined) return upd(object, key, delta, prefix, site);
    const property = (typeof key === "object" && key !== null) || typeof key === "function" ? toKey(key) : key;
    const [before, after] = step(get(object, property, site), delta);
    setLoosely(object, property, after, site);
    return prefix ? after : before;
  }

  function call(object: unknown, key: unknown, args: unknown[], site: number): unknown {
    recorder.site = site;
    return invoke(object, (object as Indexed)[key as PropertyKey], args, site, typeof key === "symbol" ? String(key) : `'${String(key)}'`);
  }

  function invoke(object: unknown, method: unknown, args: unknown[], site: number, text: string): unknown {
    recorder.site = site;
    if (typeof method !== "function") throw new TypeError(`${text} is not a function`);
    const info = viewInfo(object);
    // Only the built-in methods are known; a program may have put others there.
    if (info && isBuiltIn(method)) return methods.call(object as TypedArray, info, method, args);
    if ((info || object instanceof DataView) && byteMethods.knows(object, method)) return byteMethods.call(object as DataView, method as (...values: unknown[]) => unknown, args);
    if (typed.any && ArrayBuffer.isView(args[0]) && isBuiltIn(method)) methods.source(method, args);
    if (typed.segment.any && isBuiltIn(method)) args = args.map(inOnePiece);
    return Reflect.apply(method, object, args);
  }

  /** `private.set(array)` need not ask for each element. */
  function inOnePiece(value: unknown): unknown {
    const view = typed.segment.of(value);
    return view ? view.recordedCopy(0, view.length) : value;
  }

  function cellRef(cell: unknown, site: number): { v: unknown } {
    return {
      get v() {
        return cells.cr(cell as Cell, site);
      },
      set v(value) {
        cells.cw(cell as Cell, value, site);
      },
    };
  }

  function memberRef(object: unknown, key: unknown, site: number, assign = set): { v: unknown } {
    return {
      get v() {
        return get(object, key, site);
      },
      set v(value) {
        assign(object, key, value, site);
      },
    };
  }

  function iter<T>(iterable: T, site: number): T {
    recorder.site = site;
    if (typeof iterable !== "object" || iterable === null) return iterable;
    const info = viewInfo(iterable);
    if (info) {
      const view = iterable as unknown as TypedArray;
      return methods.iterator(view, (index) => views.read(view, info, index)) as unknown as T;
    }
    return typed.segment.of(iterable) || (handlers.has(iterable) && Array.isArray(iterable)) ? (siteKeeping(iterable as unknown as Iterable<unknown>, site) as unknown as T) : iterable;
  }

  /** The body of a loop has other sites than the loop's own reads. */
  function siteKeeping(array: Iterable<unknown>, site: number): IterableIterator<unknown> {
    const inner = array[Symbol.iterator]();
    return {
      next() {
        recorder.site = site;
        return inner.next();
      },
      [Symbol.iterator]() {
        return this;
      },
    };
  }

  function view<T>(made: T, name: string, site: number): T {
    if (onView) {
      recorder.site = site;
      onView(made as object, name, site);
    }
    return made;
  }

  const cp: InstrumentationRuntime = {
    at,
    site(site) {
      recorder.site = site;
    },
    begin: (declaration, name, site) => creations.begin(declaration, name, site),
    end: (value) => {
      creations.end();
      return value;
    },
    cell: (initial, name, assigned, segment) => memory.cell(initial, segment, assigned, creations.next("shared", recorder.site, name)),
    sharedValue: (initial, name, segment) => memory.sharedValue(initial, segment, creations.next("shared", recorder.site, name)),
    cr: (cell, site) => cells.cr(cell as Cell, site),
    cw: (cell, value, site) => cells.cw(cell as Cell, value, site),
    cu: (cell, delta, prefix, site) => cells.cu(cell as Cell, delta, prefix, site),
    get,
    set,
    upd,
    call,
    invoke,
    cellRef,
    memberRef: (object, key, site) => memberRef(object, key, site),
    setLoosely,
    updLoosely,
    memberRefLoosely: (object, key, site) => memberRef(object, key, site, setLoosely),
    iter,
    view,
    newView(constructor, args, name, site) {
      const bytes = typed.segment.bytesOf(args[0]);
      if (bytes) return typed.segment.construct(constructor, bytes, args[1], args[2]);
      return view(Reflect.construct(constructor as new () => object, args), name, site);
    },
    lender(constructor) {
      lendMethods();
      return constructor;
    },
    Atomics: atomics,
    fn: (key, fn, captures, name) => tasks.fn(key, fn, captures, name),
    def: (key, fn) => tasks.def(key, fn),
    made: (key, fn, captures) => tasks.made(key, fn, captures),
    entry: (fn) => tasks.entry(fn),
    caught,
    tick: () => recorder.tick(),
  };

  return {
    cp,
    nextCreation: (kindName, name) => creations.next(kindName, recorder.site, name),
    api: {
      shared: (initial, name) => memory.sharedValue(initial, false, creations.next("shared", recorder.site, name)),
      sharedMemory: (initial, name) => memory.sharedValue(initial, true, creations.next("sharedMemory", recorder.site, name)),
    },
  };
}

function isIndex(key: number): boolean {
  return key >>> 0 === key && key !== 0xffff_ffff;
}

/** ToPropertyKey, once. */
function toKey(key: object): string | symbol {
  return Reflect.ownKeys({ [key as unknown as string]: 0 })[0]!;
}
