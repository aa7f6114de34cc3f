import type { t } from "./babel";
import { isFunction } from "./walk";

interface NamespaceFunction {
  /** `run`; in a namespace of the namespace `Inner.run`. */
  readonly member: string;
  readonly fn: t.Function;
}

/**
 * The exported functions of a TypeScript namespace, as Babel compiles it: `(function (_N) { function run() {…} _N.run = run; … })(N || (N = {}))`.
 * Constants that hold functions count, too: `const run = _N.run = () => {…}`. What is exported as a variable does not: it may be another later.
 */
export function namespaceFunctions(node: t.Node): NamespaceFunction[] {
  const block = namespaceCall(node);
  if (!block) return [];
  const declared = new Map<string, t.Function>();
  const found: NamespaceFunction[] = [];
  for (const statement of block.body.body) {
    if (statement.type === "FunctionDeclaration" && statement.id) declared.set(statement.id.name, statement);
    else if (statement.type === "VariableDeclaration" && statement.kind === "const") {
      for (const { init } of statement.declarations) {
        const member = exportedAs(init);
        if (member !== undefined && init?.type === "AssignmentExpression" && isFunction(init.right)) found.push({ member, fn: init.right });
      }
    } else if (statement.type === "ExpressionStatement") {
      const inner = namespaceIn(statement.expression);
      if (inner !== undefined) found.push(...namespaceFunctions(statement).map(({ member, fn }) => ({ member: `${inner}.${member}`, fn })));
      else found.push(...exportedFunction(statement.expression, declared));
    }
  }
  return found.filter(({ fn }) => !fn.generator);
}

function exportedFunction(expression: t.Expression, declared: ReadonlyMap<string, t.Function>): NamespaceFunction[] {
  const member = exportedAs(expression);
  const fn = expression.type === "AssignmentExpression" && expression.right.type === "Identifier" ? declared.get(expression.right.name) : undefined;
  return member !== undefined && fn ? [{ member, fn }] : [];
}

/** `run` of `_N.run = …`. */
function exportedAs(node: t.Expression | null | undefined): string | undefined {
  if (node?.type !== "AssignmentExpression" || node.left.type !== "MemberExpression" || node.left.computed) return undefined;
  const { object, property } = node.left;
  return object.type === "Identifier" && property.type === "Identifier" ? property.name : undefined;
}

/** `Inner` of `(function (_Inner) {…})(Inner || (Inner = _N.Inner || (_N.Inner = {})))`; one that the namespace keeps to itself is no member of it. */
function namespaceIn(expression: t.Expression): string | undefined {
  if (expression.type !== "CallExpression" || expression.callee.type !== "FunctionExpression") return undefined;
  const [argument] = expression.arguments;
  if (argument?.type !== "LogicalExpression" || argument.right.type !== "AssignmentExpression") return undefined;
  const { left, right } = argument.right;
  return left.type === "Identifier" && right.type === "LogicalExpression" && right.left.type === "MemberExpression" ? left.name : undefined;
}

/** The name and the body of one block of a namespace. */
export function namespaceCall(node: t.Node): { readonly name: string; readonly body: t.BlockStatement } | undefined {
  if (node.type !== "ExpressionStatement" || node.expression.type !== "CallExpression") return undefined;
  const { callee, arguments: args } = node.expression;
  const [argument] = args;
  if (callee.type !== "FunctionExpression" || args.length !== 1 || argument?.type !== "LogicalExpression") return undefined;
  const { operator, left, right } = argument;
  return operator === "||" && left.type === "Identifier" && right.type === "AssignmentExpression" ? { name: left.name, body: callee.body } : undefined;
}
