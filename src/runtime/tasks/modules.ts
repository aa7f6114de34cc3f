import { createRequire } from "node:module";
import { dirname } from "node:path";
import vm from "node:vm";
import type { EntryCode, ModuleCode } from "../../wire";
import type { InstrumentationRuntime } from "../abi";
import { DYNAMIC_IMPORT, allowDynamicImport } from "./dynamic-import";
import { addSourceMap } from "./stack";

const API = "concurrency-playground";

interface Loaded {
  readonly code: ModuleCode;
  exports: unknown;
  begun: boolean;
}

/** What all modules of an entry evaluate with. */
interface Environment {
  readonly loaded: ReadonlyMap<string, Loaded>;
  readonly cp: InstrumentationRuntime;
  readonly api: object;
  /** Sees what Node gives for a specifier. */
  readonly onRequire: (specifier: string, exports: unknown) => void;
  /** `require.main`: the snippet itself, in the task that runs it as a program. */
  readonly main: Loaded | undefined;
}

/**
 * Evaluates the modules of an entry in order, lazy ones when they are asked for. A promise where a module uses top-level
 * await: the next ones wait for it. `program`: the entry is the snippet itself, not one of its functions.
 */
export function evaluate(entry: EntryCode, program: boolean, cp: InstrumentationRuntime, api: object, onRequire: Environment["onRequire"]): void | Promise<void> {
  const loaded = new Map<string, Loaded>();
  for (const code of entry.modules) {
    addSourceMap(code.path, code.map, code.code);
    loaded.set(code.id, { code, exports: emptyExports(code), begun: false });
  }
  const last = entry.modules.at(-1);
  const environment: Environment = { loaded, cp, api, onRequire, main: program && last ? loaded.get(last.id) : undefined };
  let pending: Promise<void> | undefined;
  for (const record of loaded.values()) {
    if (record.code.lazy && record.code !== last) continue;
    if (pending) pending = pending.then(async () => evaluateModule(record, environment));
    else {
      const result = evaluateModule(record, environment);
      if (record.code.async) pending = Promise.resolve(result);
    }
  }
  return pending;
}

/** Modules that import each other in a circle get to see this before it is filled, and must see what kind of module it is. */
function emptyExports({ code }: ModuleCode): object {
  const exports = {};
  if (code.includes('exports, "__esModule"')) Object.defineProperty(exports, "__esModule", { value: true });
  return exports;
}

function evaluateModule(record: Loaded, environment: Environment): void | Promise<void> {
  if (record.begun) return;
  record.begun = true;
  const { code: module } = record;
  const { loaded, cp, api, main, onRequire } = environment;
  const nodeRequire = createRequire(module.path);
  const own = (specifier: string): unknown => {
    if (specifier === API) return api;
    const id = module.imports[specifier];
    const found = id === undefined ? undefined : loaded.get(id);
    if (!found) {
      const exports: unknown = nodeRequire(specifier);
      onRequire(specifier, exports);
      return exports;
    }
    if (found.code.lazy) void evaluateModule(found, environment);
    return found.exports;
  };
  const require = Object.assign(own, { resolve: nodeRequire.resolve, cache: nodeRequire.cache, main });
  if (/\bimport\(/.test(module.code)) allowDynamicImport();
  const body = vm.compileFunction(module.code, ["exports", "require", "module", "__filename", "__dirname", "$cp"], {
    filename: module.path,
    importModuleDynamically: DYNAMIC_IMPORT as never,
  }) as (this: unknown, ...args: unknown[]) => void | Promise<void>;
  return body.call(record.exports, record.exports, require, record, module.path, dirname(module.path), cp);
}
