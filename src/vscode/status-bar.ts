import * as vscode from "vscode";
import type { ComparisonJob, Comparisons } from "./comparisons";
import type { Run, Runs } from "./runs";

/** Says that something runs, for how long, and stops it on a click. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("concurrencyPlayground.run", vscode.StatusBarAlignment.Left, 100);
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly runs: Runs,
    private readonly comparisons: Comparisons,
  ) {
    this.item.name = vscode.l10n.t("Concurrency Playground: Run in Progress");
    this.item.command = "concurrencyPlayground.stop";
    const update = (): void => this.update();
    this.subscriptions = [this.item, runs.onStart(update), runs.onEnd(update), comparisons.onStart(update), comparisons.onChange(update)];
  }

  /** What it says now; undefined while nothing runs. */
  get text(): string | undefined {
    return this.timer ? this.item.text : undefined;
  }

  dispose(): void {
    clearInterval(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(): void {
    const [run] = this.runs.running;
    const [comparison] = this.comparisons.running;
    const count = this.runs.running.length + this.comparisons.running.length;
    if (count === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.item.hide();
      return;
    }
    this.item.text = `$(sync~spin) ${count > 1 ? vscode.l10n.t("{0} snippets are running", count) : run ? runText(run) : comparison ? comparisonText(comparison) : ""}`;
    this.item.tooltip = vscode.l10n.t("Click to stop");
    this.item.show();
    this.timer ??= setInterval(() => this.update(), 1000);
  }
}

function runText({ mode, started }: Run): string {
  const seconds = Math.floor((Date.now() - started) / 1000);
  return mode === "threads" ? vscode.l10n.t("Running as threads: {0} s", seconds) : vscode.l10n.t("Running as processes: {0} s", seconds);
}

function comparisonText({ state: { done, of } }: ComparisonJob): string {
  return vscode.l10n.t("Comparing: run {0} of {1}", Math.min(done + 1, of), of);
}
