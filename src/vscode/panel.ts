import * as path from "node:path";
import * as vscode from "vscode";
import type { RunMode } from "../trace";
import type { ComparisonJob } from "./comparisons";
import type { HostToPanel, PanelCommand, PanelToHost } from "./panel-messages";
import { columnOf } from "./open-editors";
import { panelHtml } from "./panel-html";
import { type Run, pathOf } from "./runs";
import { perturbSeed } from "./settings";
import { samePath, smallestChange } from "./text";
import { concat } from "./trace-batch";

export const PANEL_TYPE = "concurrencyPlayground.panel";

/** What a panel asks of the extension. */
export interface PanelActions {
  run(document: vscode.Uri, mode: RunMode): void;
  compare(document: vscode.Uri): void;
  stop(document: vscode.Uri): void;
  saveTrace(run: Run): void;
  failed(message: string, stack: string | undefined): void;
}

export function panelOptions(assets: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [assets] };
}

/**
 * The panel of one document. A hidden webview is destroyed and misses its messages, so the truth stays here: whenever
 * the page says "ready", it is told everything again.
 */
export class Panel implements vscode.Disposable {
  private ready = false;
  private run: Run | undefined;
  private mode: RunMode = "threads";
  /** Chosen in the panel; undefined: what the settings say. */
  private seed: number | null | undefined;
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly closed = new vscode.EventEmitter<void>();
  readonly onClose = this.closed.event;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly document: vscode.Uri,
    private readonly assets: vscode.Uri,
    private readonly actions: PanelActions,
    /** What an earlier window has left. */
    last: Run | undefined,
    private comparison: ComparisonJob | undefined,
  ) {
    this.run = last;
    if (last) this.mode = last.mode;
    panel.title = this.title;
    panel.iconPath = vscode.Uri.joinPath(assets, "..", "..", "media", "icon.png");
    panel.webview.options = panelOptions(assets);
    this.subscriptions.push(
      panel.webview.onDidReceiveMessage((message: PanelToHost) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.ready = false;
      }),
      vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
        if (contentChanges.length > 0 && changed.uri.toString() === document.toString()) {
          this.post({ type: "document", file: pathOf(changed), text: changed.getText() });
        }
      }),
      panel.onDidDispose(() => {
        this.closed.fire();
        for (const subscription of this.subscriptions) subscription.dispose();
        this.closed.dispose();
      }),
    );
    panel.webview.html = panelHtml(panel.webview, assets, this.title);
  }

  get active(): boolean {
    return this.panel.active;
  }

  get currentRun(): Run | undefined {
    return this.run;
  }

  get lastMode(): RunMode {
    return this.mode;
  }

  /** Seed of the random delays of this document's runs; null: none. */
  get perturb(): number | null {
    return this.seed === undefined ? perturbSeed(this.document) : this.seed;
  }

  /** Shows the panel; it stays in its column, or opens beside the editor. Never takes the focus from the editor. */
  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** From now on the panel shows this run. */
  show(run: Run): void {
    this.run = run;
    this.mode = run.mode;
    this.post({ type: "run-started", run: run.id, file: run.file, mode: run.mode, perturb: run.perturb, ...(run.before ? { before: run.before } : {}) });
  }

  addTrace(run: Run, bytes: Uint8Array): void {
    if (run === this.run) this.post({ type: "trace", run: run.id, bytes: concat([bytes]).buffer });
  }

  showFindings(run: Run): void {
    if (run === this.run) this.post({ type: "findings", run: run.id, findings: run.findings });
  }

  showEnd(run: Run): void {
    if (run !== this.run || !run.result) return;
    const { outcome, exitCode, duration, reason, diagnostics } = run.result;
    this.post({
      type: "run-ended",
      run: run.id,
      outcome,
      exitCode,
      duration,
      diagnostics,
      costs: run.costs,
      ...(reason === undefined ? {} : { reason }),
    });
  }

  /** Tells the page of this comparison; one that is new to it, and begun after the run, comes to the front. */
  showComparison(job: ComparisonJob): void {
    this.comparison = job;
    const { state, started } = job;
    this.post({ type: "comparison", state, started, latest: !this.run || this.run.started <= started });
  }

  command(command: PanelCommand): void {
    this.post({ type: "command", command });
  }

  dispose(): void {
    this.panel.dispose();
  }

  private get title(): string {
    return vscode.l10n.t("Concurrency: {0}", path.posix.basename(this.document.path));
  }

  private post(message: HostToPanel): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private async begin(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.document);
    this.ready = true;
    this.post({
      type: "init",
      locale: vscode.env.language,
      file: pathOf(document),
      text: document.getText(),
      mode: this.mode,
      perturb: this.perturb,
      monacoBase: this.panel.webview.asWebviewUri(this.assets).toString(),
    });
    const { run, comparison } = this;
    if (run) {
      this.show(run);
      if (run.trace.length > 0) this.post({ type: "trace", run: run.id, bytes: concat(run.trace).buffer });
      this.showFindings(run);
      this.showEnd(run);
    }
    if (comparison) this.showComparison(comparison);
  }

  private receive(message: PanelToHost): void {
    switch (message.type) {
      case "ready":
        this.begin().catch((error: Error) => this.actions.failed(error.message, error.stack));
        return;
      case "run":
        this.mode = message.mode;
        this.actions.run(this.document, message.mode);
        return;
      case "compare":
        this.actions.compare(this.document);
        return;
      case "perturb":
        this.seed = message.seed;
        return;
      case "stop":
        this.actions.stop(this.document);
        return;
      case "reveal":
        void this.revealSource(message);
        return;
      case "edit":
        void this.edit(message.text);
        return;
      case "save-trace":
        if (this.run) this.actions.saveTrace(this.run);
        return;
      case "copy":
        void vscode.env.clipboard.writeText(message.text);
        return;
      case "failure":
        this.actions.failed(message.message, message.stack);
        return;
      default:
        message satisfies never;
    }
  }

  /** Shows a place in an editor beside the panel, in the column where that file is already, if it is. */
  private async revealSource(place: Extract<PanelToHost, { type: "reveal" }>): Promise<void> {
    const own = this.run && samePath(place.file, this.run.file);
    const uri = own ? this.document : vscode.Uri.file(place.file);
    const document = await openDocument(uri);
    if (!document) {
      void vscode.window.showWarningMessage(vscode.l10n.t("The file {0} is not there any more.", place.file));
      return;
    }
    const start = new vscode.Position(place.line - 1, place.column - 1);
    const end =
      place.endLine === undefined || place.endColumn === undefined ? start : new vscode.Position(place.endLine - 1, place.endColumn - 1);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: columnOf(uri) ?? (this.panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One),
      selection: new vscode.Range(start, end),
      preserveFocus: false,
    });
    editor.revealRange(new vscode.Range(start, end), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** The panel's source was edited: the document itself changes, in the part that differs, so that undo and cursors stay. */
  private async edit(text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.document);
    const change = smallestChange(document.getText(), text);
    if (!change) return;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(this.document, new vscode.Range(document.positionAt(change.start), document.positionAt(change.end)), change.text);
    await vscode.workspace.applyEdit(edit);
  }
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined; // told to the user by the caller
  }
}
