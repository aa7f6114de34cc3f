import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, extname, join, sep } from "node:path";
import vm from "node:vm";
import { RequestCode, type CompileBody, type CompileResult, type Frame } from "../../wire";
import type { InstrumentationRuntime } from "../abi";
import { addSourceMap } from "../tasks/stack";
import type { PlainTask } from "./types";

/** Where code that Node compiles itself finds `$cp`. */
export const CP_KEY = "concurrency-playground.$cp";
const PREFIX = `const $cp = globalThis[Symbol.for(${JSON.stringify(CP_KEY)})];`;
const PARAMETERS = ["exports", "require", "module", "__filename", "__dirname", "$cp"];
const OWN_EXTENSIONS = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"];
/** TypeScript lets an import name the file that it would be compiled to. */
const SOURCE_OF: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

type Loader = (module: NodeModule, filename: string) => void;
interface ModuleInternals {
  _extensions: Record<string, Loader>;
  _resolveFilename(request: string, ...rest: unknown[]): string;
  _load(request: string, parent: unknown, isMain: boolean): unknown;
  runMain(file?: string): void;
}

const encoder = new TextEncoder();
const internals = Module as unknown as ModuleInternals;

/** Has the modules that a plain program loads compiled on their way in: its own, and packages that touch shared memory. */
export class PlainModules {
  constructor(private readonly self: PlainTask) {}

  install(): void {
    Object.defineProperty(globalThis, Symbol.for(CP_KEY), { value: this.self.instrumentation.cp, configurable: true });
    const { _extensions: loaders } = internals;
    const original = loaders[".js"]!;
    for (const extension of OWN_EXTENSIONS) {
      const before = loaders[extension] ?? original;
      loaders[extension] = (module, filename) => this.load(module, filename, before);
    }
    const resolve = internals._resolveFilename;
    internals._resolveFilename = function (this: unknown, request, ...rest): string {
      try {
        return Reflect.apply(resolve, this, [request, ...rest]) as string;
      } catch (error) {
        const source = sourceOf(request);
        if (source === undefined) throw error;
        try {
          return Reflect.apply(resolve, this, [source, ...rest]) as string;
        } catch {
          throw error;
        }
      }
    };
    internals.runMain = (file = process.argv[1]!) => void internals._load(file, null, true);
  }

  private load(module: NodeModule, filename: string, before: Loader): void {
    const text = readFileSync(filename, "utf8");
    const compiled = isWanted(filename, text) ? this.compile(filename, text, "script") : undefined;
    if (compiled?.code == null) {
      before(module, filename);
      return;
    }
    evaluate(module, filename, compiled, compiled.code, this.self.instrumentation.cp);
  }

  private compile(path: string, text: string, format: CompileBody["format"]): CompileResult {
    const { self } = this;
    const body: CompileBody = { path, format };
    self.request(RequestCode.Compile, body, encoder.encode(text));
    return (self.host.next() as Frame).body as CompileResult;
  }

  /** The text of `new Worker(text, { eval: true })`. */
  evaluated(text: string): string {
    const { code } = this.compile(join(process.cwd(), "[worker eval].cjs"), text, "module");
    return code === null ? text : PREFIX + code;
  }
}

function evaluate(module: NodeModule, filename: string, { map, imports }: CompileResult, code: string, cp: InstrumentationRuntime): void {
  addSourceMap(filename, map);
  const own = createRequire(filename);
  const require = Object.assign((id: string): unknown => module.require(imports[id] ?? id), {
    resolve: own.resolve,
    main: own.main,
    extensions: internals._extensions,
    cache: own.cache,
  });
  const body = vm.compileFunction(code, PARAMETERS, {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER as never,
  }) as (this: unknown, ...args: unknown[]) => unknown;
  body.call(module.exports, module.exports, require, module, filename, dirname(filename), cp);
}

/** The program's own files, and packages that touch shared memory. */
export function isWanted(filename: string, text: string): boolean {
  return !filename.includes(`${sep}node_modules${sep}`) || /\b(?:SharedArrayBuffer|Atomics)\b/.test(text);
}

function sourceOf(request: string): string | undefined {
  const extension = extname(request);
  const source = SOURCE_OF[extension];
  return source !== undefined && /^(\.\.?\/|\/|file:)/.test(request) ? request.slice(0, -extension.length) + source : undefined;
}
