import * as vscode from "vscode";
import type { LocatedFinding } from "../report/contract";
import { topicOf } from "../report/gone";
import { fixesOf, type FindingFix } from "./finding-edits";
import type { Run, Runs } from "./runs";

const APPLIED = "concurrencyPlayground.findingFixed";

interface Promised {
  readonly topic: string;
  readonly message: string;
}

/** Quick fixes for findings, as long as the text is the one that ran; after the document's next run it is told whether the finding is gone. */
export class FindingFixes implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly last = new Map<string, Run>();
  private readonly promised = new Map<string, Promised[]>();
  private readonly subscriptions: vscode.Disposable[];
  /** What was told last, for tests. */
  told: string | undefined;

  constructor(runs: Runs) {
    this.subscriptions = [
      runs.onEnd((run) => {
        this.last.set(run.document.toString(), run);
        this.check(run);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.last.delete(uri.toString());
        this.promised.delete(uri.toString());
      }),
      vscode.commands.registerCommand(APPLIED, (document: string, topic: string, message: string) => {
        this.promised.set(document, [...(this.promised.get(document) ?? []), { topic, message }]);
      }),
      vscode.languages.registerCodeActionsProvider(["typescript", "javascript"], this, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    ];
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const run = this.last.get(document.uri.toString());
    if (!run || run.text !== document.getText()) return [];
    return run.findings
      .filter(({ ranges }) => ranges.some(({ line }) => line - 1 >= range.start.line && line - 1 <= range.end.line))
      .flatMap((finding) => fixesOf(finding, run.text, run.file).map((fix) => action(document, finding, fix, context)));
  }

  private check(run: Run): void {
    const key = run.document.toString();
    const promised = this.promised.get(key) ?? [];
    this.promised.delete(key);
    const topics = new Set(run.findings.map(topicOf));
    for (const { topic, message } of promised) {
      this.told = topics.has(topic) ? vscode.l10n.t("Still there: {0}", message) : vscode.l10n.t("Not found in this run any more: {0}", message);
      void (topics.has(topic) ? vscode.window.showWarningMessage(this.told) : vscode.window.showInformationMessage(this.told));
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function action(document: vscode.TextDocument, finding: LocatedFinding, fix: FindingFix, context: vscode.CodeActionContext): vscode.CodeAction {
  const made = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
  made.edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of fix.edits) made.edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  made.diagnostics = context.diagnostics.filter(({ code, message }) => code === finding.kind && message === finding.message);
  made.command = { command: APPLIED, title: made.title, arguments: [document.uri.toString(), topicOf(finding), finding.message] };
  return made;
}

function titleOf({ kind, name }: FindingFix): string {
  switch (kind) {
    case "with-lock":
      return vscode.l10n.t("Put it under {0}: {0}.withLock(…)", name);
    case "with-new-lock":
      return vscode.l10n.t("Put it under a new Mutex {0}", name);
    case "atomic":
      return vscode.l10n.t("Make {0} an Atomic", name);
    case "while":
      return vscode.l10n.t("Look again after waiting: while instead of if");
    case "same-order":
      return vscode.l10n.t("Take {0} first, as the other task does", name);
  }
}
