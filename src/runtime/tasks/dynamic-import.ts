import vm from "node:vm";

/** For code that we compile: its `import()` is Node's own. */
export const DYNAMIC_IMPORT = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

let told = false;

/** Node warns once that this is experimental. The program has no part in it: the warning comes here, where nobody hears it. */
export function allowDynamicImport(): void {
  if (told) return;
  told = true;
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    const load = vm.compileFunction("return import('node:path')", [], { importModuleDynamically: DYNAMIC_IMPORT as never }) as () => Promise<unknown>;
    void load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
