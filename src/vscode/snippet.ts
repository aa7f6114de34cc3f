/** What the editor needs to know of a snippet's text. A scan of the text, not a parse: it runs at each keystroke. */

const MODULES = /^(?:concurrency-playground|(?:node:)?worker_threads)$/;

/** A longer file is hardly a student's snippet; only its beginning is looked at. */
const LOOK_AT = 200_000;

const COMMENT_OR_STRING = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n\r]*|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;

/** import … from, import "…", export … from, require("…"), import("…"), in code whose strings are numbers in quotes. Clauses have a limit, or a hostile file would take quadratic time. */
const IMPORT = /\bimport\s*(?:[^";()]{0,2000}?\bfrom\s*)?"(\d+)"|\bexport\b[^";()]{0,2000}?\bfrom\s*"(\d+)"|\b(?:require|import)\s*\(\s*"(\d+)"\s*\)/g;

export interface SnippetPlace {
  /** Line of the first statement, from 0. */
  readonly line: number;
}

/** Where the snippet's first statement is; undefined for a file that imports neither the snippet API nor worker_threads. */
export function findSnippet(text: string): SnippetPlace | undefined {
  const start = text.slice(0, LOOK_AT);
  if (!start.includes("concurrency-playground") && !start.includes("worker_threads")) return undefined;
  const strings: string[] = [];
  // What a string quotes is no code: each is replaced by its number.
  const code = start.replace(/^#![^\n\r]*/, "").replace(COMMENT_OR_STRING, (part) => {
    if (part.startsWith("/")) return " ";
    strings.push(part.slice(1, -1));
    return `"${strings.length - 1}"`;
  });
  for (const match of code.matchAll(IMPORT)) {
    const number = match[1] ?? match[2] ?? match[3];
    if (MODULES.test(strings[Number(number)] ?? "")) return { line: firstStatement(start) };
  }
  return undefined;
}

/** The line of the first statement that does something: behind comments and directives such as "use strict". */
function firstStatement(text: string): number {
  // Comments are blanked out, so that lines stay where they are.
  const code = text
    .replace(/^#![^\n\r]*/, "")
    .replace(COMMENT_OR_STRING, (part) => (part.startsWith("/") ? part.replace(/[^\n\r]/g, " ") : part));
  const directives = /^(?:\s*(?:"[^"\n]*"|'[^'\n]*')\s*;?[ \t]*(?=[\r\n]))*/.exec(code)?.[0].length ?? 0;
  const offset = directives + Math.max(0, code.slice(directives).search(/\S/));
  return code.slice(0, offset).split("\n").length - 1;
}
