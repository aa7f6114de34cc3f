import * as vscode from "vscode";
import type { Diagnostic, DiagnosticFix } from "../trace";
import type { Run, Runs } from "./runs";
import { samePath } from "./text";

/** Quick fixes that the compiler has found to be safe, as long as the text is the one that it has seen. */
export class CompilerFixes implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly last = new Map<string, Run>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(runs: Runs) {
    this.subscriptions = [
      runs.onEnd((run) => this.last.set(run.document.toString(), run)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.last.delete(uri.toString())),
      vscode.languages.registerCodeActionsProvider(["typescript", "javascript"], this, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    ];
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const run = this.last.get(document.uri.toString());
    // The edits' places are those of the text that was compiled; other files may have changed since.
    if (!run?.result || run.text !== document.getText()) return [];
    return run.result.diagnostics.flatMap((one) => {
      const { fix } = one;
      const inside = one.line - 1 >= range.start.line && one.line - 1 <= range.end.line;
      if (!fix || !inside || !samePath(one.file, run.file) || !fix.edits.every(({ file }) => samePath(file, run.file))) return [];
      return [action(document, one, fix, context)];
    });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function action(document: vscode.TextDocument, { code, message }: Diagnostic, fix: DiagnosticFix, context: vscode.CodeActionContext): vscode.CodeAction {
  const made = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
  made.edit = new vscode.WorkspaceEdit();
  for (const { line, column, endLine, endColumn, text } of fix.edits) made.edit.replace(document.uri, new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1), text);
  made.diagnostics = context.diagnostics.filter((one) => one.code === code && one.message === message);
  made.isPreferred = true;
  return made;
}

function titleOf({ kind, name }: DiagnosticFix): string {
  switch (kind) {
    case "make-shared":
      return vscode.l10n.t("Make {0} shared", name);
    case "rename":
      return vscode.l10n.t("Change to {0}", name);
  }
}
