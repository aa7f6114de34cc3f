import { LiveAnalysis } from "../analysis";
import { API_VALUES, warmUp } from "../instrument";
import { ReportCollector, buildReport, describeFinding } from "../report";
import type { LocatedFinding, Report } from "../report/contract";
import { eachQuiet, startRun } from "../run";
import type { RunHandle, RunOptions, RunResult } from "../run/types";
import { Backlog } from "./backlog";

export type { RunHandle, RunOptions, RunResult } from "../run/types";

export interface SessionListener {
  /** A piece of the trace as it happens: whole chunks. */
  onTrace(chunk: Uint8Array): void;
  /** All findings so far; replaces the earlier ones. */
  onFindings(findings: LocatedFinding[]): void;
  /** After this nothing of the run is left: no process, no file. */
  onEnd(result: RunResult, report: Report): void;
}

/** Findings are told at most so often, but the first after a pause almost at once. */
const FINDINGS_INTERVAL_MS = 100;
const FINDINGS_LOOK_MS = 20;
/** Loads ahead what the first run needs: the compiler. */
export function preload(): void {
  warmUp();
}

/** One run with its live analysis; a deadlock ends it. The listener is called from the event loop only. */
export function startSession(options: RunOptions, listener: SessionListener): RunHandle {
  const collector = new ReportCollector(API_VALUES);
  let handle: RunHandle | undefined;
  const analysis = new LiveAnalysis({ onDeadlock: () => handle?.stop("deadlocked"), onStill: (tasks) => handle?.askIdle(tasks) });
  const locale = options.locale === undefined ? {} : { locale: options.locale };

  let told = -Infinity;
  const tellFindings = (): void => {
    if (!analysis.changed) return;
    analysis.changed = false;
    told = performance.now();
    listener.onFindings(analysis.findings().map((finding) => describeFinding(finding, { names: collector, ...locale })));
  };
  const findingsTimer = setInterval(() => {
    if (performance.now() - told >= FINDINGS_INTERVAL_MS) tellFindings();
  }, FINDINGS_LOOK_MS);
  const backlog = new Backlog((chunk) => {
    collector.push(chunk);
    analysis.push(chunk);
  });
  let pieces = 0;
  let answered = false;
  // What had been on its way until then is lost (a killed task took it along), unless a task is known to have something to tell.
  const stopListening = eachQuiet(
    () => pieces,
    (times) => {
      // Asked again and again, more and more seldom: what still keeps a task busy may be over some day.
      if (answered && !Number.isInteger(Math.log2(times))) return;
      answered = false;
      const before = pieces;
      handle?.askQuiet(({ awake, running }) => {
        if (pieces !== before) return;
        backlog.drain();
        answered = analysis.idle(awake, running);
      });
    },
  );

  handle = startRun(options, {
    onTrace(chunk) {
      pieces++;
      listener.onTrace(chunk);
      backlog.push(chunk);
    },
    onEnd(result) {
      clearInterval(findingsTimer);
      stopListening();
      backlog.drain();
      collector.close();
      analysis.end();
      tellFindings();
      const report = buildReport({ command: "run", file: options.file, mode: options.mode, result, analysis, collector, ...locale });
      const errors = result.diagnostics.filter(({ severity }) => severity === "error").map(({ file, line, column, message }) => ({ file, line, column, message }));
      listener.onEnd(result, errors.length > 0 ? { ...report, errors } : report);
    },
  });
  return handle;
}
