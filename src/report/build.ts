import type { LiveAnalysis } from "../analysis";
import { EndReason, RUN_TASK, type RunOutcome } from "../trace";
import type { CollectedTask, ReportCollector, SyncTotals } from "./collector";
import type { Finding, Report } from "./contract";
import { describeFinding } from "./describe";
import { Names } from "./names";
import { variablesOf } from "./variables";
import { wordsOf } from "./words";

export interface ReportInput {
  readonly command: Report["command"];
  /** As the user named it. */
  readonly file: string;
  readonly mode: Report["mode"];
  /** How the run ended: `RunResult` fits. */
  readonly result: { readonly outcome: RunOutcome; readonly exitCode: number | null; readonly duration: number };
  /** Both have been given the whole trace and told of its end. */
  readonly analysis: LiveAnalysis;
  readonly collector: ReportCollector;
  readonly locale?: string;
}

/** The report of one run, in the form of contract.ts. */
export function buildReport(input: ReportInput): Report {
  const { analysis, collector, result } = input;
  const findings = analysis.findings().map((finding) => describeFinding(finding, { names: collector, ...(input.locale === undefined ? {} : { locale: input.locale }) }));
  const tasks = [...collector.tasks.values()].filter((task) => task.meta.id !== RUN_TASK).sort((x, y) => x.meta.id - y.meta.id);
  const places = new Names(collector, wordsOf(input.locale));
  let dropped = 0;
  for (const task of collector.tasks.values()) dropped += task.dropped;
  return {
    schema: 1,
    command: input.command,
    file: input.file,
    mode: input.mode,
    outcome: result.outcome,
    ...(result.exitCode === null ? {} : { exitCode: result.exitCode }),
    duration: result.duration,
    tasks: tasks.map((task) => taskOf(task, result.outcome, collector.latest)),
    variables: variablesOf(analysis, collector),
    syncObjects: [...collector.objects.values()]
      .sort((x, y) => x.id - y.id)
      .map(({ id, name, objectType }) => {
        const totals = collector.totals.get(id);
        return {
          name,
          type: objectType,
          waits: totals?.waits ?? 0,
          waitedMs: ms(totals?.waited ?? 0),
          heldMs: ms(totals?.held ?? 0),
          ...(totals && totals.taken > 0 ? { taken: totals.taken } : {}),
          ...(totals?.longest ? { longestWait: longestOf(totals.longest, places) } : {}),
        };
      }),
    findings: findings satisfies Finding[],
    output: outputOf(collector),
    events: { recorded: collector.recorded, dropped },
    ...(analysis.exceeded ? { notes: [wordsOf(input.locale).exceeded] } : {}),
    costs: tasks.map(({ meta }) => collector.costs.of(meta.id, (object) => collector.objects.get(object)?.objectType)),
  };
}

function longestOf({ task, site, waited }: NonNullable<SyncTotals["longest"]>, names: Names): NonNullable<Report["syncObjects"][number]["longestWait"]> {
  const { file, line, column } = names.at(site);
  return { task, ms: ms(waited), file, line, column };
}

function taskOf(task: CollectedTask, outcome: RunOutcome, latest: number): Report["tasks"][number] {
  const { meta, failure } = task;
  const state = stateOf(task, outcome);
  return {
    id: meta.id,
    name: task.name,
    kind: meta.kind,
    pid: task.pid,
    parent: meta.parent,
    space: meta.space,
    state,
    // One that was killed before its first step began when it was spawned; one that nobody told the end of ended with the run.
    started: ms(task.started ?? task.spawned ?? 0),
    ended: state === "blocked" ? null : ms(task.ended ?? latest),
    ...(failure === undefined ? {} : { error: failure.error }),
  };
}

function stateOf(task: CollectedTask, outcome: RunOutcome): Report["tasks"][number]["state"] {
  // The run ends its deadlocked tasks; what they were is blocked.
  if (task.reason === undefined || task.reason === EndReason.Killed) {
    return task.wait !== undefined && outcome === "deadlocked" ? "blocked" : "killed";
  }
  return task.reason === EndReason.Crashed ? "crashed" : "finished";
}

/** By number where there is one; output without a number stays where its time puts it. */
function outputOf(collector: ReportCollector): Report["output"] {
  const numbered = collector.lines.every((line) => line.seq > 0);
  const lines = [...collector.lines].sort((x, y) => (numbered ? x.seq - y.seq : x.time - y.time));
  return lines.map(({ task, stream, text }) => ({ task, stream, text }));
}

/** Nanoseconds to milliseconds, to the microsecond. */
function ms(nanoseconds: number): number {
  return Math.round(nanoseconds / 1e3) / 1e3;
}
