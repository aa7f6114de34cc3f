import * as vscode from "vscode";
import { PANEL_TYPE, Panel, type PanelActions, panelOptions } from "./panel";
import type { Runs } from "./runs";

/** All open panels, one per document, each told of its document's runs. */
export class Panels implements vscode.Disposable {
  private readonly open = new Map<string, Panel>();
  private readonly assets: vscode.Uri;
  private readonly subscriptions: vscode.Disposable[];
  private latest: Panel | undefined;

  constructor(extension: vscode.Uri, private readonly runs: Runs, private readonly actions: PanelActions) {
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
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const document = documentOf(state);
          // Without its document a panel has nothing to show; an unsaved one is gone after a restart.
          if (document && (await exists(document))) this.adopt(panel, document);
          else panel.dispose();
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

  /** Opens the document's panel beside the editor, or shows the one that is open. */
  show(document: vscode.Uri): Panel {
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
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private adopt(webviewPanel: vscode.WebviewPanel, document: vscode.Uri): Panel {
    const panel = new Panel(webviewPanel, document, this.assets, this.actions);
    const key = document.toString();
    this.open.set(key, panel);
    panel.onClose(() => {
      this.open.delete(key);
      if (this.latest === panel) this.latest = undefined;
      const run = this.runs.of(document);
      if (run) this.runs.stop(run, vscode.l10n.t("Stopped: its panel was closed."));
    });
    return panel;
  }
}

/** The page keeps the snippet's path in its state. */
function documentOf(state: unknown): vscode.Uri | undefined {
  if (typeof state !== "object" || state === null || !("file" in state)) return undefined;
  return typeof state.file === "string" ? vscode.Uri.file(state.file) : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
