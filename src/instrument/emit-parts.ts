import type { GeneratorOptions } from "@babel/generator";
import { babel, type t } from "./babel";
import { compiledModule, NO_MAP_OF_ITS_OWN, select, type Selection } from "./emit";
import type { Module } from "./module";
import { asSyntaxError, common } from "./parse";
import type { CompiledModule } from "./types";

/** Names that the CommonJS plugin gives a meaning, and what needs more than that plugin. */
const NEEDS_MORE = /@|\b(?:accessor|using|meta|module|exports|require|__filename|__dirname|await|sourceMappingURL)\b|\bimport\s*\(/;

/**
 * Whether the entries' parts of a module differ only in which statements are there: then all are printed from one tree. To make CommonJS of each part by
 * itself takes several times as long, and in most snippets comes to the same.
 */
export function isPrintedInParts(module: Module): boolean {
  return (
    module.kind === "esm" &&
    module.exports.size === 0 &&
    module.stars.length === 0 &&
    !NEEDS_MORE.test(module.text) &&
    module.program.body.every((statement) => statement.type !== "ImportDeclaration" || isByName(statement))
  );
}

function isByName({ specifiers }: t.ImportDeclaration): boolean {
  const named = ({ imported }: t.ImportSpecifier): boolean => imported.type === "Identifier" && imported.name !== "default";
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.type === "ImportSpecifier" && named(specifier));
}

/** A module whose tree is CommonJS now. */
export class ModuleParts {
  /** `var _m = require("m")`, by what is required. */
  private readonly headers: ReadonlyMap<string, t.Statement>;
  private readonly statements: readonly t.Statement[];

  /** Changes the module's tree, of which nothing else can be emitted then. */
  constructor(private readonly module: Module) {
    const { core, t, commonjs } = babel();
    const { program } = module;
    const before = new Set<t.Statement>(program.body);
    try {
      core.transformFromAstSync(t.file(program), module.text, {
        ...common(module.path),
        cloneInputAst: false,
        code: false,
        ...NO_MAP_OF_ITS_OWN,
        plugins: [commonjs],
      } as NonNullable<Parameters<typeof core.transformFromAstSync>[2]>);
    } catch (error) {
      throw asSyntaxError(error, module.path);
    }
    this.headers = new Map(program.body.filter((statement) => !before.has(statement)).map((statement) => [requiredBy(statement), statement]));
    this.statements = program.body.filter((statement) => before.has(statement));
  }

  emit(selection: Selection): CompiledModule {
    const { t, generate } = babel();
    const { module, headers, statements } = this;
    const { items } = selection;
    const wanted = items && new Set([...items].map(({ statement }) => (statement.type === "ImportDeclaration" ? statement.source.value : "")));
    const body = [...[...headers].filter(([source]) => !wanted || wanted.has(source)).map(([, header]) => header), ...select(module, selection, statements)];
    const directives = items ? [t.directive(t.directiveLiteral("use strict"))] : module.program.directives;
    const options: GeneratorOptions = {
      filename: module.path,
      retainLines: true,
      comments: false,
      compact: false,
      sourceMaps: true,
      sourceFileName: module.path,
      jsescOption: { minimal: true },
    };
    const { code, map } = generate(t.file(t.program(body, directives, "script")), options, module.text);
    if (!map) throw new Error(`no source map for ${module.path}`);
    return compiledModule(module, selection, { code, map, async: false });
  }
}

function requiredBy(header: t.Statement): string {
  const init = header.type === "VariableDeclaration" ? header.declarations[0]?.init : undefined;
  const source = init?.type === "CallExpression" ? init.arguments[0] : undefined;
  if (source?.type !== "StringLiteral") throw new Error(`not an import: ${header.type}`);
  return source.value;
}
