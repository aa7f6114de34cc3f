import type { Guard, HeaderMeta, Site, SitesMeta, SourceFile } from "../trace";

const LITERAL = String.raw`(?:true|false|null|undefined|-?\d[\w.]*|"[^"]*"|'[^']*'|\x60[^\x60$]*\x60|[A-Z][A-Z0-9_]+(?:\.\w+)?)`;
/** `x = true`, `x.store(1)`, `Atomics.store(view, 0, LOCKED)` */
const CONSTANT_WRITE = new RegExp(String.raw`(?:[^=!<>+\-*/%&|^?]=\s*|\.(?:store|exchange)\((?:[^()]*,\s*)?)${LITERAL}\)?;?$`);
/** `x = me`, `x.store(me)` */
const NAMED_WRITE = /(?:[^=!<>+\-*/%&|^?]=\s*|\.(?:store|exchange)\((?:[^()]*,\s*)?)([\w$]+)\)?;?$/;
const TAKES_OUT = /\.(?:pop|shift)\(/;
/** A comparison right behind, or in front of, an expression. */
const COMPARED_BEHIND = /^\s*\)*\s*(?:[<>](?!>|<)|[!=]==?(?!>)|\?(?![.?]))/;
const COMPARED_BEFORE = /(?:(?<!=)>=?|<=?|[!=]==?)\s*$/;
const NAMED = /\b(?:const|let|var)\s+(\w+)\s*(?::[^=;]+)?=(?!=)[^;]*$/;
const TEST = /\b(?:if|while)\s*\(/g;
/** Where a loop, or a predicate, begins that may be a wait. */
const LOOP = /\bwhile\s*\(|\.waitUntil\(/g;
/** What a loop that waits does meanwhile: nothing, or wait, sleep, let others run. */
const IDLES = /^\s*(?:;|\{?\s*(?:[\w.]+\.wait|Atomics\.(?:wait|pause)|yieldNow|sleep)\(|\{\s*\})/;
const COMMENTS = /\/\*[^]*?\*\/|\/\/.*$/gm;
/** What comes before a statement; a line break, too, where the line before can be complete. */
const STATEMENT_BEGINS = /(?:^|[^$]\{|^\{|[;)}]|\b(?:else|do|void)\s|[\w$\]'"`][ \t]*\r?\n)\s*$/;
const STATEMENT_ENDS = /^[ \t]*(?:[;}]|$|\r?\n\s*(?![\s.?:,+\-*/%&|^=<>!)\]]))/;
/** Up to an expression that is an argument of console's, or a part of one, and not of another call or an assignment in it. */
const SHOWN = /\bconsole\.\w+\((?:[^;()=]|\([^()]*\)|[=!<>]==?(?!=))*$/;
/** More than there are sites. */
const SITES = 2 ** 24;
/** Characters looked at before and behind a place. */
const BEFORE = 200;
const BEHIND = 1_500;

/**
 * What the text at a place of the source says of what the program does there. By the look of it, not by its meaning: good enough to
 * keep silent where a finding would need the meaning.
 */
export class SiteTexts {
  private readonly files: SourceFile[] = [];
  private readonly sites: Site[] = [];
  private readonly deciding = new Map<number, boolean>();
  private readonly awaiting = new Map<number, boolean>();
  private readonly showing = new Map<number, boolean>();
  /** By pair of sites. */
  private readonly knowing = new Map<number, boolean>();

  add(meta: HeaderMeta | SitesMeta): void {
    const [firstFile, first] = meta.type === "header" ? [0, 0] : [meta.firstFile, meta.first];
    // Only what continues the tables: a corrupt trace may claim any place.
    if (firstFile === this.files.length) this.files.push(...meta.files);
    if (first === this.sites.length) for (const site of meta.sites) this.sites.push(site);
  }

  private text(site: number): string {
    return this.sites[site]?.text ?? "";
  }

  /** Whether what is written there is written down there: it does not depend on what was read. */
  writesConstant(site: number): boolean {
    return CONSTANT_WRITE.test(this.text(site));
  }

  /** Whether an element is taken out of an array there. */
  takesOut(site: number): boolean {
    return TAKES_OUT.test(this.text(site));
  }

  /** Whether the program seems to decide something by what it reads there: a comparison, a condition, or a variable that is in one. */
  decides(site: number): boolean {
    let known = this.deciding.get(site);
    // Of a place that is not told yet nothing is known for good.
    if (known === undefined && !this.sites[site]) return false;
    if (known === undefined) this.deciding.set(site, (known = this.looksDeciding(site)));
    return known;
  }

  /** Whether the program reads there until it finds what it waits for: in the condition of a loop that does nothing else than wait. */
  awaits(site: number): boolean {
    let known = this.awaiting.get(site);
    if (known === undefined && !this.sites[site]) return false;
    if (known === undefined) this.awaiting.set(site, (known = this.looksAwaiting(site)));
    return known;
  }

  /** Whether the expression there is a statement of its own: nobody uses its value. */
  discards(site: number): boolean {
    const place = this.sites[site];
    const source = place && this.files[place.file]?.text;
    if (!place || source === undefined) return false;
    const start = offsetOf(source, place.line, place.column);
    const end = offsetOf(source, place.endLine, place.endColumn);
    const before = source.slice(Math.max(0, start - BEFORE), start).replace(COMMENTS, "");
    const behind = source.slice(end, end + BEHIND).replace(COMMENTS, "");
    return STATEMENT_BEGINS.test(before) && STATEMENT_ENDS.test(behind);
  }

  /** Whether what is read there is printed, and nothing else. */
  shows(site: number): boolean {
    let known = this.showing.get(site);
    const place = this.sites[site];
    const source = place && this.files[place.file]?.text;
    if (known === undefined && source === undefined) return false;
    if (known === undefined) {
      const start = offsetOf(source!, place!.line, place!.column);
      this.showing.set(site, (known = SHOWN.test(source!.slice(Math.max(0, start - BEFORE), start))));
    }
    return known;
  }

  /**
   * Whether what is written at `write` was known before the read: a parameter of the function that both are in, or a constant before both, by its name
   * alone. A read that decides whether to write is another matter.
   */
  knownBefore(read: number, write: number): boolean {
    const pair = read * SITES + write;
    let known = this.knowing.get(pair);
    if (known === undefined && (!this.sites[read] || !this.sites[write])) return false;
    if (known === undefined) this.knowing.set(pair, (known = this.looksKnownBefore(read, write)));
    return known;
  }

  private looksKnownBefore(read: number, write: number): boolean {
    const from = this.sites[read];
    const to = this.sites[write];
    const source = from && this.files[from.file]?.text;
    const name = NAMED_WRITE.exec(this.text(write))?.[1];
    if (!from || !to || source === undefined || from.file !== to.file || name === undefined) return false;
    const start = offsetOf(source, from.line, from.column);
    const end = offsetOf(source, to.line, to.column);
    if (start >= end) return false;
    const word = name.replaceAll("$", "\\$");
    const declared = [...source.slice(0, end).matchAll(new RegExp(String.raw`(?:\bconst\s+(?:\{[^{}=]*|)(?<![\w$])${word}(?![\w$])[^;\n]*|\((?:[^()=]*[,{\s])?${word}(?![\w$])[^()]*\)\s*(?::[^{}()=]+)?(?:=>\s*)?\{)`, "g"))].at(-1);
    if (!declared || declared.index + declared[0].length > start) return false;
    const between = source.slice(declared.index + declared[0].length, end);
    if (new RegExp(String.raw`(?<![\w$.])${word}\s*(?:[-+*/%&|^]?=(?![=>])|\+\+|--)|(?:\+\+|--)${word}(?![\w$])`).test(between)) return false;
    return !leavesBlock(between);
  }

  private looksAwaiting(site: number): boolean {
    const place = this.sites[site];
    const source = place && this.files[place.file]?.text;
    if (!place || source === undefined) return false;
    const start = offsetOf(source, place.line, place.column);
    const from = Math.max(0, start - BEFORE);
    for (const match of source.slice(from, start).matchAll(LOOP)) {
      const opened = from + match.index + match[0].length;
      const condition = inParentheses(source.slice(0, start + BEHIND), opened);
      const closed = opened + condition.length;
      if (closed >= start && (match[0].startsWith(".") || IDLES.test(source.slice(closed + 1, closed + 1 + BEHIND)))) return true;
    }
    return false;
  }

  /** What is compared at `check` so that the program comes to `act`; undefined where the one does not decide the other. */
  guardOf(check: number, act: number): Guard | undefined {
    const place = this.sites[act];
    const looked = this.sites[check];
    if (!place || !looked?.guard || place.file !== looked.file) return undefined;
    return looked.guard.acts.some(({ line, column }) => line === place.line && column === place.column) ? looked.guard : undefined;
  }

  private looksDeciding(site: number): boolean {
    const place = this.sites[site];
    const source = place && this.files[place.file]?.text;
    if (!place || source === undefined) return false;
    const start = offsetOf(source, place.line, place.column);
    const end = offsetOf(source, place.endLine, place.endColumn);
    const before = source.slice(Math.max(0, start - BEFORE), start);
    const behind = source.slice(end, end + BEHIND);
    if (COMPARED_BEHIND.test(behind) || COMPARED_BEFORE.test(before) || insideTest(before)) return true;
    const name = NAMED.exec(before)?.[1];
    return name !== undefined && comparesVariable(behind, name);
  }
}

/** Whether the text ends within the parentheses of an `if` or `while`. */
function insideTest(before: string): boolean {
  for (const match of before.matchAll(TEST)) {
    let depth = 1;
    for (let at = match.index + match[0].length; at < before.length && depth > 0; at++) depth += before[at] === "(" ? 1 : before[at] === ")" ? -1 : 0;
    if (depth > 0) return true;
  }
  return false;
}

function comparesVariable(text: string, name: string): boolean {
  if (new RegExp(String.raw`\b${name}\b\s*(?:[<>]|[!=]==?(?!>)|\?(?![.?]))|(?:(?<!=)>=?|<=?|[!=]==?)\s*${name}\b`).test(text)) return true;
  const named = new RegExp(String.raw`\b${name}\b`);
  return [...text.matchAll(TEST)].some((match) => named.test(inParentheses(text, match.index + match[0].length)));
}

/** Whether more braces are closed than opened. */
function leavesBlock(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === "{") depth++;
    else if (char === "}" && --depth < 0) return true;
  }
  return false;
}

/** The text from `at` to the end of the parentheses that were opened before it. */
function inParentheses(text: string, at: number): string {
  let depth = 1;
  let end = at;
  for (; end < text.length && depth > 0; end++) depth += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0;
  return text.slice(at, depth > 0 ? end : end - 1);
}

function offsetOf(source: string, line: number, column: number): number {
  let at = 0;
  for (let left = line; left > 1; left--) {
    const next = source.indexOf("\n", at);
    if (next < 0) return source.length;
    at = next + 1;
  }
  return at + column - 1;
}
