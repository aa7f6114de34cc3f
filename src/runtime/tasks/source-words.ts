/** What V8 quotes of compiled code in an error's message: `$cp.at(...)`, `$cp.iter`. */
const QUOTED = /\$cp\.(\w+)(\(\.\.\.\))?/;
/** `(0 , _lib.square)`: how an imported function is called without a `this`. */
const IMPORTED = /\(0 ?, \w+\.(\w+)\)/g;
const NOT_ITERABLE = " is not a function or its return value is not iterable";

/** Whether a message quotes compiled code instead of what the student wrote. */
export function quotesCompiledCode(message: string): boolean {
  return message.includes("$cp.") || message.includes("(0 , ");
}

/**
 * An error's message with the student's own expressions: "p.get is not a function" for "$cp.at(...).get is not a function".
 * `at`: where in `code` it was thrown; the nearest call that fits is what the message means.
 */
export function inSourceWords(message: string, code: string, at: number): string {
  const plain = message.replace(IMPORTED, "$1").replace(/\$cp\.Atomics\b/g, "Atomics");
  const match = QUOTED.exec(plain);
  if (!match) return plain;
  const [quoted, operation, called] = match;
  const rest = plain.slice(match.index + quoted.length);
  const member = called ? /^\.[\w$]+/.exec(rest)?.[0] : undefined;
  let best: { text: string; distance: number } | undefined;
  for (const call of code.matchAll(new RegExp(`\\$cp\\.${operation}\\(`, "g"))) {
    const start = call.index + call[0].length;
    const args = argumentsAt(code, start);
    if (!args || (member !== undefined && !code.startsWith(member, args.end))) continue;
    const distance = Math.min(Math.abs(args.end - at), Math.abs(call.index - at));
    if (!best || distance < best.distance) best = { text: sourceOf(operation!, args.texts), distance };
  }
  if (!best) return plain;
  const tail = !called && rest.startsWith(NOT_ITERABLE) ? ` is not iterable${rest.slice(NOT_ITERABLE.length)}` : rest;
  return (plain.slice(0, match.index) + best.text + tail).replace(IMPORTED, "$1");
}

/** What the student wrote where a recording call stands now. */
function sourceOf(operation: string, texts: readonly string[]): string {
  const [first = "", second = ""] = texts.map(cleaned);
  return operation === "get" ? `${first}[${second}]` : first;
}

function cleaned(text: string): string {
  const trimmed = text.trim().replace(/^\$t_*\d+ = /, "").replace(/\$cp\.site\(\d+\), /g, "").replace(/\b_concurrencyPlayground\d*\./g, "");
  const call = /\$cp\.(\w+)\(/.exec(trimmed);
  if (!call) return trimmed;
  const args = argumentsAt(trimmed, call.index + call[0].length);
  if (!args) return trimmed;
  return cleaned(trimmed.slice(0, call.index) + sourceOf(call[1]!, args.texts) + trimmed.slice(args.end));
}

/** The arguments of a call from behind its parenthesis on, and the offset behind the closing one. */
function argumentsAt(code: string, start: number): { texts: string[]; end: number } | undefined {
  const texts: string[] = [];
  let depth = 0;
  let from = start;
  for (let i = start; i < code.length; i++) {
    const c = code[i]!;
    if (c === '"' || c === "'" || c === "`") i = endOfText(code, i);
    else if (c === "(" || c === "[" || c === "{") depth++;
    else if (c === "," && depth === 0) {
      texts.push(code.slice(from, i));
      from = i + 1;
    } else if (c === ")" || c === "]" || c === "}") {
      if (depth-- > 0) continue;
      texts.push(code.slice(from, i));
      return { texts, end: i + 1 };
    }
  }
  return undefined;
}

function endOfText(code: string, start: number): number {
  const quote = code[start]!;
  for (let i = start + 1; i < code.length; i++) {
    if (code[i] === "\\") i++;
    else if (code[i] === quote) return i;
  }
  return code.length;
}
