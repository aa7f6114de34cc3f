import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import * as path from "node:path";

export type ReadFile = (path: string) => string;

export const readFromDisk: ReadFile = (file) => withoutMark(readFileSync(file, "utf8"));

/** Text without the byte order mark that some editors put before it: it is no part of the program. */
export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

const EXTENSIONS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];
/** TypeScript lets an import name the file that it would be compiled to. */
const COMPILED_TO: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

export function isRelative(specifier: string): boolean {
  return /^\.\.?(\/|$)/.test(specifier) || path.isAbsolute(specifier) || specifier.startsWith("file:");
}

/** Finds the file that a relative import means: as written, as TypeScript's source of it, with an extension, or as a folder's index. */
export function resolveImport(from: string, specifier: string, readFile: ReadFile): { path: string; text: string } | undefined {
  const target = specifier.startsWith("file:")
    ? decodeURIComponent(new URL(specifier).pathname)
    : path.resolve(path.dirname(from), specifier);
  const extension = path.extname(target);
  const source = COMPILED_TO[extension];
  const candidates = [
    ...(EXTENSIONS.includes(extension) ? [target] : []),
    ...(source ? [target.slice(0, -extension.length) + source] : []),
    ...EXTENSIONS.map((e) => target + e),
    ...EXTENSIONS.map((e) => path.join(target, `index${e}`)),
  ];
  for (const candidate of candidates) {
    const text = readIfThere(candidate, readFile);
    if (text !== undefined) return { path: candidate, text };
  }
  return undefined;
}

/** A package's name, maybe with a path in it. Other specifiers (`#internal`, `data:`) are Node's to judge. */
const PACKAGE = /^(@[\w.~-]+\/)?[\w~-][\w.~-]*(\/|$)/;

/** What an import that is not of a file asks for in vain. Packages that are there but refuse the path are Node's to judge. */
export function missingPackage(from: string, specifier: string): "package" | "node-module" | undefined {
  if (isBuiltin(specifier)) return undefined;
  if (specifier.startsWith("node:")) return "node-module";
  if (!PACKAGE.test(specifier)) return undefined;
  try {
    createRequire(from).resolve(specifier);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND" ? "package" : undefined;
  }
}

const NOT_A_FILE = new Set(["ENOENT", "EISDIR", "ENOTDIR"]);

function readIfThere(file: string, readFile: ReadFile): string | undefined {
  try {
    return readFile(file);
  } catch (error) {
    if (NOT_A_FILE.has((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** Whether the nearest tsconfig.json above the file asks for TypeScript's older decorators. */
export function wantsLegacyDecorators(file: string, readFile: ReadFile): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const text = readIfThere(path.join(folder, "tsconfig.json"), readFile);
    if (text !== undefined) return /^[^/\n]*"experimentalDecorators"\s*:\s*true/m.test(text);
    if (folder === path.dirname(folder)) return false;
  }
}
