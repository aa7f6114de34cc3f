import { babel, type t } from "./babel";
import { isPlain } from "./plain";
import type { Rewriter } from "./rewriter";

type Loop = t.ForStatement | t.WhileStatement | t.DoWhileStatement | t.ForOfStatement | t.ForInStatement;

/** A loop that records nothing gets `$cp.tick()`, so that the runtime can flush and notice that the task should end. */
function withTick<L extends Loop>(r: Rewriter, loop: L, rewrite: () => void): L {
  const { t } = babel();
  const outer = r.recorded;
  r.recorded = 0;
  rewrite();
  if (r.recorded === 0) {
    const tick = t.expressionStatement(r.call("tick", {} as t.Node));
    if (loop.body.type === "BlockStatement") loop.body.body.unshift(tick);
    else loop.body = t.blockStatement([tick, loop.body]);
  }
  r.recorded = outer;
  return loop;
}

export function rewriteLoop(r: Rewriter, node: t.ForStatement | t.WhileStatement | t.DoWhileStatement): t.Statement {
  return withTick(r, node, () => void r.children(node));
}

export function rewriteFor(r: Rewriter, node: t.ForOfStatement | t.ForInStatement): t.Statement {
  return withTick(r, node, () => {
    const { right, left } = node;
    if (node.type === "ForOfStatement") node.right = r.iterated(right);
    else {
      const site = isPlain(r.program, r.module, right) ? undefined : r.site(right, r.nameOf(right));
      const value = r.expression(right);
      node.right = site ? r.at(value, site, right) : value;
    }
    if (left.type === "VariableDeclaration") for (const { id } of left.declarations) r.pattern(id);
    else node.left = r.target(left);
    node.body = r.node(node.body) as t.Statement;
  });
}
