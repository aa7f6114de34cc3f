import type { t } from "./babel";
import { instanceOf, methodsOf, type OwnClass } from "./class-state";
import type { Module } from "./module";
import { isGlobal } from "./plain";
import type { Program } from "./program";
import { oneLine } from "./sites";
import type { SpawnCall } from "./spawns";
import { apiObject, functionLike, partsOf } from "./values";
import { isFunction, walk } from "./walk";

/** Values that will not arrive, or not as they were: arguments and results of tasks, and messages. */
export function diagnoseClones(program: Program, spawns: ReadonlyMap<t.CallExpression, SpawnCall>): void {
  for (const { module, call, target } of spawns.values()) {
    const body = target.kind === "named" ? { module: target.module, fn: target.fn } : target.kind === "inline" && isFunction(target.root) ? { module, fn: target.root } : undefined;
    call.arguments.slice(1).forEach((argument, i) => {
      reportUncloneable(program, module, argument);
      if (body && isFunction(body.fn)) reportLostMethods(program, module, argument, body.module, body.fn, i);
    });
    if (body && isFunction(body.fn)) for (const result of resultsOf(body.fn)) reportUncloneable(program, body.module, result);
  }
  for (const module of program.modules) {
    walk(module.program, (node) => {
      if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.callee.property.type !== "Identifier") return;
      const { object, property } = node.callee;
      if (property.name === "send" && node.arguments[0] && apiObject(program, module, object) === "MessageQueue") reportUncloneable(program, module, node.arguments[0]);
    });
  }
}

const UNCLONEABLE = new Set(["Promise", "WeakMap", "WeakSet", "WeakRef", "AbortController", "Proxy"]);

function reportUncloneable(program: Program, module: Module, value: t.Node): void {
  for (const part of partsOf(value)) {
    const what = functionLike(program, module, part) ?? socketOrSuch(program, module, part);
    if (what !== undefined) program.report(module, part, "not-cloneable", "warning", what);
  }
}

function socketOrSuch(program: Program, module: Module, node: t.Node): string | undefined {
  const declared = node.type === "Identifier" ? module.bindings.get(node)?.path.node : undefined;
  const value = declared?.type === "VariableDeclarator" && declared.id.type === "Identifier" ? declared.init : node;
  if (value?.type === "NewExpression" && isGlobal(module, value.callee) && UNCLONEABLE.has(value.callee.name)) return program.words.word("instance", value.callee.name);
  const api = value?.type === "CallExpression" ? program.linker.apiName(module, value.callee) : undefined;
  return api === "Socket.accept" || api === "Socket.connect" ? program.words.word("instance", "Socket") : undefined;
}

/** What a function gives back, as far as `return` says it. */
function resultsOf(fn: t.Function): t.Node[] {
  if (fn.body.type !== "BlockStatement") return isPromise(fn.body) ? [] : [fn.body];
  const results: t.Node[] = [];
  walk(fn.body, (node) => {
    if (isFunction(node) || node.type === "ClassBody") return false;
    if (node.type === "ReturnStatement" && node.argument && !isPromise(node.argument)) results.push(node.argument);
    return true;
  });
  return results;
}

/** A promise is waited for, and what it brings is the result. */
function isPromise(node: t.Node): boolean {
  return node.type === "NewExpression" && node.callee.type === "Identifier" && node.callee.name === "Promise";
}

/** `spawn(work, new Account())`, where `work` calls a method of its parameter. */
function reportLostMethods(program: Program, module: Module, argument: t.Node, where: Module, fn: t.Function, index: number): void {
  const parameter = fn.params[index];
  const own = instanceGiven(program, module, argument);
  if (!own || parameter?.type !== "Identifier") return;
  const binding = where.bindings.get(parameter);
  const methods = methodsOf(program, own);
  let used: t.Node | undefined;
  walk(fn.body, (node) => {
    if (used || node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier" || node.object.type !== "Identifier") return;
    if (where.bindings.get(node.object) === binding && methods.get(node.property.name)?.kind === "method") used = node;
  });
  if (!used || !binding) return;
  const text = oneLine(where.text.slice(used.start ?? 0, used.end ?? 0));
  program.report(module, argument, "lost-methods", "warning", program.words.word("instance", own.node.id?.name ?? ""), text);
}

function instanceGiven(program: Program, module: Module, argument: t.Node): OwnClass | undefined {
  const declared = argument.type === "Identifier" ? module.bindings.get(argument)?.path.node : undefined;
  const value = declared?.type === "VariableDeclarator" && declared.id.type === "Identifier" ? declared.init : argument;
  return instanceOf(program, module, value);
}
