import * as vscode from "vscode";
import type { Runs } from "./runs";

/** Says that something runs, for how long, and stops it on a click. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("concurrencyPlayground.run", vscode.StatusBarAlignment.Left, 100);
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly runs: Runs) {
    this.item.name = vscode.l10n.t("Concurrency Playground: Run in Progress");
    this.item.command = "concurrencyPlayground.stop";
    this.subscriptions = [this.item, runs.onStart(() => this.update()), runs.onEnd(() => this.update())];
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
    const { running } = this.runs;
    const [run] = running;
    if (!run) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.item.hide();
      return;
    }
    const seconds = Math.floor((Date.now() - run.started) / 1000);
    const what =
      running.length > 1
        ? vscode.l10n.t("{0} snippets are running", running.length)
        : run.mode === "threads"
          ? vscode.l10n.t("Running as threads: {0} s", seconds)
          : vscode.l10n.t("Running as processes: {0} s", seconds);
    this.item.text = `$(sync~spin) ${what}`;
    this.item.tooltip = vscode.l10n.t("Click to stop");
    this.item.show();
    this.timer ??= setInterval(() => this.update(), 1000);
  }
}
