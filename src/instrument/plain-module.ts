import { createHash } from "node:crypto";
import type { Site, SourceFile } from "../trace";
import { emitModule } from "./emit";
import { SnippetSyntaxError } from "./parse";
import { Program } from "./program";
import { Recent } from "./recent";
import { readFromDisk, wantsLegacyDecorators } from "./resolve";
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

/** So that a program which is run again is not compiled again. Packages are too large to be kept. */
const recent = new Recent<PlainModule>(32);
const LONGEST_KEPT = 100_000;

/**
 * One module of a plain Node program, loaded by Node itself while the program runs. Undefined if it does not compile:
 * then Node is to say so in its own words.
 */
export function compilePlainModule(options: PlainModuleOptions): PlainModule | undefined {
  const { path, text, format, firstFile, firstSite } = options;
  if (text.length > LONGEST_KEPT) return compile(options);
  const decorators = wantsLegacyDecorators(path, readFromDisk) ? "legacy" : "";
  const key = `${format} ${decorators} ${firstFile} ${firstSite} ${createHash("sha256").update(text).digest("hex")} ${path}`;
  const known = recent.get(key);
  if (known) return known;
  const compiled = compile(options);
  if (compiled) recent.keep(key, compiled);
  return compiled;
}

function compile({ path, text, format, firstFile, firstSite }: PlainModuleOptions): PlainModule | undefined {
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
