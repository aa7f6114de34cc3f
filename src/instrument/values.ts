import { API_OBJECTS } from "./api-names";
import type { t } from "./babel";
import type { Module } from "./module";
import { isGlobal } from "./plain";
import type { Program } from "./program";

/** Values, in words, that neither shared memory nor a structured clone can hold, as far as they can be seen. */
export function functionLike(program: Program, module: Module, node: t.Node): string | undefined {
  const { words } = program;
  switch (node.type) {
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "ObjectMethod":
      return words.word("function");
    case "ClassExpression":
      return words.word("class");
    case "CallExpression":
      return isGlobal(module, node.callee) && node.callee.name === "Symbol" ? words.word("symbol") : undefined;
    case "Identifier": {
      const target = program.linker.ofExpression(module, node);
      const [item] = target?.kind === "variable" ? (target.module.itemsByName.get(target.name) ?? []) : [];
      const declared = item?.node ?? module.bindings.get(node)?.path.node;
      const value = declared?.type === "VariableDeclarator" && declared.id.type === "Identifier" ? declared.init : declared;
      if (value?.type === "FunctionDeclaration" || value?.type === "ArrowFunctionExpression" || value?.type === "FunctionExpression") return words.word("function");
      return value?.type === "ClassDeclaration" || value?.type === "ClassExpression" ? words.word("class") : undefined;
    }
    default:
      return undefined;
  }
}

/** The elements and fields of a literal, itself if it is none; a spread hides what it holds. */
export function partsOf(node: t.Node): t.Node[] {
  switch (node.type) {
    case "ArrayExpression":
      return node.elements.flatMap((element) => (element && element.type !== "SpreadElement" ? partsOf(element) : []));
    case "ObjectExpression":
      return node.properties.flatMap((property) => (property.type === "ObjectProperty" ? partsOf(property.value) : property.type === "ObjectMethod" && property.kind === "method" ? [property] : []));
    default:
      return [node];
  }
}

/** The class of the API that a variable holds an instance of: "MessageQueue" for `const q = new MessageQueue()`. */
export function apiObject(program: Program, module: Module, node: t.Node): string | undefined {
  if (node.type === "NewExpression") {
    const name = program.linker.apiName(module, node.callee);
    return name !== undefined && API_OBJECTS.has(name) ? name : undefined;
  }
  if (node.type !== "Identifier") return undefined;
  const target = program.linker.ofExpression(module, node);
  const [item] = target?.kind === "variable" ? (target.module.itemsByName.get(target.name) ?? []) : [];
  const declared = item?.node ?? module.bindings.get(node)?.path.node;
  if (declared?.type !== "VariableDeclarator" || declared.init?.type !== "NewExpression") return undefined;
  return apiObject(program, target?.kind === "variable" ? target.module : module, declared.init);
}
