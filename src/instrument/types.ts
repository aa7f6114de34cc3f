import type { Diagnostic, Site, SourceFile } from "../trace";

/** The compiler's result for a snippet and its own imports: plain data, so that it can be sent to tasks and cached. */
export interface CompiledSnippet {
  readonly files: readonly SourceFile[];
  /** sites[0] stands for "no site". */
  readonly sites: readonly Site[];
  /** Whether any module calls spawn, Thread.spawn or Process.spawn (or makes workers or processes itself). */
  readonly spawns: boolean;
  /** Whether any module names Process or Thread explicitly: the run may then have both threads and processes. */
  readonly mixed: boolean;
  /** Whether any module imports concurrency-playground; otherwise it is a plain Node program. */
  readonly usesApi: boolean;
  /** Key → what a task that begins there evaluates. "main" is the whole program. */
  readonly entries: Readonly<Record<string, CompiledEntry>>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompiledEntry {
  /** The function's name, as a task is named after it. */
  readonly name: string;
  /** Dependencies first; the last one is the entry's own module. */
  readonly modules: readonly CompiledModule[];
}

export interface CompiledModule {
  /** "m0" for the snippet itself, "m1" … for its imports. */
  readonly id: string;
  readonly path: string;
  /** Body of a function (exports, require, module, __filename, __dirname, $cp). */
  readonly code: string;
  /** The body ends with a promise: the module uses top-level await. */
  readonly async: boolean;
  /** Reached only by require() or import(): evaluated when that asks for it, not before. */
  readonly lazy: boolean;
  /** What `require` gives for the module's own imports: specifier → module id. All else is Node's. */
  readonly imports: Readonly<Record<string, string>>;
  /** Source map (version 3) of `code` as JSON. */
  readonly map: string;
}

/** Raised for a snippet that does not compile. */
export class CompileError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.file}:${d.line}:${d.column}: ${d.message}`).join("\n"));
    this.name = "CompileError";
  }
}
