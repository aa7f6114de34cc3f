import { babel, type t } from "./babel";

/**
 * Visits a node and what is below it, in source order. `enter` returns false to leave out what is below.
 * Plain recursion instead of Babel's traverse, which costs several times as much where no paths are needed.
 */
export function walk(node: t.Node, enter: (node: t.Node, parent: t.Node | undefined, key: string) => boolean | void): void {
  visit(node, undefined, "", enter, babel().t.VISITOR_KEYS);
}

function visit(
  node: t.Node,
  parent: t.Node | undefined,
  key: string,
  enter: (node: t.Node, parent: t.Node | undefined, key: string) => boolean | void,
  keys: Record<string, string[]>,
): void {
  if (enter(node, parent, key) === false) return;
  for (const childKey of keys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[childKey];
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item)) visit(item, node, childKey, enter, keys);
    } else if (isNode(child)) visit(child, node, childKey, enter, keys);
  }
}

export function isNode(value: unknown): value is t.Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** Whether control that reaches the node's parent does not by itself reach what is below this node. */
export function isFunction(node: t.Node): node is t.Function {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassPrivateMethod":
      return true;
    default:
      return false;
  }
}
