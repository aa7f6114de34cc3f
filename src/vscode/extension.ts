import * as vscode from "vscode";
import type { RunResult } from "../run/types";
import { RunCodeLens } from "./code-lens";
import { Comparisons } from "./comparisons";
import { registerCommands } from "./commands";
import { CompilerFixes } from "./compiler-fixes";
import { Diagnostics } from "./diagnostics";
import { FindingFixes } from "./finding-fixes";
import { Failures } from "./failures";
import { KeptRuns } from "./kept-runs";
import { Panels } from "./panels";
import { RunnerPool } from "./runner-pool";
import { type Run, Runs } from "./runs";
import { nodePath, prewarms } from "./settings";
import { findSnippet } from "./snippet";
import { isOpen } from "./open-editors";
import { StatusBar } from "./status-bar";
import { TypesOffer } from "./types-offer";

/** What the extension's own tests may see of it. */
export interface Api {
  readonly runs: Runs;
  readonly comparisons: Comparisons;
  readonly panels: Panels;
  readonly statusBar: StatusBar;
  readonly findingFixes: FindingFixes;
  /** Milliseconds that activation took. */
  readonly activation: number;
}

const LANGUAGES = ["typescript", "javascript"];
/** Typing settles before the file is looked at. */
const SETTLE = 300;

let end: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const began = performance.now();
  const runners = new RunnerPool(vscode.Uri.joinPath(context.extensionUri, "dist", "runner.js").fsPath, nodePath);
  const failures = new Failures(context.extension.packageJSON.version as string);
  const runs = new Runs(runners, ({ file, mode }, how) => failures.runnerLost(file, mode, how));
  const comparisons = new Comparisons(runners, ({ file }, how) => failures.runnerLost(file, "compare", how));
  const types = new TypesOffer(vscode.Uri.joinPath(context.extensionUri, "dist", "types"));
  const { fsPath: storage } = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "runs");
  const kept = new KeptRuns(storage, context.extension.packageJSON.version as string, (error) => failures.keeping(error));
  const keep = (run: Run, result: RunResult): void => kept.save({ ...run, document: run.document.toString(), result });
  end = async () => {
    const reason = vscode.l10n.t("Stopped: the window was closed or reloaded.");
    for (const { document, file, started, state } of comparisons.running) {
      kept.saveComparison({ document: document.toString(), file, started, state: { ...state, running: false, reason } });
    }
    for (const run of runs.running) keep(run, { outcome: "killed", exitCode: null, duration: Date.now() - run.started, reason, diagnostics: [] });
    await Promise.all([runners.dispose(), kept.settled()]);
  };
  const panels = new Panels(context.extensionUri, runs, comparisons, kept, {
    run: (document, mode) => void vscode.commands.executeCommand(mode === "threads" ? "concurrencyPlayground.runAsThreads" : "concurrencyPlayground.runAsProcesses", document),
    compare: (document) => void vscode.commands.executeCommand("concurrencyPlayground.compare", document),
    stop: (document) => {
      const run = runs.of(document);
      if (run) runs.stop(run);
      const comparison = comparisons.of(document);
      if (comparison) comparisons.stop(comparison);
    },
    saveTrace: () => void vscode.commands.executeCommand("concurrencyPlayground.saveTrace"),
    failed: (message, stack) => failures.panel(message, stack),
  });
  const statusBar = new StatusBar(runs, comparisons);
  const findingFixes = new FindingFixes(runs);
  context.subscriptions.push(
    failures,
    runs,
    comparisons,
    panels,
    types,
    statusBar,
    new Diagnostics(runs),
    new CompilerFixes(runs),
    findingFixes,
    runs.onEnd((run) => {
      if (run.result) keep(run, run.result);
    }),
    comparisons.onChange(({ document, file, started, state }) => {
      if (!state.running) kept.saveComparison({ document: document.toString(), file, started, state });
    }),
    vscode.languages.registerCodeLensProvider(LANGUAGES.map((language) => ({ language })), new RunCodeLens()),
    ...registerCommands({ runs, comparisons, panels, types }),
    ...watchEditors(runs, comparisons, runners),
  );
  return { runs, comparisons, panels, statusBar, findingFixes, activation: performance.now() - began };
}

/** Every run ends with the extension, and is kept for the next window; VS Code waits for this promise. */
export async function deactivate(): Promise<void> {
  await end?.();
}

function watchEditors(runs: Runs, comparisons: Comparisons, runners: RunnerPool): vscode.Disposable[] {
  const look = (editors: readonly vscode.TextEditor[]): void => {
    const snippet = editors.some(({ document }) => isSnippet(document));
    void vscode.commands.executeCommand("setContext", "concurrencyPlayground.isSnippet", activeIsSnippet());
    if (snippet && vscode.workspace.isTrusted && prewarms()) runners.warm();
  };
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => look(vscode.window.visibleTextEditors), SETTLE);
  };
  soon();
  return [
    { dispose: () => clearTimeout(timer) },
    vscode.window.onDidChangeVisibleTextEditors(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) soon();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(soon),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) {
        if (!(input instanceof vscode.TabInputText) || isOpen(input.uri)) continue;
        const run = runs.of(input.uri);
        if (run) runs.stop(run, vscode.l10n.t("Stopped: its editor was closed."));
        const comparison = comparisons.of(input.uri);
        if (comparison) comparisons.stop(comparison, vscode.l10n.t("Stopped: its editor was closed."));
      }
    }),
    ...["concurrencyPlayground.running"].flatMap((key) => {
      const update = (): void => void vscode.commands.executeCommand("setContext", key, runs.running.length + comparisons.running.length > 0);
      return [runs.onStart(update), runs.onEnd(update), comparisons.onStart(update), comparisons.onChange(update)];
    }),
  ];
}

function isSnippet(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) && findSnippet(document.getText()) !== undefined;
}

function activeIsSnippet(): boolean {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isSnippet(document);
}

