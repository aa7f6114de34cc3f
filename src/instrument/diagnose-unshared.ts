import { babel, type t } from "./babel";
import { isContainer, isLiteral, mutationOf } from "./containers";
import { isCreationCall } from "./creation-calls";
import { changingMethods, classOf, hasStaticField, instanceOf } from "./class-state";
import type { EntryPlan } from "./entries";
import { makeShared } from "./fixes";
import type { Module } from "./module";
import type { Program } from "./program";
import { nameOf } from "./rewrite-spawns";
import type { SpawnCall } from "./spawns";
import { isFunction, walk } from "./walk";

/** What one task's code does with a module-level variable. */
interface Use {
  write?: { readonly module: Module; readonly node: t.Node; readonly declared: { readonly module: Module; readonly declarator: t.VariableDeclarator } | undefined };
  reads: boolean;
}

/** `undefined` stands for main. */
type Task = EntryPlan | undefined;

/** Plain module variables that one task writes and another reads, as if they were shared. */
export function diagnoseUnshared(program: Program, spawns: ReadonlyMap<t.CallExpression, SpawnCall>, plans: ReadonlyMap<string, EntryPlan>): void {
  if (plans.size === 0) return;
  const uses = new Map<Task, Map<string, Use>>();
  const scanner = new Scanner(program, spawns);
  for (const plan of plans.values()) uses.set(plan, scanner.task(plan));
  uses.set(undefined, scanner.main());
  const told = new Set<string>();
  for (const [writer, variables] of uses) {
    for (const [variable, { write }] of variables) {
      if (!write || told.has(variable)) continue;
      const reader = [...uses].find(([task, others]) => task !== writer && others.get(variable)?.reads);
      if (!reader) continue;
      told.add(variable);
      const name = variable.slice(variable.indexOf(":") + 1);
      const [task] = reader;
      const who = task ? program.words.word("task", nameOf(task.target)) : program.words.word("main");
      const { declared } = write;
      const fix = declared && !instanceOf(program, declared.module, declared.declarator.init) ? makeShared(declared.module, declared.declarator) : undefined;
      program.reportWithFix(write.module, write.node, "unshared-variable", "warning", fix, name, who);
    }
  }
}

class Scanner {
  /** Before main's first spawn its reads see what no task can have written. */
  private readonly firstSpawn: number;

  constructor(
    private readonly program: Program,
    private readonly spawns: ReadonlyMap<t.CallExpression, SpawnCall>,
  ) {
    const starts = [...spawns.values()].filter((s) => s.module === program.main).map((s) => s.call.start ?? 0);
    this.firstSpawn = Math.min(Infinity, ...starts);
  }

  task({ target }: EntryPlan): Map<string, Use> {
    const uses = new Map<string, Use>();
    const seen = new Set<t.Node>();
    if (target.kind === "named") this.scan(target.module, target.fn, uses, seen);
    else for (const node of [target.root, ...target.captures.helpers.map((h) => h.node)]) this.scan(target.module, node, uses, seen);
    return uses;
  }

  main(): Map<string, Use> {
    const uses = new Map<string, Use>();
    const seen = new Set<t.Node>();
    for (const module of this.program.modules) {
      for (const { kind, node } of module.items) {
        if (kind === "function" || kind === "import" || kind === "class" || kind === "reexport" || kind === "star") continue;
        const value = kind === "variable" ? (node as t.VariableDeclarator).init : node;
        if (value && !isFunction(value)) this.scan(module, value, uses, seen, module === this.program.main);
      }
    }
    return uses;
  }

  /** `ordered`: main's own statements, which run in the order in which they stand. */
  private scan(module: Module, root: t.Node, uses: Map<string, Use>, seen: Set<t.Node>, ordered = false): void {
    if (seen.has(root)) return;
    seen.add(root);
    const targets = new Set<t.Node>();
    const inFunction: t.Node[] = [];
    walk(root, (node, parent, key) => {
      if (isFunction(node)) inFunction.push(node);
      const spawned = parent?.type === "CallExpression" && key === "arguments" && parent.arguments[0] === node && this.spawns.has(parent);
      if (spawned) return false;
      this.writes(module, node, uses, targets);
      this.statics(module, node, parent, uses);
      if (node.type !== "Identifier" || targets.has(node)) return true;
      const early = ordered && (node.start ?? 0) < this.firstSpawn && !inFunction.some((f) => (f.start ?? 0) <= (node.start ?? 0) && (node.end ?? 0) <= (f.end ?? 0));
      this.mention(module, node, uses, seen, early);
      return true;
    });
  }

  private writes(module: Module, node: t.Node, uses: Map<string, Use>, targets: Set<t.Node>): void {
    const { t } = babel();
    // Made by the compiler: the object of a namespace or of an enum.
    if (!node.loc) return;
    if (node.type === "AssignmentExpression" || node.type === "ForOfStatement" || node.type === "ForInStatement") {
      for (const id of assigned(node.left)) {
        this.note(module, id, node.type === "AssignmentExpression" ? node : id, uses, undefined);
        if (node.type !== "AssignmentExpression" || node.operator === "=") targets.add(id);
      }
    } else if (node.type === "UpdateExpression" && t.isIdentifier(node.argument)) this.note(module, node.argument, node, uses, undefined);
    this.methodCall(module, node, uses);
    const mutation = mutationOf(node);
    if (!mutation) return;
    this.note(module, mutation.root, node, uses, mutation.depth);
    if (!mutation.takes) targets.add(mutation.root);
  }

  /** `counter.inc()`, where the method changes its object. */
  private methodCall(module: Module, node: t.Node, uses: Map<string, Use>): void {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.callee.object.type !== "Identifier") return;
    const variable = this.variable(module, node.callee.object);
    const own = variable && instanceOf(this.program, variable.module, variable.declarator.init);
    const { property, computed } = node.callee;
    if (!own || computed || property.type !== "Identifier" || !changingMethods(this.program, own).has(property.name)) return;
    this.use(uses, variable.key).write ??= { module, node, declared: variable };
  }

  /** `Counter.total`, a static field. */
  private statics(module: Module, node: t.Node, parent: t.Node | undefined, uses: Map<string, Use>): void {
    if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier" || node.object.type !== "Identifier") return;
    const own = classOf(this.program, module, node.object);
    const { name } = node.property;
    if (!own?.node.id || !hasStaticField(this.program, own, name)) return;
    const use = this.use(uses, `${own.module.id}:${own.node.id.name}.${name}`);
    const assigns = parent?.type === "AssignmentExpression" && parent.left === node;
    if (assigns || parent?.type === "UpdateExpression") use.write ??= { module, node: parent, declared: undefined };
    if (!assigns || parent.operator !== "=") use.reads = true;
  }

  private note(module: Module, id: t.Identifier, node: t.Node, uses: Map<string, Use>, depth: number | undefined): void {
    const variable = this.variable(module, id);
    if (!variable) return;
    const { init } = variable.declarator;
    // Assigning to a constant is an error of another kind.
    const sets = node.type !== "CallExpression";
    if (depth === undefined ? variable.constant : !this.isOwnCopy(variable.module, init, depth, sets)) return;
    const use = this.use(uses, variable.key);
    use.write ??= { module, node, declared: variable };
  }

  /** Whether what lies so deep in a variable is each task's own. `sets`: by assignment, not by a method. */
  private isOwnCopy(module: Module, init: t.Node | null | undefined, depth: number, sets: boolean): boolean {
    if (depth === 1 && sets && instanceOf(this.program, module, init)) return true;
    return isContainer(init) && (depth === 1 || isLiteral(init!));
  }

  private mention(module: Module, id: t.Identifier, uses: Map<string, Use>, seen: Set<t.Node>, early: boolean): void {
    const target = this.program.linker.ofExpression(module, id);
    if (target?.kind === "default") return this.scan(target.module, target.item.node, uses, seen);
    if (target?.kind !== "variable") return;
    for (const item of target.module.itemsByName.get(target.name) ?? []) {
      if (item.kind === "function" || item.kind === "class") this.scan(target.module, item.node, uses, seen);
      else if (item.kind === "variable") {
        walk(item.node, (inner) => {
          if (!isFunction(inner)) return true;
          this.scan(target.module, inner, uses, seen);
          return false;
        });
      }
    }
    const variable = this.variable(module, id);
    if (variable && !early) this.use(uses, variable.key).reads = true;
  }

  /** The plain variable that a name stands for. */
  private variable(module: Module, id: t.Identifier): { key: string; module: Module; declarator: t.VariableDeclarator; constant: boolean } | undefined {
    const target = this.program.linker.ofExpression(module, id);
    if (target?.kind !== "variable" || this.program.sharedVariable(module, id)) return undefined;
    const [item] = target.module.itemsByName.get(target.name) ?? [];
    if (item?.node.type !== "VariableDeclarator" || item.node.id.type !== "Identifier" || !item.node.id.loc) return undefined;
    if (isCreationCall(this.program, target.module, item.node.init)) return undefined;
    const constant = target.module.scope.getOwnBinding(target.name)?.kind === "const";
    return { key: `${target.module.id}:${target.name}`, module: target.module, declarator: item.node, constant };
  }

  private use(uses: Map<string, Use>, key: string): Use {
    let use = uses.get(key);
    if (!use) uses.set(key, (use = { reads: false }));
    return use;
  }
}

/** The variables that the left side of an assignment assigns. */
function assigned(left: t.Node): t.Identifier[] {
  const found: t.Identifier[] = [];
  const visit = (node: t.Node): void => {
    switch (node.type) {
      case "Identifier":
        found.push(node);
        return;
      case "ArrayPattern":
        for (const element of node.elements) if (element) visit(element);
        return;
      case "ObjectPattern":
        for (const property of node.properties) visit(property.type === "ObjectProperty" ? property.value : property.argument);
        return;
      case "AssignmentPattern":
        return visit(node.left);
      case "RestElement":
        return visit(node.argument);
      default:
    }
  };
  visit(left);
  return found;
}
