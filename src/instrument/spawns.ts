import { isAssigned } from "./assignments";
import type { t } from "./babel";
import { type Captures, capturesOf, isModuleVariable } from "./captures";
import { isSpawn } from "./spawn-callee";
import { propertyName } from "./link";
import type { Item, Module } from "./module";
import type { Program } from "./program";
import { namespaceFunctions } from "./namespace-functions";
import { isFunction, walk } from "./walk";

/** What a spawn starts. */
export type SpawnTarget =
  /** A function of a module; with a member: a static method of a class, a function in a constant object (`Bank.run`) or of a namespace, with its name there (`run`, `Inner.run`). */
  | { readonly kind: "named"; readonly key: string; readonly name: string; readonly module: Module; readonly items: readonly Item[]; readonly fn: t.Node; readonly exported: string; readonly member?: string }
  /** A function written where it is spawned, or local to the function that spawns it. `root`: the function, or the local's name. */
  | { readonly kind: "inline"; readonly key: string; readonly name: string | undefined; readonly module: Module; readonly root: t.Expression; readonly captures: Captures }
  /** Any other expression: known only when it runs. */
  | { readonly kind: "dynamic" };

export type NamedTarget = Extract<SpawnTarget, { kind: "named" }>;
export type InlineTarget = Extract<SpawnTarget, { kind: "inline" }>;

export interface SpawnCall {
  readonly module: Module;
  readonly call: t.CallExpression;
  readonly target: SpawnTarget;
}

/** All calls of spawn, Thread.spawn and Process.spawn. */
export function findSpawns(program: Program): Map<t.CallExpression, SpawnCall> {
  const calls = new Map<t.CallExpression, SpawnCall>();
  for (const module of program.modules) {
    let inline = 0;
    walk(module.program, (node, parent) => {
      if (node.type !== "CallExpression" || !isSpawn(program, module, node.callee)) return;
      const [fn] = node.arguments;
      if (!fn || fn.type === "SpreadElement" || fn.type === "ArgumentPlaceholder") {
        calls.set(node, { module, call: node, target: { kind: "dynamic" } });
        return;
      }
      const holder = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id.name : undefined;
      const target = moduleFunction(program, module, fn) ?? localFunction(program, module, fn, holder, () => `${module.id}:#${++inline}`);
      calls.set(node, { module, call: node, target: target ?? { kind: "dynamic" } });
    });
  }
  return calls;
}

/** Every function of a module that a spawn of unknown target may mean. */
export function moduleFunctions(program: Program): NamedTarget[] {
  return program.modules.flatMap((module) =>
    module.items.flatMap((item) => {
      if (item.kind === "default") return asNamed(module, "default", [item]) ?? [];
      return item.names.flatMap((name) => {
        const items = module.itemsByName.get(name) ?? [];
        return asNamed(module, name, items) ?? memberFunctions(module, name, items);
      });
    }),
  );
}

function moduleFunction(program: Program, module: Module, fn: t.Node): SpawnTarget | undefined {
  const target = program.linker.ofExpression(module, fn);
  if (!target && fn.type === "MemberExpression") {
    return memberFunction(program, module, fn.object, propertyName(fn));
  }
  if (target?.kind === "default") return asNamed(target.module, "default", [target.item]);
  if (target?.kind !== "variable") return undefined;
  return asNamed(target.module, target.name, target.module.itemsByName.get(target.name) ?? []);
}

/** `Bank.run`, `Outer.Inner.run` */
function memberFunction(program: Program, module: Module, object: t.Node, member: string | undefined): NamedTarget | undefined {
  const holder = program.linker.ofExpression(module, object);
  if (holder?.kind === "variable") {
    const members = memberFunctions(holder.module, holder.name, holder.module.itemsByName.get(holder.name) ?? []);
    return members.find((target) => target.member === member);
  }
  if (holder || object.type !== "MemberExpression") return undefined;
  const inner = propertyName(object);
  return inner === undefined ? undefined : memberFunction(program, module, object.object, `${inner}.${member}`);
}

function asNamed(module: Module, name: string, items: readonly Item[]): NamedTarget | undefined {
  if (items.length !== 1) return undefined;
  const { node, kind } = items[0]!;
  const binding = module.scope.getOwnBinding(name);
  if (name !== "default" && (!binding || isAssigned(binding))) return undefined;
  const fn = kind === "variable" && node.type === "VariableDeclarator" && node.id.type === "Identifier" ? node.init : node;
  if (!fn || !isFunction(fn)) return undefined;
  return { kind: "named", key: `${module.id}:${name}`, name, module, items, fn, exported: name };
}

/** Static methods of a class, functions in an object that a constant holds, functions of a namespace: every task evaluates them with their class, object or namespace. */
function memberFunctions(module: Module, name: string, items: readonly Item[]): NamedTarget[] {
  const target = (fn: t.Node, member: string): NamedTarget => ({ kind: "named", key: `${module.id}:${name}.${member}`, name, module, items, fn, exported: name, member });
  if (items.some(({ kind }) => kind === "namespace")) {
    return items.flatMap(({ node }) => namespaceFunctions(node)).map(({ fn, member }) => target(fn, member));
  }
  const binding = module.scope.getOwnBinding(name);
  if (items.length !== 1 || !binding || isAssigned(binding)) return [];
  const { node } = items[0]!;
  const members = node.type === "ClassDeclaration" ? node.body.body : node.type === "VariableDeclarator" && node.init?.type === "ObjectExpression" ? node.init.properties : [];
  return members.flatMap((member) => {
    const fn = functionOf(member);
    if (!fn || !("key" in member) || member.key.type !== "Identifier" || fn.generator) return [];
    return [target(fn, member.key.name)];
  });
}

function functionOf(member: t.ClassBody["body"][number] | t.ObjectExpression["properties"][number]): t.Function | undefined {
  switch (member.type) {
    case "ClassMethod":
      return member.static && member.kind === "method" && !member.computed ? member : undefined;
    case "ObjectMethod":
      return member.kind === "method" && !member.computed ? member : undefined;
    case "ClassProperty":
      return member.static && !member.computed && member.value && isFunction(member.value) ? member.value : undefined;
    case "ObjectProperty":
      return !member.computed && isFunction(member.value) ? member.value : undefined;
    default:
      return undefined;
  }
}

function localFunction(
  program: Program,
  module: Module,
  fn: t.Expression,
  holder: string | undefined,
  key: () => string,
): SpawnTarget | undefined {
  if (fn.type === "ArrowFunctionExpression" || fn.type === "FunctionExpression") {
    const name = (fn.type === "FunctionExpression" ? fn.id?.name : undefined) ?? holder;
    return { kind: "inline", key: key(), name, module, root: fn, captures: capturesOf(program, module, fn) };
  }
  const binding = fn.type === "Identifier" ? module.bindings.get(fn) : undefined;
  if (!binding || isModuleVariable(module, binding) || isAssigned(binding)) return undefined;
  const { node } = binding.path;
  const value = node.type === "VariableDeclarator" ? node.init : node;
  if (!value || !isFunction(value)) return undefined;
  return { kind: "inline", key: key(), name: binding.identifier.name, module, root: fn, captures: capturesOf(program, module, fn) };
}
