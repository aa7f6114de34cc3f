import type { Site, SourceFile } from "../trace";
import { emitModule } from "./emit";
import { SnippetSyntaxError } from "./parse";
import { Program } from "./program";
import { readFromDisk } from "./resolve";
import { Rewriter } from "./rewriter";
import { SiteTable } from "./sites";
import { CompileError, type CompiledSnippet } from "./types";

export interface PlainModuleOptions {
  readonly path: string;
  readonly text: string;
  /** "module": stays a module of ECMAScript; "script": becomes the body of a CommonJS function. */
  readonly format: "script" | "module";
  /** Numbers for its file and its first site. */
  readonly firstFile: number;
  readonly firstSite: number;
}

export interface PlainModule {
  readonly file: SourceFile;
  readonly sites: readonly Site[];
  readonly code: string;
  readonly map: string;
  /** A script that ends with a promise. */
  readonly async: boolean;
  /** Written as a module of ECMAScript. */
  readonly esm: boolean;
}

/**
 * One module of a plain Node program, loaded by Node itself while the program runs. Undefined if it does not compile:
 * then Node is to say so in its own words.
 */
export function compilePlainModule({ path, text, format, firstFile, firstSite }: PlainModuleOptions): PlainModule | undefined {
  try {
    const program = new Program({ file: path, text, readFile: readFromDisk, alone: { firstFile, firstSite } });
    const module = program.main;
    const rewriter = new Rewriter(program, module, new Map());
    rewriter.rewriteModule();
    const { code, map, async } = emitModule(module, {
      items: undefined,
      temporaries: rewriter.temporaries.declaration(),
      definitions: [],
      lazy: false,
      native: format === "module",
    });
    return { file: program.files[0]!, sites: program.sites.sites, code, map, async, esm: module.kind === "esm" };
  } catch (error) {
    if (error instanceof CompileError || error instanceof SnippetSyntaxError) return undefined;
    throw error;
  }
}

/** A program without the API, of which nothing is compiled before Node loads it. */
export function plainSnippet(file: string, text: string): CompiledSnippet {
  return { files: [{ path: file, text }], sites: new SiteTable().sites, spawns: true, mixed: false, usesApi: false, entries: {}, diagnostics: [] };
}
