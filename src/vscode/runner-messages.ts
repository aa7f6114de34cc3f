import type { Comparison, LocatedFinding, Report } from "../report/contract";
import type { RunOptions, RunResult } from "../run/types";
import type { CompareOptions } from "../session/compare";

/** What the extension tells its runner process. A runner does one run at a time; `run` tells late answers apart. */
export type ToRunner =
  | { readonly type: "run"; readonly run: number; readonly options: RunOptions }
  | { readonly type: "compare"; readonly run: number; readonly options: CompareOptions }
  | { readonly type: "stop"; readonly run: number; readonly reason: string };

/** What the runner process tells the extension. */
export type FromRunner =
  /** Everything is loaded; a run can begin without delay. */
  | { readonly type: "ready" }
  /** Whole chunks. */
  | { readonly type: "trace"; readonly run: number; readonly bytes: Uint8Array }
  /** All findings so far. */
  | { readonly type: "findings"; readonly run: number; readonly findings: readonly LocatedFinding[] }
  | { readonly type: "end"; readonly run: number; readonly result: RunResult; readonly report: Report }
  /** A comparison goes on: how many of its runs are done, and what they say so far. */
  | { readonly type: "progress"; readonly run: number; readonly done: number; readonly of: number; readonly comparison: Comparison | null }
  /** A comparison has ended; `result` is that of its last run. Without a comparison: stopped, or it did not compile. */
  | { readonly type: "compared"; readonly run: number; readonly result: RunResult; readonly comparison: Comparison | null }
  /** Our own code failed. The process ends after it. */
  | { readonly type: "failure"; readonly message: string; readonly stack: string };
