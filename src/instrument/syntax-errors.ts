/** What a syntax error says, and where (from 1). */
export interface SyntaxProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** Babel's name of it. */
  readonly reason?: string | undefined;
}

/** Parses a text: what is wrong that the parser can go on from, and what it could not go on from. */
export type TryParse = (text: string) => { readonly recovered: readonly SyntaxProblem[]; readonly fatal: SyntaxProblem | undefined };

const MOST = 20;
/** What makes the parser read all that follows in another way than it was meant. */
const STRUCTURAL = /^(Unexpected|Missing|Unterminated)/;

/**
 * All syntax errors of a module that can be told without guessing, in the order of the source. Where the parser gives up at a
 * line that is a whole statement, it goes on without that line; elsewhere what followed could be an echo of the same mistake.
 */
export function syntaxProblems(text: string, parse: TryParse): SyntaxProblem[] {
  const found = new Map<string, SyntaxProblem>();
  const add = (problem: SyntaxProblem): void => {
    const key = `${problem.line}:${problem.column}`;
    if (!found.has(key)) found.set(key, problem);
  };
  // Babel counts lines as ECMAScript does.
  const lines = text.split(/(\r\n|[\n\r\u2028\u2029])/);
  let last = 0;
  while (found.size < MOST) {
    const { recovered, fatal: end } = parse(lines.join(""));
    const first = recovered.findIndex(({ reason }) => reason !== undefined && STRUCTURAL.test(reason));
    const fatal = first < 0 ? end : recovered[first];
    (first < 0 ? recovered : recovered.slice(0, first)).forEach(add);
    if (!fatal || fatal.line < last) break;
    add(fatal);
    last = fatal.line;
    const at = (fatal.line - 1) * 2;
    if (!isWholeStatement(lines, at)) break;
    lines[at] = "";
  }
  return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** By its looks: it ends as a statement does, so does the line before it, its brackets match, and it stands in none but braces. */
function isWholeStatement(lines: readonly string[], at: number): boolean {
  const line = withoutComment(lines[at] ?? "");
  if (!line.endsWith(";") || !bracketsMatch(line) || !parenthesesMatch(lines.slice(0, at).join(""))) return false;
  for (let before = at - 2; before >= 0; before -= 2) {
    const previous = withoutComment(lines[before] ?? "");
    if (previous !== "") return /[;{}]$/.test(previous);
  }
  return true;
}

function withoutComment(line: string): string {
  return line.replace(/\s\/\/.*$|^\/\/.*$/, "").trim();
}

function bracketsMatch(line: string): boolean {
  const count = (bracket: string): number => line.split(bracket).length;
  return parenthesesMatch(line) && count("{") === count("}") && count("`") % 2 === 1 && !/\/\*|\*\//.test(line);
}

function parenthesesMatch(text: string): boolean {
  const count = (bracket: string): number => text.split(bracket).length;
  return count("(") === count(")") && count("[") === count("]");
}
