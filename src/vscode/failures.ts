import * as vscode from "vscode";
import type { RunnerLoss } from "./runner-process";

/** Tells our own failures as ours, with what a report of them should hold. */
export class Failures implements vscode.Disposable {
  private channel: vscode.LogOutputChannel | undefined;

  constructor(private readonly version: string) {}

  /** @param what it was doing: a mode, or "compare" */
  runnerLost(file: string, what: string, { exitCode, signal, details }: RunnerLoss): void {
    const how = signal ?? (exitCode === null ? vscode.l10n.t("it could not be started") : vscode.l10n.t("exit code {0}", exitCode));
    this.tell(
      vscode.l10n.t("The runner process of Concurrency Playground ended unexpectedly ({0}). This is a failure of the extension, not of your program.", how),
      `runner: ${how}\ndoing: ${what}\nfile: ${file}\n${details}`,
    );
  }

  panel(message: string, stack: string | undefined): void {
    this.tell(vscode.l10n.t("The panel of Concurrency Playground failed: {0}", message), `panel: ${stack ?? message}`);
  }

  /** A student has nothing to do about it: only logged. */
  keeping(error: Error): void {
    this.log(`keeping runs: ${error.stack ?? error.message}`);
  }

  dispose(): void {
    this.channel?.dispose();
  }

  private tell(message: string, details: string): void {
    const report = this.log(details);
    const show = vscode.l10n.t("Show Details");
    const copy = vscode.l10n.t("Copy Report");
    void vscode.window.showErrorMessage(message, show, copy).then(async (answer) => {
      if (answer === show) this.channel?.show();
      if (answer === copy) await vscode.env.clipboard.writeText(report);
    });
  }

  private log(details: string): string {
    this.channel ??= vscode.window.createOutputChannel("Concurrency Playground", { log: true });
    const report = `Concurrency Playground ${this.version}, VS Code ${vscode.version}, ${process.platform} ${process.arch}, Node ${process.versions.node}\n${details}`;
    this.channel.error(report);
    return report;
  }
}
