import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, ended, endsAs, open, ours, start, until } from "./editor";

describe("diagnostics", () => {
  afterEach(closeAll);

  it("show a data race at its line, with the other access as related information", async () => {
    const document = await open("race.ts");
    await ended(await start(document, "threads"));
    const race = await until(() => ours(document).find(({ code }) => code === "data-race"), "the race's diagnostic");
    assert.equal(race.range.start.line, 5);
    assert.equal(race.severity, vscode.DiagnosticSeverity.Error);
    assert.match(race.message, /counter/);
    assert.ok(race.relatedInformation && race.relatedInformation.length > 0);
    assert.equal(race.relatedInformation[0]!.location.uri.toString(), document.uri.toString());
  });

  it("move with the lines above them and go when their own line is edited", async () => {
    // A copy: what is edited here must not be what other tests open.
    const content = (await open("race.ts")).getText();
    const document = await vscode.workspace.openTextDocument({ language: "typescript", content });
    await vscode.window.showTextDocument(document);
    await ended(await start(document, "threads"));
    await until(() => ours(document).length > 0, "the race's diagnostic");
    const above = new vscode.WorkspaceEdit();
    above.insert(document.uri, new vscode.Position(1, 0), "\n\n");
    await vscode.workspace.applyEdit(above);
    await until(() => ours(document).some(({ range }) => range.start.line === 7), "the diagnostic two lines lower");
    const own = new vscode.WorkspaceEdit();
    own.insert(document.uri, new vscode.Position(7, 4), "/* edited */");
    await vscode.workspace.applyEdit(own);
    await until(() => ours(document).every(({ range }) => range.start.line !== 7), "the diagnostic to go");
  });

  it("show a deadlock at the lines where the tasks wait", async () => {
    const document = await open("deadlock.ts");
    await endsAs("deadlocked", await start(document, "threads"));
    const lines = (await until(() => {
      const found = ours(document).filter(({ code }) => code === "deadlock");
      return found.length > 0 && found;
    }, "the deadlock's diagnostics")).map(({ range }) => range.start.line);
    assert.deepEqual(lines.sort((a, b) => a - b), [9, 15]);
  });

  it("show where a snippet does not compile", async () => {
    const content = 'import { spawn } from "concurrency-playground";\n\nfunction work( {\n}\n\nspawn(work);\n';
    const document = await vscode.workspace.openTextDocument({ language: "typescript", content });
    await vscode.window.showTextDocument(document);
    await endsAs("not-compiled", await start(document, "threads"));
    const error = await until(() => ours(document)[0], "the compiler's diagnostic");
    assert.equal(error.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(error.range.start.line, 5, "where the parameter list would have had to end");
  });
});
