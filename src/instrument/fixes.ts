import type { DiagnosticFix, TextEdit } from "../trace";
import { API_MODULE } from "./api-names";
import type { t } from "./babel";
import { importedName } from "./link";
import type { Module } from "./module";

/** `let n = 0` becomes `let n = shared(0)`, imported where it is not yet. Undefined where that would not be a small change. */
export function makeShared(module: Module, declarator: t.VariableDeclarator): DiagnosticFix | undefined {
  const { id, init } = declarator;
  if (id.type !== "Identifier" || !init?.loc || module.kind !== "esm") return undefined;
  const { start, end } = init.loc;
  const known = nameOfShared(module);
  const open = `${known ?? "shared"}(`;
  const edits = [insert(module, start.line, start.column + 1, open), insert(module, end.line, end.column + 1, ")")];
  if (known === undefined) edits.unshift(importOfShared(module));
  return { kind: "make-shared", name: id.name, edits };
}

/** The right name in the place of a wrong one in an import. */
export function rename(module: Module, node: t.Node, name: string): DiagnosticFix | undefined {
  const wrong = node.type === "ImportSpecifier" ? node.imported : undefined;
  if (!wrong?.loc || node.type !== "ImportSpecifier" || node.local.name !== importedName(node)) return undefined;
  const edits: TextEdit[] = [];
  const { name: used } = node.local;
  const binding = module.scope.getOwnBinding(used);
  for (const { loc } of [wrong, ...(binding?.referencePaths.map((path) => path.node) ?? [])]) {
    if (!loc) continue;
    edits.push({ file: module.path, line: loc.start.line, column: loc.start.column + 1, endLine: loc.end.line, endColumn: loc.end.column + 1, text: name });
  }
  return { kind: "rename", name, edits };
}

/** By the text: names that are not used yet are gone from the tree. */
const IMPORT = new RegExp(`\\bimport\\s*(?:\\{([^}]*)\\}|\\*\\s*as\\s+([\\w$]+))\\s*from\\s*["']${API_MODULE}["']`, "g");
const SHARED = /(?<![\w$])shared(?:\s+as\s+([\w$]+))?\s*(?=,|$)/;

function nameOfShared({ text }: Module): string | undefined {
  for (const [, names, namespace] of text.matchAll(IMPORT)) {
    if (namespace !== undefined) return `${namespace}.shared`;
    const found = SHARED.exec(names ?? "");
    if (found) return found[1] ?? "shared";
  }
  return undefined;
}

/** Behind the last name of an import that is there, or an import of its own. */
function importOfShared(module: Module): TextEdit {
  for (const found of module.text.matchAll(IMPORT)) {
    const [whole, names] = found;
    if (names === undefined || names.trim() === "") continue;
    const before = module.text.slice(0, found.index + whole.indexOf(names) + names.trimEnd().replace(/,$/, "").length);
    const lines = before.split("\n");
    return insert(module, lines.length, lines.at(-1)!.length + 1, ", shared");
  }
  return insert(module, 1, 1, `import { shared } from "${API_MODULE}";\n`);
}

function insert(module: Module, line: number, column: number, text: string): TextEdit {
  return { file: module.path, line, column, endLine: line, endColumn: column, text };
}
