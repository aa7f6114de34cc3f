import { API_OBJECTS, SHARED } from "./api-names";
import type { t } from "./babel";
import { classOf } from "./class-state";
import { mutationMethod, rootOf } from "./containers";
import type { Module } from "./module";
import { isGlobal } from "./plain";
import type { Program } from "./program";
import { functionLike, partsOf } from "./values";
import { walk } from "./walk";

/**
 * Calls of shared() that will throw (of a value that cannot be shared, or of a single value that no variable holds), and
 * values that cannot be shared put into shared memory later.
 */
export function diagnoseShared(program: Program, module: Module): void {
  walk(module.program, (node, parent) => {
    for (const value of putIntoShared(program, module, node)) reportUnshareable(program, module, value);
    if (node.type !== "CallExpression") return;
    const api = program.linker.apiName(module, node.callee);
    const [value] = node.arguments;
    if (api === undefined || !SHARED.has(api)) return;
    if (value) reportUnshareable(program, module, value);
    const initialises = parent?.type === "VariableDeclarator" && parent.init === node && parent.id.type === "Identifier";
    if (!initialises && (!value || isPrimitive(module, value))) program.report(module, node, "shared-needs-variable", "error", api);
  });
}

/** `state.when = value`, `list.push(value)`, `counter = value` for shared variables. */
function putIntoShared(program: Program, module: Module, node: t.Node): readonly t.Node[] {
  if (node.type === "AssignmentExpression" && node.operator === "=") {
    const target = node.left.type === "MemberExpression" ? rootOf(node.left)?.root : node.left;
    return target?.type === "Identifier" && program.sharedVariable(module, target) ? [node.right] : [];
  }
  const method = node.type === "CallExpression" ? mutationMethod(node) : undefined;
  if (node.type !== "CallExpression" || method === undefined || !PUTTERS.has(method)) return [];
  const root = rootOf(node.callee as t.MemberExpression)?.root;
  return root && program.sharedVariable(module, root) ? node.arguments : [];
}

/** Methods all of whose arguments go into the collection, or are indices. */
const PUTTERS = new Set(["push", "unshift", "splice", "fill", "set", "add"]);

function isPrimitive(module: Module, node: t.Node): boolean {
  switch (node.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "BigIntLiteral":
    case "NullLiteral":
    case "TemplateLiteral":
    case "UnaryExpression":
    case "BinaryExpression":
      return true;
    case "Identifier":
      return isGlobal(module, node) && (node.name === "undefined" || node.name === "NaN" || node.name === "Infinity");
    default:
      return false;
  }
}

const UNSHAREABLE = new Set(["Date", "RegExp", "Promise", "WeakMap", "WeakSet", "WeakRef", "Error", "TypeError", "RangeError", "URL", "AbortController"]);

function reportUnshareable(program: Program, module: Module, value: t.Node): void {
  for (const part of partsOf(value)) {
    const what = functionLike(program, module, part) ?? instanceLike(program, module, part);
    if (what !== undefined) program.report(module, part, "not-shareable", "warning", what);
  }
}

function instanceLike(program: Program, module: Module, node: t.Node): string | undefined {
  const declared = node.type === "Identifier" ? module.bindings.get(node)?.path.node : undefined;
  const value = declared?.type === "VariableDeclarator" && declared.id.type === "Identifier" ? declared.init : node;
  if (value?.type !== "NewExpression" || value.callee.type !== "Identifier") return undefined;
  const { callee } = value;
  if (API_OBJECTS.has(program.linker.apiName(module, callee) ?? "")) return undefined;
  const known = isGlobal(module, callee) ? UNSHAREABLE.has(callee.name) : module.bindings.get(callee)?.path.isClass() === true || classOf(program, module, callee) !== undefined;
  return known ? program.words.word("instance", callee.name) : undefined;
}
