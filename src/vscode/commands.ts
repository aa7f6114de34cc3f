import * as path from "node:path";
import * as vscode from "vscode";
import type { RunMode } from "../trace";
import type { ComparisonJob, Comparisons } from "./comparisons";
import type { PanelCommand } from "./panel-messages";
import type { Panels } from "./panels";
import type { Run, Runs } from "./runs";
import { perturbSeed } from "./settings";
import { concat } from "./trace-batch";
import type { TypesOffer } from "./types-offer";

interface Parts {
  readonly runs: Runs;
  readonly comparisons: Comparisons;
  readonly panels: Panels;
  readonly types: TypesOffer;
}

const PANEL_COMMANDS: readonly PanelCommand[] = [
  "stepForward",
  "stepBack",
  "play",
  "zoomIn",
  "zoomOut",
  "fit",
  "help",
  "nextFinding",
  "previousFinding",
];

export function registerCommands(parts: Parts): vscode.Disposable[] {
  const { panels, types } = parts;
  const command = (name: string, body: (...args: unknown[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`concurrencyPlayground.${name}`, body);
  return [
    command("runAsThreads", (uri) => run(parts, documentFor(panels, uri), "threads")),
    command("runAsProcesses", (uri) => run(parts, documentFor(panels, uri), "processes")),
    command("runAgain", (uri) => {
      const document = documentFor(panels, uri);
      return run(parts, document, (document && panels.of(document)?.lastMode) ?? "threads");
    }),
    command("compare", (uri) => compare(parts, documentFor(panels, uri))),
    command("stop", () => stop(parts)),
    command("showPanel", async () => {
      const document = documentFor(panels, undefined);
      if (document) await panels.showLast(document);
      else void vscode.window.showInformationMessage(vscode.l10n.t("Open a snippet first: a file that imports concurrency-playground or node:worker_threads."));
    }),
    command("saveTrace", () => saveTrace(panels.current()?.currentRun)),
    command("addTypes", async (uri) => {
      const document = documentFor(panels, uri);
      const target = document && (await types.add(document));
      if (target) void vscode.window.showInformationMessage(vscode.l10n.t("The types are in {0}.", target.fsPath));
    }),
    ...PANEL_COMMANDS.map((name) => command(name, () => panels.current()?.command(name))),
  ];
}

/** What a command means: what it was given, the focused panel's snippet, or the editor's. */
function documentFor(panels: Panels, uri: unknown): vscode.Uri | undefined {
  if (uri instanceof vscode.Uri) return uri;
  const editor = vscode.window.activeTextEditor;
  const panel = panels.current();
  if (panel?.active) return panel.document;
  if (editor && ["typescript", "javascript"].includes(editor.document.languageId)) return editor.document.uri;
  return panel?.document;
}

async function run({ runs, comparisons, panels }: Parts, uri: vscode.Uri | undefined, mode: RunMode): Promise<void> {
  const document = await documentToRun(uri);
  if (!document) return;
  const comparison = comparisons.of(document.uri);
  if (comparison) comparisons.stop(comparison, vscode.l10n.t("Stopped: a run was started."));
  const panel = panels.of(document.uri);
  runs.start(document, mode, panel ? panel.perturb : perturbSeed(document.uri));
}

async function compare({ runs, comparisons }: Parts, uri: vscode.Uri | undefined): Promise<void> {
  const document = await documentToRun(uri);
  if (!document) return;
  const run = runs.of(document.uri);
  if (run) runs.stop(run, vscode.l10n.t("Stopped: a comparison was started."));
  comparisons.start(document);
}

/** The document, if it may be run; says so if not. */
async function documentToRun(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
  if (!vscode.workspace.isTrusted) {
    const manage = vscode.l10n.t("Manage Workspace Trust");
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("This folder is not trusted, so its programs are not run: a snippet runs for real, with all that you may do yourself."),
      manage,
    );
    if (answer === manage) await vscode.commands.executeCommand("workbench.trust.manage");
    return undefined;
  }
  if (!uri) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a TypeScript or JavaScript file to run it."));
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  // A preview would give way to the next file that is looked at, and closing an editor stops its run.
  // Nothing waits for it: what is asked of the window later is done later.
  if (vscode.window.activeTextEditor?.document === document) void vscode.commands.executeCommand("workbench.action.keepEditor");
  return document;
}

async function stop({ runs, comparisons, panels }: Parts): Promise<void> {
  const running: readonly { readonly of: Run | ComparisonJob; stop(): void }[] = [
    ...runs.running.map((one) => ({ of: one, stop: () => runs.stop(one) })),
    ...comparisons.running.map((one) => ({ of: one, stop: () => comparisons.stop(one) })),
  ];
  const current = panels.current()?.document.toString();
  const meant = running.find(({ of }) => of.document.toString() === current) ?? (running.length === 1 ? running[0] : undefined);
  if (meant) {
    meant.stop();
    return;
  }
  if (running.length === 0) return;
  const picked = await vscode.window.showQuickPick(
    running.map((one) => ({ label: path.basename(one.of.file), description: one.of.file, one })),
    { placeHolder: vscode.l10n.t("Which run is to be stopped?") },
  );
  picked?.one.stop();
}

async function saveTrace(run: Run | undefined): Promise<void> {
  if (!run) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Run a snippet first: there is no trace yet."));
    return;
  }
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(`${run.file.replace(/\.[^.\\/]+$/, "")}.${run.mode}.cptrace`),
    filters: { [vscode.l10n.t("Concurrency traces")]: ["cptrace"] },
    title: vscode.l10n.t("Save Trace"),
  });
  if (target) await vscode.workspace.fs.writeFile(target, concat(run.trace));
}
