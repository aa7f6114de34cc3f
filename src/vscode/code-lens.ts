import * as vscode from "vscode";
import { showsCodeLens } from "./settings";
import { findSnippet } from "./snippet";

/** "Run as Threads" and "Run as Processes" above the first statement of a snippet. */
export class RunCodeLens implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!showsCodeLens(document.uri)) return [];
    const snippet = findSnippet(document.getText());
    if (!snippet) return [];
    const place = new vscode.Range(snippet.line, 0, snippet.line, 0);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(place, { title: `▶ ${title}`, command, arguments: [document.uri] });
    return [
      lens(vscode.l10n.t("Run as Threads"), "concurrencyPlayground.runAsThreads"),
      lens(vscode.l10n.t("Run as Processes"), "concurrencyPlayground.runAsProcesses"),
    ];
  }
}
