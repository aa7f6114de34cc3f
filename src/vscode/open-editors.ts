import * as vscode from "vscode";

/** The column of the document's editor, if it has one (a tab; it need not be the visible one). */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  for (const group of vscode.window.tabGroups.all) {
    for (const { input } of group.tabs) {
      if (input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()) return group.viewColumn;
    }
  }
  return undefined;
}

export function isOpen(uri: vscode.Uri): boolean {
  return columnOf(uri) !== undefined;
}
