import { createRequire } from "node:module";
import { dirname } from "node:path";
import vm from "node:vm";
import type { EntryCode, ModuleCode } from "../../wire";
import type { InstrumentationRuntime } from "../abi";
import { addSourceMap } from "./stack";

const API = "concurrency-playground";

interface Loaded {
  exports: unknown;
}

/**
 * Evaluates the modules of an entry in order. A promise where a module uses top-level await: the next ones wait for it.
 */
export function evaluate(entry: EntryCode, cp: InstrumentationRuntime, api: object): void | Promise<void> {
  const loaded = new Map<string, Loaded>();
  let pending: Promise<void> | undefined;
  for (const module of entry.modules) {
    addSourceMap(module.path, module.map);
    if (pending) pending = pending.then(async () => evaluateModule(module, loaded, cp, api));
    else {
      const result = evaluateModule(module, loaded, cp, api);
      if (module.async) pending = Promise.resolve(result);
    }
  }
  return pending;
}

function evaluateModule(module: ModuleCode, loaded: Map<string, Loaded>, cp: InstrumentationRuntime, api: object): void | Promise<void> {
  const nodeRequire = createRequire(module.path);
  const own = (specifier: string): unknown => {
    if (specifier === API) return api;
    const id = module.imports[specifier];
    const found = id === undefined ? undefined : loaded.get(id);
    return found ? found.exports : (nodeRequire(specifier) as unknown);
  };
  const require = Object.assign(own, { resolve: nodeRequire.resolve, cache: nodeRequire.cache, main: nodeRequire.main });
  const record: Loaded = { exports: {} };
  loaded.set(module.id, record);
  const body = vm.compileFunction(module.code, ["exports", "require", "module", "__filename", "__dirname", "$cp"], {
    filename: module.path,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER as never,
  }) as (this: unknown, ...args: unknown[]) => void | Promise<void>;
  return body.call(record.exports, record.exports, require, record, module.path, dirname(module.path), cp);
}
