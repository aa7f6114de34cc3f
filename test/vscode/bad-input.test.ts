import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, ended, endsAs, extension, ours, start, unsavedDocument, until } from "./editor";

async function unsaved(content: string): Promise<vscode.TextDocument> {
  await extension();
  const document = await unsavedDocument(`import { spawn } from "concurrency-playground";\n${content}`);
  await vscode.window.showTextDocument(document);
  return document;
}

describe("snippets that fail", () => {
  afterEach(closeAll);

  it("by throwing in a task: the place is marked and the run ends as crashed", async () => {
    const document = await unsaved("function work() {\n  throw new Error('boom');\n}\nspawn(work).join();\n");
    await endsAs("crashed", await start(document, "threads"));
    const crash = await until(() => ours(document).find(({ code }) => code === "crash"), "the crash's diagnostic");
    assert.equal(crash.range.start.line, 2);
    assert.match(crash.message, /boom/);
  });

  it("by importing what is not there: the import is marked", async () => {
    const document = await unsaved('import { nothing } from "./nowhere";\nspawn(nothing);\n');
    await endsAs("not-compiled", await start(document, "threads"));
    const error = await until(() => ours(document)[0], "the compiler's diagnostic");
    assert.equal(error.range.start.line, 1);
  });

  it("by printing a million lines: the extension host goes on answering", async function () {
    this.timeout(120_000);
    const document = await unsaved("function work() {\n  for (let i = 0; i < 1_000_000; i++) console.log(i);\n}\nspawn(work).join();\n");
    const run = await start(document, "threads");
    // Where it ended without any, the run says why.
    await until(() => run.trace.length > 1 || run.result, "output", 60_000);
    assert.equal(run.result, undefined, `${run.result?.reason}\nThe snippet:\n${run.text}`);
    const hover = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, new vscode.Position(0, 10));
    assert.ok(Array.isArray(hover));
    (await extension()).runs.stop(run);
    await ended(run);
  });
});
