/** What the editor needs to know of a snippet's text. A scan of the text, not a parse: it runs at each keystroke. */

const MODULES = /^(?:concurrency-playground|(?:node:)?worker_threads)$/;

/** An import, export … from, or require, with its module's name. Clauses hold no quotes, semicolons or parentheses. */
const IMPORT = /\bimport\s*(?:type\s+)?(?:[^'";()]*?\bfrom\s*)?(['"])([^'"\n]+)\1|\bexport\b[^'";()]*?\bfrom\s*(['"])([^'"\n]+)\3|\b(?:require|import)\s*\(\s*(['"])([^'"\n]+)\5\s*\)/g;

/** A longer file is hardly a student's snippet; only its beginning is looked at. */
const LOOK_AT = 200_000;

/** Blanks comments out, keeping every offset and line break. Strings stay, so that a URL's slashes are no comment. */
function withoutComments(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n\r]*|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g,
    (part) => (part.startsWith("/") ? part.replace(/[^\n\r]/g, " ") : part),
  );
}

/** Blanks what template literals hold: code quoted there imports nothing. */
function withoutTemplates(text: string): string {
  return text.replace(/`(?:[^`\\]|\\[\s\S])*`/g, (part) => part.replace(/[^\n\r]/g, " "));
}

export interface SnippetPlace {
  /** Line of the first statement, from 0. */
  readonly line: number;
}

/** Where the snippet's first statement is; undefined for a file that imports neither the snippet API nor worker_threads. */
export function findSnippet(text: string): SnippetPlace | undefined {
  const start = text.slice(0, LOOK_AT);
  if (!start.includes("concurrency-playground") && !start.includes("worker_threads")) return undefined;
  const code = withoutComments(start.replace(/^#![^\n\r]*/, (line) => " ".repeat(line.length)));
  const importing = withoutTemplates(code);
  IMPORT.lastIndex = 0;
  for (let match = IMPORT.exec(importing); match; match = IMPORT.exec(importing)) {
    const module = match[2] ?? match[4] ?? match[6];
    if (module !== undefined && MODULES.test(module)) return { line: lineOf(code, firstStatement(code)) };
  }
  return undefined;
}

/** Offset of the first statement that does something: behind directives such as "use strict". */
function firstStatement(code: string): number {
  const directives = /^(?:\s*(?:"[^"\n]*"|'[^'\n]*')\s*;?[ \t]*(?=[\r\n]))*/.exec(code)?.[0].length ?? 0;
  const rest = code.slice(directives);
  const first = rest.search(/\S/);
  return first < 0 ? 0 : directives + first;
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
