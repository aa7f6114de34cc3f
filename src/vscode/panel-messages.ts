import type { Comparison, LocatedFinding, TaskCosts } from "../report/contract";
import type { Diagnostic, RunMode, RunOutcome } from "../trace";

/** Where a comparison of both modes stands. */
export interface ComparisonState {
  readonly running: boolean;
  /** Runs that are done, and that there will be. */
  readonly done: number;
  readonly of: number;
  /** What is known so far; null until both modes have run once. */
  readonly comparison: Comparison | null;
  /** Why it ended early. */
  readonly reason?: string;
  /** Why it could not be run at all. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What was found in the last whole run before, of the same document in the same mode. */
export interface RunBefore {
  readonly findings: readonly LocatedFinding[];
  /** The snippet has not been changed since: what does not show again has not been repaired. */
  readonly sameText: boolean;
}

/** What the extension tells the panel. `run` counts runs, so that late messages of an earlier run are known as such. */
export type HostToPanel =
  /** First message, and again after a reload: all that the panel needs to draw. */
  | {
      readonly type: "init";
      /** "en", "zh-cn" … */
      readonly locale: string;
      /** Absolute path and text of the snippet, as the editor has it. */
      readonly file: string;
      readonly text: string;
      readonly mode: RunMode;
      /** Seed of the random delays of the next runs; null: none. */
      readonly perturb: number | null;
      /** Where Monaco's own files are; loaded only when the source is shown. */
      readonly monacoBase: string;
    }
  | { readonly type: "run-started"; readonly run: number; readonly file: string; readonly mode: RunMode; readonly perturb: number | null; readonly before?: RunBefore }
  /** Whole chunks. */
  | { readonly type: "trace"; readonly run: number; readonly bytes: ArrayBuffer }
  /** All findings so far; replaces the earlier ones. */
  | { readonly type: "findings"; readonly run: number; readonly findings: readonly LocatedFinding[] }
  | {
      readonly type: "run-ended";
      readonly run: number;
      readonly outcome: RunOutcome;
      readonly exitCode: number | null;
      /** Milliseconds. */
      readonly duration: number;
      readonly reason?: string;
      readonly diagnostics: readonly Diagnostic[];
      /** What each task used. */
      readonly costs?: readonly TaskCosts[];
    }
  /** `started` (milliseconds since the epoch) tells which it is; `latest`: no run was begun after it. */
  | { readonly type: "comparison"; readonly state: ComparisonState; readonly started: number; readonly latest: boolean }
  /** The document changed in the editor. */
  | { readonly type: "document"; readonly file: string; readonly text: string }
  /** A keybinding or command of the editor that belongs to the panel (a webview swallows some keys). */
  | { readonly type: "command"; readonly command: PanelCommand };

export type PanelCommand = "stepForward" | "stepBack" | "play" | "zoomIn" | "zoomOut" | "fit" | "help" | "nextFinding" | "previousFinding";

/** What the panel asks of the extension. */
export type PanelToHost =
  | { readonly type: "ready" }
  | { readonly type: "run"; readonly mode: RunMode }
  | { readonly type: "compare" }
  /** Seed of the random delays of the next runs; null: none. */
  | { readonly type: "perturb"; readonly seed: number | null }
  /** Ends the document's run or comparison. */
  | { readonly type: "stop" }
  /** Show a place in the editor. Lines and columns from 1. */
  | { readonly type: "reveal"; readonly file: string; readonly line: number; readonly column: number; readonly endLine?: number; readonly endColumn?: number }
  /** The text was edited in the panel: the document itself changes. */
  | { readonly type: "edit"; readonly file: string; readonly text: string }
  | { readonly type: "save-trace" }
  | { readonly type: "copy"; readonly text: string }
  /** A failure in the panel's own code. */
  | { readonly type: "failure"; readonly message: string; readonly stack?: string };
