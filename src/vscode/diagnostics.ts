import * as vscode from "vscode";
import type { LocatedFinding } from "../report/contract";
import type { Diagnostic } from "../trace";
import { type FindingWords, type PlacedDiagnostic, type Span, placeFinding, shift, spanOf } from "./finding-diagnostics";
import type { Run, Runs } from "./runs";
import { samePath } from "./text";

const SOURCE = "concurrency";

const words: FindingWords = {
  read: (task) => vscode.l10n.t("Task {0} reads here", task),
  write: (task) => vscode.l10n.t("Task {0} writes here", task),
  update: (task) => vscode.l10n.t("Task {0} reads and writes here", task),
  waits: (task, object) => vscode.l10n.t("Task {0} waits here for {1}", task, object),
};

/** Findings and compiler messages as squiggles. They stay until the next run, or until their own line is edited. */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("concurrency-playground");
  /** The documents that each snippet's last run put something into. */
  private readonly touched = new Map<string, vscode.Uri[]>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(runs: Runs) {
    this.subscriptions = [
      this.collection,
      runs.onStart((run) => this.clear(run.document)),
      runs.onFindings((run) => this.show(run)),
      runs.onEnd((run) => this.show(run)),
      runs.onRestore((run) => void this.showAgain(run)),
      vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document.isUntitled) this.clear(document.uri);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private clear(snippet: vscode.Uri): void {
    for (const uri of this.touched.get(snippet.toString()) ?? []) this.collection.delete(uri);
    this.touched.delete(snippet.toString());
  }

  /** What an earlier window showed, unless the text has changed since the run: places would be wrong. */
  private async showAgain(run: Run): Promise<void> {
    const document = await vscode.workspace.openTextDocument(run.document);
    if (document.getText() === run.text) this.show(run);
  }

  private show(run: Run): void {
    const placed = [
      ...run.findings.flatMap((finding: LocatedFinding) => placeFinding(finding, words)),
      ...(run.result?.diagnostics ?? []).map(placeCompilerMessage),
    ];
    const uriOf = (file: string): vscode.Uri => (samePath(file, run.file) ? run.document : vscode.Uri.file(file));
    const byUri = new Map<string, { uri: vscode.Uri; list: vscode.Diagnostic[] }>();
    for (const one of placed) {
      const uri = uriOf(one.file);
      const entry = byUri.get(uri.toString()) ?? { uri, list: [] };
      entry.list.push(toDiagnostic(one, uriOf));
      byUri.set(uri.toString(), entry);
    }
    this.clear(run.document);
    for (const { uri, list } of byUri.values()) this.collection.set(uri, list);
    this.touched.set(run.document.toString(), [...byUri.values()].map(({ uri }) => uri));
  }

  /** Moves what an edit moves and drops what it touches. */
  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const known = this.collection.get(document.uri);
    if (!known || known.length === 0 || contentChanges.length === 0) return;
    let list = [...known];
    for (const { range, text } of contentChanges) {
      const change = {
        startLine: range.start.line,
        startColumn: range.start.character,
        endLine: range.end.line,
        insertedLines: text.split(/\r\n|\r|\n/).length - 1,
      };
      list = list.flatMap((diagnostic) => {
        const span = shift(fromRange(diagnostic.range), change);
        if (!span) return [];
        const moved = new vscode.Diagnostic(toRange(span), diagnostic.message, diagnostic.severity);
        moved.source = diagnostic.source ?? SOURCE;
        if (diagnostic.code !== undefined) moved.code = diagnostic.code;
        moved.relatedInformation = (diagnostic.relatedInformation ?? []).flatMap((related) => {
          if (related.location.uri.toString() !== document.uri.toString()) return [related];
          const at = shift(fromRange(related.location.range), change);
          return at ? [new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, toRange(at)), related.message)] : [];
        });
        return [moved];
      });
    }
    this.collection.set(document.uri, list);
  }
}

function placeCompilerMessage(message: Diagnostic): PlacedDiagnostic {
  const { file, severity, code, message: text } = message;
  return { file, span: spanOf(message), severity, code, message: text, related: [] };
}

function toDiagnostic(placed: PlacedDiagnostic, uriOf: (file: string) => vscode.Uri): vscode.Diagnostic {
  const severity = placed.severity === "error" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(toRange(placed.span), placed.message, severity);
  diagnostic.source = SOURCE;
  diagnostic.code = placed.code;
  diagnostic.relatedInformation = placed.related.map(
    ({ file, span, message }) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uriOf(file), toRange(span)), message),
  );
  return diagnostic;
}

function toRange(span: Span): vscode.Range {
  return new vscode.Range(span.startLine, span.startColumn, span.endLine, span.endColumn);
}

function fromRange(range: vscode.Range): Span {
  return { startLine: range.start.line, startColumn: range.start.character, endLine: range.end.line, endColumn: range.end.character };
}
