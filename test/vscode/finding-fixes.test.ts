import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, endsAs, extension, start, unsavedDocument } from "./editor";

const TEXT = `import { spawn, shared } from "concurrency-playground";
let n = shared(0);
function add() {
  n++;
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
`;

describe("quick fixes of findings", () => {
  afterEach(closeAll);

  it("put an update under a lock, after which the run tells that the race is gone", async () => {
    const document = await unsavedDocument(TEXT);
    await vscode.window.showTextDocument(document);
    const first = await start(document, "threads");
    await endsAs("completed", first);
    assert.ok(first.findings.some(({ kind }) => kind === "data-race"));
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, new vscode.Range(3, 2, 3, 2), vscode.CodeActionKind.QuickFix.value);
    const fix = fixes.find(({ title }) => title === "Put it under a new Mutex nLock");
    assert.ok(fix?.edit && fix.command, "the fix is offered");
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments as unknown[]));
    assert.match(document.getText(), /const nLock = new Mutex\(\);\nfunction add\(\) \{\n {2}nLock\.withLock\(\(\) => \{ n\+\+; \}\);/);
    const second = await start(document, "threads");
    await endsAs("completed", second);
    assert.deepEqual(second.findings, []);
    const { findingFixes } = await extension();
    assert.match(findingFixes.told ?? "", /^Not found in this run any more: Data race on "n"/);
  });
});
