import type { t } from "./babel";
import { walk } from "./walk";

/** Methods that change the array, Map or Set that they are called on; some also tell what was in it. */
const MUTATORS = new Set(["push", "unshift", "splice", "sort", "reverse", "fill", "copyWithin", "set", "add", "delete", "clear", "pop", "shift"]);
const TAKERS = new Set(["pop", "shift", "splice"]);
const COLLECTIONS = new Set(["Array", "Map", "Set", "Object"]);
const TYPED_ARRAY = /^(Int|Uint|Float|BigInt|BigUint)(8|16|32|64)(Clamped)?Array$/;

export interface Mutation {
  /** The variable at the root of what is changed: `a` for `a.b[0] = 1`. */
  readonly root: t.Identifier;
  /** 1 for `a.b = …`, 2 for `a.b.c = …`. */
  readonly depth: number;
  /** Whether it also tells what was there. */
  readonly takes: boolean;
}

/** What an expression changes in place. */
export function mutationOf(node: t.Node): Mutation | undefined {
  switch (node.type) {
    case "AssignmentExpression":
      return node.left.type === "MemberExpression" ? rootOf(node.left, node.operator !== "=") : undefined;
    case "UpdateExpression":
      return node.argument.type === "MemberExpression" ? rootOf(node.argument, true) : undefined;
    case "UnaryExpression":
      return node.operator === "delete" && node.argument.type === "MemberExpression" ? rootOf(node.argument, false) : undefined;
    case "CallExpression": {
      const name = mutationMethod(node);
      return name === undefined ? undefined : rootOf(node.callee as t.MemberExpression, TAKERS.has(name));
    }
    default:
      return undefined;
  }
}

/** The method of `o.push(…)`, if it is one that changes a collection. */
export function mutationMethod({ callee }: t.CallExpression): string | undefined {
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || callee.computed) return undefined;
  const { name } = callee.property;
  return MUTATORS.has(name) ? name : undefined;
}

/** The variable at the root of a member. */
export function rootOf(member: t.MemberExpression, takes = false): Mutation | undefined {
  let depth = 0;
  let node: t.Node = member;
  while (node.type === "MemberExpression") {
    node = node.object;
    depth++;
  }
  return node.type === "Identifier" ? { root: node, depth, takes } : undefined;
}

/** Whether a variable's initial value is a collection of its own: one that each task gets a copy of. */
export function isContainer(init: t.Node | null | undefined): boolean {
  switch (init?.type) {
    case "ArrayExpression":
    case "ObjectExpression":
      return true;
    case "NewExpression":
      if (init.callee.type !== "Identifier") return false;
      return COLLECTIONS.has(init.callee.name) || (TYPED_ARRAY.test(init.callee.name) && isPlainLength(init.arguments[0]));
    case "CallExpression": {
      const { callee } = init;
      if (callee.type === "Identifier") return callee.name === "Array";
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
      const { object, property } = callee;
      if (object.type === "Identifier" && object.name === "Array") return property.name === "from" || property.name === "of";
      return property.name === "fill" && isContainer(object);
    }
    default:
      return false;
  }
}

function isPlainLength(node: t.Node | undefined): boolean {
  return node === undefined || node.type === "NumericLiteral" || node.type === "BinaryExpression" || node.type === "ArrayExpression";
}

/** Whether nothing that a container was made of can be shared memory, so that changes deep inside count as well. */
export function isLiteral(init: t.Node): boolean {
  let literal = true;
  walk(init, (node, parent, key) => {
    if (node.type === "CallExpression" || (node.type === "NewExpression" && node !== init)) literal = false;
    if (node.type === "Identifier" && key !== "key" && !(parent === init && key === "callee")) literal = false;
    return literal;
  });
  return literal;
}
