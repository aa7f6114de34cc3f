import * as path from "node:path";
import { compileAccessors } from "./accessors";
import { API_MODULE } from "./api-names";
import { babel, type Binding, type NodePath, type t } from "./babel";
import { itemsOf } from "./items";
import type { Module } from "./module";
import { mergeNamespaces } from "./merged-namespaces";
import { isOnlyName, makeWay } from "./names";
import { exportNamespaceVariables } from "./namespaces";
import { isRelative } from "./resolve";
import { syntaxProblems, type SyntaxProblem } from "./syntax-errors";
import { isFunction, walk } from "./walk";

export interface ParseOptions {
  readonly id: string;
  readonly file: number;
  readonly path: string;
  readonly text: string;
  readonly legacyDecorators: boolean;
  /** Sees the tree as it was written, types included. */
  readonly inspect: (program: t.Program) => void;
}

/** What is wrong with the syntax: the first error itself, and all that were found. */
export class SnippetSyntaxError extends Error implements SyntaxProblem {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
    readonly all: readonly SyntaxProblem[] = [{ message, line, column }],
  ) {
    super(message);
    this.name = "SnippetSyntaxError";
  }
}

/**
 * Reads a module: parses it, turns TypeScript into JavaScript, resolves names.
 * Throws SnippetSyntaxError.
 */
export function parseModule(options: ParseOptions): Module {
  const extension = path.extname(options.path);
  if (extension === ".json") return parseJson(options);
  const { core, typescript } = babel();
  let file: t.File | null | undefined;
  inspection = { inspect: options.inspect, text: options.text, legacyDecorators: options.legacyDecorators };
  try {
    const result = core.transformSync(options.text, {
      ...common(options.path),
      ast: true,
      code: false,
      sourceType: sourceType(extension),
      parserOpts: parserOptions(options, extension),
      plugins: [
        inspector,
        ...(isTypeScript(extension) ? [[typescript, TYPESCRIPT_OPTIONS] as [unknown, object]] : []),
      ] as NonNullable<Parameters<typeof core.transformSync>[1]>["plugins"],
    });
    file = result?.ast;
  } catch (error) {
    throw withAll(asSyntaxError(error, options.path), options, extension);
  }
  const { program: programPath } = inspection;
  if (!file || !programPath) throw new Error(`no syntax tree for ${options.path}`);
  const { program } = file;
  return {
    id: options.id,
    file: options.file,
    path: options.path,
    text: options.text,
    kind: program.sourceType === "script" ? "cjs" : "esm",
    program,
    scope: programPath.scope,
    bindings: resolveNames(programPath),
    ...itemsOf(program),
    usesAwait: usesTopLevelAwait(program),
    legacyDecorators: options.legacyDecorators,
    imports: new Map(),
    requests: requestsOf(program),
  };
}

// Babel keeps plugins and their options by identity: making them anew for each module costs more than parsing it.
const TYPESCRIPT_OPTIONS = { allowDeclareFields: true, optimizeConstEnums: false };

/** What goes in and out of `inspector` for the module that is being read. */
let inspection: { readonly inspect: (program: t.Program) => void; readonly text: string; readonly legacyDecorators: boolean; program?: NodePath<t.Program> };

const inspector = (): object => ({
  pre(file: { set(key: string, value: unknown): void; path: NodePath<t.Program> }) {
    // `import x = require()` is allowed, as modules end up as CommonJS.
    file.set("@babel/plugin-transform-modules-*", "commonjs");
    if (/\b(?:namespace|module)\b/.test(inspection.text)) mergeNamespaces(file.path);
    exportNamespaceVariables(file.path.node);
    inspection.inspect(file.path.node);
    markPrimitiveTypes(file.path.node);
  },
  post(file: { path: NodePath<t.Program> }) {
    inspection.program = file.path;
    if (inspection.legacyDecorators && /@/.test(inspection.text) && /\baccessor\b/.test(inspection.text)) compileAccessors(file.path);
    file.path.scope.crawl();
    makeWay(file.path, inspection.text);
  },
});

/** Options that keep Babel away from configuration files of the student's project. */
export function common(filename: string): { filename: string; configFile: false; babelrc: false; browserslistConfigFile: false; highlightCode: false; compact: false } {
  return { filename, configFile: false, babelrc: false, browserslistConfigFile: false, highlightCode: false, compact: false };
}

type ParserOptions = NonNullable<NonNullable<Parameters<ReturnType<typeof babel>["core"]["parseSync"]>[1]>["parserOpts"]>;

function parserOptions(options: ParseOptions, extension: string): ParserOptions {
  return {
    plugins: [
      ...(isTypeScript(extension) ? ["typescript" as const] : []),
      options.legacyDecorators ? "decorators-legacy" : "decorators",
      "decoratorAutoAccessors",
      "explicitResourceManagement",
    ],
    allowReturnOutsideFunction: extension === ".cjs" || extension === ".cts",
  };
}

/** The same error, with all others that the module has. */
function withAll(error: unknown, options: ParseOptions, extension: string): unknown {
  if (!(error instanceof SnippetSyntaxError)) return error;
  const { core } = babel();
  const problem = (thrown: unknown): SyntaxProblem => {
    const told = asSyntaxError(thrown, options.path);
    if (!(told instanceof SnippetSyntaxError)) throw told;
    const { message, line, column } = told;
    return { message, line, column, reason: (thrown as { reasonCode?: string }).reasonCode };
  };
  const parse = (text: string, errorRecovery: boolean): SyntaxProblem[] => {
    const file = core.parseSync(text, { ...common(options.path), sourceType: sourceType(extension), parserOpts: { ...parserOptions(options, extension), errorRecovery } });
    return (file?.errors ?? []).map(problem);
  };
  const attempt = (text: string, errorRecovery: boolean): { recovered: readonly SyntaxProblem[]; fatal: SyntaxProblem | undefined } => {
    try {
      return { recovered: parse(text, errorRecovery), fatal: undefined };
    } catch (thrown) {
      return { recovered: [], fatal: problem(thrown) };
    }
  };
  const all = syntaxProblems(options.text, (text) => {
    const { recovered, fatal } = attempt(text, true);
    // A parser that gave up does not say what it had recovered from; the first of it, the strict one does.
    const first = fatal && attempt(text, false).fatal;
    return { recovered: first ? [first] : recovered, fatal };
  });
  const { message, line, column } = error;
  // What only the transformation refuses, the parser does not find again.
  return all.length === 0 ? error : new SnippetSyntaxError(message, line, column, all.some((p) => p.line === line && p.column === column) ? all : [error, ...all]);
}

function isTypeScript(extension: string): boolean {
  return extension !== ".js" && extension !== ".mjs" && extension !== ".cjs";
}

function sourceType(extension: string): "module" | "script" | "unambiguous" {
  if (extension === ".cjs") return "script";
  // TypeScript lets a .cts file import and export, too: it compiles that to require and module.exports.
  return extension === ".js" || extension === ".cts" ? "unambiguous" : "module";
}

function parseJson(options: ParseOptions): Module {
  const { core, t } = babel();
  try {
    JSON.parse(options.text);
  } catch (error) {
    throw new SnippetSyntaxError((error as Error).message, 1, 1);
  }
  const file = core.parseSync(`module.exports = ${options.text}`, { ...common(options.path), sourceType: "script" });
  if (!file || !t.isFile(file)) throw new Error(`no syntax tree for ${options.path}`);
  let scope: Module["scope"] | undefined;
  core.traverse(file, { Program: (programPath) => void (scope = programPath.scope) });
  if (!scope) throw new Error(`no scope for ${options.path}`);
  return {
    ...options,
    kind: "json",
    program: file.program,
    scope,
    bindings: new Map(),
    ...itemsOf(file.program),
    usesAwait: false,
    imports: new Map(),
    requests: [],
  };
}

/** Packages and Node's own modules that are imported before the module runs. */
export function packageImports(program: t.Program): t.StringLiteral[] {
  return program.body.flatMap((statement) => {
    const source = statement.type === "ImportDeclaration" || statement.type === "ExportNamedDeclaration" || statement.type === "ExportAllDeclaration" ? statement.source : undefined;
    return source && source.value !== API_MODULE && !isRelative(source.value) ? [source] : [];
  });
}

/** Remembers which variables are declared to hold strings or numbers: they are no shared memory. */
function markPrimitiveTypes(program: t.Program): void {
  walk(program, (node) => {
    if (node.type !== "Identifier" || node.typeAnnotation?.type !== "TSTypeAnnotation") return;
    switch (node.typeAnnotation.typeAnnotation.type) {
      case "TSStringKeyword":
      case "TSNumberKeyword":
      case "TSBooleanKeyword":
      case "TSBigIntKeyword":
        node.extra = { ...node.extra, primitive: true };
        return;
      default:
    }
  });
}

function resolveNames(program: NodePath<t.Program>): Map<t.Node, Binding> {
  const bindings = new Map<t.Node, Binding>();
  program.traverse({
    Identifier(path) {
      if (isOnlyName(path)) return;
      const binding = path.scope.getBinding(path.node.name);
      if (binding) bindings.set(path.node, binding);
    },
  });
  return bindings;
}

function usesTopLevelAwait(program: t.Program): boolean {
  let found = false;
  walk(program, (node) => {
    if (found || isFunction(node)) return false;
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) found = true;
    if (node.type === "VariableDeclaration" && node.kind === "await using") found = true;
    return !found;
  });
  return found;
}

function requestsOf(program: t.Program): Module["requests"] {
  const requests: { specifier: string; lazy: boolean; node: t.Node }[] = [];
  const add = (source: t.Node | undefined | null, lazy: boolean): void => {
    if (source?.type === "StringLiteral" && isRelative(source.value)) requests.push({ specifier: source.value, lazy, node: source });
  };
  walk(program, (node) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        add(node.source, false);
        break;
      case "ImportExpression":
        add(node.source, true);
        break;
      case "CallExpression":
        if (node.callee.type === "Import" || (node.callee.type === "Identifier" && node.callee.name === "require")) {
          add(node.arguments[0], true);
        }
        break;
      default:
    }
  });
  return requests;
}

/** Babel's errors, without the file's name before and the picture of the source after the message. */
export function asSyntaxError(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const { loc, code } = error as Error & { loc?: { line: number; column: number }; code?: string };
  if (!loc && !code?.startsWith("BABEL_")) return error;
  const [first = "", ...frame] = error.message.replace(`${file}: `, "").split("\n");
  const message = first.replace(/ \(\d+:\d+\)$/, "");
  if (loc) return new SnippetSyntaxError(message, loc.line, loc.column + 1);
  const marked = frame.findIndex((line) => /^> *\d+ \|/.test(line));
  if (marked < 0) return new SnippetSyntaxError(message, 1, 1);
  const gutter = frame[marked]!.indexOf("|") + 2;
  const caret = frame[marked + 1]?.indexOf("^") ?? -1;
  return new SnippetSyntaxError(message, Number(/\d+/.exec(frame[marked]!)![0]), Math.max(1, caret - gutter + 1));
}
