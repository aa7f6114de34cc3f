import { babel, type t } from "./babel";
import { args } from "./rewrite-calls";
import type { Rewriter } from "./rewriter";
import type { SpawnTarget } from "./spawns";

/** `spawn($cp.fn(key, fn, captures, name), a, $cp.at(b, site))` */
export function rewriteSpawn(r: Rewriter, node: t.CallExpression): t.Expression {
  const target = r.spawns.get(node)?.target;
  const site = r.site(node, r.nameOf(node.callee));
  const [first] = node.arguments;
  r.recorded++;
  node.arguments = args(r, node.arguments);
  const [fn, ...rest] = node.arguments;
  if (!target || !fn || !first || fn.type === "SpreadElement" || fn.type === "ArgumentPlaceholder") return node;
  const wrapped = r.call("fn", first, ...fnArguments(target, fn as t.Expression));
  const last = rest.pop();
  if (!last) node.arguments = [r.at(wrapped, site, first)];
  else if (last.type === "SpreadElement") node.arguments = [wrapped, ...rest, last, babel().t.spreadElement(r.at(babel().t.arrayExpression([]), site, last))];
  else node.arguments = [wrapped, ...rest, r.at(last as t.Expression, site, last)];
  return node;
}

function fnArguments(target: SpawnTarget, fn: t.Expression): t.Expression[] {
  const { t } = babel();
  const nothing = (): t.Expression => t.identifier("undefined");
  switch (target.kind) {
    case "named":
      return [t.stringLiteral(target.key), fn, nothing(), t.stringLiteral(nameOf(target))];
    case "inline": {
      const values = target.captures.values.map(({ identifier: { name } }) => t.objectProperty(t.identifier(name), t.identifier(name), false, true));
      const captures = t.arrowFunctionExpression([], t.objectExpression(values));
      return [t.stringLiteral(target.key), fn, captures, target.name === undefined ? nothing() : t.stringLiteral(target.name)];
    }
    case "dynamic":
      return [nothing(), fn, nothing(), nothing()];
  }
}

/** A task is named after its function. */
export function nameOf(target: Exclude<SpawnTarget, { kind: "dynamic" }>): string {
  if (target.kind === "inline") return target.name ?? "task";
  const { fn, name } = target;
  return (fn.type === "FunctionDeclaration" || fn.type === "FunctionExpression") && fn.id ? fn.id.name : name;
}
