import { SHARED } from "./api-names";
import { isAssigned } from "./assignments";
import type { Binding, t } from "./babel";
import type { Linker } from "./link";
import type { Module } from "./module";
import { walk } from "./walk";

/** A variable `let x = shared(…)` and how its creation is compiled. */
export interface SharedVariable {
  readonly declarator: t.VariableDeclarator;
  /** A cell: reads and writes of the variable are accesses. Else the variable always holds one shared object. */
  readonly cell: boolean;
  /** The program assigns to it. */
  readonly assigned: boolean;
}

/** All shared variables of a module, local ones too. */
export function sharedVariables(module: Module, linker: Linker): Map<Binding, SharedVariable> {
  const found = new Map<Binding, SharedVariable>();
  walk(module.program, (node) => {
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || node.init?.type !== "CallExpression") return;
    const binding = module.bindings.get(node.id);
    if (!binding || !SHARED.has(linker.apiName(module, node.init.callee) ?? "")) return;
    const [initial] = node.init.arguments;
    if (initial?.type === "SpreadElement" || initial?.type === "ArgumentPlaceholder") return;
    const assigned = isAssigned(binding);
    found.set(binding, { declarator: node, cell: assigned || !isObject(initial), assigned });
  });
  return found;
}

function isObject(node: t.Node | undefined): boolean {
  return node?.type === "ObjectExpression" || node?.type === "ArrayExpression" || node?.type === "NewExpression";
}
