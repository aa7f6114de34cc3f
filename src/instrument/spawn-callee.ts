import { SPAWNS } from "./api-names";
import { isAssigned } from "./assignments";
import type { t } from "./babel";
import { propertyName } from "./link";
import type { Module } from "./module";
import type { Program } from "./program";
import { walk } from "./walk";

const STARTERS: ReadonlySet<string> = new Set(["Thread", "Process"]);
/** Constants that stand for constants that stand for … */
const DEPTH = 8;

/** Whether a callee is one of the API's spawns, also under a name of its own or chosen when it runs: `(fast ? Thread : Process).spawn`. */
export function isSpawn(program: Program, module: Module, callee: t.Node): boolean {
  return means(program, module, callee, SPAWNS, DEPTH);
}

/** Whether the API's spawn, or what has it, is used as a value: then nobody knows what it will be called with. */
export function spawnEscapes(program: Program, module: Module): boolean {
  let escapes = false;
  walk(module.program, (node, parent, key) => {
    if (node.type === "ImportDeclaration" || node.type === "ExportNamedDeclaration") return false;
    if (escapes || (node.type !== "Identifier" && node.type !== "MemberExpression")) return !escapes;
    const name = program.linker.apiName(module, node);
    if (name === undefined || !parent || !(SPAWNS.has(name) || STARTERS.has(name))) return true;
    const isCallee = key === "callee" && parent.type === "CallExpression";
    const isObject = parent.type === "MemberExpression" && key === "object" && propertyName(parent) === "spawn";
    escapes = !isCallee && !isObject && parent.type !== "VariableDeclarator" && parent.type !== "ConditionalExpression";
    return false;
  });
  return escapes;
}

function means(program: Program, module: Module, node: t.Node, names: ReadonlySet<string>, depth: number): boolean {
  if (depth === 0) return false;
  if (names.has(program.linker.apiName(module, node) ?? "")) return true;
  switch (node.type) {
    case "ConditionalExpression":
      return means(program, module, node.consequent, names, depth - 1) && means(program, module, node.alternate, names, depth - 1);
    case "MemberExpression":
      return names === SPAWNS && propertyName(node) === "spawn" && means(program, module, node.object, STARTERS, depth - 1);
    case "Identifier": {
      const binding = module.bindings.get(node);
      const declarator = binding && !isAssigned(binding) ? binding.path.node : undefined;
      if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier" || !declarator.init) return false;
      return means(program, module, declarator.init, names, depth - 1);
    }
    default:
      return false;
  }
}
