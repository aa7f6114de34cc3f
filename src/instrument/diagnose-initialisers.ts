import type { t } from "./babel";
import { classOf } from "./class-state";
import { mutationOf } from "./containers";
import type { EntryPlan } from "./entries";
import type { Module } from "./module";
import { isGlobal } from "./plain";
import type { Program } from "./program";
import { isFunction, walk } from "./walk";
import { oneLine } from "./sites";
import { isSpawn } from "./spawn-callee";
import { apiObject } from "./values";

interface Effect {
  readonly kind: "output" | "socket";
  readonly text: string;
}

/** Module-level initialisers that tasks evaluate again, though they do more than compute a value. */
export function diagnoseInitialisers(program: Program, plans: ReadonlyMap<string, EntryPlan>): void {
  const seen = new Set<t.Node>();
  for (const { reach } of plans.values()) {
    for (const [module, items] of reach) {
      for (const { kind, node } of items) {
        if (kind !== "variable" || node.type !== "VariableDeclarator" || !node.init || seen.has(node)) continue;
        seen.add(node);
        const effect = effectOf(program, module, node.init, new Set());
        if (!effect) continue;
        const name = node.id.type === "Identifier" ? node.id.name : oneLine(module.text.slice(node.id.start ?? 0, node.id.end ?? 0));
        if (effect.kind === "socket") program.report(module, node, "socket-in-initialiser", "error", name, effect.text);
        else program.report(module, node, "effect-in-initialiser", "warning", name, effect.text);
      }
    }
  }
}

function effectOf(program: Program, module: Module, root: t.Node, seen: Set<t.Node>): Effect | undefined {
  let found: Effect | undefined;
  walk(root, (node, parent) => {
    if (found) return false;
    // A function's body counts where the function is called, or handed to what may call it.
    if (isFunction(node) && node !== root && parent?.type !== "CallExpression" && parent?.type !== "NewExpression") return false;
    if (isFunction(node) && node === root && parent === undefined && !seen.has(node)) return false;
    if (changesShared(program, module, node)) {
      found = { kind: "output", text: oneLine(module.text.slice(node.start ?? 0, node.end ?? 0)) };
      return false;
    }
    if (node.type === "NewExpression") {
      found = effectOfNew(program, module, node, seen);
      return !found;
    }
    if (node.type !== "CallExpression") return true;
    if (isSpawn(program, module, node.callee)) return false;
    found = effectOfCall(program, module, node, seen);
    return !found;
  });
  return found;
}

/** Every task would do it once more: `balances.push(100)`, `ready.release()`. */
function changesShared(program: Program, module: Module, node: t.Node): boolean {
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && node.callee.property.type === "Identifier") {
    const { object, property } = node.callee;
    if (SYNC_EFFECT.has(property.name) && apiObject(program, module, object) !== undefined) return true;
  }
  const target = node.type === "AssignmentExpression" ? node.left : node.type === "UpdateExpression" ? node.argument : undefined;
  const root = target?.type === "Identifier" ? target : mutationOf(node)?.root;
  return root !== undefined && program.sharedVariable(module, root) !== undefined;
}

const SYNC_EFFECT = new Set(["release", "send", "write", "countDown", "notify", "notifyAll", "store", "add", "sub", "exchange", "acquire", "lock", "receive", "close"]);

/** What the constructor and the fields of a class of the program's own do. */
function effectOfNew(program: Program, module: Module, node: t.NewExpression, seen: Set<t.Node>): Effect | undefined {
  const own = classOf(program, module, node.callee);
  if (!own || seen.has(own.node)) return undefined;
  seen.add(own.node);
  for (const member of own.node.body.body) {
    const runs = member.type === "ClassMethod" && member.kind === "constructor" ? member.body : member.type === "ClassProperty" && !member.static ? member.value : undefined;
    const inner = runs && effectOf(program, own.module, runs, seen);
    if (inner) return { ...inner, text: `new ${oneLine(module.text.slice(node.callee.start ?? 0, node.callee.end ?? 0))}(): ${inner.text}` };
  }
  return undefined;
}

const FILE_EFFECT = /^(write|append|mkdir|mkdtemp|rm|unlink|rename|copy|truncate|symlink|link|create.*Write|cp$|open)/;

function effectOfCall(program: Program, module: Module, node: t.CallExpression, seen: Set<t.Node>): Effect | undefined {
  const { callee } = node;
  const text = oneLine(module.text.slice(callee.start ?? 0, callee.end ?? 0));
  const output: Effect = { kind: "output", text };
  const target = program.linker.ofExpression(module, callee);
  if (target?.kind === "api") {
    if (target.name === "Socket.accept" || target.name === "Socket.connect") return { kind: "socket", text };
    return target.name === "mark" ? output : undefined;
  }
  if (target?.kind === "external") return target.name !== undefined && FILE_EFFECT.test(target.name) ? output : undefined;
  if (target?.kind === "variable") {
    const [item] = target.module.itemsByName.get(target.name) ?? [];
    const fn = item?.node.type === "VariableDeclarator" ? item.node.init : item?.node;
    if (!fn || !isFunction(fn) || seen.has(fn)) return undefined;
    seen.add(fn);
    const inner = effectOf(program, target.module, fn, seen);
    return inner && { ...inner, text: `${text}(): ${inner.text}` };
  }
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
  const { object, property } = callee;
  if (isGlobal(module, object)) {
    if (object.name === "console") return output;
    return object.name === "process" && property.name === "exit" ? output : undefined;
  }
  if (object.type === "MemberExpression" && isGlobal(module, object.object) && object.object.name === "process" && property.name === "write") return output;
  const holder = program.linker.ofExpression(module, object);
  return holder?.kind === "external" && FILE_EFFECT.test(property.name) ? output : undefined;
}
