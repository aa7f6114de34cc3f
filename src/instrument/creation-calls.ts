import { API_OBJECTS, SHARED } from "./api-names";
import type { t } from "./babel";
import type { Module } from "./module";
import type { Program } from "./program";

/** `new Mutex()`, `shared(…)`: makes an object (or variable) that tasks can have in common. */
export function isCreationCall(program: Program, module: Module, node: t.Node | null | undefined): node is t.CallExpression | t.NewExpression {
  if (node?.type === "NewExpression") return API_OBJECTS.has(program.linker.apiName(module, node.callee) ?? "");
  if (node?.type !== "CallExpression" || !SHARED.has(program.linker.apiName(module, node.callee) ?? "")) return false;
  return node.arguments.every((arg) => arg.type !== "SpreadElement");
}
