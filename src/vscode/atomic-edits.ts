import type { OffsetEdit } from "./finding-edits";

const NUMBER = String.raw`-?\d+`;
/** Behind the name, as a statement of its own or the body of an arrow. */
const CHANGES: readonly (readonly [pattern: RegExp, call: (value: string) => string])[] = [
  [/^\s*\+\+/, () => "add(1)"],
  [/^\s*--/, () => "sub(1)"],
];
/** Behind the name, as a statement of its own: what such an assignment gives is another value than the Atomic's operation. */
const STATEMENTS: readonly (readonly [pattern: RegExp, call: (value: string) => string])[] = [
  [/^\s*\+=\s*(\d+)(?=\s*(?:[;}\n]|$))/, (value) => `add(${value})`],
  [/^\s*-=\s*(\d+)(?=\s*(?:[;}\n]|$))/, (value) => `sub(${value})`],
  [new RegExp(String.raw`^\s*=(?!=)\s*(${NUMBER})(?=\s*(?:[;}\n]|$))`), (value) => `store(${value})`],
];
const STATEMENT_BEGINS = /(?:^|[;{}\n]|\)|=>\s*\{)[^\S\n]*$/;

/**
 * The edits that make a variable an Atomic: `let n = shared(0)` and every use of it in the file. undefined where one of the uses has no exact
 * equal, or where the name may mean something else.
 */
export function asAtomic(text: string, name: string): OffsetEdit[] | undefined {
  const code = withoutTexts(text);
  if (code === undefined) return undefined;
  const declared = new RegExp(String.raw`^let\s+${name}\s*=\s*(?:shared|sharedMemory)\((${NUMBER})\)`, "m").exec(code);
  if (!declared || meansMore(code, name)) return undefined;
  const edits: OffsetEdit[] = [{ start: declared.index, end: declared.index + declared[0].length, text: `const ${name} = new Atomic(${declared[1]})` }];
  for (const use of code.matchAll(new RegExp(String.raw`(?<![\w$]|[^.]\.)${name}(?![\w$])`, "g"))) {
    if (use.index >= declared.index && use.index < declared.index + declared[0].length) continue;
    const edit = editOf(code, use.index, name);
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** Declared again, a parameter, exported, a name in a pattern or an object. */
function meansMore(code: string, name: string): boolean {
  const declarations = code.match(new RegExp(String.raw`\b(?:let|const|var|function|class|type|interface|enum|export\s+let)\s+${name}\b`, "g")) ?? [];
  const parameter = new RegExp(String.raw`\([^()]*(?<![\w$.])${name}(?![\w$])[^()]*\)\s*(?::[^={;]*)?(?:=>|\{)|(?<![\w$.])${name}\s*=>`);
  const heads = code.replaceAll(/\b(?:if|while|for|switch)\s*\([^()]*\)/g, "");
  const taken = new RegExp(String.raw`[[{][^[\]{}]*(?<![\w$.])${name}(?![\w$])[^[\]{}]*[\]}]\s*=(?![=>])`);
  return declarations.length !== 1 || taken.test(code) || parameter.test(heads) || new RegExp(String.raw`\bexport\b[^;\n]*\b${name}\b`).test(code);
}

function editOf(code: string, at: number, name: string): OffsetEdit | undefined {
  const before = code.slice(0, at);
  const behind = code.slice(at + name.length);
  // A spread, a key, an entry of an object in short, part of a decision that would still be a step of its own.
  if (/\.\s*$/.test(before) || /^\s*:/.test(behind) || /^\s*(?:of|in)\b/.test(behind) || (/[{,]\s*$/.test(before) && /^\s*[,}]/.test(behind) && openedBy(before) === "{") || /\b(?:if|switch)\s*\([^)]*$/.test(before)) return undefined;
  const made = (end: number, call: string): OffsetEdit => ({ start: at, end, text: `${name}.${call}` });
  for (const [pattern, call] of CHANGES) {
    const found = pattern.exec(behind);
    // `n++` gives the value before, as the Atomic's operations do.
    if (found) return made(at + name.length + found[0].length, call(""));
  }
  const prefix = /(\+\+|--)\s*$/.exec(before);
  if (prefix) {
    const start = at - prefix[0].length;
    return STATEMENT_BEGINS.test(code.slice(0, start)) && /^\s*[;}\n]/.test(behind) ? { start, end: at + name.length, text: `${name}.${prefix[1] === "++" ? "add(1)" : "sub(1)"}` } : undefined;
  }
  for (const [pattern, call] of STATEMENTS) {
    const found = pattern.exec(behind);
    if (found) return STATEMENT_BEGINS.test(before) ? made(at + name.length + found[0].length, call(found[1]!)) : undefined;
  }
  // Any other assignment.
  if (/^\s*(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])/.test(behind)) return undefined;
  return made(at + name.length, "load()");
}

/** The bracket that the end of a text is within. */
function openedBy(before: string): string | undefined {
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    const char = before[at]!;
    if (")]}".includes(char)) depth++;
    else if ("([{".includes(char) && depth-- === 0) return char;
  }
  return undefined;
}

/**
 * The text with the contents of strings and comments blank, places unchanged; of templates the expressions stay, in parentheses. undefined: a regular
 * expression, which only a parser tells from a division.
 */
function withoutTexts(text: string): string | undefined {
  if (/(?:[=(,:[!&|?{};\n]|return)\s*\/(?![/*])/.test(text)) return undefined;
  let result = "";
  /** Braces open in each `${…}` that we are in. */
  const expressions: number[] = [];
  const skip = (to: number, at: number): number => {
    result += text.slice(at, to).replaceAll(/[^\n]/g, " ");
    return to;
  };
  const template = (from: number): number => {
    let at = from;
    while (at < text.length && text[at] !== "`" && !text.startsWith("${", at)) at += text[at] === "\\" ? 2 : 1;
    skip(Math.min(at, text.length), from);
    if (text[at] === "$") {
      expressions.push(0);
      result += " (";
      return at + 2;
    }
    result += "`";
    return at + 1;
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (text.startsWith("//", at)) at = skip(endOf(text, "\n", at), at);
    else if (text.startsWith("/*", at)) at = skip(endOf(text, "*/", at + 2), at);
    else if (char === '"' || char === "'") {
      let end = at + 1;
      while (end < text.length && text[end] !== char) end += text[end] === "\\" ? 2 : 1;
      at = skip(Math.min(end + 1, text.length), at);
    } else if (char === "`") {
      result += "`";
      at = template(at + 1);
    } else if (char === "}" && expressions.at(-1) === 0) {
      expressions.pop();
      result += ")";
      at = template(at + 1);
    } else {
      if (expressions.length > 0 && (char === "{" || char === "}")) expressions[expressions.length - 1]! += char === "{" ? 1 : -1;
      result += char;
      at++;
    }
  }
  return result;
}

function endOf(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at + (what === "\n" ? 0 : what.length);
}
