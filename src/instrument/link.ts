import { API_MODULE } from "./api-names";
import type { Binding, t } from "./babel";
import type { Item, Module } from "./module";

/** What a name or a dotted expression stands for, across modules. */
export type Target =
  | { readonly kind: "api"; readonly name: string }
  | { readonly kind: "api-module" }
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "variable"; readonly module: Module; readonly name: string }
  | { readonly kind: "default"; readonly module: Module; readonly item: Item }
  /** From a package or one of Node's modules; without a name: the module itself. */
  | { readonly kind: "external"; readonly name: string | undefined };

/** Resolves names through imports, re-exports and `require`. */
export class Linker {
  private readonly known = new Map<Binding, Target | undefined>();

  /** Undefined for local variables and unbound names. */
  ofBinding(module: Module, binding: Binding): Target | undefined {
    if (binding.scope !== module.scope) return undefined;
    if (this.known.has(binding)) return this.known.get(binding);
    this.known.set(binding, undefined); // ends circular re-exports
    const target = this.resolveBinding(module, binding);
    this.known.set(binding, target);
    return target;
  }

  ofExpression(module: Module, expression: t.Node): Target | undefined {
    if (expression.type === "Identifier") {
      const binding = module.bindings.get(expression);
      return binding && this.ofBinding(module, binding);
    }
    if (expression.type !== "MemberExpression") return undefined;
    const property = propertyName(expression);
    const object = property === undefined ? undefined : this.ofExpression(module, expression.object);
    if (!object || property === undefined) return undefined;
    switch (object.kind) {
      case "api-module":
        return { kind: "api", name: property };
      case "api":
        return object.name === "Thread" || object.name === "Process" || object.name === "Socket"
          ? { kind: "api", name: `${object.name}.${property}` }
          : undefined;
      case "module":
        return this.ofExport(object.module, property);
      default:
        return undefined;
    }
  }

  /** The name in the API that a callee stands for: "Mutex", "Thread.spawn". */
  apiName(module: Module, expression: t.Node): string | undefined {
    const target = this.ofExpression(module, expression);
    return target?.kind === "api" ? target.name : undefined;
  }

  ofExport(module: Module, name: string, seen = new Set<Module>()): Target | undefined {
    if (seen.has(module)) return undefined;
    seen.add(module);
    const found = module.exports.get(name);
    if (found) {
      switch (found.kind) {
        case "local": {
          const binding = module.scope.getOwnBinding(found.name);
          return binding && this.ofBinding(module, binding);
        }
        case "default":
          return { kind: "default", module, item: found.item };
        case "from":
          return this.ofImport(module, found.specifier, found.name, seen);
        case "namespace":
          return this.ofSource(module, found.specifier);
      }
    }
    if (name === "default") return undefined;
    for (const specifier of module.stars) {
      const target = this.ofImport(module, specifier, name, seen);
      if (target && target.kind !== "external") return target;
    }
    return undefined;
  }

  private ofSource(module: Module, specifier: string): Target {
    if (specifier === API_MODULE) return { kind: "api-module" };
    const own = module.imports.get(specifier);
    return own ? { kind: "module", module: own } : { kind: "external", name: undefined };
  }

  private ofImport(module: Module, specifier: string, name: string, seen?: Set<Module>): Target | undefined {
    const source = this.ofSource(module, specifier);
    switch (source.kind) {
      case "api-module":
        return name === "default" ? source : { kind: "api", name };
      case "module":
        return this.ofExport(source.module, name, seen) ?? (name === "default" ? source : undefined);
      default:
        return { kind: "external", name: name === "default" ? undefined : name };
    }
  }

  private resolveBinding(module: Module, binding: Binding): Target {
    const { name } = binding.identifier;
    for (const item of module.itemsByName.get(name) ?? []) {
      if (item.kind === "import" && item.statement.type === "ImportDeclaration") {
        const specifier = item.node as t.ImportDeclaration["specifiers"][number];
        const source = item.statement.source.value;
        if (specifier.type === "ImportNamespaceSpecifier") return this.ofSource(module, source);
        const imported = specifier.type === "ImportDefaultSpecifier" ? "default" : importedName(specifier);
        return this.ofImport(module, source, imported) ?? { kind: "external", name: imported };
      }
      if (item.kind === "variable") {
        const required = this.ofRequire(module, item.node as t.VariableDeclarator, name);
        if (required) return required;
      }
    }
    return { kind: "variable", module, name };
  }

  /** `const x = require("…")`, `const { x } = require("…")` */
  private ofRequire(module: Module, { id, init }: t.VariableDeclarator, name: string): Target | undefined {
    const source = requiredModule(init);
    if (source === undefined) return undefined;
    if (id.type === "Identifier") return this.ofSource(module, source);
    if (id.type !== "ObjectPattern") return undefined;
    for (const property of id.properties) {
      if (property.type !== "ObjectProperty" || property.value.type !== "Identifier" || property.value.name !== name) continue;
      if (property.key.type === "Identifier" && !property.computed) return this.ofImport(module, source, property.key.name);
    }
    return undefined;
  }
}

export function importedName(specifier: t.ImportSpecifier): string {
  return specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
}

/** The specifier in `require("…")`. */
export function requiredModule(init: t.Node | null | undefined): string | undefined {
  if (init?.type !== "CallExpression" || init.callee.type !== "Identifier" || init.callee.name !== "require") return undefined;
  const [source] = init.arguments;
  return source?.type === "StringLiteral" ? source.value : undefined;
}

/** The name in `o.name` and `o["name"]`. */
export function propertyName(member: t.MemberExpression): string | undefined {
  if (!member.computed) return member.property.type === "Identifier" ? member.property.name : undefined;
  return member.property.type === "StringLiteral" ? member.property.value : undefined;
}
