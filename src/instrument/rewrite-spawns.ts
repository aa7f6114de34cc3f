import { babel, type t } from "./babel";
import { writtenName } from "./names";
import { args } from "./rewrite-arguments";
import type { Rewriter } from "./rewriter";
import type { InlineTarget, SpawnTarget } from "./spawns";

/** `spawn($cp.fn(key, fn, captures, name), a, $cp.at(b, site))` */
export function rewriteSpawn(r: Rewriter, node: t.CallExpression): t.Expression {
  const target = r.spawns.get(node)?.target;
  const site = r.site(node, r.nameOf(node.callee));
  const [first] = node.arguments;
  r.recorded++;
  if (r.program.linker.apiName(r.module, node.callee) === undefined) node.callee = r.expression(node.callee as t.Expression);
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
    case "inline":
      return [t.stringLiteral(target.key), fn, captured(target), target.name === undefined ? nothing() : t.stringLiteral(target.name)];
    case "dynamic":
      return [nothing(), fn, nothing(), nothing()];
  }
}

/** `() => ({ limit, cell })` */
function captured({ captures }: InlineTarget): t.Expression {
  const { t } = babel();
  const values = captures.values.map(({ identifier: { name } }) => t.objectProperty(t.identifier(name), t.identifier(name), false, true));
  return t.arrowFunctionExpression([], t.objectExpression(values));
}

/** `$cp.made(key, fn, captures)`: a function that may be spawned wherever it gets to. Its name stays what its place makes it. */
export function rewriteLiteral(r: Rewriter, fn: t.Expression, target: InlineTarget, named: string | undefined): t.Expression {
  const { t } = babel();
  const value = named === undefined ? fn : t.memberExpression(t.objectExpression([t.objectProperty(t.identifier(named), fn)]), t.identifier(named));
  return r.call("made", fn, t.stringLiteral(target.key), value, captured(target));
}

/** A task is named after its function. */
export function nameOf(target: Exclude<SpawnTarget, { kind: "dynamic" }>): string {
  if (target.kind === "inline") return target.name === undefined ? "task" : writtenName(target.module.text, target.name);
  const { fn, name, member, module } = target;
  if (member !== undefined) return member.slice(member.lastIndexOf(".") + 1);
  return writtenName(module.text, (fn.type === "FunctionDeclaration" || fn.type === "FunctionExpression") && fn.id ? fn.id.name : name);
}
