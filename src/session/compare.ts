import { compareModes, comparisonReport } from "../report";
import type { Comparison, Report } from "../report/contract";
import type { RunHandle, RunOptions, RunResult } from "../run/types";
import type { RunMode } from "../trace";
import { startSession } from "./index";
import { communicationOf, pingPong } from "./ping-pong";

export interface CompareOptions extends Omit<RunOptions, "mode"> {
  /** Of each mode; default 5. */
  readonly runs?: number;
}

export interface CompareListener {
  /** After each run, also those of the ping-pong that measures communication. `soFar` is what is known by then, once both modes have run. */
  onProgress(done: number, of: number, soFar: Comparison | undefined): void;
  /** The first run of each mode, as it happens and at its end. */
  onTrace?(mode: RunMode, chunk: Uint8Array): void;
  onFirst?(mode: RunMode, report: Report): void;
}

export interface CompareHandle {
  /** Ends the run in progress and the comparison with it. */
  stop(reason?: string): void;
  /** The report with its `comparison`; that of the run alone if the snippet does not compile or the comparison was stopped. */
  readonly ended: Promise<{ readonly result: RunResult; readonly report: Report }>;
}

export const DEFAULT_RUNS = 5;
const MODES: readonly RunMode[] = ["threads", "processes"];

/** Runs the snippet both ways in turn, so that a drifting machine weighs on both alike, then a standard ping-pong. */
export function startComparison({ runs = DEFAULT_RUNS, ...options }: CompareOptions, listener: CompareListener): CompareHandle {
  let stopped = false;
  let current: RunHandle | undefined;
  let done = 0;
  const reports: Record<RunMode, Report[]> = { threads: [], processes: [] };
  const trips: Record<RunMode, Report[]> = { threads: [], processes: [] };
  const soFar = (): Comparison | undefined => (reports.processes.length === 0 ? undefined : compareModes(reports.threads, reports.processes, communicationOf(trips)));
  const tell = (): void => listener.onProgress(++done, runs * MODES.length * 2, soFar());
  const once = async (what: RunOptions, onTrace: (chunk: Uint8Array) => void = () => {}): Promise<{ result: RunResult; report: Report }> => {
    const ended = await new Promise<{ result: RunResult; report: Report }>((resolve) => {
      current = startSession(what, { onTrace, onFindings() {}, onEnd: (result, report) => resolve({ result, report }) });
    });
    return ended;
  };

  const all = async (): Promise<{ result: RunResult; report: Report }> => {
    let last: { result: RunResult; report: Report } | undefined;
    for (let n = 0; n < runs; n++) {
      for (const mode of MODES) {
        const ended = await once({ ...options, mode }, n === 0 ? (chunk) => listener.onTrace?.(mode, chunk) : undefined);
        if (n === 0) listener.onFirst?.(mode, ended.report);
        if (stopped || ended.result.outcome === "not-compiled") return { ...ended, report: { ...ended.report, command: "compare" } };
        reports[mode].push(ended.report);
        if (mode === "threads") last = ended;
        tell();
      }
    }
    for (let n = 0; n < runs; n++) {
      for (const mode of MODES) {
        const ended = await once({ ...pingPong(options.file), mode, ...(options.locale === undefined ? {} : { locale: options.locale }) });
        if (stopped && last) return { result: ended.result, report: { ...last.report, command: "compare" } };
        trips[mode].push(ended.report);
        tell();
      }
    }
    if (!last) throw new Error("a comparison needs at least one run");
    return { result: last.result, report: comparisonReport(reports.threads, reports.processes, communicationOf(trips)) };
  };

  return {
    ended: all(),
    stop(reason) {
      stopped = true;
      current?.stop("killed", reason);
    },
  };
}
