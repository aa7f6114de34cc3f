import { babel, type t } from "./babel";
import type { Item, ModuleExport } from "./module";
import { namespaceCall } from "./namespace-functions";

export interface ModuleItems {
  readonly items: Item[];
  readonly itemsByName: Map<string, Item[]>;
  readonly exports: Map<string, ModuleExport>;
  readonly stars: string[];
}

/** Takes a module's top level apart into what an entry can include by itself. */
export function itemsOf(program: t.Program): ModuleItems {
  const result: ModuleItems = { items: [], itemsByName: new Map(), exports: new Map(), stars: [] };
  for (const statement of program.body) addStatement(result, statement);
  for (const item of result.items) {
    for (const name of item.names) {
      const known = result.itemsByName.get(name);
      if (known) known.push(item);
      else result.itemsByName.set(name, [item]);
    }
  }
  return result;
}

function addStatement(result: ModuleItems, statement: t.Statement): void {
  const { items, exports } = result;
  switch (statement.type) {
    case "ImportDeclaration":
      if (statement.specifiers.length === 0) items.push({ kind: "effect", names: [], node: statement, statement });
      for (const specifier of statement.specifiers) {
        items.push({ kind: "import", names: [specifier.local.name], node: specifier, statement });
      }
      return;
    case "ExportNamedDeclaration":
      if (statement.declaration) {
        const first = items.length;
        addDeclaration(items, statement.declaration, statement);
        for (const item of items.slice(first)) {
          for (const name of item.names) exports.set(name, { kind: "local", name });
        }
        return;
      }
      for (const specifier of statement.specifiers) addExport(result, specifier, statement);
      return;
    case "ExportAllDeclaration":
      items.push({ kind: "star", names: [], node: statement, statement });
      result.stars.push(statement.source.value);
      return;
    case "ExportDefaultDeclaration": {
      const { declaration } = statement;
      const named = (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration") && declaration.id?.name;
      if (named) {
        addDeclaration(items, declaration, statement);
        exports.set("default", { kind: "local", name: named });
      } else {
        const item: Item = { kind: "default", names: [], node: declaration, statement };
        items.push(item);
        exports.set("default", { kind: "default", item });
      }
      return;
    }
    default:
      addDeclaration(items, statement, statement);
  }
}

function addDeclaration(items: Item[], declaration: t.Statement, statement: t.Statement): void {
  switch (declaration.type) {
    case "VariableDeclaration":
      for (const node of declaration.declarations) {
        items.push({ kind: "variable", names: Object.keys(babel().t.getBindingIdentifiers(node.id)), node, statement });
      }
      return;
    case "FunctionDeclaration":
      items.push({ kind: "function", names: declaration.id ? [declaration.id.name] : [], node: declaration, statement });
      return;
    case "ClassDeclaration":
      items.push({ kind: "class", names: declaration.id ? [declaration.id.name] : [], node: declaration, statement });
      return;
    default: {
      const namespace = namespaceCall(declaration)?.name;
      items.push({ kind: namespace ? "namespace" : "effect", names: namespace ? [namespace] : [], node: declaration, statement });
    }
  }
}

function addExport(result: ModuleItems, specifier: t.ExportNamedDeclaration["specifiers"][number], statement: t.ExportNamedDeclaration): void {
  if (specifier.type === "ExportDefaultSpecifier") return;
  const exported = specifier.exported.type === "Identifier" ? specifier.exported.name : specifier.exported.value;
  const source = statement.source?.value;
  if (source === undefined) {
    if (specifier.type === "ExportSpecifier") result.exports.set(exported, { kind: "local", name: specifier.local.name });
    return;
  }
  const item: Item = { kind: "reexport", names: [], node: specifier, statement };
  result.items.push(item);
  result.exports.set(
    exported,
    specifier.type === "ExportNamespaceSpecifier"
      ? { kind: "namespace", specifier: source, item }
      : { kind: "from", specifier: source, name: nameOf(specifier.local), item },
  );
}

/** `"a"` in `export { "a" as b } from` is a string where the parser's types say identifier. */
function nameOf(node: t.Identifier | t.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}
