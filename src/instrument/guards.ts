import type { Guard } from "../trace";
import type { Binding, t } from "./babel";
import type { Module } from "./module";
import { isGlobal } from "./plain";
import { isFunction, walk } from "./walk";

type Comparison = Guard["op"];

/** `read op bound` is `holds` where the program goes on. */
interface Condition {
  readonly read: t.Node;
  readonly op: Comparison;
  readonly bound: number;
  readonly holds: boolean;
}

/** What is changed or read: a variable, or the text of a member. */
type Subject = Binding | string;

const MIRRORED: Readonly<Record<string, Comparison>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "===": "==", "!=": "!=", "!==": "!=" };
const PLAIN: Readonly<Record<string, Comparison>> = { "<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "==", "===": "==", "!=": "!=", "!==": "!=" };

/**
 * The reads by which an `if` compares a variable with a number, and that change this variable where the `if` has decided: `if (count < MAX)
 * count++`, also over a constant (`const room = lock.withLock(() => count < MAX); if (room) …`) and after an early end (`if (count >= MAX) return;`).
 * Changes whose result is used are left out: they may be looked at afterwards.
 * @returns by the read's start and end in the text, "12:17"
 */
export function guardsOf(module: Module): ReadonlyMap<string, Guard> {
  const found = new Map<string, Guard>();
  walk(module.program, (node, parent, key) => {
    if (node.type !== "IfStatement") return;
    const { test, consequent, alternate } = node;
    const add = (holds: boolean, decided: readonly t.Node[]): void => {
      for (const condition of conditions(module, test, holds)) addGuard(module, condition, decided, found);
    };
    add(true, [consequent]);
    if (alternate) add(false, [alternate]);
    else if (ends(consequent) && parent && key === "body" && "body" in parent && Array.isArray(parent.body)) {
      const statements = parent.body as t.Node[];
      add(false, statements.slice(statements.indexOf(node) + 1));
    }
  });
  return found;
}

function addGuard(module: Module, { read, op, bound, holds }: Condition, decided: readonly t.Node[], found: Map<string, Guard>): void {
  const subject = subjectOf(module, read);
  const at = keyOf(read);
  if (subject === undefined || at === undefined || found.has(at)) return;
  const acts: { line: number; column: number }[] = [];
  for (const root of decided) {
    walk(root, (node) => {
      const change = changeIn(module, node);
      if (change?.subject === subject && change.node.loc) {
        const { line, column } = change.node.loc.start;
        acts.push({ line, column: column + 1 });
      }
    });
  }
  if (acts.length > 0) found.set(at, { op, bound, holds, acts });
}

/** An expression's place in the text; undefined for one that the compiler made. */
export function keyOf({ start, end }: t.Node): string | undefined {
  return start == null || end == null ? undefined : `${start}:${end}`;
}

/** The comparisons that must have come out so for `test` to be `holds`. */
function conditions(module: Module, test: t.Node, holds: boolean): Condition[] {
  const value = valueOf(module, test);
  switch (value.type) {
    case "UnaryExpression":
      return value.operator === "!" ? conditions(module, value.argument, !holds) : [];
    case "LogicalExpression":
      if (value.operator !== (holds ? "&&" : "||")) return [];
      return [...conditions(module, value.left, holds), ...conditions(module, value.right, holds)];
    case "BinaryExpression": {
      const { left, right, operator } = value;
      const op = PLAIN[operator];
      if (op === undefined) return [];
      const bound = numberOf(module, right);
      if (bound !== undefined) return [{ read: valueOf(module, left), op, bound, holds }];
      const other = numberOf(module, left);
      return other === undefined ? [] : [{ read: valueOf(module, right), op: MIRRORED[operator]!, bound: other, holds }];
    }
    default:
      return [];
  }
}

/** What an expression stands for: a constant's initial value, what `lock.withLock(() => …)` gives back. */
function valueOf(module: Module, expression: t.Node, depth = 0): t.Node {
  const next = depth < 8 ? (expression.type === "Identifier" ? initialOf(module, expression) : expression.type === "CallExpression" ? resultOf(expression) : undefined) : undefined;
  return next ? valueOf(module, next, depth + 1) : expression;
}

function initialOf(module: Module, name: t.Identifier): t.Node | undefined {
  const binding = module.bindings.get(name);
  const node = binding?.path.node;
  if (!binding?.constant || node?.type !== "VariableDeclarator" || node.id.type !== "Identifier" || !node.init) return undefined;
  // What is shared() is read, not what it was made with.
  return node.init.type === "CallExpression" && !resultOf(node.init) ? undefined : node.init;
}

/** The value of the function that is handed to a call as its only argument. */
function resultOf({ arguments: [callback, ...others] }: t.CallExpression): t.Node | undefined {
  if (!callback || others.length > 0 || (callback.type !== "ArrowFunctionExpression" && callback.type !== "FunctionExpression") || callback.async || callback.generator) return undefined;
  const { body } = callback;
  if (body.type !== "BlockStatement") return body;
  const [only, ...rest] = body.body;
  return rest.length === 0 && only?.type === "ReturnStatement" ? (only.argument ?? undefined) : undefined;
}

function numberOf(module: Module, expression: t.Node): number | undefined {
  const value = valueOf(module, expression);
  if (value.type === "NumericLiteral") return value.value;
  if (value.type !== "UnaryExpression" || value.operator !== "-") return undefined;
  const positive = numberOf(module, value.argument);
  return positive === undefined ? undefined : -positive;
}

function subjectOf(module: Module, expression: t.Node): Subject | undefined {
  switch (expression.type) {
    case "Identifier":
      return module.bindings.get(expression);
    case "MemberExpression":
      return textOf(module, expression) || undefined;
    case "CallExpression":
      return methodOf(expression) === "load" ? subjectOfAtomic(module, expression) : undefined;
    default:
      return undefined;
  }
}

/** `seats.load()`, `seats.add(1)`; `Atomics.load(view, 0)`, `Atomics.add(view, 0, 1)` */
function subjectOfAtomic(module: Module, { callee, arguments: [view, index] }: t.CallExpression): Subject | undefined {
  const { object } = callee as t.MemberExpression;
  if (!isGlobal(module, object) || object.name !== "Atomics") return subjectOf(module, object);
  return view && index ? `${textOf(module, view)}[${textOf(module, index)}]` : undefined;
}

const textOf = (module: Module, { start, end }: t.Node): string => module.text.slice(start ?? 0, end ?? 0);

function methodOf({ callee }: t.CallExpression): string | undefined {
  return callee.type === "MemberExpression" && !callee.computed && callee.property.type === "Identifier" ? callee.property.name : undefined;
}

/** The change of a variable or Atomic whose result this statement does not use. */
function changeIn(module: Module, statement: t.Node): { readonly node: t.Node; readonly subject: Subject | undefined } | undefined {
  if (statement.type !== "ExpressionStatement") return undefined;
  let node: t.Node = statement.expression;
  for (let result = node.type === "CallExpression" ? resultOf(node) : undefined; result; result = node.type === "CallExpression" ? resultOf(node) : undefined) node = result;
  switch (node.type) {
    case "UpdateExpression":
      return { node, subject: subjectOf(module, node.argument) };
    case "AssignmentExpression":
      return { node, subject: subjectOf(module, node.left) };
    case "CallExpression": {
      const method = methodOf(node);
      return method === "add" || method === "sub" ? { node, subject: subjectOfAtomic(module, node) } : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether what stands behind the statement is not reached through it. */
function ends(statement: t.Node): boolean {
  const last = statement.type === "BlockStatement" ? statement.body.at(-1) : statement;
  return last !== undefined && !isFunction(last) && ["ReturnStatement", "ThrowStatement", "BreakStatement", "ContinueStatement"].includes(last.type);
}
