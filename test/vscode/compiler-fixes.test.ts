import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, endsAs, start, unsavedDocument } from "./editor";

const TEXT = `import { spawn } from "concurrency-playground";
let n = 0;
function work() {
  n = 5;
}
spawn(work).join();
console.log(n);
`;

const fixesAt = (document: vscode.TextDocument, line: number): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, new vscode.Range(line, 0, line, 6), vscode.CodeActionKind.QuickFix.value);

describe("quick fixes of the compiler", () => {
  afterEach(closeAll);

  it("make a variable shared, after which the warning is gone and the value arrives", async () => {
    const document = await unsavedDocument(TEXT);
    await vscode.window.showTextDocument(document);
    const first = await start(document, "threads");
    await endsAs("completed", first);
    assert.ok(first.result?.diagnostics.some(({ code }) => code === "unshared-variable"));
    const fix = (await fixesAt(document, 3)).find(({ title }) => title === "Make n shared");
    assert.ok(fix?.edit, "the fix is offered");
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /import \{ spawn, shared \}[\s\S]*let n = shared\(0\);/);
    const second = await start(document, "threads");
    await endsAs("completed", second);
    assert.deepEqual(second.result?.diagnostics, []);
    assert.match(Buffer.concat(second.trace).toString("latin1"), /5\n/);
  });

  it("are not offered for a text that has changed since", async () => {
    const document = await unsavedDocument(TEXT);
    await vscode.window.showTextDocument(document);
    await endsAs("completed", await start(document, "threads"));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "// later\n");
    await vscode.workspace.applyEdit(edit);
    assert.equal((await fixesAt(document, 4)).some(({ title }) => title === "Make n shared"), false);
  });
});
