import type { Comparison, ModeComparison, Spread } from "../../src/report/contract";
import type { Words } from "../l10n";
import { formatEvidence } from "../findings/finding-text";
import { communicationFigures, costFigures, runsOf, type Figure } from "./figures";

/** So many values are named one by one. */
const NAMED = 3;

/** What the figures say, in sentences; a difference is only called one where the runs of the two modes do not overlap. */
export function inShort(comparison: Comparison, words: Words, measuring: boolean): string[] {
  const own = words.compare.short;
  const { threads, processes } = comparison;
  const figures = new Map(costFigures(comparison, words).map((figure) => [figure.id, figure]));
  const sentences: string[] = [];
  const ratio = (id: string, say: (times: string, thread: string, process: string) => string, same: string, less = say): void => {
    const figure = figures.get(id);
    const both = figure && pair(figure);
    if (!figure || !both) return;
    if (overlap(both.threads, both.processes)) sentences.push(same);
    else {
      const times = both.processes.median / both.threads.median;
      // "0.4 times as long" is hard to read: the larger one is named first where there are words for it.
      const turned = times < 1 && less !== say;
      sentences.push((turned ? less : say)(formatRatio(turned ? 1 / times : times), figure.format(both.threads.median), figure.format(both.processes.median)));
    }
  };
  ratio("created", own.created, own.createdSame, own.createdThreadSlower);
  ratio("memory", own.memory, own.memorySame);
  sentences.push(...switches(figures, words), ...finals(threads, processes, words), ...crashes(comparison, words), ...findings(comparison, words));
  if (!measuring) sentences.push(...fastest(comparison, words));
  return sentences;
}

function pair({ values: { threads, processes } }: Figure): { threads: Spread; processes: Spread } | undefined {
  return threads && processes && threads.median > 0 ? { threads, processes } : undefined;
}

function overlap(a: Spread, b: Spread): boolean {
  return a.least <= b.most && b.least <= a.most;
}

function formatRatio(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1);
}

function switches(figures: ReadonlyMap<string, Figure>, words: Words): string[] {
  const figure = figures.get("voluntary");
  const both = figure && pair(figure);
  if (!figure || !both || overlap(both.threads, both.processes)) return [];
  const more = both.threads.median > both.processes.median ? "threads" : "processes";
  return [words.compare.short.switches(words[more], figure.format(both[more].median), figure.format(both[more === "threads" ? "processes" : "threads"].median))];
}

function finals(threads: ModeComparison, processes: ModeComparison, words: Words): string[] {
  const own = words.compare.short;
  return threads.finals.flatMap(({ name, values }) => {
    const other = processes.finals.find((one) => one.name === name);
    if (!other) return [];
    const texts = [values, other.values].map((list) => list.map(({ value }) => formatEvidence(value)));
    const [first, second] = texts as [string[], string[]];
    if (first.length === 1 && second.length === 1 && first[0] === second[0]) return [];
    const told = (list: readonly string[]): string => (list.length <= NAMED ? own.or(list) : own.different(list.length));
    return [own.finals(name, told(first), told(second))];
  });
}

function crashes({ threads, processes }: Comparison, words: Words): string[] {
  const tell = (mode: ModeComparison): string | undefined => {
    const [story] = mode.crashes;
    return story && words.compare.crash(story.crashed, story.ended, story.wentOn);
  };
  const [first, second] = [tell(threads), tell(processes)];
  if (first === undefined && second === undefined) return [];
  const none = words.compare.noCrash;
  return [words.compare.short.byMode(first ?? none, second ?? none)];
}

function findings({ threads, processes }: Comparison, words: Words): string[] {
  const kinds = [...new Set([...threads.findings, ...processes.findings].map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const seen = (mode: ModeComparison): number => mode.findings.find((one) => one.kind === kind)?.runs ?? 0;
    return [words.compare.short.finding(words.kinds[kind], words.compare.ofRuns(seen(threads), runsOf(threads)), words.compare.ofRuns(seen(processes), runsOf(processes)))];
  });
}

function fastest(comparison: Comparison, words: Words): string[] {
  const figures = communicationFigures(comparison, words, false);
  const best = (mode: "threads" | "processes"): { title: string; time: string } | undefined => {
    const [first] = figures
      .flatMap(({ title, values, format }) => (values[mode] ? [{ title, time: format(values[mode].median), us: values[mode].median }] : []))
      .sort((a, b) => a.us - b.us);
    return first;
  };
  const [thread, process] = [best("threads"), best("processes")];
  return thread && process ? [words.compare.short.fastest(thread.title, thread.time, process.title, process.time)] : [];
}
