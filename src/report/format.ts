import type { Report, ToldFinding } from "./contract";
import { displayValue } from "./display";
import { formatComparison } from "./format-comparison";
import { formatCosts } from "./format-costs";
import { formatSteps } from "./format-steps";
import { wordsOf, type Words } from "./words";

export interface FormatOptions {
  /** Whether to use terminal colours. */
  readonly colour: boolean;
  readonly locale?: string;
}

const COLOURS = { red: 31, yellow: 33, green: 32, cyan: 36, bold: 1, dim: 2 } as const;
type Paint = (style: keyof typeof COLOURS, text: string) => string;

/** A report for people at a terminal: the findings with their places, then a summary. The program's own output is not in it. */
export function formatReport(report: Report, options: FormatOptions): string {
  const words = wordsOf(options.locale);
  const paint: Paint = (style, text) => (options.colour ? `\u001b[${COLOURS[style]}m${text}\u001b[0m` : text);
  const parts: string[] = [];
  for (const error of report.errors ?? []) parts.push(`${error.file}:${error.line}:${error.column}: ${paint("red", error.message)}`);
  if (report.comparison) return `${[...parts, formatComparison(report.comparison, words, (text) => paint("bold", text))].join("\n\n")}\n`;
  for (const finding of report.findings) parts.push(formatFinding(finding, report, words, paint));
  parts.push(formatSummary(report, words, paint));
  return `${parts.join("\n\n")}\n`;
}

function formatFinding(finding: ToldFinding, report: Report, words: Words, paint: Paint): string {
  const serious = finding.kind !== "lock-order" && finding.kind !== "lock-misuse";
  const title = paint(serious ? "red" : "yellow", `● ${words.kind(finding.kind)}`);
  const count = finding.count > 1 ? paint("dim", ` (${words.times(finding.count, finding.kind)})`) : "";
  const lines = [`${title}${count}  ${paint("bold", finding.message)}`];
  for (const access of finding.accesses ?? []) {
    lines.push(`    ${paint("cyan", `${access.file}:${access.line}:${access.column}`)}  ${access.text}`);
  }
  for (const wait of finding.cycle ?? []) lines.push(`    ${paint("cyan", `${wait.file}:${wait.line}`)}  #${wait.task} → ${wait.waitsFor}`);
  for (const row of formatSteps(finding.steps ?? [], (task) => taskName(report, task), (line) => words.stepLine(line))) lines.push(`    ${row}`);
  for (const paragraph of finding.explanation) lines.push(...wrap(paragraph).map((line) => `  ${line}`));
  return lines.join("\n");
}

function formatSummary(report: Report, words: Words, paint: Paint): string {
  const lines: string[] = [];
  // With one space its number says nothing; with several it says whose copy this is.
  const spaces = new Set(report.variables.map(({ space }) => space).filter((space) => space >= 0));
  if (report.variables.length > 0) {
    lines.push(paint("bold", words.variables));
    for (const { name, value, reads, writes, guardedBy, space, discipline } of report.variables) {
      const label = spaces.size > 1 && space >= 0 ? `${name} [${space}]` : name;
      lines.push(`  ${words.variableLine(label, shorten(displayValue(value)), reads, writes, guardedBy, discipline && { ...discipline, lines: [...new Set(discipline.without.map(({ line }) => line))] })}`);
    }
  }
  if (report.syncObjects.length > 0) {
    lines.push(paint("bold", words.syncObjects));
    for (const { name, type, waits, waitedMs, heldMs, taken, longestWait } of report.syncObjects) {
      const longest = longestWait && { task: taskName(report, longestWait.task), ms: longestWait.ms.toFixed(1), line: longestWait.line };
      lines.push(`  ${words.syncLine(name, type, waits, waitedMs.toFixed(1), heldMs.toFixed(1), taken, longest)}`);
    }
  }
  const costs = formatCosts(report, report.costs ?? [], words);
  if (costs.length > 0) lines.push(paint("bold", words.costs), ...costs);
  if (report.events.dropped > 0) lines.push(paint("dim", words.dropped(report.events.recorded, report.events.dropped)));
  for (const note of report.notes ?? []) lines.push(paint("yellow", note));
  if (report.exploration) lines.push(words.exploration(report.exploration.executions, report.exploration.complete));
  const good = report.outcome === "completed";
  lines.push(paint(good ? "green" : "red", words.summary(report.mode, words.outcome(report.outcome, report.exitCode), report.tasks.length, report.duration)));
  const n = report.findings.length;
  lines.push(n === 0 ? (good ? words.nothingFound : "") : paint("yellow", words.findings(n)));
  return lines.filter((line) => line !== "").join("\n");
}

function taskName(report: Report, id: number): string {
  const name = report.tasks.find((task) => task.id === id)?.name;
  return name ? `${name} (#${id})` : `#${id}`;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Breaks at spaces near 100 columns; text without spaces stays whole. */
function wrap(paragraph: string): string[] {
  return paragraph.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
      if (current !== "" && current.length + word.length >= 100) {
        lines.push(current);
        current = word;
      } else current = current === "" ? word : `${current} ${word}`;
    }
    return [...lines, current];
  });
}
