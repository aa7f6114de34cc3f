import { babel, type t } from "./babel";
import type { Rewriter } from "./rewriter";

type Chain = t.OptionalMemberExpression | t.OptionalCallExpression;

export function isChain(node: t.Node): node is Chain {
  return node.type === "OptionalMemberExpression" || node.type === "OptionalCallExpression";
}

/**
 * `a?.b.c` becomes `(t = a) == null ? void 0 : t.b.c`, of which the parts are then rewritten like any other expression.
 * (Babel's own plugin declares its temporaries out of scope where a class stands in a default value.)
 */
export function rewriteChain(r: Rewriter, node: Chain): t.Expression {
  const lowering = new Lowering(r);
  const end = lowering.link(node);
  return r.expression(lowering.guarded(end, (absent) => absent));
}

/** `delete a?.b`: true where there is nothing to delete from. */
export function rewriteDeletedChain(r: Rewriter, node: t.UnaryExpression, chain: Chain): t.Expression {
  const { t } = babel();
  const lowering = new Lowering(r);
  node.argument = lowering.link(chain);
  return r.expression(lowering.guarded(node, () => t.booleanLiteral(true)));
}

/** `(a?.b)(x)`: not part of the chain any more, but called with `a` as this. */
export function rewriteCallOfChain(r: Rewriter, node: t.CallExpression, chain: t.OptionalMemberExpression): t.Expression {
  const lowering = new Lowering(r);
  const member = lowering.link(chain) as t.MemberExpression;
  const receiver = lowering.receiver(member);
  const { t } = babel();
  const method = r.temporary();
  const fill = t.assignmentExpression("=", t.identifier(method), lowering.guarded(member, (absent) => absent));
  return r.expression(t.sequenceExpression([fill, lowering.invoke(node, receiver, t.identifier(method), chain)]));
}

class Lowering {
  private readonly tests: t.Expression[] = [];
  private readonly t = babel().t;

  constructor(private readonly r: Rewriter) {}

  /** A link of the chain as a plain expression, its optional parts replaced by temporaries that `tests` fill. */
  link(node: Chain): t.Expression {
    const { t } = this;
    if (node.type === "OptionalMemberExpression") {
      const inner = this.inner(node.object);
      const object = node.optional ? this.guard(inner) : inner;
      return placed(t.memberExpression(object, node.property, node.computed), node);
    }
    const callee = this.inner(node.callee);
    if (!node.optional) return placed(t.callExpression(callee, node.arguments), node);
    if (callee.type === "OptionalMemberExpression") {
      // `(a?.b)?.()`: another chain in parentheses, whose `a` is this all the same.
      const inner = new Lowering(this.r);
      const member = inner.link(callee) as t.MemberExpression;
      const receiver = inner.receiver(member);
      return this.invoke(node, receiver, this.guard(inner.guarded(member, (absent) => absent)), callee);
    }
    if (callee.type !== "MemberExpression") return placed(t.callExpression(this.guard(callee), node.arguments), node);
    const receiver = this.receiver(callee);
    return this.invoke(node, receiver, this.guard(callee), node.callee);
  }

  /** `$cp.invoke(receiver, method, [args], site, "o.m")` */
  invoke(node: t.CallExpression | t.OptionalCallExpression, receiver: t.Expression, method: t.Expression, callee: t.Node): t.Expression {
    const { t, r } = this;
    r.recorded++;
    const args = t.arrayExpression(node.arguments as t.ArrayExpression["elements"]);
    return r.invoke(node, callee, receiver, method, args, r.site(node), t.stringLiteral(r.textOf(callee)));
  }

  /** What `this` will be; a temporary, filled where the member is evaluated, unless it is constant. */
  receiver(member: t.MemberExpression): t.Expression {
    const { t, r } = this;
    const { object } = member;
    if (object.type === "Super") return t.thisExpression();
    if (object.type === "ThisExpression" || r.isConstant(object) || isTemporary(object)) return t.cloneNode(object);
    const name = r.temporary();
    member.object = t.assignmentExpression("=", t.identifier(name), object);
    return t.identifier(name);
  }

  guarded(end: t.Expression, absent: (nothing: t.Expression) => t.Expression): t.Expression {
    const { t } = this;
    return this.tests.reduceRight(
      (rest, test) => t.conditionalExpression(t.binaryExpression("==", test, t.nullLiteral()), absent(t.unaryExpression("void", t.numericLiteral(0))), rest),
      end,
    );
  }

  private inner(node: t.Expression): t.Expression {
    // In parentheses a chain ends.
    return isChain(node) && node.extra?.["parenthesized"] !== true ? this.link(node) : node;
  }

  private guard(value: t.Expression): t.Expression {
    const { t, r } = this;
    if (value.type === "ThisExpression" || r.isConstant(value)) {
      this.tests.push(t.cloneNode(value));
      return value;
    }
    const name = r.temporary();
    this.tests.push(t.assignmentExpression("=", t.identifier(name), value));
    return t.identifier(name);
  }
}

function isTemporary(node: t.Expression): boolean {
  return node.type === "Identifier" && !node.loc;
}

function placed<N extends t.Node>(node: N, original: t.Node): N {
  return Object.assign(node, { loc: original.loc, start: original.start, end: original.end });
}
