import type { TaskRecorder } from "../recorder/types";

type Callback = (...args: unknown[]) => unknown;
type Method = (this: unknown, ...args: unknown[]) => unknown;

const NAMES = [
  "forEach",
  "map",
  "filter",
  "some",
  "every",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "flatMap",
  "reduce",
  "reduceRight",
  "sort",
  "toSorted",
] as const;

let made: { recorder: TaskRecorder; methods: ReadonlyMap<string, Method> } | undefined;

/** Array's methods that call back, for shared arrays: what the callback does has other sites than what the method does. */
export function callbackMethods(recorder: TaskRecorder): ReadonlyMap<string, Method> {
  if (made?.recorder !== recorder) made = { recorder, methods: new Map(NAMES.map((name) => [name, wrap(recorder, name)])) };
  return made.methods;
}

function wrap(recorder: TaskRecorder, name: (typeof NAMES)[number]): Method {
  const original = Reflect.get(Array.prototype, name) as Method | undefined;
  const method = function (this: unknown, ...args: unknown[]): unknown {
    if (!original) throw new TypeError(`${name} is not a function`);
    const [callback] = args;
    if (typeof callback === "function") {
      const { site } = recorder;
      args[0] = function (this: unknown, ...values: unknown[]): unknown {
        const result = Reflect.apply(callback as Callback, this, values) as unknown;
        recorder.site = site;
        return result;
      };
    }
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(method, "name", { value: name });
  return method;
}
