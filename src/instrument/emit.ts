import { babel, type NodePath, type t } from "./babel";
import type { Item, Module } from "./module";
import { asSyntaxError, common } from "./parse";
import type { CompiledModule } from "./types";

/** What of a module to emit, and what makes it an entry. */
export interface Selection {
  /** Undefined: all of it. */
  readonly items: ReadonlySet<Item> | undefined;
  /** Temporaries of the module's top level. */
  readonly temporaries: t.VariableDeclaration | undefined;
  /** `$cp.entry(…)`, put where `at` stands in the source, so that lines stay; without it, at the end. */
  readonly entry?: { readonly statement: t.Statement; readonly at: number | undefined };
  /** Functions to register by key with `$cp.def`. */
  readonly definitions: readonly { readonly key: string; readonly name: string; readonly member: string | undefined; readonly item: Item }[];
  readonly lazy: boolean;
  /** Stays a module of ECMAScript, for Node's own loader. */
  readonly native?: boolean;
}

/** JavaScript and source map for one module of an entry. */
export function emitModule(module: Module, selection: Selection): CompiledModule {
  const { core, t, decorators, using, commonjs } = babel();
  const body = select(module, selection, module.program.body);
  const program = t.program(body, selection.items ? [] : module.program.directives, module.kind === "esm" ? "module" : "script");
  const usesAwait = module.usesAwait && body.some((statement) => containsAwait(statement));
  let result;
  try {
    result = core.transformFromAstSync(t.file(program), module.text, {
      ...common(module.path),
      cloneInputAst: true,
      retainLines: true,
      comments: false,
      sourceMaps: true,
      sourceFileName: module.path,
      // To look for one takes a walk over the whole tree.
      ...(module.text.includes("sourceMappingURL") ? {} : NO_MAP_OF_ITS_OWN),
      generatorOpts: { jsescOption: { minimal: true } },
      parserOpts: {},
      plugins: [
        // Only where the text can need them: each plugin costs a millisecond per module.
        // (It compiles `accessor`, too, which the engine does not know.)
        ...(/@|\baccessor\b/.test(module.text) ? [[decorators, module.legacyDecorators && module.text.includes("@") ? LEGACY_DECORATORS : DECORATORS]] : []),
        ...(/\busing\b/.test(module.text) ? [using] : []),
        ...(selection.native ? [] : [...(module.kind === "esm" ? [enableDynamicImport, commonjs] : []), ...(usesAwait ? [wrapUpAsync] : /\bmeta\b/.test(module.text) ? [wrapUpSync] : [])]),
      ] as NonNullable<Parameters<typeof core.transformSync>[1]>["plugins"],
    });
  } catch (error) {
    throw asSyntaxError(error, module.path);
  }
  if (typeof result?.code !== "string" || !result.map) throw new Error(`no code for ${module.path}`);
  return compiledModule(module, selection, { code: result.code, map: result.map, async: usesAwait });
}

export function compiledModule(module: Module, selection: Selection, { code, map: { sourcesContent: _, ...map }, async }: { readonly code: string; readonly map: { sourcesContent?: unknown }; readonly async: boolean }): CompiledModule {
  return {
    id: module.id,
    path: module.path,
    code,
    async,
    lazy: selection.lazy,
    imports: Object.fromEntries([...module.imports].map(([specifier, own]) => [specifier, own.id])),
    map: JSON.stringify(map),
  };
}

// Babel keeps plugins and their options by identity: making them anew for each module costs more than the work itself.
export const NO_MAP_OF_ITS_OWN: object = { inputSourceMap: false };
const DECORATORS = { version: "2023-11" };
const LEGACY_DECORATORS = { version: "legacy" };
const wrapUpSync = (): object => wrapUp(false);
const wrapUpAsync = (): object => wrapUp(true);

/** The CommonJS plugin compiles `import()` only if it believes this plugin to be there. */
const enableDynamicImport = (): object => ({
  pre(file: { set(key: string, value: unknown): void }) {
    file.set("@babel/plugin-proposal-dynamic-import", "");
  },
});

/** Runs when the module is CommonJS: gives `import.meta` its meaning, and top-level await its async function. */
function wrapUp(async: boolean): object {
  const { t, core } = babel();
  return {
    visitor: {
      Program: {
        exit(program: NodePath<t.Program>) {
          let meta: string | undefined;
          program.traverse({
            MetaProperty(property) {
              if (property.node.meta.name !== "import") return;
              meta ??= program.scope.generateUid("meta");
              property.replaceWith(t.identifier(meta));
            },
          });
          const { node } = program;
          if (meta !== undefined) {
            node.body.unshift(
              core.template.statement.ast`var ${meta} = { __proto__: null, dirname: __dirname, filename: __filename, url: require("node:url").pathToFileURL(__filename).href, resolve: (s) => require("node:url").pathToFileURL(require.resolve(s)).href };` as t.Statement,
            );
          }
          if (async) {
            const run = t.arrowFunctionExpression([], t.blockStatement(node.body), true);
            node.body = [t.returnStatement(t.callExpression(run, []))];
          }
        },
      },
    },
  };
}

function containsAwait(statement: t.Statement): boolean {
  let found = false;
  const { t } = babel();
  t.traverseFast(statement, (node) => {
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) found = true;
    if (node.type === "VariableDeclaration" && node.kind === "await using") found = true;
  });
  return found;
}

/** Of a module's statements those of the selected items, in source order. */
export function select(module: Module, { items, temporaries, entry, definitions }: Selection, statements: readonly t.Statement[]): t.Statement[] {
  const body: t.Statement[] = temporaries ? [temporaries] : [];
  const hoisted = definitions.filter(({ item }) => item.kind === "function" || isDefaultFunction(item));
  body.push(...hoisted.map(definition));
  const nested = items ? nestedVariables(module) : undefined;
  if (nested) body.push(nested);
  let waiting = entry;
  for (const statement of statements) {
    if (waiting?.at !== undefined && (statement.start ?? 0) > waiting.at) {
      body.push(waiting.statement);
      waiting = undefined;
    }
    const kept = items ? part(module, statement, items) : statement;
    if (kept) body.push(kept);
    for (const d of definitions) if (d.item.statement === statement && !hoisted.includes(d)) body.push(definition(d));
  }
  if (waiting) body.push(waiting.statement);
  return body;
}

/** `value.Inner.run` for "Inner.run". */
export function memberOf(value: t.Expression, member: string | undefined): t.Expression {
  const { t } = babel();
  return (member?.split(".") ?? []).reduce<t.Expression>((object, name) => t.memberExpression(object, t.identifier(name)), value);
}

function isDefaultFunction(item: Item): boolean {
  return item.kind === "default" && item.node.type === "FunctionDeclaration";
}

function definition({ key, name, member }: Selection["definitions"][number]): t.Statement {
  const { t } = babel();
  const cp = t.memberExpression(t.identifier("$cp"), t.identifier("def"));
  const value = name === "default" ? t.memberExpression(t.identifier("exports"), t.identifier("default")) : t.identifier(name);
  return t.expressionStatement(t.callExpression(cp, [t.stringLiteral(key), memberOf(value, member)]));
}

/** `var`s that blocks at the top level declare: they are there in every task, but main's blocks do not run in others. */
function nestedVariables(module: Module): t.Statement | undefined {
  const { t } = babel();
  const names = Object.keys(module.scope.bindings).filter((name) => !module.itemsByName.has(name));
  return names.length === 0 ? undefined : t.variableDeclaration("var", names.map((name) => t.variableDeclarator(t.identifier(name))));
}

function part(module: Module, statement: t.Statement, items: ReadonlySet<Item>): t.Statement | undefined {
  const { t } = babel();
  const chosen = module.items.filter((item) => item.statement === statement && items.has(item));
  const at = <N extends t.Node>(node: N): N => t.inherits(node, statement);
  switch (statement.type) {
    case "ImportDeclaration":
      if (chosen.length === 0) return undefined;
      return at(t.importDeclaration(chosen.map((i) => i.node as t.ImportSpecifier), statement.source));
    case "VariableDeclaration":
      return chosen.length === 0 ? undefined : at(t.variableDeclaration(statement.kind, chosen.map((i) => i.node as t.VariableDeclarator)));
    case "ExportNamedDeclaration": {
      if (statement.declaration?.type === "VariableDeclaration") {
        if (chosen.length === 0) return undefined;
        const { kind } = statement.declaration;
        return at(t.exportNamedDeclaration(at(t.variableDeclaration(kind, chosen.map((i) => i.node as t.VariableDeclarator)))));
      }
      if (statement.declaration) return chosen.length === 0 ? undefined : statement;
      const specifiers = statement.source
        ? chosen.map((i) => i.node as t.ExportSpecifier)
        : statement.specifiers.filter(
            (s) => s.type === "ExportSpecifier" && (module.itemsByName.get(s.local.name) ?? []).some((item) => items.has(item)),
          );
      return specifiers.length === 0 ? undefined : at(t.exportNamedDeclaration(null, specifiers, statement.source));
    }
    default:
      return chosen.length === 0 ? undefined : statement;
  }
}

