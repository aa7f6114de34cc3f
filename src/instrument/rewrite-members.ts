import type { t } from "./babel";
import { propertyName } from "./link";
import { isGlobal, isPlain } from "./plain";
import { isChain, rewriteDeletedChain } from "./rewrite-chains";
import type { Rewriter } from "./rewriter";

/** How a property access is compiled. */
export type Access =
  /** Left alone: `super.p`, `this.#p`, an object that is known to be no shared memory, or code of the compiler's own. */
  | "none"
  /** `$cp.at(o, site).p` */
  | "dotted"
  /** `$cp.get(o, k, site)` */
  | "keyed";

export function accessOf(r: Rewriter, node: t.MemberExpression): Access {
  const { object, property } = node;
  if (!node.loc || object.type === "Super" || property.type === "PrivateName") return "none";
  if (isPlain(r.program, r.module, object)) return "none";
  if (!node.computed || isName(property)) {
    if (r.inClass && object.type === "ThisExpression") return "none";
    const target = r.program.linker.ofExpression(r.module, object);
    return target && target.kind !== "variable" && target.kind !== "default" && !(target.kind === "external" && target.name !== undefined)
      ? "none"
      : "dotted";
  }
  return "keyed";
}

/** Whether a computed key is a name and no index. */
function isName(key: t.Node): boolean {
  return key.type === "StringLiteral" && !/^\d+$/.test(key.value);
}

/** `o.p` as a value. */
export function readMember(r: Rewriter, node: t.MemberExpression): t.Expression {
  if (isLender(r, node)) {
    node.object = r.call("lender", node.object, node.object as t.Identifier);
    return node;
  }
  if (r.program.isCell(r.module, node)) return r.call("cr", node, operands(r, node), r.site(node, propertyName(node)));
  const access = accessOf(r, node);
  if (access === "none") return operands(r, node);
  const site = r.site(node, r.nameOf(node.object));
  operands(r, node);
  if (access === "keyed") {
    r.recorded++;
    return r.call("get", node, node.object, node.property as t.Expression, site);
  }
  node.object = r.at(node.object as t.Expression, site, node.object);
  return node;
}

/** `Map.prototype` and `Set.prototype` in a snippet: their methods may be meant for a shared object. */
function isLender(r: Rewriter, { object, property, computed }: t.MemberExpression): boolean {
  if (object.type !== "Identifier" || (object.name !== "Map" && object.name !== "Set") || !isGlobal(r.module, object)) return false;
  return r.program.shares && !computed && property.type === "Identifier" && property.name === "prototype";
}

/** Rewrites a member's object and computed key in place. */
export function operands(r: Rewriter, node: t.MemberExpression): t.MemberExpression {
  if (node.object.type !== "Super") node.object = r.expression(node.object);
  if (node.computed && node.property.type !== "PrivateName") node.property = r.expression(node.property as t.Expression);
  return node;
}

/** `o.p` where the member itself has to stay (delete, tag of a template): the site is set by its last operand. */
function keepMember(r: Rewriter, node: t.MemberExpression, whole: t.Expression): t.MemberExpression {
  const access = accessOf(r, node);
  const site = access === "none" ? undefined : r.site(whole, r.nameOf(node.object));
  operands(r, node);
  if (!site) return node;
  if (node.computed) node.property = r.at(node.property as t.Expression, site, node.property);
  else node.object = r.at(node.object as t.Expression, site, node.object);
  return node;
}

export function rewriteUnary(r: Rewriter, node: t.UnaryExpression): t.Expression {
  if (node.operator === "delete" && node.argument.type === "MemberExpression") {
    node.argument = keepMember(r, node.argument, node);
    return node;
  }
  if (node.operator === "delete" && isChain(node.argument)) return rewriteDeletedChain(r, node, node.argument);
  return r.children(node);
}

export function rewriteIn(r: Rewriter, node: t.BinaryExpression): t.Expression {
  const plain = node.left.type === "PrivateName" || isPlain(r.program, r.module, node.right);
  const site = plain ? undefined : r.site(node, r.nameOf(node.right));
  if (node.left.type !== "PrivateName") node.left = r.expression(node.left);
  node.right = r.expression(node.right);
  if (site) node.right = r.at(node.right, site, node.right);
  return node;
}

export function rewriteTag(r: Rewriter, node: t.TaggedTemplateExpression): t.Expression {
  node.tag = node.tag.type === "MemberExpression" ? keepMember(r, node.tag, node) : r.expression(node.tag);
  r.children(node.quasi);
  return node;
}
