import { API_OBJECTS, SHARED } from "./api-names";
import type { t } from "./babel";
import type { Module } from "./module";
import { isGlobal } from "./plain";
import type { Program } from "./program";
import { walk } from "./walk";

/** Calls of shared() that will throw: of a value that cannot be shared, or of a single value that no variable holds. */
export function diagnoseShared(program: Program, module: Module): void {
  walk(module.program, (node, parent) => {
    if (node.type !== "CallExpression") return;
    const api = program.linker.apiName(module, node.callee);
    const [value] = node.arguments;
    if (api === undefined || !SHARED.has(api)) return;
    if (value) reportUnshareable(program, module, value, 0);
    const initialises = parent?.type === "VariableDeclarator" && parent.init === node && parent.id.type === "Identifier";
    if (!initialises && (!value || isPrimitive(module, value))) program.report(module, node, "shared-needs-variable", "error", api);
  });
}

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

const SHAREABLE = new Set([
  "Object", "Array", "Map", "Set", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array",
  "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "SharedArrayBuffer", "ArrayBuffer", "DataView",
]);
const UNSHAREABLE = new Set(["Date", "RegExp", "Promise", "WeakMap", "WeakSet", "WeakRef", "Error", "TypeError", "RangeError", "URL", "AbortController"]);

function reportUnshareable(program: Program, module: Module, node: t.Node, depth: number): void {
  const report = (what: string): void => program.report(module, node, "not-shareable", "warning", what);
  switch (node.type) {
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "ObjectMethod":
      return report(program.words.word("function"));
    case "ClassExpression":
      return report(program.words.word("class"));
    case "CallExpression":
      if (isGlobal(module, node.callee) && node.callee.name === "Symbol") report(program.words.word("symbol"));
      return;
    case "NewExpression": {
      const { callee } = node;
      if (callee.type !== "Identifier" || API_OBJECTS.has(program.linker.apiName(module, callee) ?? "")) return;
      const known = isGlobal(module, callee) ? UNSHAREABLE.has(callee.name) : module.bindings.get(callee)?.path.isClass() === true;
      if (known && !SHAREABLE.has(callee.name)) report(program.words.word("instance", callee.name));
      return;
    }
    case "Identifier": {
      const declared = module.bindings.get(node)?.path;
      if (declared?.isFunctionDeclaration()) report(program.words.word("function"));
      else if (declared?.isClassDeclaration()) report(program.words.word("class"));
      else if (depth === 0 && declared?.isVariableDeclarator() && declared.node.init) {
        const { init } = declared.node;
        const visible = init.type !== "ObjectExpression" && init.type !== "ArrayExpression" && init.type !== "Identifier";
        if (visible && declared.node.id === module.bindings.get(node)?.identifier) reportAs(program, module, init, node);
      }
      return;
    }
    case "ArrayExpression":
      for (const element of node.elements) if (element) reportUnshareable(program, module, element, depth + 1);
      return;
    case "ObjectExpression":
      for (const property of node.properties) {
        if (property.type === "ObjectMethod") reportUnshareable(program, module, property, depth + 1);
        else if (property.type === "ObjectProperty") reportUnshareable(program, module, property.value, depth + 1);
      }
      return;
    default:
  }
}

/** Judges what a constant holds, and reports where it is used. */
function reportAs(program: Program, module: Module, init: t.Node, used: t.Node): void {
  if (init.type === "ArrowFunctionExpression" || init.type === "FunctionExpression") {
    program.report(module, used, "not-shareable", "warning", program.words.word("function"));
  }
}
