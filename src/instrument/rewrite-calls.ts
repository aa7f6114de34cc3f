import { MEMORY_METHODS, SHARED } from "./api-names";
import { babel, type t } from "./babel";
import { propertyName } from "./link";
import { isGlobal, isPlain } from "./plain";
import { args, callApi, isBufferCreation, isViewCreation, setSite, type Args } from "./rewrite-arguments";
import { rewriteCallOfChain } from "./rewrite-chains";
import { isCreation, rewriteCreation } from "./rewrite-creations";
import { accessOf, operands } from "./rewrite-members";
import { rewriteSpawn } from "./rewrite-spawns";
import type { Rewriter } from "./rewriter";

export function rewriteCall(r: Rewriter, node: t.CallExpression): t.Expression {
  const { callee } = node;
  if (r.spawns.has(node)) return rewriteSpawn(r, node);
  const api = r.program.linker.apiName(r.module, callee);
  if (api !== undefined) {
    if (SHARED.has(api) && isCreation(r, node)) return rewriteCreation(r, node, undefined);
    return callApi(r, node);
  }
  if (callee.type === "OptionalMemberExpression") return rewriteCallOfChain(r, node, callee);
  if (callee.type === "MemberExpression") {
    if (!isBufferCreation(r, node)) return callMethod(r, node, callee);
    const name = babel().t.stringLiteral(r.hint ?? "");
    const site = r.site(node, r.hint);
    r.recorded++;
    return r.call("view", node, callMethod(r, node, callee), name, site);
  }
  if (callee.type === "Super" || callee.type === "Import") {
    node.arguments = args(r, node.arguments);
    return node;
  }
  node.callee = r.expression(callee as t.Expression);
  // Some of the built-in functions look into objects: String, structuredClone.
  node.arguments = isGlobal(r.module, callee) ? lookedInto(r, node, callee.name) : args(r, node.arguments);
  return node;
}

export function rewriteNew(r: Rewriter, node: t.NewExpression): t.Expression {
  const api = r.program.linker.apiName(r.module, node.callee);
  if (api !== undefined) return isCreation(r, node) ? rewriteCreation(r, node, undefined) : callApi(r, node);
  const { callee } = node;
  const view = isViewCreation(r, node) ? { name: r.hint ?? "", site: r.site(node, r.hint) } : undefined;
  if (callee.type !== "Super" && callee.type !== "Import") node.callee = r.expression(callee);
  node.arguments = isGlobal(r.module, callee) ? lookedInto(r, node, callee.name) : args(r, node.arguments);
  if (!view) return node;
  const { t } = babel();
  r.recorded++;
  const name = t.stringLiteral(view.name);
  if (!r.program.usesSegment) return r.call("view", node, node, name, view.site);
  return r.call("newView", node, node.callee as t.Expression, t.arrayExpression(node.arguments as t.ArrayExpression["elements"]), name, view.site);
}

function callMethod(r: Rewriter, node: t.CallExpression, callee: t.MemberExpression): t.Expression {
  const { t } = babel();
  const { object } = callee;
  const name = propertyName(callee);
  if (!node.loc || !callee.loc || object.type === "Super" || callee.property.type === "PrivateName") {
    operands(r, callee);
    node.arguments = args(r, node.arguments);
    return node;
  }
  const access = r.inClass && object.type === "ThisExpression" && !callee.computed ? "dotted" : accessOf(r, callee);
  if (access === "none") {
    operands(r, callee);
    node.arguments = readsArguments(r, object, name) ? lookedInto(r, node, name ?? "") : args(r, node.arguments);
    return node;
  }
  const site = r.site(node, r.nameOf(object));
  if (access === "keyed" || (name !== undefined && MEMORY_METHODS.has(name))) {
    operands(r, callee);
    const receiver = r.once(callee.object as t.Expression, object);
    // `this` and numbers need no temporary, and then the method is read from the expression itself.
    const method =
      access === "keyed"
        ? r.call("get", callee, receiver.again(), callee.property as t.Expression, t.cloneNode(site))
        : Object.assign(t.memberExpression(receiver.again(), callee.property as t.Identifier, callee.computed), { loc: callee.loc });
    const list = t.arrayExpression(args(r, node.arguments) as t.ArrayExpression["elements"]);
    r.recorded++;
    const text = t.stringLiteral(r.textOf(callee));
    return r.invoke(node, callee, receiver.first, method, list, site, text);
  }
  operands(r, callee);
  node.arguments = args(r, node.arguments);
  if (!setSite(r, node, site)) callee.object = r.at(callee.object as t.Expression, site, object);
  return node;
}

/** Built-in functions that take primitives, or do nothing with what they take. */
const LEAVES_ALONE = new Set(["Number", "Boolean", "BigInt", "Symbol", "parseInt", "parseFloat", "isNaN", "isFinite", "require", "setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "queueMicrotask", "eval", "fetch", "Error", "TypeError", "RangeError", "Promise", "Proxy", "URL"]);

function lookedInto(r: Rewriter, node: t.CallExpression | t.NewExpression, name: string): Args {
  const last = node.arguments[node.arguments.length - 1];
  const atomic = node.callee.type === "MemberExpression" && node.callee.object.loc != null && /^Atomics\b/.test(r.textOf(node.callee));
  const looks = !LEAVES_ALONE.has(name) && node.arguments.some((arg) => arg.type !== "SpreadElement" && !isPlain(r.program, r.module, arg) && !isValue(r, arg));
  const [first] = node.arguments;
  const site = looks ? r.site(node, atomic && first ? r.nameOf(first) : undefined) : undefined;
  node.arguments = args(r, node.arguments);
  if (site && last) setSite(r, node, site);
  return node.arguments;
}

/** Expressions whose values are primitives as far as can be seen. */
function isValue(r: Rewriter, node: t.Node): boolean {
  return r.program.isCell(r.module, node) || node.type === "LogicalExpression";
}

/** Whether a method of a plain object looks into its arguments: `JSON.stringify(account)`, `Object.keys(account)`. */
function readsArguments(r: Rewriter, object: t.Node, name: string | undefined): boolean {
  if (object.type === "Identifier" && isGlobal(r.module, object)) return object.name !== "Math";
  return name === "concat";
}
