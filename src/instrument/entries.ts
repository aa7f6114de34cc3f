import { babel, type t } from "./babel";
import { emitModule, type Selection } from "./emit";
import type { Item, Module } from "./module";
import type { Program } from "./program";
import { type Reach, Reaching } from "./reach";
import { nameOf } from "./rewrite-spawns";
import type { Rewriter } from "./rewriter";
import { moduleFunctions, type SpawnCall, type SpawnTarget } from "./spawns";
import type { CompiledEntry } from "./types";

type KnownTarget = Exclude<SpawnTarget, { kind: "dynamic" }>;

/** One thing to emit: its key, and what it evaluates of each module. */
export interface EntryPlan {
  readonly target: KnownTarget;
  readonly reach: Reach;
}

/** The entries of all functions that are, or may be, spawned. Before the modules are rewritten. */
export function planEntries(program: Program, spawns: ReadonlyMap<t.CallExpression, SpawnCall>, reaching: Reaching): Map<string, EntryPlan> {
  const targets = [...spawns.values()].map((s) => s.target);
  const known = targets.filter((target): target is KnownTarget => target.kind !== "dynamic");
  if (known.length < targets.length) known.push(...moduleFunctions(program));
  return new Map(known.map((target) => [target.key, { target, reach: reaching.of(target) }]));
}

/** Code for main and for each planned entry. After the modules are rewritten. */
export function emitEntries(
  program: Program,
  plans: ReadonlyMap<string, EntryPlan>,
  rewriters: ReadonlyMap<Module, Rewriter>,
  dynamic: boolean,
): Record<string, CompiledEntry> {
  const functions = dynamic ? moduleFunctions(program) : [];
  const selection = (module: Module, items: ReadonlySet<Item> | undefined, entry?: Selection["entry"]): Selection => ({
    items,
    temporaries: rewriters.get(module)?.temporaries.declaration(),
    lazy: program.lazy.has(module),
    definitions: functions
      .filter((f) => f.module === module && (!items || f.items.every((item) => items.has(item))))
      .map(({ key, name, items: [item] }) => ({ key, name, item: item! })),
    ...(entry ? { entry } : {}),
  });
  const entries: Record<string, CompiledEntry> = {
    main: { name: "main", modules: program.modules.map((module) => emitModule(module, selection(module, undefined))) },
  };
  for (const [key, { target, reach }] of plans) {
    // The entry's own module comes last; the others in order of evaluation.
    const modules = [...program.modules.filter((m) => reach.has(m) && m !== target.module), target.module];
    entries[key] = {
      name: nameOf(target),
      modules: modules.map((module) =>
        emitModule(module, selection(module, module.kind === "esm" ? reach.get(module) : undefined, module === target.module ? entryOf(target) : undefined)),
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
    return { statement: statement(fn), at: undefined };
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
