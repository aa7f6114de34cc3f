import * as vscode from "vscode";
import { isOpen } from "./open-editors";
import { PANEL_TYPE, Panel, type PanelActions, panelOptions } from "./panel";
import type { KeptRuns } from "./kept-runs";
import type { ComparisonJob, Comparisons } from "./comparisons";
import { type Run, type Runs, pathOf } from "./runs";

/** All open panels, one per document, each told of its document's runs. */
export class Panels implements vscode.Disposable {
  private readonly open = new Map<string, Panel>();
  private readonly assets: vscode.Uri;
  private readonly subscriptions: vscode.Disposable[];
  private latest: Panel | undefined;

  constructor(extension: vscode.Uri, private readonly runs: Runs, private readonly comparisons: Comparisons, private readonly kept: KeptRuns, private readonly actions: PanelActions) {
    this.assets = vscode.Uri.joinPath(extension, "dist", "webview");
    this.subscriptions = [
      runs.onStart((run) => {
        const panel = this.show(run.document);
        this.latest = panel;
        panel.show(run);
      }),
      runs.onTrace(({ run, bytes }) => this.of(run.document)?.addTrace(run, bytes)),
      runs.onFindings((run) => this.of(run.document)?.showFindings(run)),
      runs.onEnd((run) => this.of(run.document)?.showEnd(run)),
      comparisons.onStart((job) => {
        const panel = this.show(job.document);
        this.latest = panel;
        panel.showComparison(job);
      }),
      comparisons.onChange((job) => this.of(job.document)?.showComparison(job)),
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const file = fileOf(state);
          const kept = file === undefined ? undefined : await this.kept.load(file);
          const comparison = file === undefined ? undefined : await this.kept.loadComparison(file);
          const document = (kept ?? comparison) ? vscode.Uri.parse((kept ?? comparison)!.document, true) : file === undefined ? undefined : vscode.Uri.file(file);
          // Without its document a panel has nothing to show: a deleted file, or an unsaved one that was not restored.
          if (!document || this.of(document) || !(await exists(document))) panel.dispose();
          else this.adopt(panel, document, kept && this.runs.restore(kept, document), comparison && this.comparisons.restore(comparison, document));
        },
      }),
    ];
  }

  of(document: vscode.Uri): Panel | undefined {
    return this.open.get(document.toString());
  }

  /** The panel that commands mean: the focused one, else the editor's, else the one that was used last. */
  current(editor = vscode.window.activeTextEditor): Panel | undefined {
    for (const panel of this.open.values()) if (panel.active) return panel;
    return (editor && this.of(editor.document.uri)) ?? this.latest;
  }

  /** Like show(), with the document's last run even if that was made before the window was reloaded. */
  async showLast(document: vscode.Uri): Promise<Panel> {
    if (this.of(document)) return this.show(document);
    const file = pathOf(await vscode.workspace.openTextDocument(document));
    const [kept, comparison] = await Promise.all([this.kept.load(file), this.kept.loadComparison(file)]);
    return this.show(document, kept && this.runs.restore(kept, document), comparison && this.comparisons.restore(comparison, document));
  }

  /** Opens the document's panel beside the editor, or shows the one that is open. */
  show(document: vscode.Uri, last?: Run, comparison?: ComparisonJob): Panel {
    const known = this.of(document);
    if (known) {
      known.reveal();
      return known;
    }
    return this.adopt(
      vscode.window.createWebviewPanel(
        PANEL_TYPE,
        "",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        panelOptions(this.assets),
      ),
      document,
      last,
      comparison,
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private adopt(webviewPanel: vscode.WebviewPanel, document: vscode.Uri, last: Run | undefined, comparison: ComparisonJob | undefined): Panel {
    const panel = new Panel(webviewPanel, document, this.assets, this.actions, last, comparison);
    const key = document.toString();
    this.open.set(key, panel);
    panel.onClose(() => {
      this.open.delete(key);
      if (this.latest === panel) this.latest = undefined;
      const run = this.runs.of(document);
      if (run) this.runs.stop(run, vscode.l10n.t("Stopped: its panel was closed."));
      const comparison = this.comparisons.of(document);
      if (comparison) this.comparisons.stop(comparison, vscode.l10n.t("Stopped: its panel was closed."));
    });
    return panel;
  }
}

/** The page keeps the snippet's path in its state. */
function fileOf(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("file" in state)) return undefined;
  return typeof state.file === "string" && state.file !== "" ? state.file : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === "untitled") return isOpen(uri);
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
