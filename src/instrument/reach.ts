import type { Module, Item } from "./module";
import type { Program } from "./program";
import type { SpawnTarget } from "./spawns";
import type { t } from "./babel";
import { walk } from "./walk";

/** What a task evaluates of each module. A module's absence: nothing. */
export type Reach = ReadonlyMap<Module, ReadonlySet<Item>>;

/** Follows names from a function through the modules' declarations. */
export class Reaching {
  private readonly names = new Map<Item, readonly string[]>();

  constructor(private readonly program: Program) {}

  of(target: Exclude<SpawnTarget, { kind: "dynamic" }>): Reach {
    const reach = new Map<Module, Set<Item>>();
    if (target.kind === "named") for (const item of target.items) this.add(reach, target.module, item);
    else {
      for (const node of [target.root, ...target.captures.helpers.map((h) => h.node)]) {
        for (const name of this.namesIn(target.module, node)) this.addName(reach, target.module, name);
      }
      if (!reach.has(target.module)) reach.set(target.module, new Set());
    }
    return reach;
  }

  /** The module-level names that an item mentions. */
  namesOf(module: Module, item: Item): readonly string[] {
    let names = this.names.get(item);
    if (!names) {
      names = item.kind === "import" || item.kind === "reexport" || item.kind === "star" ? [] : this.namesIn(module, item.node);
      this.names.set(item, names);
    }
    return names;
  }

  namesIn(module: Module, node: t.Node): readonly string[] {
    const names = new Set<string>();
    walk(node, (inner) => {
      if (inner.type === "Identifier" && module.bindings.get(inner)?.scope === module.scope) names.add(inner.name);
    });
    return [...names];
  }

  private addName(reach: Map<Module, Set<Item>>, module: Module, name: string): void {
    for (const item of module.itemsByName.get(name) ?? []) this.add(reach, module, item);
  }

  private add(reach: Map<Module, Set<Item>>, module: Module, item: Item): void {
    let items = reach.get(module);
    if (!items) reach.set(module, (items = new Set()));
    if (items.has(item)) return;
    items.add(item);
    this.follow(reach, module, item);
  }

  /** What a CommonJS module exports cannot be told from its text: who requires it gets all of it. */
  private addAll(reach: Map<Module, Set<Item>>, module: Module): void {
    if (isWhole(reach, module)) return;
    reach.set(module, new Set(module.items));
    for (const own of module.imports.values()) this.addExports(reach, own);
  }

  private follow(reach: Map<Module, Set<Item>>, module: Module, item: Item): void {
    for (const name of this.namesOf(module, item)) this.addName(reach, module, name);
    const { node, statement } = item;
    switch (node.type) {
      case "ImportNamespaceSpecifier":
      case "ExportNamespaceSpecifier":
      case "ExportAllDeclaration": {
        const source = sourceOf(statement);
        const own = source && module.imports.get(source);
        if (own) this.addExports(reach, own);
        return;
      }
      case "ImportSpecifier":
      case "ImportDefaultSpecifier":
      case "ExportSpecifier": {
        const source = sourceOf(statement);
        const own = source && module.imports.get(source);
        if (!own) return;
        const name =
          node.type === "ImportDefaultSpecifier" ? "default"
          : node.type === "ImportSpecifier" ? nameOf(node.imported)
          : nameOf(node.local);
        this.addExport(reach, own, name);
        return;
      }
      default:
        walk(node, (inner) => {
          const source = inner.type === "StringLiteral" ? module.imports.get(inner.value) : undefined;
          if (source) this.addExports(reach, source); // require("./own"), import("./own")
        });
    }
  }

  private addExport(reach: Map<Module, Set<Item>>, module: Module, name: string, seen = new Set<Module>()): void {
    if (seen.has(module)) return;
    seen.add(module);
    if (module.kind !== "esm") return this.addAll(reach, module);
    const found = module.exports.get(name);
    if (found?.kind === "local") this.addName(reach, module, found.name);
    else if (found) this.add(reach, module, found.item);
    else {
      for (const item of module.items) {
        const source = item.kind === "star" && sourceOf(item.statement);
        const own = source && module.imports.get(source);
        if (!own || !this.program.linker.ofExport(own, name)) continue;
        this.add(reach, module, item);
      }
    }
  }

  private addExports(reach: Map<Module, Set<Item>>, module: Module): void {
    if (module.kind !== "esm") return this.addAll(reach, module);
    for (const name of module.exports.keys()) this.addExport(reach, module, name);
    for (const item of module.items) if (item.kind === "star") this.add(reach, module, item);
  }
}

/** Whether all of a module is evaluated, its statements included. */
export function isWhole(reach: Reach, module: Module): boolean {
  return reach.get(module)?.size === module.items.length;
}

function sourceOf(statement: t.Statement): string | undefined {
  switch (statement.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
      return statement.source.value;
    case "ExportNamedDeclaration":
      return statement.source?.value;
    default:
      return undefined;
  }
}

function nameOf(node: t.Identifier | t.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}
