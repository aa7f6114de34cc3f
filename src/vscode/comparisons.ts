import * as vscode from "vscode";
import type { RunMode } from "../trace";
import type { KeptComparison } from "./kept-runs";
import { type ComparisonState } from "./panel-messages";
import type { FromRunner } from "./runner-messages";
import type { RunnerPool } from "./runner-pool";
import type { RunnerLoss, RunnerProcess } from "./runner-process";
import { FORCE_AFTER, pathOf } from "./runs";
import { compareRuns, runSettings } from "./settings";

/** A document being run both ways, or that has been. */
export interface ComparisonJob {
  readonly id: number;
  readonly document: vscode.Uri;
  readonly file: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly state: ComparisonState;
}

type MutableJob = { -readonly [K in keyof ComparisonJob]: ComparisonJob[K] };

/** Both modes take turns. */
const MODES: readonly RunMode[] = ["threads", "processes"];
/** Each mode's runs of the snippet, and as many of the standard exchange of messages. */
const PARTS = 2;

/** Starts and stops comparisons; each document has at most one. */
export class Comparisons implements vscode.Disposable {
  private readonly active = new Map<number, { job: MutableJob; runner: RunnerProcess }>();
  private count = 0;
  private readonly started = new vscode.EventEmitter<ComparisonJob>();
  private readonly changed = new vscode.EventEmitter<ComparisonJob>();
  readonly onStart = this.started.event;
  /** Each time that its state has changed, the end included. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly pool: RunnerPool,
    private readonly onLost: (job: ComparisonJob, how: RunnerLoss) => void,
  ) {}

  get running(): ComparisonJob[] {
    return [...this.active.values()].map(({ job }) => job);
  }

  of(document: vscode.Uri): ComparisonJob | undefined {
    return this.running.find((job) => job.document.toString() === document.toString());
  }

  /** Compares the document's present text, saved or not. */
  start(document: vscode.TextDocument): ComparisonJob {
    const earlier = this.of(document.uri);
    if (earlier) this.stop(earlier, vscode.l10n.t("Stopped: it was started again."));
    const file = pathOf(document);
    const runs = compareRuns(document.uri);
    const job: MutableJob = {
      id: ++this.count,
      document: document.uri,
      file,
      started: Date.now(),
      state: { running: true, done: 0, of: runs * MODES.length * PARTS, comparison: null, diagnostics: [] },
    };
    const runner = this.pool.take();
    this.active.set(job.id, { job, runner });
    this.started.fire(job);
    runner.compare(
      job.id,
      { file, text: document.getText(), runs, locale: vscode.env.language, ...runSettings(document.uri) },
      {
        onMessage: (message) => this.receive(job, runner, message),
        onLost: (how) => {
          this.end(job, { reason: vscode.l10n.t("The extension's own runner process ended unexpectedly; this is not your snippet's fault.") });
          this.onLost(job, how);
        },
      },
    );
    return job;
  }

  /** Ends it at once; what its runs have told so far is kept. */
  stop(job: ComparisonJob, reason = vscode.l10n.t("Stopped by you.")): void {
    const entry = this.active.get(job.id);
    if (!entry) return;
    entry.job.state = { ...entry.job.state, reason };
    entry.runner.stop(job.id, reason);
    setTimeout(() => {
      if (!this.active.has(job.id)) return;
      entry.runner.dispose();
      this.end(entry.job, {});
    }, FORCE_AFTER);
  }

  /** Takes up a comparison of this document that an earlier window kept. */
  restore({ file, started, state }: KeptComparison, document: vscode.Uri): ComparisonJob {
    return { id: ++this.count, document, file, started, state };
  }

  dispose(): void {
    this.started.dispose();
    this.changed.dispose();
  }

  private receive(job: MutableJob, runner: RunnerProcess, message: FromRunner): void {
    switch (message.type) {
      case "ready":
      case "failure": // told by onLost, with the details
      case "trace":
      case "findings":
      case "end": // a run's
        return;
      case "progress":
        if (message.run !== job.id) return;
        job.state = { ...job.state, done: message.done, of: message.of, comparison: message.comparison };
        this.changed.fire(job);
        return;
      case "compared": {
        if (message.run !== job.id) return;
        const { result, comparison } = message;
        this.end(job, { ...(comparison ? { comparison } : {}), diagnostics: result.outcome === "not-compiled" ? result.diagnostics : [] });
        this.pool.giveBack(runner);
        return;
      }
      default:
        message satisfies never;
    }
  }

  private end(job: MutableJob, last: Partial<ComparisonState>): void {
    if (!this.active.delete(job.id)) return;
    job.state = { ...job.state, ...last, running: false };
    this.changed.fire(job);
  }
}
