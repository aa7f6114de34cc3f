import * as vscode from "vscode";
import { showsCodeLens } from "./settings";
import { findSnippet } from "./snippet";

/** "Run as Threads", "Run as Processes" and "Compare" above the first statement of a snippet. */
export class RunCodeLens implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!showsCodeLens(document.uri)) return [];
    const snippet = findSnippet(document.getText());
    if (!snippet) return [];
    const place = new vscode.Range(snippet.line, 0, snippet.line, 0);
    const lens = (title: string, command: string, tooltip: string): vscode.CodeLens => new vscode.CodeLens(place, { title, tooltip, command, arguments: [document.uri] });
    return [
      lens(`▶ ${vscode.l10n.t("Run as Threads")}`, "concurrencyPlayground.runAsThreads", vscode.l10n.t("spawn() makes threads of one process: they share memory")),
      lens(`▶ ${vscode.l10n.t("Run as Processes")}`, "concurrencyPlayground.runAsProcesses", vscode.l10n.t("spawn() makes processes: each has a memory of its own")),
      lens(vscode.l10n.t("Compare"), "concurrencyPlayground.compare", vscode.l10n.t("Run it both ways, several times, and see what differs: cost, communication, crashes, values")),
    ];
  }
}
