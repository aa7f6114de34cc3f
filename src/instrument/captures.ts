import { assignmentsTo, isAssigned } from "./assignments";
import type { Binding, NodePath, Scope, t } from "./babel";
import { isContainer, isLiteral, mutationOf } from "./containers";
import { makeShared } from "./fixes";
import type { Module } from "./module";
import type { Program } from "./program";
import { walk } from "./walk";

/** A local function or class that a spawned function uses: its source goes into the entry. */
export interface Helper {
  readonly binding: Binding;
  /** A function or class declaration, or the declarator of a constant that holds a function. */
  readonly node: t.FunctionDeclaration | t.ClassDeclaration | t.VariableDeclarator;
}

export interface Captures {
  /** Local variables whose values go along. */
  readonly values: readonly Binding[];
  /** In source order. */
  readonly helpers: readonly Helper[];
}

type Reporter = Pick<Program, "report" | "reportWithFix">;

/**
 * Finds what a function that is spawned where it stands needs of the functions and blocks around it; reports what it must not do,
 * or only tells `to` of it where the function may never be spawned.
 */
export function capturesOf(program: Program, module: Module, root: t.Node, to?: (severity: "error" | "warning") => void): Captures {
  const reporter: Reporter = to ? { report: (_module, _node, _code, severity) => to(severity), reportWithFix: (_module, _node, _code, severity) => to(severity) } : program;
  const values = new Set<Binding>();
  const helpers = new Map<Binding, Helper>();
  const included: t.Node[] = [];
  const include = (node: t.Node): void => {
    included.push(node);
    walk(node, (inner) => {
      const binding = inner.type === "Identifier" ? module.bindings.get(inner) : undefined;
      if (!binding || isModuleVariable(module, binding) || values.has(binding) || helpers.has(binding)) return;
      if (included.some((outer) => isWithin(binding.scope, outer))) return;
      const helper = helperOf(binding);
      if (helper) {
        helpers.set(binding, helper);
        include(helper.node);
      } else values.add(binding);
    });
  };
  const self = root.type === "Identifier" ? module.bindings.get(root) : undefined;
  const helper = self && helperOf(self);
  if (self && helper) {
    helpers.set(self, helper);
    include(helper.node);
  } else include(root);
  for (const binding of values) if (helpers.size > 0) renameIfTwice(binding, [...values, ...helpers.keys()]);
  for (const binding of values) reportAssignments(program, reporter, module, binding, included);
  for (const binding of values) reportMutations(program, reporter, module, binding, included);
  for (const node of included) reportThis(reporter, module, node);
  return { values: [...values], helpers: [...helpers.values()].sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0)) };
}

/** A `var` in a block at the top level is a local for this: its declaration belongs to main's statements. */
export function isModuleVariable(module: Module, binding: Binding): boolean {
  return binding.scope === module.scope && module.itemsByName.has(binding.identifier.name);
}

function isWithin(scope: Scope, node: t.Node): boolean {
  for (let s: Scope | undefined = scope; s; s = s.parent as Scope | undefined) if (s.block === node) return true;
  return node.type === "VariableDeclarator" && node.init != null && isWithin(scope, node.init);
}

function helperOf(binding: Binding): Helper | undefined {
  const { node } = binding.path;
  if (isAssigned(binding)) return undefined;
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") return { binding, node };
  if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") return undefined;
  const { init } = node;
  return init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression" ? { binding, node } : undefined;
}

/** Two locals of one name from different scopes stand side by side in the entry. */
function renameIfTwice(binding: Binding, all: readonly Binding[]): void {
  const { name } = binding.identifier;
  if (all.some((other) => other !== binding && other.identifier.name === name)) binding.scope.rename(name);
}

function reportAssignments(program: Program, reporter: Reporter, module: Module, binding: Binding, included: readonly t.Node[]): void {
  if (!binding.identifier.loc || program.isCell(module, binding.identifier)) return;
  for (const violation of assignmentsTo(binding)) {
    const inside = violation.findParent((p) => included.includes(p.node)) ?? (included.includes(violation.node) ? violation : null);
    if (!inside) continue;
    const { node } = binding.path;
    const fix = node.type === "VariableDeclarator" ? makeShared(module, node) : undefined;
    reporter.reportWithFix(module, violation.node, "captured-assignment", "error", fix, binding.identifier.name);
  }
}

/** A captured array that the task fills, and that the spawner looks at, stays as it was for the spawner. */
function reportMutations(program: Program, reporter: Reporter, module: Module, binding: Binding, included: readonly t.Node[]): void {
  const { node } = binding.path;
  if (node.type !== "VariableDeclarator" || !isContainer(node.init) || isAssigned(binding)) return;
  const isInside = (path: NodePath): boolean => path.findParent((p) => included.includes(p.node)) !== null;
  if (binding.referencePaths.every(isInside)) return;
  for (const root of included) {
    walk(root, (inner) => {
      const mutation = mutationOf(inner);
      if (!mutation || module.bindings.get(mutation.root) !== binding) return;
      if (mutation.depth > 1 && !isLiteral(node.init!)) return;
      reporter.reportWithFix(module, inner, "unshared-variable", "warning", makeShared(module, node), binding.identifier.name, program.words.word("spawner"));
    });
  }
}

/** `this`, `arguments`, `super` and `new.target` of an arrow function are those of the function around it. */
function reportThis(reporter: Reporter, module: Module, node: t.Node): void {
  const arrow = node.type === "VariableDeclarator" ? node.init : node;
  if (arrow?.type !== "ArrowFunctionExpression") return;
  walk(arrow, (inner) => {
    switch (inner.type) {
      case "FunctionExpression":
      case "FunctionDeclaration":
      case "ObjectMethod":
      case "ClassBody":
        return false;
      case "ThisExpression":
        reporter.report(module, inner, "captured-this", "error", "this");
        return true;
      case "Super":
        reporter.report(module, inner, "captured-this", "error", "super");
        return true;
      case "MetaProperty":
        if (inner.meta.name === "new") reporter.report(module, inner, "captured-this", "error", "new.target");
        return false;
      case "Identifier":
        if (inner.name === "arguments" && !module.bindings.has(inner)) reporter.report(module, inner, "captured-this", "error", "arguments");
        return true;
      default:
        return true;
    }
  });
}
