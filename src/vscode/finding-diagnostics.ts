import type { LocatedFinding } from "../report/contract";

/** A place in a document, lines and columns from 0, as the editor counts. */
export interface Span {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface PlacedRelation {
  readonly file: string;
  readonly span: Span;
  readonly message: string;
}

/** A diagnostic before it is the editor's: which document, where, what. */
export interface PlacedDiagnostic {
  readonly file: string;
  readonly span: Span;
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly related: readonly PlacedRelation[];
}

/** The words that this module needs; the editor's translation is passed in. */
export interface FindingWords {
  read(task: number): string;
  write(task: number): string;
  update(task: number): string;
  waits(task: number, object: string): string;
}

const SEVERITY: Record<LocatedFinding["kind"], "error" | "warning"> = {
  "data-race": "error",
  deadlock: "error",
  "assertion-failed": "error",
  crash: "error",
  "lost-update": "warning",
  "atomicity-violation": "warning",
  "lock-order": "warning",
  "lost-wakeup": "warning",
  "lock-misuse": "warning",
};

export function spanOf(place: { line: number; column: number; endLine?: number; endColumn?: number }): Span {
  const startLine = Math.max(0, place.line - 1);
  const startColumn = Math.max(0, place.column - 1);
  const endLine = place.endLine === undefined ? startLine : Math.max(startLine, place.endLine - 1);
  const endColumn = place.endColumn === undefined ? startColumn + 1 : Math.max(0, place.endColumn - 1);
  return { startLine, startColumn, endLine, endColumn };
}

/** A diagnostic at each distinct place of a finding, each with the other places as related information. */
export function placeFinding(finding: LocatedFinding, words: FindingWords): PlacedDiagnostic[] {
  const roles = [
    ...(finding.accesses ?? []).map((access) =>
      access.op === "read" ? words.read(access.task) : access.op === "write" ? words.write(access.task) : words.update(access.task),
    ),
    ...(finding.cycle ?? []).map(({ task, waitsFor }) => words.waits(task, waitsFor)),
  ];
  const places = finding.ranges.map((range, index) => ({ file: range.file, span: spanOf(range), message: roles[index] ?? finding.message }));
  const seen = new Set<string>();
  const placed: PlacedDiagnostic[] = [];
  places.forEach((place, index) => {
    const key = JSON.stringify([place.file, place.span]);
    if (seen.has(key)) return;
    seen.add(key);
    placed.push({
      file: place.file,
      span: place.span,
      severity: SEVERITY[finding.kind],
      code: finding.kind,
      message: finding.message,
      related: places.filter((_, other) => other !== index),
    });
  });
  return placed;
}

export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  readonly insertedLines: number;
  /** The text between the two places changed from or to something that is no mere line break. */
  readonly startColumn: number;
}

/**
 * Where a place is after an edit; undefined when its own lines were edited: what was found there may hold no longer.
 * Line breaks put in front of the line's code, or taken away there, leave it what it was.
 */
export function shift(span: Span, change: LineChange): Span | undefined {
  const delta = change.insertedLines - (change.endLine - change.startLine);
  if (change.startLine > span.endLine) return span;
  const touchesOnlyItsStart = change.endLine === span.startLine && change.startColumn === 0 && delta !== 0;
  if (change.endLine < span.startLine || touchesOnlyItsStart) {
    return { ...span, startLine: span.startLine + delta, endLine: span.endLine + delta };
  }
  return undefined;
}
