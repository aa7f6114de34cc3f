import { isAssigned } from "./assignments";
import type { Binding, t } from "./babel";
import type { Module } from "./module";
import type { Program } from "./program";

/** Globals through which a program may reach its own objects. */
const NOT_BUILTIN: ReadonlySet<string> = new Set(["globalThis", "global", "self", "window", "exports", "module", "require", "arguments"]);
/** Their instances hold no shared memory themselves. */
const PLAIN_CLASSES: ReadonlySet<string> = new Set([
  "Array", "Map", "Set", "WeakMap", "WeakSet", "Date", "RegExp", "Promise", "Error", "TypeError", "RangeError", "Object",
  "AbortController", "URL", "URLSearchParams", "TextEncoder", "TextDecoder",
]);

/** Whether an identifier names one of the language's or Node's own globals. */
export function isGlobal(module: Module, node: t.Node): node is t.Identifier {
  // Temporaries of the compiler have no place in the source.
  return node.type === "Identifier" && node.loc != null && !module.bindings.has(node) && !NOT_BUILTIN.has(node.name);
}

/**
 * Whether an expression's value is certainly neither shared memory nor an object of the API, so that reading its
 * properties needs no site. Objects that *hold* shared objects count as plain: only the accesses to them are.
 */
export function isPlain(program: Program, module: Module, node: t.Node, depth = 0): boolean {
  switch (node.type) {
    case "StringLiteral":
    case "NumericLiteral":
    case "BigIntLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
    case "RegExpLiteral":
    case "TemplateLiteral":
    case "BinaryExpression":
    case "UnaryExpression":
    case "UpdateExpression":
    case "ArrayExpression":
    case "ObjectExpression":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
    case "MetaProperty":
    case "Import":
      return true;
    case "NewExpression":
      return isGlobal(module, node.callee) && PLAIN_CLASSES.has(node.callee.name);
    case "MemberExpression":
      return !node.computed && isGlobalPath(module, node);
    case "Identifier": {
      const binding = module.bindings.get(node);
      return binding ? isPlainVariable(program, module, binding, depth) : node.name === "arguments" || isGlobal(module, node);
    }
    default:
      return false;
  }
}

function isGlobalPath(module: Module, node: t.MemberExpression): boolean {
  if (node.computed) return false;
  return node.object.type === "MemberExpression" ? isGlobalPath(module, node.object) : isGlobal(module, node.object);
}

function isPlainVariable(program: Program, module: Module, binding: Binding, depth: number): boolean {
  if (binding.identifier.extra?.primitive === true) return true;
  if (isAssigned(binding) || depth > 4) return false;
  const { node, parent } = binding.path;
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
      return node.id === binding.identifier;
    case "ClassDeclaration":
    case "ClassExpression":
      return true;
    case "RestElement":
      return true;
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return program.linker.ofBinding(module, binding)?.kind === "external" && parent.type === "ImportDeclaration" && isNode(parent.source.value);
    case "VariableDeclarator":
      if (node.id !== binding.identifier || !node.init || program.sharedVariable(module, node.id)) return false;
      if (!node.init.loc) return node.init.type === "CallExpression"; // an enum
      return isPlain(program, module, node.init, depth + 1);
    default:
      return false;
  }
}

function isNode(specifier: string): boolean {
  return specifier.startsWith("node:") || /^(fs|path|os|util|events|crypto|assert|url|perf_hooks|timers|child_process|worker_threads)(\/|$)/.test(specifier);
}
