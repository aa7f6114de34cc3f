import type { Comparison, ModeComparison, Report, Spread, TaskCosts } from "./contract";

/** Figures of several runs in one; null without any. */
export function spreadOf(samples: readonly (number | null)[]): Spread | null {
  const told = samples.filter((sample): sample is number => sample !== null);
  if (told.length === 0) return null;
  const sorted = [...told].sort((x, y) => x - y);
  return { median: median(sorted)!, least: sorted[0]!, most: sorted.at(-1)!, samples: told };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What the runs of one mode have in common and where they differ. */
export function compareRuns(reports: readonly Report[]): ModeComparison {
  const tasks = (report: Report, spawnedOnly: boolean, figure: (cost: TaskCosts) => number | null): number[] => {
    const parents = new Map(report.tasks.map(({ id, parent }) => [id, parent]));
    return (report.costs ?? []).filter(({ task }) => !spawnedOnly || parents.get(task) !== null).flatMap((cost) => figure(cost) ?? []);
  };
  const perTask = (figure: (cost: TaskCosts) => number | null): Spread | null => spreadOf(reports.map((report) => median(tasks(report, true, figure))));
  const sums = (figure: (cost: TaskCosts) => number | null): Spread | null =>
    spreadOf(
      reports.map((report) => {
        const figures = (report.costs ?? []).filter(({ task }) => tellsForProcess(report, task)).flatMap((cost) => figure(cost) ?? []);
        return figures.length === 0 ? null : figures.reduce((sum, value) => sum + value, 0);
      }),
    );
  return {
    outcomes: counted(reports.map(({ outcome }) => outcome)).map(([outcome, count]) => ({ outcome, count })),
    durationMs: spreadOf(reports.map(({ duration }) => duration)),
    createdInMs: perTask((cost) => cost.createdInMs),
    memoryBytes: perTask((cost) => cost.memoryBytes),
    cpuMs: sums((cost) => (cost.cpuUserMs === null ? null : cost.cpuUserMs + (cost.cpuSystemMs ?? 0))),
    voluntarySwitches: sums((cost) => cost.voluntarySwitches),
    involuntarySwitches: sums((cost) => cost.involuntarySwitches),
    finals: finalsOf(reports),
    crashes: crashesOf(reports),
    findings: counted(reports.flatMap(({ findings }) => [...new Set(findings.map(({ kind }) => kind))])).map(([kind, runs]) => ({ kind, runs })),
  };
}

/** The first task of a process tells of all of it; its threads are not to be counted again. */
function tellsForProcess(report: Report, task: number): boolean {
  const own = report.tasks.find(({ id }) => id === task);
  return own !== undefined && report.tasks.find(({ pid }) => pid === own.pid)?.id === task;
}

function finalsOf(reports: readonly Report[]): ModeComparison["finals"] {
  const values = new Map<string, string[]>();
  for (const report of reports) {
    const main = report.tasks[0]?.space ?? 0;
    for (const { name, space, value } of report.variables) {
      if (space !== main && space !== -1) continue;
      values.set(name, [...(values.get(name) ?? []), JSON.stringify(value) ?? "null"]);
    }
  }
  return [...values].map(([name, texts]) => ({ name, values: counted(texts).map(([text, count]) => ({ value: JSON.parse(text) as unknown, count })) }));
}

function crashesOf(reports: readonly Report[]): ModeComparison["crashes"] {
  const stories = reports.flatMap(({ tasks }) => {
    const named = (state: Report["tasks"][number]["state"]): string[] => tasks.filter((task) => task.state === state).map(({ name }) => name);
    const crashed = named("crashed");
    return crashed.length === 0 ? [] : [JSON.stringify({ crashed, ended: named("killed"), wentOn: named("finished") })];
  });
  return counted(stories).map(([story, runs]) => ({ ...(JSON.parse(story) as { crashed: string[]; ended: string[]; wentOn: string[] }), runs }));
}

/** Most frequent first. */
function counted<T>(values: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((x, y) => y[1] - x[1]);
}

/** What the standard exchange of messages has told. */
export type Exchanges = Pick<Comparison, "communication" | "failedExchanges">;

/** Both modes beside each other. There may be one run of the threads more, while a comparison is in progress. */
export function compareModes(threads: readonly Report[], processes: readonly Report[], exchanges: Exchanges): Comparison {
  return { runs: threads.length, threads: compareRuns(threads), processes: compareRuns(processes), ...exchanges };
}

/** The report of a comparison: that of the last run as threads, with all runs in `comparison`. */
export function comparisonReport(threads: readonly Report[], processes: readonly Report[], exchanges: Exchanges): Report {
  const last = threads.at(-1)!;
  return {
    ...last,
    command: "compare",
    comparison: compareModes(threads, processes, exchanges),
  };
}
