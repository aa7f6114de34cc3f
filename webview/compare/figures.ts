import type { Comparison, ModeComparison, Spread } from "../../src/report/contract";
import type { RunMode } from "../../src/trace";
import type { Words } from "../l10n";
import { formatDuration } from "../timeline/ticks";

/** Something that was measured in both modes. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly values: Record<RunMode, Spread | null>;
  format(value: number): string;
  /** What to say of a mode that has no value. */
  readonly none: string;
}

export const MODES: readonly RunMode[] = ["threads", "processes"];

const formatMs = (ms: number): string => formatDuration(ms * 1e6);
const formatMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;

/** What the runs of the snippet cost. */
export function costFigures({ threads, processes }: Comparison, words: Words): Figure[] {
  const own = words.compare;
  const figure = (id: keyof typeof own.figures, of: (mode: ModeComparison) => Spread | null, format: (value: number) => string): Figure => ({
    id,
    title: own.figures[id],
    hint: own.hints[id],
    values: { threads: of(threads), processes: of(processes) },
    format,
    none: own.notTold,
  });
  const formatCount = (n: number): string => Math.round(n).toLocaleString("en");
  return [
    figure("created", (mode) => mode.createdInMs, formatMs),
    figure("memory", (mode) => mode.memoryBytes, formatMegabytes),
    figure("cpu", (mode) => mode.cpuMs, formatMs),
    figure("voluntary", (mode) => mode.voluntarySwitches, formatCount),
    figure("involuntary", (mode) => mode.involuntarySwitches, formatCount),
    figure("duration", (mode) => mode.durationMs, formatMs),
  ];
}

/** How long a message and its answer take by each means. `measuring`: not all has been measured yet. */
export function communicationFigures({ communication, failedExchanges = [] }: Comparison, words: Words, measuring: boolean): Figure[] {
  const nothingYet = (mode: RunMode): boolean => communication.every((one) => one[mode] === null);
  const none = failedExchanges.some(({ mode }) => nothingYet(mode)) ? words.compare.notTold : measuring && MODES.some(nothingYet) ? words.compare.notYet : words.compare.doesNotReach;
  return communication.map(({ means, threads, processes }) => ({
    id: means,
    title: words.compare.means[means],
    hint: words.compare.meansHints[means],
    values: { threads, processes },
    format: (us) => formatDuration(us * 1e3),
    none,
  }));
}

/** How many runs of a mode are in the figures. */
export function runsOf(mode: ModeComparison): number {
  return mode.outcomes.reduce((sum, { count }) => sum + count, 0);
}
