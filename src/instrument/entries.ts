import { babel, type t } from "./babel";
import { emitModule, memberOf, type Selection } from "./emit";
import { isPrintedInParts, ModuleParts } from "./emit-parts";
import type { Item, Module } from "./module";
import type { Program } from "./program";
import { isWhole, type Reach, Reaching } from "./reach";
import { nameOf } from "./rewrite-spawns";
import type { Rewriter } from "./rewriter";
import { type InlineTarget, moduleFunctions, type SpawnCall, type SpawnTarget } from "./spawns";
import type { CompiledEntry, CompiledModule } from "./types";
import { walk } from "./walk";

type KnownTarget = Exclude<SpawnTarget, { kind: "dynamic" }>;

/** One thing to emit: its key, and what it evaluates of each module. */
export interface EntryPlan {
  readonly target: KnownTarget;
  /** False for a function that may never be spawned: nothing is said of what it would do as a task. */
  readonly certain: boolean;
  readonly reach: Reach;
}

/** The entries of all functions that are, or may be, spawned. Before the modules are rewritten. */
export function planEntries(
  program: Program,
  spawns: ReadonlyMap<t.CallExpression, SpawnCall>,
  { dynamic, literals }: { readonly dynamic: boolean; readonly literals: ReadonlyMap<t.Node, InlineTarget> },
  reaching: Reaching,
): Map<string, EntryPlan> {
  const plan = (target: KnownTarget, certain: boolean): [string, EntryPlan] => [target.key, { target, certain, reach: reaching.of(target) }];
  const known = [...spawns.values()].map((s) => s.target).filter((target): target is KnownTarget => target.kind !== "dynamic");
  return new Map([
    ...(dynamic ? moduleFunctions(program).map((target) => plan(target, isValue(program, target))) : []),
    ...[...literals.values()].map((target) => plan(target, false)),
    ...known.map((target) => plan(target, true)),
  ]);
}

/** Whether a function of a module is also handed on, and not only called. */
function isValue(program: Program, target: KnownTarget): boolean {
  let found = false;
  for (const module of program.modules) {
    walk(module.program, (node, parent, key) => {
      if (node.type === "ImportDeclaration" || found) return false;
      if (node.type !== "Identifier" || (parent?.type === "CallExpression" && key === "callee")) return true;
      const meant = program.linker.ofExpression(module, node);
      found = meant?.kind === "variable" && meant.module === target.module && meant.name === target.name && module.scope.getOwnBinding(node.name)?.identifier !== node;
      return !found;
    });
  }
  return found;
}

/** Code for main and for each planned entry. After the modules are rewritten. */
export function emitEntries(
  program: Program,
  plans: ReadonlyMap<string, EntryPlan>,
  rewriters: ReadonlyMap<Module, Rewriter>,
  dynamic: boolean,
): Record<string, CompiledEntry> {
  const functions = dynamic ? [...plans.values()].flatMap(({ target }) => (target.kind === "named" ? [target] : [])) : [];
  const selection = (module: Module, items: ReadonlySet<Item> | undefined, entry?: Selection["entry"]): Selection => ({
    items,
    temporaries: rewriters.get(module)?.temporaries.declaration(),
    lazy: program.lazy.has(module),
    definitions: functions
      .filter((f) => f.module === module && (!items || f.items.every((item) => items.has(item))))
      .map(({ key, name, member, items }) => ({ key, name, member, item: items.at(-1)! })),
    ...(entry ? { entry } : {}),
  });
  const parts = new Map<Module, ModuleParts>();
  if (plans.size > 0) for (const module of program.modules) if (isPrintedInParts(module)) parts.set(module, new ModuleParts(module));
  const emit = (module: Module, selected: Selection): CompiledModule => parts.get(module)?.emit(selected) ?? emitModule(module, selected);
  const entries: Record<string, CompiledEntry> = {
    main: { name: "main", modules: program.modules.map((module) => emit(module, selection(module, undefined))) },
  };
  for (const [key, { target, reach }] of plans) {
    // The entry's own module comes last; the others in order of evaluation.
    const modules = [...program.modules.filter((m) => reach.has(m) && m !== target.module), target.module];
    entries[key] = {
      name: nameOf(target),
      modules: modules.map((module) =>
        emit(module, selection(module, module.kind === "esm" || !isWhole(reach, module) ? reach.get(module) : undefined, module === target.module ? entryOf(target) : undefined)),
      ),
    };
  }
  return entries;
}

function entryOf(target: KnownTarget): NonNullable<Selection["entry"]> {
  const { t } = babel();
  const statement = (fn: t.Expression): t.Statement =>
    t.expressionStatement(t.callExpression(t.memberExpression(t.identifier("$cp"), t.identifier("entry")), [fn]));
  if (target.kind === "named") {
    const fn = target.exported === "default" ? t.memberExpression(t.identifier("exports"), t.identifier("default")) : t.identifier(target.name);
    return { statement: statement(memberOf(fn, target.member)), at: undefined };
  }
  const { root, captures } = target;
  const parameter = t.objectPattern(
    captures.values.map(({ identifier: { name } }) => t.objectProperty(t.identifier(name), t.identifier(name), false, true)),
  );
  const helpers = captures.helpers.map(({ node }): t.Statement => (node.type === "VariableDeclarator" ? t.variableDeclaration("const", [node]) : node));
  const result = root.type === "Identifier" ? t.identifier(root.name) : root;
  const body = helpers.length === 0 ? result : t.blockStatement([...helpers, t.returnStatement(result)]);
  return { statement: statement(t.arrowFunctionExpression(captures.values.length > 0 ? [parameter] : [], body)), at: root.start ?? undefined };
}
