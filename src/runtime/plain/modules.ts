import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import workerThreads from "node:worker_threads";
import type { CompileResult } from "../../wire";
import type { InstrumentationRuntime } from "../abi";
import { DYNAMIC_IMPORT, allowDynamicImport } from "../tasks/dynamic-import";
import { addSourceMap, fetchMapsBy } from "../tasks/stack";
import type { CompiledSource, HooksData } from "./hooks";
import { CP_KEY, Compiler, HOOKS_KEY, OWN_EXTENSIONS, PREFIX, formatOf, hooksOf, isWanted, sourceOf } from "./source-files";
import type { PlainTask } from "./types";

const PARAMETERS = ["exports", "require", "module", "__filename", "__dirname", "$cp"];

/** From `start/task.ts`: `import()`. */
declare const $import: (url: string) => Promise<unknown>;

// Node's own: the program gets another.
const { MessageChannel, receiveMessageOnPort } = workerThreads;

type Loader = (module: NodeModule, filename: string) => void;
interface ModuleInternals {
  _extensions: Record<string, Loader>;
  _cache: Record<string, unknown>;
  _resolveFilename(request: string, ...rest: unknown[]): string;
  _load(request: string, parent: unknown, isMain: boolean): unknown;
  runMain(file?: string): void;
}

const internals = Module as unknown as ModuleInternals;

/** `map`: where it is compiled. */
export interface EvaluatedSource {
  readonly code: string;
  readonly map?: string;
}

/** Has the modules that a plain program loads compiled on their way in: its own, and packages that touch shared memory. */
export class PlainModules {
  private readonly compiler: Compiler;
  private hooked = false;

  constructor(
    private readonly self: PlainTask,
    private readonly script: string,
  ) {
    this.compiler = new Compiler(self.task, (frame) => self.write(frame), self.host);
  }

  install(): void {
    Object.defineProperty(globalThis, Symbol.for(CP_KEY), { value: this.self.instrumentation.cp, configurable: true });
    // A program that lists what is loaded finds its own modules alone.
    Reflect.deleteProperty(internals._cache, this.script);
    const { _extensions: loaders } = internals;
    const original = loaders[".js"]!;
    for (const extension of OWN_EXTENSIONS) {
      const before = loaders[extension] ?? original;
      const load: Loader = (module, filename) => this.load(module, filename, before);
      // Node knows .js alone of those that it loads so; what it does not list, programs do not see.
      Object.defineProperty(loaders, extension, { value: load, enumerable: Object.hasOwn(loaders, extension), writable: true, configurable: true });
    }
    const resolve = internals._resolveFilename;
    internals._resolveFilename = function (this: unknown, request, ...rest): string {
      try {
        return Reflect.apply(resolve, this, [request, ...rest]) as string;
      } catch (error) {
        for (const source of sourceOf(request)) {
          try {
            return Reflect.apply(resolve, this, [source, ...rest]) as string;
          } catch {
            // Not there either: what Node said first is told.
          }
        }
        throw error;
      }
    };
    const { runMain } = internals;
    internals.runMain = (file = process.argv[1]!) => this.runMain(file, runMain);
  }

  /** As Node begins a program: with its loader of modules, or with require. */
  private runMain(file: string, runMain: (file?: string) => void): void {
    let path: string;
    try {
      path = internals._resolveFilename(file, null, true);
    } catch {
      runMain(file);
      return;
    }
    const format = formatOf(path) ?? (this.isModule(path) ? "module" : "commonjs");
    if (format === "commonjs") {
      internals._load(path, null, true);
      return;
    }
    this.hook();
    if (extname(path) === ".mjs") {
      runMain(file);
      return;
    }
    const unsettled = (): void => {
      process.exitCode ??= 13;
    };
    process.on("exit", unsettled);
    void (async () => {
      try {
        await $import(pathToFileURL(path).href);
      } finally {
        process.off("exit", unsettled);
      }
    })();
  }

  private isModule(path: string): boolean {
    return this.compiler.compile(path, readFileSync(path, "utf8"), "module").esm;
  }

  private load(module: NodeModule, filename: string, before: Loader): void {
    const text = readFileSync(filename, "utf8");
    const compiled = isWanted(filename, text) ? this.compiler.compile(filename, text, "script") : undefined;
    if (compiled?.code == null) {
      before(module, filename);
      return;
    }
    if (/\bimport\s*\(/.test(text)) {
      allowDynamicImport();
      this.hook();
    }
    evaluate(module, filename, compiled, compiled.code, this.self.instrumentation.cp);
  }

  /** Has Node's loader of modules ask us for what it loads. It does so in a thread of its own. */
  private hook(): void {
    if (this.hooked) return;
    this.hooked = true;
    const { port1, port2 } = new MessageChannel();
    const { port1: sources, port2: given } = new MessageChannel();
    fetchMapsBy(() => {
      for (let got = receiveMessageOnPort(sources); got; got = receiveMessageOnPort(sources)) {
        const [url, map, source] = (got as { message: CompiledSource }).message;
        addSourceMap(url, map, source, PREFIX.length);
      }
    });
    const { self, script } = this;
    const data: HooksData = { arena: self.share.arena, port: port2, task: self.task, pipes: self.share.pipes, sources: given };
    const text = `import { createRequire } from "node:module";
globalThis[Symbol.for(${JSON.stringify(HOOKS_KEY)})] = true;
export const { initialize, resolve, load } = createRequire(${JSON.stringify(pathToFileURL(script).href)})(${JSON.stringify(script)});`;
    self.host.post({ type: "adopt", task: hooksOf(self.task), port: port1 }, [port1]);
    Module.register(`data:text/javascript,${encodeURIComponent(text)}`, { data, transferList: [port2, given] });
  }

  /** The text of `new Worker(text, { eval: true })`. */
  evaluated(text: string): EvaluatedSource {
    const { code, map } = this.compiler.compile(join(process.cwd(), "[worker eval].cjs"), text, "module");
    return code === null ? { code: text } : { code: PREFIX + code, map };
  }
}

/** In the Worker: what it evaluates has this source. */
export function restoreEvaluated({ code, map }: EvaluatedSource): void {
  if (map !== undefined) addSourceMap("[worker eval]", map, code, PREFIX.length);
}

function evaluate(module: NodeModule, filename: string, { map }: CompileResult, code: string, cp: InstrumentationRuntime): void {
  addSourceMap(filename, map, code);
  const own = createRequire(filename);
  const require = Object.assign((id: string): unknown => module.require(id), {
    resolve: own.resolve,
    main: own.main,
    extensions: internals._extensions,
    cache: own.cache,
  });
  const body = vm.compileFunction(code, PARAMETERS, {
    filename,
    importModuleDynamically: DYNAMIC_IMPORT as never,
  }) as (this: unknown, ...args: unknown[]) => unknown;
  body.call(module.exports, module.exports, require, module, filename, dirname(filename), cp);
}
