import * as vscode from "vscode";
import { findSnippet } from "./snippet";

/** TypeScript's "Cannot find module". */
const CANNOT_FIND_MODULE = 2307;
const MODULE = "concurrency-playground";

/**
 * Declarations for editors whose TypeScript server takes no plugins (the native one): written, when asked for, as a
 * package into the node_modules of the snippet's folder, where every TypeScript looks.
 */
export class TypesOffer implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  /** Asked about once per window, whatever the answer. */
  private asked = false;

  constructor(private readonly types: vscode.Uri) {
    this.subscriptions = [
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!this.asked && uris.some((uri) => isOpenSnippet(uri) && vscode.languages.getDiagnostics(uri).some(isMissingModule))) {
          void this.ask();
        }
      }),
      vscode.languages.registerCodeActionsProvider(["typescript", "javascript"], this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
  }

  provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const diagnostics = context.diagnostics.filter(isMissingModule);
    if (diagnostics.length === 0) return [];
    const title = vscode.l10n.t("Add types for concurrency-playground");
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command: "concurrencyPlayground.addTypes", arguments: [document.uri] };
    action.diagnostics = diagnostics;
    action.isPreferred = true;
    return [action];
  }

  /** Writes the package; tells where. */
  async add(snippet: vscode.Uri): Promise<vscode.Uri | undefined> {
    const folder = vscode.workspace.getWorkspaceFolder(snippet)?.uri ?? (snippet.scheme === "file" ? vscode.Uri.joinPath(snippet, "..") : undefined);
    if (!folder) {
      void vscode.window.showWarningMessage(vscode.l10n.t("Save the file or open a folder first: the types are put beside it."));
      return undefined;
    }
    const target = vscode.Uri.joinPath(folder, "node_modules", MODULE);
    await vscode.workspace.fs.copy(this.types, target, { overwrite: true });
    const manifest = { name: MODULE, version: "0.0.0", private: true, types: "api.d.ts" };
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(target, "package.json"),
      new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`),
    );
    return target;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async ask(): Promise<void> {
    this.asked = true;
    const add = vscode.l10n.t("Add Types");
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t("This editor's TypeScript does not know concurrency-playground yet. Add its types to the folder? Snippets run without them, too."),
      add,
    );
    if (answer === add) await vscode.commands.executeCommand("concurrencyPlayground.addTypes");
  }
}

function isMissingModule({ code, message }: vscode.Diagnostic): boolean {
  const number = typeof code === "object" ? code.value : code;
  return Number(number) === CANNOT_FIND_MODULE && message.includes(MODULE);
}

function isOpenSnippet(uri: vscode.Uri): boolean {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  return document !== undefined && findSnippet(document.getText()) !== undefined;
}
