import * as core from "@babel/core";
import * as path from "node:path";
import { compileSnippet, type CompiledEntry, type CompiledSnippet } from "../../../src/instrument";
import type { InstrumentationRuntime } from "../../../src/runtime/abi";

/** A shared variable in the fake runtime: an object that no program mistakes for its value. */
class FakeCell {
  constructor(public value: unknown) {}
}

/** One call of the recording runtime: operation, then its plain arguments. */
export type Call = readonly [operation: string, ...args: unknown[]];

/** The recording runtime without tasks: does what each operation stands for and writes down that it was called. */
export class FakeRuntime implements InstrumentationRuntime {
  readonly calls: Call[] = [];
  readonly entries: unknown[] = [];
  readonly definitions = new Map<string, unknown>();
  /** Keys of the functions that may be spawned as values. */
  readonly literals = new Map<unknown, string>();
  readonly spawned: { key: string | undefined; fn: unknown; captures: Record<string, unknown> | undefined; name: string | undefined }[] = [];

  at<T>(value: T, site: number): T {
    this.calls.push(["at", site]);
    return value;
  }
  site(site: number): void {
    this.calls.push(["site", site]);
  }
  begin(declaration: string, name: string, site: number): void {
    this.calls.push(["begin", declaration, name, site]);
  }
  end<T>(value: T): T {
    this.calls.push(["end"]);
    return value;
  }
  cell(initial: unknown, name: string | undefined, assigned: boolean, segment: boolean): unknown {
    this.calls.push(["cell", name, assigned, segment]);
    return new FakeCell(initial);
  }
  sharedValue(initial: unknown, name: string | undefined, segment: boolean): unknown {
    this.calls.push(["sharedValue", name, segment]);
    return initial;
  }
  lender<F>(constructor: F): F {
    return constructor;
  }
  cr(cell: unknown, site: number): unknown {
    this.calls.push(["cr", site]);
    return (cell as FakeCell).value;
  }
  cw<T>(cell: unknown, value: T, site: number): T {
    this.calls.push(["cw", site]);
    (cell as FakeCell).value = value;
    return value;
  }
  cu(cell: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    this.calls.push(["cu", site]);
    const target = cell as { value: number };
    if (delta === 1) return prefix ? ++target.value : target.value++;
    return prefix ? --target.value : target.value--;
  }
  get(object: unknown, key: unknown, site: number): unknown {
    this.calls.push(["get", site]);
    return (object as Record<string, unknown>)[key as string];
  }
  set<T>(object: unknown, key: unknown, value: T, site: number): T {
    this.calls.push(["set", site]);
    return ((object as Record<string, unknown>)[key as string] = value);
  }
  upd(object: unknown, key: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    this.calls.push(["upd", site]);
    const target = object as Record<string, number>;
    const name = key as string;
    if (delta === 1) return prefix ? ++target[name]! : target[name]!++;
    return prefix ? --target[name]! : target[name]!--;
  }
  call(): never {
    throw new Error("superseded by invoke");
  }
  invoke(object: unknown, method: unknown, args: unknown[], site: number, text: string): unknown {
    this.calls.push(["invoke", site]);
    if (typeof method !== "function") throw new TypeError(`${text} is not a function`);
    return Reflect.apply(method, object, args);
  }
  iter<T>(iterable: T, site: number): T {
    this.calls.push(["iter", site]);
    return iterable;
  }
  readonly Atomics = Atomics;
  view<T>(view: T, name: string, site: number): T {
    this.calls.push(["view", name, site]);
    return view;
  }
  newView(constructor: unknown, args: unknown[], name: string, site: number): unknown {
    this.calls.push(["newView", name, site]);
    return Reflect.construct(constructor as new (...args: unknown[]) => unknown, args);
  }
  cellRef(cell: unknown, site: number): { v: unknown } {
    const write = (value: unknown): unknown => this.cw(cell, value, site);
    return { set v(value: unknown) { write(value); } } as { v: unknown };
  }
  memberRef(object: unknown, key: unknown, site: number): { v: unknown } {
    const write = (value: unknown): unknown => this.set(object, key, value, site);
    return { set v(value: unknown) { write(value); } } as { v: unknown };
  }
  setLoosely<T>(object: unknown, key: unknown, value: T, site: number): T {
    this.calls.push(["set", site]);
    if (object === null || object === undefined) return ((object as unknown as Record<string, unknown>)[key as string] = value) as T;
    Reflect.set(Object(object) as object, key as string, value, object);
    return value;
  }
  updLoosely(object: unknown, key: unknown, delta: 1 | -1, prefix: boolean, site: number): number | bigint {
    const before = Number(this.get(object, key, site));
    this.setLoosely(object, key, before + delta, site);
    return prefix ? before + delta : before;
  }
  memberRefLoosely(object: unknown, key: unknown, site: number): { v: unknown } {
    const write = (value: unknown): unknown => this.setLoosely(object, key, value, site);
    return { set v(value: unknown) { write(value); } } as { v: unknown };
  }
  fn(key: string | undefined, fn: unknown, captures: (() => Record<string, unknown>) | undefined, name: string | undefined): unknown {
    this.spawned.push({ key, fn, captures: captures?.(), name });
    return fn;
  }
  def(key: string, fn: unknown): void {
    this.definitions.set(key, fn);
  }
  made<F>(key: string, fn: F): F {
    this.literals.set(fn, key);
    return fn;
  }
  entry(fn: unknown): void {
    this.entries.push(fn);
  }
  caught(): void {}
  tick(): void {
    this.calls.push(["tick"]);
  }
}

/** The API as far as programs without tasks need it. */
export const FAKE_API: Record<string, unknown> = {
  __esModule: true,
  shared: (value: unknown) => value,
  sharedMemory: (value: unknown) => value,
  spawn: (fn: unknown, ...args: unknown[]) => ({ fn, args, join: () => undefined }),
  Mutex: class {
    lock(): void {}
    unlock(): void {}
    withLock<R>(body: () => R): R {
      return body();
    }
    guard(): object {
      return { [Symbol.dispose ?? Symbol.for("Symbol.dispose")]: () => this.unlock() };
    }
  },
  Atomic: class {},
};
FAKE_API["Thread"] = { spawn: FAKE_API["spawn"] };
FAKE_API["Process"] = { spawn: FAKE_API["spawn"] };

type Loader = (specifier: string) => unknown;

function evaluate(code: string, load: Loader, filename: string, runtime: InstrumentationRuntime): { exports: Record<string, unknown>; done: unknown } {
  const module = { exports: {} as Record<string, unknown> };
  const body = new Function("exports", "require", "module", "__filename", "__dirname", "$cp", code) as (...args: unknown[]) => unknown;
  const done = body(module.exports, load, module, filename, path.dirname(filename), runtime);
  return { exports: module.exports, done };
}

/** Runs an entry; gives the exports of its last module. */
export async function runEntry(entry: CompiledEntry, runtime: FakeRuntime, extra: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const loaded = new Map<string, Record<string, unknown>>();
  const evaluateById = (id: string): { exports: Record<string, unknown>; done: unknown } => {
    const module = entry.modules.find((m) => m.id === id)!;
    const load: Loader = (specifier) => {
      const own = module.imports[specifier];
      if (own !== undefined) return loaded.get(own) ?? keep(own, evaluateById(own)).exports;
      if (specifier === "concurrency-playground") return FAKE_API;
      return specifier in extra ? extra[specifier] : require(specifier);
    };
    return evaluate(module.code, load, module.path, runtime);
  };
  const keep = <E extends { exports: Record<string, unknown> }>(id: string, evaluated: E): E => {
    loaded.set(id, evaluated.exports);
    return evaluated;
  };
  let last: Record<string, unknown> = {};
  for (const module of entry.modules) {
    if (module.lazy) continue;
    const evaluated = keep(module.id, evaluateById(module.id));
    await evaluated.done;
    last = evaluated.exports;
  }
  return last;
}

export function compile(text: string, files: Record<string, string> = {}, file = "/snippet/main.ts", locale = "en"): CompiledSnippet {
  return compileSnippet({ file, text, locale, readFile: inMemory(files) });
}

export function inMemory(files: Record<string, string>): (file: string) => string {
  return (file) => {
    const text = files[file];
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${file}`), { code: "ENOENT" });
    return text;
  };
}

export interface Run {
  readonly exports: Record<string, unknown>;
  readonly runtime: FakeRuntime;
  readonly compiled: CompiledSnippet;
}

export async function run(text: string, files: Record<string, string> = {}, extra: Record<string, unknown> = {}): Promise<Run> {
  const compiled = compile(text, files);
  const runtime = new FakeRuntime();
  return { exports: await runEntry(compiled.entries["main"]!, runtime, extra), runtime, compiled };
}

/** What the program does without instrumentation: TypeScript taken off by Babel, nothing else. */
export async function runPlain(text: string, extra: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const result = core.transformSync(text, {
    filename: "/snippet/main.ts",
    configFile: false,
    babelrc: false,
    plugins: [
      [require("@babel/plugin-transform-typescript"), { allowDeclareFields: true, optimizeConstEnums: false }],
      [require("@babel/plugin-proposal-decorators"), { version: "2023-11" }],
      require("@babel/plugin-transform-explicit-resource-management"),
      require("@babel/plugin-transform-modules-commonjs"),
    ],
    parserOpts: { plugins: ["typescript", "explicitResourceManagement"] },
  });
  const load: Loader = (specifier) => (specifier === "concurrency-playground" ? FAKE_API : specifier in extra ? extra[specifier] : require(specifier));
  const { exports, done } = evaluate(result!.code!, load, "/snippet/main.ts", new FakeRuntime());
  await done;
  return exports;
}

/** The code of one entry's last module. */
export function codeOf(compiled: CompiledSnippet, key = "main"): string {
  return compiled.entries[key]!.modules.at(-1)!.code;
}
