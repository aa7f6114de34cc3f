import { babel, type t } from "./babel";
import { propertyName } from "./link";
import { isPlain } from "./plain";
import { accessOf, operands } from "./rewrite-members";
import type { Rewriter } from "./rewriter";

/** `used`: somebody takes the value of the assignment. */
export function rewriteAssignment(r: Rewriter, node: t.AssignmentExpression, used: boolean): t.Expression {
  const { left, operator } = node;
  if (left.type === "ArrayPattern" || left.type === "ObjectPattern") {
    const result = assignPattern(r, node, left, used);
    // V8 takes `g(h([0]), [x] = 0)` for a syntax error, but not `g(h([0]), ([x] = 0))`.
    return used ? babel().t.parenthesizedExpression(result) : result;
  }
  if (r.program.isCell(r.module, left)) return assignCell(r, node, left as t.Expression);
  const hint = left.type === "Identifier" || left.type === "MemberExpression" ? r.nameOf(left)?.replace(/^this\./, "") : undefined;
  if (left.type !== "MemberExpression") {
    node.right = r.named(node.right, operator === "=" ? hint : undefined);
    return node;
  }
  const access = accessOf(r, left);
  if (access === "none") {
    operands(r, left);
    node.right = r.named(node.right, operator === "=" ? hint : undefined);
    return node;
  }
  const site = r.site(node, r.nameOf(left.object));
  if (operator !== "=") return compound(r, node, left, site, access === "keyed");
  operands(r, left);
  const value = r.named(node.right, hint);
  if (access === "keyed") {
    r.recorded++;
    return r.call(r.assigning("set"), node, left.object, left.property as t.Expression, value, site);
  }
  node.right = r.at(value, site, node.right);
  return node;
}

function assignCell(r: Rewriter, node: t.AssignmentExpression, cell: t.Expression): t.Expression {
  const { t } = babel();
  const name = cell.type === "Identifier" ? cell.name : undefined;
  const site = r.site(node, name);
  r.recorded++;
  const right = r.expression(node.right);
  const write = (value: t.Expression): t.Expression => r.call("cw", node, t.cloneNode(cell), value, t.cloneNode(site));
  const read = (): t.Expression => r.call("cr", cell, cell, site);
  const { operator } = node;
  if (operator === "=") return write(right);
  const binary = operator.slice(0, -1);
  if (isLogical(binary)) return at(t.logicalExpression(binary, read(), write(right)), node);
  return write(at(t.binaryExpression(binary as t.BinaryExpression["operator"], read(), right), node));
}

function compound(r: Rewriter, node: t.AssignmentExpression, left: t.MemberExpression, site: t.Expression, keyed: boolean): t.Expression {
  const { t } = babel();
  const originalObject = left.object;
  const originalKey = left.property;
  operands(r, left);
  const object = r.once(left.object as t.Expression, originalObject);
  const key = left.computed ? r.once(left.property as t.Expression, originalKey) : undefined;
  const right = r.expression(node.right);
  const binary = node.operator.slice(0, -1);
  const logical = isLogical(binary);
  // A logical assignment reads first; any other evaluates the operands where they are written to.
  const readObject = logical ? object.first : object.again();
  const writeObject = logical ? object.again() : object.first;
  const readKey = key && (logical ? key.first : key.again());
  const writeKey = key && (logical ? key.again() : key.first);
  r.recorded++;
  const read = keyed
    ? r.call("get", left, readObject, readKey!, t.cloneNode(site))
    : member(t.memberExpression(r.at(readObject, t.cloneNode(site), left.object), readKey ?? (left.property as t.Identifier), left.computed), left);
  const write = (value: t.Expression): t.Expression =>
    keyed
      ? r.call(r.assigning("set"), node, writeObject, writeKey!, value, site)
      : at(t.assignmentExpression("=", member(t.memberExpression(writeObject, writeKey ?? t.cloneNode(left.property as t.Identifier), left.computed), left), r.at(value, site, node.right)), node);
  if (logical) return at(t.logicalExpression(binary, read, write(right)), node);
  return write(at(t.binaryExpression(binary as t.BinaryExpression["operator"], read, right), node));
}

export function rewriteUpdate(r: Rewriter, node: t.UpdateExpression): t.Expression {
  const { t } = babel();
  const { argument, prefix } = node;
  const delta = node.operator === "++" ? t.numericLiteral(1) : t.unaryExpression("-", t.numericLiteral(1));
  if (r.program.isCell(r.module, argument)) {
    r.recorded++;
    const name = argument.type === "Identifier" ? argument.name : undefined;
    return r.call("cu", node, argument, delta, t.booleanLiteral(prefix), r.site(node, name));
  }
  if (argument.type !== "MemberExpression") return r.children(node);
  const access = accessOf(r, argument);
  if (access === "none") {
    operands(r, argument);
    return node;
  }
  const site = r.site(node, r.nameOf(argument.object));
  operands(r, argument);
  const key = argument.computed ? (argument.property as t.Expression) : t.stringLiteral(propertyName(argument)!);
  r.recorded++;
  return r.call(r.assigning("upd"), node, argument.object, key, delta, t.booleanLiteral(prefix), site);
}

/** `[a, o.p] = e`, `({ a: o.p } = e)` */
function assignPattern(r: Rewriter, node: t.AssignmentExpression, left: t.ArrayPattern | t.ObjectPattern, used: boolean): t.Expression {
  const { t } = babel();
  const { right } = node;
  const plain = isPlain(r.program, r.module, right);
  const site = plain ? undefined : r.site(right, r.nameOf(right));
  node.left = r.target(left) as t.AssignmentExpression["left"];
  const value = r.expression(right);
  if (!site) {
    node.right = value;
    return node;
  }
  if (left.type === "ObjectPattern") {
    node.right = r.at(value, site, right);
    return node;
  }
  r.recorded++;
  if (!used) {
    node.right = r.call("iter", right, value, site);
    return node;
  }
  // The value of the whole is the right side itself, not what iterates over it.
  const source = r.once(value, right);
  node.right = r.call("iter", right, source.first, site);
  return t.sequenceExpression([node, source.again()]);
}

/** What a destructuring pattern or a for loop assigns to: an accessor stands in where the assignment has to be recorded. */
export function rewriteTarget(r: Rewriter, node: t.LVal): t.LVal {
  switch (node.type) {
    case "ArrayPattern":
      node.elements = node.elements.map((element) => element && (rewriteTarget(r, element as t.LVal) as t.ArrayPattern["elements"][number]));
      return node;
    case "ObjectPattern":
      for (const property of node.properties) {
        if (property.type === "RestElement") property.argument = rewriteTarget(r, property.argument as t.LVal) as t.RestElement["argument"];
        else {
          if (property.computed) property.key = r.expression(property.key as t.Expression);
          property.value = rewriteTarget(r, property.value as t.LVal) as t.ObjectProperty["value"];
          property.shorthand = false;
        }
      }
      return node;
    case "AssignmentPattern":
      node.left = rewriteTarget(r, node.left as t.LVal) as t.AssignmentPattern["left"];
      node.right = r.expression(node.right);
      return node;
    case "RestElement":
      node.argument = rewriteTarget(r, node.argument as t.LVal) as t.RestElement["argument"];
      return node;
    case "Identifier":
      return r.program.isCell(r.module, node) ? accessor(r, "cellRef", node, [node, r.site(node, node.name)]) : node;
    case "MemberExpression": {
      const access = accessOf(r, node);
      const site = access === "none" ? undefined : r.site(node, r.nameOf(node.object));
      operands(r, node);
      if (!site) return node;
      const key = node.computed ? (node.property as t.Expression) : babel().t.stringLiteral(propertyName(node)!);
      return accessor(r, r.assigning("memberRef"), node, [node.object as t.Expression, key, site]);
    }
    default:
      return node;
  }
}

function accessor(r: Rewriter, operation: string, node: t.Expression, args: t.Expression[]): t.MemberExpression {
  const { t } = babel();
  r.recorded++;
  return t.memberExpression(r.call(operation, node, ...args), t.identifier("v"));
}

function isLogical(operator: string): operator is t.LogicalExpression["operator"] {
  return operator === "||" || operator === "&&" || operator === "??";
}

function at<N extends t.Node>(node: N, original: t.Node): N {
  node.loc = original.loc ?? null;
  return node;
}
const member = at;
