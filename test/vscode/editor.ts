import assert from "node:assert/strict";
import * as path from "node:path";
import Mocha from "mocha";
import * as vscode from "vscode";
import type { Api } from "../../src/vscode/extension";
import type { Run } from "../../src/vscode/runs";

const ID = "concurrency-playground.concurrency-playground";

export async function extension(): Promise<Api> {
  const found = vscode.extensions.getExtension<Api>(ID);
  if (!found) throw new Error(`${ID} is not there`);
  return found.activate();
}

export function root(): string {
  return vscode.extensions.getExtension(ID)!.extensionPath;
}

/** Opens a file of fixtures/ (or of samples/, by its path from the project's root). */
export async function open(name: string): Promise<vscode.TextDocument> {
  const file = name.includes("/") ? path.join(root(), name) : path.join(root(), "test", "vscode", "fixtures", name);
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

/** Each file of tests has a copy of this module. */
const COPY = Date.now().toString(36);
let untitledCount = 0;

/**
 * An unsaved document with this content and a name of its own: the editor gives the name of a closed one ("Untitled-1")
 * to the next, which may then still find the other's text.
 */
export async function unsavedDocument(content: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const uri = vscode.Uri.joinPath(folder, `unsaved-${process.pid}-${COPY}-${++untitledCount}.ts`).with({ scheme: "untitled" });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), content);
  assert.ok(await vscode.workspace.applyEdit(edit), "the text of an unsaved document");
  assert.equal(document.getText(), content);
  return document;
}

/** Resolves with the first value that is there; asks again whenever `changes` fires, and now and then. */
export function until<T>(value: () => T | undefined | false, what: string, timeout = 30_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const look = (): void => {
      const now = value();
      if (now !== undefined && now !== false) resolve(now);
      else if (Date.now() - started > timeout) reject(new Error(`waited ${timeout / 1000} s for ${what}`));
      else setTimeout(look, 50);
    };
    look();
  });
}

/** The document's run; the command has been given before. */
export function ended(run: Run): Promise<NonNullable<Run["result"]>> {
  return until(() => run.result, `the end of ${path.basename(run.file)}`);
}

export async function endsAs(outcome: string, run: Run): Promise<void> {
  const result = await ended(run);
  assert.equal(result.outcome, outcome, `${result.outcome}: ${result.reason ?? "no reason given"}\nThe snippet:\n${run.text}`);
}

export async function start(document: vscode.TextDocument, mode: "threads" | "processes"): Promise<Run> {
  const { runs } = await extension();
  const begun = new Promise<Run>((resolve) => {
    const once = runs.onStart((run) => {
      once.dispose();
      resolve(run);
    });
  });
  await vscode.commands.executeCommand(mode === "threads" ? "concurrencyPlayground.runAsThreads" : "concurrencyPlayground.runAsProcesses", document.uri);
  return begun;
}

/** Diagnostics that this extension made. */
export function ours(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "concurrency");
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** Says something beside the results. */
export function log(text: string): void {
  Mocha.reporters.Base.consoleLog(text);
}
