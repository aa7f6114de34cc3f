import { babel, type t } from "./babel";
import { propertyName } from "./link";
import { isGlobal } from "./plain";
import type { Rewriter } from "./rewriter";

export type Args = t.CallExpression["arguments"];

export function args(r: Rewriter, list: Args): Args {
  return list.map((arg) => (arg.type === "SpreadElement" ? r.spread(arg) : (r.node(arg) as t.Expression)));
}

/** Has the last argument set the site, as nothing is evaluated between it and the call. False without arguments. */
export function setSite(r: Rewriter, node: t.CallExpression | t.NewExpression, site: t.Expression): boolean {
  const { t } = babel();
  const last = node.arguments[node.arguments.length - 1];
  if (!last || last.type === "ArgumentPlaceholder") return false;
  if (last.type === "SpreadElement") node.arguments.push(t.spreadElement(r.at(t.arrayExpression([]), site, last)));
  else node.arguments[node.arguments.length - 1] = r.at(last as t.Expression, site, last);
  return true;
}

/** `f($cp.at(a, site))`, `($cp.site(site), f())` for a function of the API. */
export function callApi(r: Rewriter, node: t.CallExpression | t.NewExpression): t.Expression {
  const { t } = babel();
  const site = r.site(node, r.nameOf(node.callee));
  node.arguments = args(r, node.arguments);
  r.recorded++;
  if (setSite(r, node, site)) return node;
  return t.sequenceExpression([r.call("site", node, site), node]);
}

const VIEW = /^(?:(?:Int|Uint|Float|BigInt|BigUint)(?:8|16|32|64)(?:Clamped)?Array|DataView)$/;

/** Whether a typed array or DataView is made of bytes that are there already, perhaps shared ones. */
export function isViewCreation(r: Rewriter, node: t.Node): node is t.NewExpression {
  if (node.type !== "NewExpression" || !node.loc || !isGlobal(r.module, node.callee) || !VIEW.test(node.callee.name)) return false;
  const [first] = node.arguments;
  return first !== undefined && first.type !== "NumericLiteral" && first.type !== "ArrayExpression";
}

/** `Buffer.from(bytes)`: the same, where the bytes are a SharedArrayBuffer. */
export function isBufferCreation(r: Rewriter, node: t.Node): node is t.CallExpression {
  if (node.type !== "CallExpression" || !node.loc || node.callee.type !== "MemberExpression") return false;
  const { object } = node.callee;
  const [first] = node.arguments;
  return isGlobal(r.module, object) && object.name === "Buffer" && propertyName(node.callee) === "from" && first !== undefined && !/^(?:StringLiteral|TemplateLiteral|ArrayExpression)$/.test(first.type);
}
