import { babel, type t } from "./babel";
import type { Rewriter } from "./rewriter";

type Handler = t.ArrowFunctionExpression | t.FunctionExpression;

/** The function that a call hands over for a rejection, where it stands there itself: `p.catch(f)`, `p.then(g, f)`. */
export function rejectionHandler({ callee, arguments: given }: t.CallExpression | t.OptionalCallExpression): Handler | undefined {
  if ((callee.type !== "MemberExpression" && callee.type !== "OptionalMemberExpression") || callee.computed || callee.property.type !== "Identifier") return undefined;
  const { name } = callee.property;
  const handler = name === "catch" ? given[0] : name === "then" ? given[1] : undefined;
  return handler?.type === "ArrowFunctionExpression" || (handler?.type === "FunctionExpression" && !handler.generator) ? handler : undefined;
}

/** As a catch clause does: `(error) => f(error)` becomes `(error) => { $cp.caught(error); return f(error); }`. */
export function hearRejection(r: Rewriter, handler: Handler): void {
  const { t } = babel();
  const [param] = handler.params;
  if (param?.type !== "Identifier" && param?.type !== "ObjectPattern") return;
  const body = handler.body.type === "BlockStatement" ? handler.body : t.blockStatement([t.returnStatement(handler.body)]);
  handler.body = body;
  if (handler.type === "ArrowFunctionExpression") handler.expression = false;
  if (param.type === "Identifier") {
    body.body.unshift(r.caught(param));
    return;
  }
  const { error, statements } = r.caughtInParts(param, body);
  handler.params[0] = error;
  handler.body = t.blockStatement(statements, body.directives);
  body.directives = [];
}
