import type { t } from "./babel";
import { importedName } from "./link";
import type { Module } from "./module";
import type { Program } from "./program";

/** Imports of what a module of the snippet's own does not export. (Types are gone by now, and are TypeScript's to check.) */
export function diagnoseImports(program: Program, module: Module): void {
  for (const { node, statement } of module.items) {
    if (statement.type !== "ImportDeclaration" || (node.type !== "ImportSpecifier" && node.type !== "ImportDefaultSpecifier")) continue;
    const { value: specifier } = statement.source;
    const own = module.imports.get(specifier);
    const name = node.type === "ImportSpecifier" ? importedName(node) : "default";
    if (!own || !tellsItsExports(own) || program.linker.ofExport(own, name) || !isUsed(module, node)) continue;
    program.report(module, node, "unknown-export", "error", name, specifier);
  }
}

/** A type that is only passed on (`import { T } …; export { T }`) looks like a value. */
function isUsed(module: Module, { local }: t.ImportSpecifier | t.ImportDefaultSpecifier): boolean {
  const binding = module.scope.getOwnBinding(local.name);
  return binding?.referencePaths.some((path) => path.parent.type !== "ExportSpecifier") ?? false;
}

/** Not so for CommonJS, and not where everything of a package is passed on. */
function tellsItsExports(module: Module, seen = new Set<Module>()): boolean {
  if (module.kind !== "esm") return false;
  if (seen.has(module)) return true;
  seen.add(module);
  return module.stars.every((specifier) => {
    const own = module.imports.get(specifier);
    return own !== undefined && tellsItsExports(own, seen);
  });
}
