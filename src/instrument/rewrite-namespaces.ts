import type { t } from "./babel";
import { namespaceCall } from "./namespace-functions";
import type { Rewriter } from "./rewriter";

/**
 * A block of a namespace, if the statement is one: every task evaluates it once, as the module around it, so that what it creates is the same
 * in all of them. The number keeps apart what several blocks of one name keep to themselves.
 */
export function rewriteNamespace(r: Rewriter, statement: t.Statement, prefix: string): boolean {
  const block = namespaceCall(statement);
  if (!block) return false;
  const { name, body } = block;
  const own = `${prefix}${name}/${r.number()}.`;
  r.inScope((scope) => {
    for (const inner of body.body) r.declaring(inner, own);
    const temporaries = scope.declaration();
    if (temporaries) body.body.unshift(temporaries);
  });
  return true;
}
