import * as path from "node:path";
import * as os from "node:os";
import * as vscode from "vscode";
import type { LocatedFinding, TaskCosts } from "../report/contract";
import type { RunResult } from "../run/types";
import type { RunMode, RunOutcome } from "../trace";
import type { FromRunner } from "./runner-messages";
import type { KeptRun } from "./kept-runs";
import type { RunBefore } from "./panel-messages";
import type { RunnerPool } from "./runner-pool";
import type { RunnerLoss, RunnerProcess } from "./runner-process";
import { runSettings } from "./settings";

/** A run of a document, from the command to its end and as long as its panel shows it. */
export interface Run {
  /** Counts all runs of this window. */
  readonly id: number;
  readonly document: vscode.Uri;
  /** The snippet's path as the compiler knows it; for an unsaved document, a name only. */
  readonly file: string;
  readonly text: string;
  readonly mode: RunMode;
  /** Seed of the random delays; null: none. */
  readonly perturb: number | null;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly trace: readonly Uint8Array[];
  readonly findings: readonly LocatedFinding[];
  readonly result: RunResult | undefined;
  /** What each task used; empty until the end. */
  readonly costs: readonly TaskCosts[];
  /** With what its findings can be compared. */
  readonly before?: RunBefore;
}

/** A runner that does not end a run within this many milliseconds is ended itself. */
export const FORCE_AFTER = 4000;

/** Runs that went as far as the program goes. */
const WHOLE: readonly RunOutcome[] = ["completed", "deadlocked", "crashed"];

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type MutableRun = Omit<Writable<Run>, "trace"> & { readonly trace: Uint8Array[] };

/** The path by which the compiler knows a document: its own, or for an unsaved one a name where it would be saved. */
export function pathOf(document: vscode.TextDocument): string {
  if (document.uri.scheme === "file") return document.uri.fsPath;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri.fsPath ?? os.tmpdir();
  const name = path.basename(document.uri.path) || "snippet";
  const extension = document.languageId === "javascript" ? ".js" : ".ts";
  return path.join(folder, /\.[cm]?[jt]sx?$/.test(name) ? name : name + extension);
}

function keyOf({ document, mode }: Pick<Run, "document" | "mode">): string {
  return `${mode} ${document.toString()}`;
}

/** Starts and stops runs. Each document has at most one; several documents may run at once. */
export class Runs implements vscode.Disposable {
  private readonly active = new Map<number, { run: MutableRun; runner: RunnerProcess }>();
  private count = 0;
  /** The last whole run of each document in each mode: its findings, and its text where that is known. */
  private readonly whole = new Map<string, { readonly findings: readonly LocatedFinding[]; readonly text: string | undefined }>();
  /** The next unsaved document of the same name is another one. */
  private readonly forgetting = vscode.workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
    if (isUntitled) for (const mode of ["threads", "processes"] as const) this.whole.delete(keyOf({ document: uri, mode }));
  });
  private readonly started = new vscode.EventEmitter<Run>();
  private readonly traced = new vscode.EventEmitter<{ run: Run; bytes: Uint8Array }>();
  private readonly found = new vscode.EventEmitter<Run>();
  private readonly ended = new vscode.EventEmitter<Run>();
  private readonly restored = new vscode.EventEmitter<Run>();

  readonly onStart = this.started.event;
  readonly onTrace = this.traced.event;
  readonly onFindings = this.found.event;
  /** `run.result` is there. */
  readonly onEnd = this.ended.event;
  /** A run of an earlier window is shown again. */
  readonly onRestore = this.restored.event;

  constructor(
    private readonly pool: RunnerPool,
    /** A runner process was lost. */
    private readonly onLost: (run: Run, how: RunnerLoss) => void,
  ) {}

  get running(): Run[] {
    return [...this.active.values()].map(({ run }) => run);
  }

  of(document: vscode.Uri): Run | undefined {
    return this.running.find((run) => run.document.toString() === document.toString());
  }

  /** Runs the document's present text, saved or not; `perturb` is the seed of random delays. A run of it that is in progress is ended first. */
  start(document: vscode.TextDocument, mode: RunMode, perturb: number | null): Run {
    const earlier = this.of(document.uri);
    if (earlier) this.stop(earlier, vscode.l10n.t("Stopped: it was started again."));
    const before = this.before(document, mode);
    const run: MutableRun = {
      ...(before ? { before } : {}),
      id: ++this.count,
      document: document.uri,
      file: pathOf(document),
      text: document.getText(),
      mode,
      perturb,
      started: Date.now(),
      trace: [],
      findings: [],
      costs: [],
      result: undefined,
    };
    const runner = this.pool.take();
    this.active.set(run.id, { run, runner });
    this.started.fire(run);
    const { file, text } = run;
    runner.run(
      run.id,
      { file, text, mode, locale: vscode.env.language, ...runSettings(document.uri), ...(perturb === null ? {} : { perturb }) },
      {
        onMessage: (message) => this.receive(run, runner, message),
        onLost: (how) => {
          this.end(run, {
            outcome: "crashed",
            exitCode: how.exitCode,
            duration: Date.now() - run.started,
            reason: vscode.l10n.t("The extension's own runner process ended unexpectedly; this is not your snippet's fault."),
            diagnostics: [],
          });
          this.onLost(run, how);
        },
      },
    );
    return run;
  }

  /** Ends a run at once; what it recorded is kept. */
  stop(run: Run, reason = vscode.l10n.t("Stopped by you.")): void {
    const entry = this.active.get(run.id);
    if (!entry) return;
    entry.runner.stop(run.id, reason);
    setTimeout(() => {
      if (!this.active.has(run.id)) return;
      entry.runner.dispose();
      this.end(entry.run, { outcome: "killed", exitCode: null, duration: Date.now() - run.started, reason, diagnostics: [] });
    }, FORCE_AFTER);
  }

  /** Takes up a run of this document that an earlier window kept. */
  restore(kept: KeptRun, document: vscode.Uri): Run {
    const { id, file, text, mode, perturb, started, findings, result, costs, before, trace, traceBytes } = kept;
    this.count = Math.max(this.count, id);
    const lost = trace.byteLength < traceBytes;
    const megabytes = Math.ceil(traceBytes / (1 << 20));
    const reason = vscode.l10n.t("This run was made before the window was reloaded. Its recording ({0} MB) was too large to keep: run it again to see it.", megabytes);
    const run: Run = { id, document, file, text, mode, perturb, started, findings, costs, trace: [trace], result: lost ? { ...result, reason } : result, ...(before ? { before } : {}) };
    if (WHOLE.includes(result.outcome)) this.whole.set(keyOf(run), run);
    else if (before) this.whole.set(keyOf(run), { findings: before.findings, text: before.sameText ? text : undefined });
    this.restored.fire(run);
    return run;
  }

  dispose(): void {
    for (const disposable of [this.forgetting, this.started, this.traced, this.found, this.ended, this.restored]) disposable.dispose();
  }

  /** A run is compared with one of the same mode: what is wrong with threads need not be so with processes. */
  private before(document: vscode.TextDocument, mode: RunMode): RunBefore | undefined {
    const earlier = this.whole.get(keyOf({ document: document.uri, mode }));
    return earlier && { findings: earlier.findings, sameText: earlier.text === document.getText() };
  }

  private receive(run: MutableRun, runner: RunnerProcess, message: FromRunner): void {
    switch (message.type) {
      case "ready":
      case "failure": // told by onLost, with the details
      case "progress":
      case "compared": // a comparison's
        return;
      case "trace":
        if (message.run !== run.id) return;
        run.trace.push(message.bytes);
        this.traced.fire({ run, bytes: message.bytes });
        return;
      case "findings":
        if (message.run !== run.id) return;
        run.findings = message.findings;
        this.found.fire(run);
        return;
      case "end":
        if (message.run !== run.id) return;
        run.costs = message.report.costs ?? [];
        this.end(run, message.result);
        this.pool.giveBack(runner);
        return;
      default:
        message satisfies never;
    }
  }

  private end(run: MutableRun, result: RunResult): void {
    if (!this.active.delete(run.id)) return;
    run.result = result;
    if (WHOLE.includes(result.outcome)) this.whole.set(keyOf(run), run);
    this.ended.fire(run);
  }
}
