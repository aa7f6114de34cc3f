import type { LocatedFinding } from "../report/contract";
import { asAtomic } from "./atomic-edits";

/** Replaces what stands between two offsets of the document. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type FindingFixKind = "with-lock" | "with-new-lock" | "atomic" | "while" | "same-order";

/** What repairs a finding without changing anything else that the program does. All edits at once. */
export interface FindingFix {
  readonly kind: FindingFixKind;
  /** The lock or the condition. */
  readonly name: string;
  readonly edits: readonly OffsetEdit[];
}

type Range = LocatedFinding["ranges"][number];

const UPDATE = /^[A-Za-z_$][\w$.]*\s*(?:\+\+|--|[-+*/%&|^]=[^=].*)$/;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The quick fixes of a finding in the text that the run had seen; none where the source does not have exactly the form that is safe to change. */
export function fixesOf(finding: LocatedFinding, text: string, file: string): FindingFix[] {
  if (finding.ranges.length === 0 || finding.ranges.some((range) => range.file !== file)) return [];
  switch (finding.kind) {
    case "data-race":
      return [...withLock(finding, text), ...withAtomic(finding, text)];
    case "lost-wakeup":
      return whileInsteadOfIf(finding, text);
    case "lock-order":
      return sameOrder(finding, text);
    case "lost-update":
    case "atomicity-violation":
    case "deadlock":
    case "lock-misuse":
    case "assertion-failed":
    case "crash":
      return [];
  }
}

// ------------------------------------------------------------ data races

/** Each side that has no lock is one statement that updates: it is put under the lock of the other side, or both under a new one. */
function withLock({ accesses = [], ranges, variable = "" }: LocatedFinding, text: string): FindingFix[] {
  const bare = accesses.flatMap(({ locks }, i) => (locks.length === 0 ? [ranges[i]!] : []));
  const [known, ...others] = [...new Set(accesses.flatMap(({ locks }) => locks))];
  const statements = distinct(bare).map((range) => statementAt(text, range));
  if (statements.length === 0 || others.length > 0 || statements.some((one) => !one)) return [];
  const wrapped = (lock: string): OffsetEdit[] => (statements as Statement[]).map(({ start, end, code }) => ({ start, end, text: `${lock}.withLock(() => { ${code}; });` }));
  if (known !== undefined) return IDENTIFIER.test(known) && new RegExp(String.raw`\b(?:const|let)\s+${known}\s*=\s*new (?:Mutex|SpinLock)\(`).test(text) ? [{ kind: "with-lock", name: known, edits: wrapped(known) }] : [];
  const root = /^[A-Za-z_$][\w$]*/.exec(variable)?.[0];
  if (root === undefined) return [];
  const name = `${root}Lock`;
  const declared = new RegExp(String.raw`^(?:const|let)\s+${root}\b.*\b(?:shared|sharedMemory)\b.*;[^\S\n]*$`, "m").exec(text);
  const imported = importing(text, "Mutex");
  if (!declared || !imported || new RegExp(String.raw`\b${name}\b`).test(text)) return [];
  const end = declared.index + declared[0].length;
  return [{ kind: "with-new-lock", name, edits: [...imported, { start: end, end, text: `\nconst ${name} = new Mutex();` }, ...wrapped(name)] }];
}

/** A counter that no side guards, and that only grows and shrinks by whole numbers: an Atomic does it. */
function withAtomic({ accesses = [], variable = "" }: LocatedFinding, text: string): FindingFix[] {
  if (!IDENTIFIER.test(variable) || accesses.some(({ locks }) => locks.length > 0)) return [];
  const imported = importing(text, "Atomic");
  const edits = imported && asAtomic(text, variable);
  return edits ? [{ kind: "atomic", name: variable, edits: [...imported, ...edits] }] : [];
}

interface Statement {
  readonly start: number;
  readonly end: number;
  readonly code: string;
}

/** The statement that an access is all of, alone on its line or in its braces. */
function statementAt(text: string, range: Range): Statement | undefined {
  if (range.line !== range.endLine) return undefined;
  const start = offsetOf(text, range.line, range.column);
  const end = offsetOf(text, range.endLine, range.endColumn);
  const code = text.slice(start, end);
  const before = text.slice(0, start);
  const behind = /^[^\S\n]*(;|(?=\s*\}|\n|$))/.exec(text.slice(end));
  const begins = /(?:^|[;{}\n)])[^\S\n]*$/.test(before) && !/\b(?:if|while|for)\s*\([^\n]*;[^\S\n]*$/.test(before.slice(before.lastIndexOf("\n") + 1));
  if (!UPDATE.test(code) || /\b(?:await|yield)\b/.test(code) || !behind || !begins || /=>[^\S\n]*$/.test(before)) return undefined;
  return { start, end: end + behind[0].length, code };
}

function importing(text: string, name: string): OffsetEdit[] | undefined {
  const found = /import\s*\{([^}]*)\}\s*from\s*["']concurrency-playground["']/.exec(text);
  if (!found) return undefined;
  const names = found[1]!;
  if (names.split(",").some((one) => one.trim() === name)) return [];
  const end = found.index + found[0].indexOf("{") + 1 + names.trimEnd().length;
  return [{ start: end, end, text: `${names.trimEnd().endsWith(",") ? "" : ","} ${name}` }];
}

// ------------------------------------------------------------ waits

/** `if (…) condition.wait();` on one line, or with the wait in braces on the next. */
function whileInsteadOfIf({ ranges, variable = "" }: LocatedFinding, text: string): FindingFix[] {
  const edits: OffsetEdit[] = [];
  for (const { line } of distinct(ranges)) {
    const here = lineAt(text, line);
    if (!/\.wait\(/.test(here)) continue;
    const above = line > 1 ? lineAt(text, line - 1) : "";
    const [at, found] = /^\s*if\s*\(.*\)\s*\{?[^{}]*\.wait\(/.test(here) ? [line, here] : /^\s*if\s*\(.*\)\s*\{?\s*$/.test(above) ? [line - 1, above] : [0, ""];
    if (at === 0) continue;
    const start = offsetOf(text, at, 1) + found.indexOf("if");
    edits.push({ start, end: start + 2, text: "while" });
  }
  return edits.length === 0 ? [] : [{ kind: "while", name: variable, edits }];
}

// ------------------------------------------------------------ lock order

/** Two tasks, two locks: where one of them takes both in two lines that follow each other, the lines change places. */
function sameOrder({ cycle = [] }: LocatedFinding, text: string): FindingFix[] {
  if (cycle.length !== 2) return [];
  for (const { line, waitsFor, holds } of [...cycle].reverse()) {
    if (holds.length !== 1 || line < 2) continue;
    const first = lineAt(text, line - 1);
    const second = lineAt(text, line);
    const taken = (code: string, lock: string): boolean => new RegExp(String.raw`^\s*${lock.replace(/[^\w$]/g, String.raw`\$&`)}\.lock\(\);?\s*$`).test(code);
    if (!taken(first, holds[0]!) || !taken(second, waitsFor)) continue;
    const start = offsetOf(text, line - 1, 1);
    return [{ kind: "same-order", name: waitsFor, edits: [{ start, end: offsetOf(text, line, 1) + second.length, text: `${second}\n${first}` }] }];
  }
  return [];
}

// ------------------------------------------------------------ text

function distinct(ranges: readonly Range[]): Range[] {
  const seen = new Set<string>();
  return ranges.filter(({ line, column }) => {
    const key = `${line}:${column}`;
    return !seen.has(key) && seen.add(key);
  });
}

function lineAt(text: string, line: number): string {
  return (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let left = line; left > 1; left--) at = text.indexOf("\n", at) + 1;
  return at + column - 1;
}
