import type { Comparison, ModeComparison, Spread } from "./contract";
import { displayValue } from "./display";
import type { Words } from "./words";

type Cells = readonly [label: string, threads: string, processes: string];

/** Both modes beside each other, for people at a terminal. */
export function formatComparison(comparison: Comparison, words: Words, bold: (text: string) => string): string {
  const { threads, processes, runs } = comparison;
  const own = words.comparison;
  const measured = (label: string, of: (mode: ModeComparison) => Spread | null, scale = 1, digits = 1): Cells => [
    label,
    spread(of(threads), scale, digits, own.notTold),
    spread(of(processes), scale, digits, own.notTold),
  ];
  const rows: Cells[] = [
    ["", own.threads, own.processes],
    measured(own.rows.duration, (mode) => mode.durationMs),
    measured(own.rows.created, (mode) => mode.createdInMs),
    measured(own.rows.memory, (mode) => mode.memoryBytes, 1e-6),
    measured(own.rows.cpu, (mode) => mode.cpuMs),
    measured(own.rows.voluntary, (mode) => mode.voluntarySwitches, 1, 0),
    measured(own.rows.involuntary, (mode) => mode.involuntarySwitches, 1, 0),
  ];
  const failed = comparison.failedExchanges ?? [];
  const trip = (mode: "threads" | "processes", value: Spread | null): string =>
    spread(value, 1, 1, failed.some((one) => one.mode === mode) && comparison.communication.every((one) => one[mode] === null) ? "–" : own.doesNotReach);
  const reach = comparison.communication.map(({ means, threads: one, processes: other }): Cells => [words.means(means), trip("threads", one), trip("processes", other)]);
  const both = (title: string, of: (mode: ModeComparison) => string[]): string[] =>
    of(threads).length + of(processes).length === 0
      ? []
      : [bold(title), ...[threads, processes].flatMap((mode) => [`  ${mode === threads ? own.threads : own.processes}:`, ...of(mode).map((line) => `    ${line}`)])];
  return [
    bold(own.title(runs)),
    ...table(rows),
    ...(reach.length === 0 ? [] : [bold(own.communication), ...table(reach)]),
    ...failed.map(({ mode, runs: times, outcome, error }) => `  ${own.failedExchange(mode, times, words.outcome(outcome), error)}`),
    ...both(own.outcomes, (mode) => mode.outcomes.map(({ outcome, count }) => `${words.outcome(outcome)}: ${own.ofRuns(count, runs)}`)),
    ...both(own.finals, (mode) => mode.finals.map(({ name, values }) => `${name}: ${values.map(({ value, count }) => `${shorten(displayValue(value))} (${own.ofRuns(count, runs)})`).join("; ")}`)),
    ...both(own.crashes, (mode) => mode.crashes.map(({ crashed, ended, wentOn, runs: times }) => own.crash(crashed, ended, wentOn, times))),
    ...both(own.findings, (mode) => mode.findings.map(({ kind, runs: times }) => `${words.kind(kind)}: ${own.ofRuns(times, runs)}`)),
    own.spread,
  ].join("\n");
}

function spread(value: Spread | null, scale: number, digits: number, none: string): string {
  if (!value) return none;
  const [median, least, most] = [value.median, value.least, value.most].map((number) => (number * scale).toFixed(digits));
  return `${median} (${least} – ${most})`;
}

function table(rows: readonly Cells[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => columns(row[column]!))));
  return rows.map((row) => `  ${row.map((cell, column) => cell + " ".repeat(widths[column]! - columns(cell))).join("   ")}`.trimEnd());
}

/** Chinese characters take two columns of a terminal. */
function columns(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1;
  return width;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
