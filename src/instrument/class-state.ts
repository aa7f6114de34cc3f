import type { t } from "./babel";
import { isContainer, mutationMethod } from "./containers";
import { isCreationCall } from "./creation-calls";
import type { Module } from "./module";
import type { Program } from "./program";
import { walk } from "./walk";

export interface OwnClass {
  readonly module: Module;
  readonly node: t.Class;
}

/** The class of the program's own that an expression names. */
export function classOf(program: Program, module: Module, expression: t.Node | null | undefined): OwnClass | undefined {
  const target = expression ? program.linker.ofExpression(module, expression) : undefined;
  if (target?.kind !== "variable") return undefined;
  const [item] = target.module.itemsByName.get(target.name) ?? [];
  const node = item?.node.type === "VariableDeclarator" ? item.node.init : item?.node;
  return node?.type === "ClassDeclaration" || node?.type === "ClassExpression" ? { module: target.module, node } : undefined;
}

/** The class of `new C(…)`. */
export function instanceOf(program: Program, module: Module, init: t.Node | null | undefined): OwnClass | undefined {
  return init?.type === "NewExpression" ? classOf(program, module, init.callee) : undefined;
}

/** The methods and accessors of a class and those that it extends, as far as they can be seen; the nearest of each name. */
export function methodsOf(program: Program, { module, node }: OwnClass, seen = new Set<t.Node>()): Map<string, t.ClassMethod | t.ClassPrivateMethod> {
  seen.add(node);
  const base = classOf(program, module, node.superClass);
  const methods = base && !seen.has(base.node) ? methodsOf(program, base, seen) : new Map<string, t.ClassMethod | t.ClassPrivateMethod>();
  for (const member of node.body.body) {
    if ((member.type !== "ClassMethod" && member.type !== "ClassPrivateMethod") || member.static || member.kind === "constructor") continue;
    const name = keyOf(member);
    if (name !== undefined) methods.set(name, member);
  }
  return methods;
}

/** Names of the methods that change a field of their object, themselves or by another that they call: `inc() { this.n++; }`. */
export function changingMethods(program: Program, own: OwnClass): ReadonlySet<string> {
  const methods = methodsOf(program, own);
  const containers = new Set(own.node.body.body.flatMap((member) => (isField(member) && isContainer(member.value) ? (keyOf(member) ?? []) : [])));
  const changing = new Set<string>();
  for (let before = -1; before < changing.size; ) {
    before = changing.size;
    for (const [name, method] of methods) if (changesItself(method, containers, changing)) changing.add(name);
  }
  return changing;
}

function changesItself(method: t.Node, containers: ReadonlySet<string>, changing: ReadonlySet<string>): boolean {
  let found = false;
  walk(method, (node) => {
    if (found || node.type === "FunctionExpression" || node.type === "FunctionDeclaration" || node.type === "ClassBody") return false;
    if (node.type === "AssignmentExpression") found = fieldOf(node.left) !== undefined;
    else if (node.type === "UpdateExpression") found = fieldOf(node.argument) !== undefined;
    else if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
      const called = fieldOf(node.callee);
      const receiver = fieldOf(node.callee.object);
      found = (called !== undefined && changing.has(called)) || (receiver !== undefined && containers.has(receiver) && mutationMethod(node) !== undefined);
    }
    return !found;
  });
  return found;
}

/** `n` of `this.n`. */
function fieldOf(node: t.Node): string | undefined {
  return node.type === "MemberExpression" && node.object.type === "ThisExpression" && !node.computed ? nameOf(node.property) : undefined;
}

type Field = t.ClassProperty | t.ClassPrivateProperty;

function isField(member: t.Node): member is Field {
  return member.type === "ClassProperty" || member.type === "ClassPrivateProperty";
}

/** Whether a class has a static field of this name that each task has for itself. */
export function hasStaticField(program: Program, { module, node }: OwnClass, name: string): boolean {
  return node.body.body.some((member) => isField(member) && member.static === true && keyOf(member) === name && !isCreationCall(program, module, member.value));
}

function keyOf(member: t.ClassMethod | t.ClassPrivateMethod | Field): string | undefined {
  return "computed" in member && member.computed ? undefined : nameOf(member.key);
}

function nameOf(key: t.Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "PrivateName" ? `#${key.id.name}` : undefined;
}
