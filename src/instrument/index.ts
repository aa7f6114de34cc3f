import { createHash } from "node:crypto";
import * as path from "node:path";
import { babel, type t } from "./babel";
import { diagnose } from "./diagnose";
import { emitEntries, planEntries } from "./entries";
import type { Module } from "./module";
import { SnippetSyntaxError } from "./parse";
import { Program } from "./program";
import { Reaching } from "./reach";
import { Recent } from "./recent";
import { type ReadFile, readFromDisk, withoutMark } from "./resolve";
import { Rewriter } from "./rewriter";
import { functionLiterals, hasDynamicSpawns } from "./spawnable";
import { findSpawns, type InlineTarget } from "./spawns";
import { CompileError, type CompiledSnippet } from "./types";

export { API_VALUES } from "./api-names";
export { CompileError } from "./types";
export { compilePlainModule, plainSnippet } from "./plain-module";
export type { CompiledEntry, CompiledModule, CompiledSnippet } from "./types";

export interface CompileOptions {
  /** Path of the snippet. */
  readonly file: string;
  /** Its text, where that is not what is on disk. */
  readonly text?: string;
  /** Language of the messages: Chinese for "zh…", else English. */
  readonly locale?: string;
  /** Reads the snippet's own imports. Throws like node:fs where there is no file. */
  readonly readFile?: ReadFile;
}

/** So that a snippet which is run again is not compiled again. */
const recent = new Recent<CompiledSnippet>(16);

/**
 * Compiles a snippet and its own imports into recording JavaScript (docs/instrumentation.md says of what form).
 * Warnings are in `diagnostics`. Throws CompileError for what cannot run: syntax errors, imports that lead nowhere,
 * and the mistakes that the API forbids.
 */
export function compileSnippet(options: CompileOptions): CompiledSnippet {
  const file = path.resolve(options.file);
  const readFile = options.readFile ?? readFromDisk;
  const text = withoutMark(options.text ?? readFile(file));
  const key = `${options.locale ?? ""}\n${file}\n${hash(text)}`;
  const cached = recent.get(key);
  if (cached && cached.files.slice(1).every((f) => isUnchanged(f, readFile))) return cached;
  const compiled = compile(new Program({ ...options, file, text, readFile }));
  recent.keep(key, compiled);
  return compiled;
}

/** Loads the compiler, so that the first snippet need not wait for it. */
export function warmUp(): void {
  babel();
  const text = 'import { shared, spawn } from "concurrency-playground"; let n = shared(0); function f(o: { p: number }) { o.p += n++; } spawn(f, { p: 1 });';
  compile(new Program({ file: "/warm-up.ts", text, readFile: nothing }));
}

const nothing: ReadFile = (file) => {
  throw Object.assign(new Error(`no such file: ${file}`), { code: "ENOENT" });
};

function compile(program: Program): CompiledSnippet {
  const spawns = findSpawns(program);
  const dynamic = hasDynamicSpawns(program, spawns);
  const literals: ReadonlyMap<t.Node, InlineTarget> = dynamic ? functionLiterals(program, spawns) : new Map();
  const plans = planEntries(program, spawns, { dynamic, literals }, new Reaching(program));
  diagnose(program, spawns, plans);
  if (program.diagnostics.some((d) => d.severity === "error")) throw new CompileError(program.diagnostics);
  const facts = factsOf(program, spawns.size > 0 || dynamic);
  const rewriters = new Map<Module, Rewriter>();
  for (const module of program.modules) {
    const rewriter = new Rewriter(program, module, spawns, literals);
    rewriters.set(module, rewriter);
    if (module.kind !== "json") rewriter.rewriteModule();
  }
  try {
    const entries = emitEntries(program, plans, rewriters, dynamic);
    return { files: program.files, sites: program.sites.sites, ...facts, entries, diagnostics: program.diagnostics };
  } catch (error) {
    if (!(error instanceof SnippetSyntaxError)) throw error;
    const { line, column, message } = error;
    throw new CompileError([
      { file: program.main.path, line, column, code: "syntax", message: program.words.message("syntax", message), severity: "error" },
    ]);
  }
}

/** What starting the run needs to know of the snippet. */
function factsOf(program: Program, spawns: boolean): { spawns: boolean; mixed: boolean; usesApi: boolean } {
  const texts = program.files.map((f) => f.text);
  const imported = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  return {
    spawns: spawns || imported(/["'](?:node:)?(?:worker_threads|child_process|cluster)["']/),
    mixed: program.modules.some((m) => [...m.bindings].some(([node, b]) => isTaskKind(program, m, node, b.scope === m.scope))),
    usesApi: imported(/["']concurrency-playground["']/),
  };
}

function isTaskKind(program: Program, module: Module, node: Parameters<Program["linker"]["ofExpression"]>[1], top: boolean): boolean {
  const name = top ? program.linker.apiName(module, node) : undefined;
  return name === "Thread" || name === "Process";
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isUnchanged(file: { path: string; text: string }, readFile: ReadFile): boolean {
  try {
    return readFile(file.path) === file.text;
  } catch {
    return false; // gone, or unreadable: compiling anew says so
  }
}
