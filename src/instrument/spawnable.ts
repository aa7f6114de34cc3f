import type { t } from "./babel";
import { capturesOf } from "./captures";
import type { Program } from "./program";
import { spawnEscapes } from "./spawn-callee";
import { type InlineTarget, moduleFunctions, type SpawnCall } from "./spawns";
import { isFunction, walk } from "./walk";

type Literal = t.FunctionExpression | t.ArrowFunctionExpression;

/** Methods that call what they are given where they stand, and keep it from nobody. */
const CALLED_AT_ONCE: ReadonlySet<string> = new Set([
  "map", "forEach", "filter", "reduce", "reduceRight", "find", "findIndex", "findLast", "findLastIndex", "some", "every", "sort", "toSorted",
  "flatMap", "from", "then", "catch", "finally", "withLock", "withPermit", "withRead", "withWrite", "waitUntil", "replace", "replaceAll", "on", "once",
]);

/** Whether some spawn starts what is known only when it runs. */
export function hasDynamicSpawns(program: Program, spawns: ReadonlyMap<t.CallExpression, SpawnCall>): boolean {
  return [...spawns.values()].some((s) => s.target.kind === "dynamic") || program.modules.some((module) => spawnEscapes(program, module));
}

/**
 * The functions written somewhere in the snippet that may get to a spawn as values: from an array, an object, a parameter. Not those
 * that could not run in another task (they assign to a captured variable, say): the runtime says so when they are spawned.
 */
export function functionLiterals(program: Program, spawns: ReadonlyMap<t.CallExpression, SpawnCall>): Map<t.Node, InlineTarget> {
  const found = new Map<t.Node, InlineTarget>();
  const known = new Set<t.Node>(moduleFunctions(program).map(({ fn }) => fn));
  for (const { target } of spawns.values()) if (target.kind === "inline") known.add(target.root);
  for (const module of program.modules) {
    let count = 0;
    walk(module.program, (node, parent, key) => {
      if (!isLiteral(node) || node.generator || node.start == null || known.has(node)) return;
      if (parent?.type === "CallExpression" && (key === "callee" || calledAtOnce(parent))) return;
      let runs = true;
      const captures = capturesOf(program, module, node, (severity) => (runs &&= severity !== "error"));
      if (runs) found.set(node, { kind: "inline", key: `${module.id}:=${++count}`, name: nameFrom(node, parent), module, root: node, captures });
    });
  }
  return found;
}

function isLiteral(node: t.Node): node is Literal {
  return isFunction(node) && (node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression");
}

function calledAtOnce({ callee }: t.CallExpression): boolean {
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" && CALLED_AT_ONCE.has(callee.property.name);
}

/** The name that the function has by where it stands, as ECMAScript's NamedEvaluation gives it. */
export function nameFrom(node: Literal, parent: t.Node | undefined): string | undefined {
  if (node.type === "FunctionExpression" && node.id) return node.id.name;
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.id.type === "Identifier" ? parent.id.name : undefined;
    case "AssignmentExpression":
    case "AssignmentPattern":
      return parent.left.type === "Identifier" ? parent.left.name : undefined;
    case "ObjectProperty":
    case "ClassProperty":
      return !parent.computed && parent.key.type === "Identifier" ? parent.key.name : undefined;
    default:
      return undefined;
  }
}
