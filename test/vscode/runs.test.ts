import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Run } from "../../src/vscode/runs";
import { closeAll, ended, endsAs, extension, open, ours, start, unsavedDocument, until } from "./editor";

describe("runs", () => {
  afterEach(closeAll);

  for (const mode of ["threads", "processes"] as const) {
    it(`end by themselves as ${mode}, with a trace, and the panel is there`, async () => {
      const { panels } = await extension();
      const document = await open("race.ts");
      const run = await start(document, mode);
      const result = await ended(run);
      assert.equal(result.outcome, "completed", result.reason);
      assert.ok(run.trace.length > 0);
      assert.equal(panels.of(document.uri)?.currentRun, run);
    });
  }

  it("show in the status bar until they are stopped, and keep their trace", async () => {
    const { statusBar } = await extension();
    const run = await start(await open("endless.ts"), "threads");
    await until(() => run.trace.length > 0, "the first piece of the trace");
    assert.match(statusBar.text ?? "", /Running as threads: \d+ s/);
    await vscode.commands.executeCommand("concurrencyPlayground.stop");
    const result = await ended(run);
    assert.equal(result.outcome, "killed");
    assert.match(result.reason ?? "", /Stopped by you/);
    assert.equal(statusBar.text, undefined);
  });

  it("end when their panel is closed", async () => {
    const { panels } = await extension();
    const document = await open("endless.ts");
    const run = await start(document, "processes");
    await until(() => run.trace.length > 0, "the first piece of the trace");
    panels.of(document.uri)!.dispose();
    const result = await ended(run);
    assert.equal(result.outcome, "killed");
    assert.match(result.reason ?? "", /panel was closed/);
  });

  it("end when their editor is closed", async () => {
    const document = await open("endless.ts");
    const run = await start(document, "threads");
    await until(() => run.trace.length > 0, "the first piece of the trace");
    const tab = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString());
    await vscode.window.tabGroups.close(tab!);
    assert.match((await ended(run)).reason ?? "", /editor was closed/);
  });

  it("go on side by side for two documents, and each stops alone", async () => {
    const { runs } = await extension();
    const first = await start(await open("endless.ts"), "threads");
    const second = await start(await open("race.ts"), "processes");
    await endsAs("completed", second);
    assert.equal(first.result, undefined);
    assert.deepEqual(runs.running, [first]);
    runs.stop(first);
    await endsAs("killed", first);
  });

  it("replace an earlier run of the same document", async () => {
    const document = await open("endless.ts");
    const first = await start(document, "threads");
    const second = await start(document, "threads");
    assert.match((await ended(first)).reason ?? "", /started again/);
    const { runs } = await extension();
    runs.stop(second);
    await ended(second);
  });

  it("are compared with the last whole run in the same mode, of this text or of another", async function () {
    this.timeout(180_000); // five runs, one after the other
    const { runs } = await extension();
    const text = 'import { spawn, shared } from "concurrency-playground";\nlet n = shared(0);\nfunction add() {\n  n++;\n}\nconst tasks = [spawn(add), spawn(add)];\nfor (const task of tasks) task.join();\n';
    const document = await unsavedDocument(text);
    await vscode.window.showTextDocument(document);
    const write = async (content: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), content);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    const whole = async (mode: "threads" | "processes"): Promise<Run> => {
      const run = await start(document, mode);
      await endsAs("completed", run);
      return run;
    };
    const first = await whole("threads");
    assert.equal(first.before, undefined);
    assert.deepEqual(first.findings.map(({ kind }) => kind), ["data-race"]);
    assert.equal((await whole("processes")).before, undefined, "the other mode is another matter");
    assert.deepEqual((await whole("threads")).before, { findings: first.findings, sameText: true });
    await write(`${text}for (;;) if (n > 2) break;\n`);
    const stopped = await start(document, "threads");
    assert.equal(stopped.before?.sameText, false);
    runs.stop(stopped);
    await endsAs("killed", stopped);
    await write(text);
    assert.equal((await whole("threads")).before?.sameText, true, "the text is again that of the last whole run");
  });

  it("are compared with none of an unsaved document that is closed, though the next one has its name", async () => {
    const text = 'import { spawn } from "concurrency-playground";\nfunction work() {}\nspawn(work).join();\n';
    const document = await unsavedDocument(text);
    await vscode.window.showTextDocument(document);
    await endsAs("completed", await start(document, "threads"));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until(() => document.isClosed, "the end of the document");
    const next = await vscode.workspace.openTextDocument(document.uri);
    const edit = new vscode.WorkspaceEdit();
    // VS Code may not have thrown the old text away yet: then it is there again.
    edit.replace(next.uri, new vscode.Range(0, 0, next.lineCount, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const run = await start(next, "threads");
    await endsAs("completed", run);
    assert.equal(run.before, undefined);
  });

  it("take the text of the editor, saved or not", async () => {
    const document = await vscode.workspace.openTextDocument({
      language: "typescript",
      content: 'import { spawn, shared } from "concurrency-playground";\nlet unsaved = shared(0);\nconst add = () => { unsaved++; };\nfunction work() { add(); }\nconst tasks = [spawn(work), spawn(work)];\nfor (const task of tasks) task.join();\n',
    });
    await vscode.window.showTextDocument(document);
    const run = await start(document, "threads");
    await endsAs("completed", run);
    const race = await until(() => ours(document).find(({ code }) => code === "data-race"), "the race's diagnostic");
    assert.equal(race.range.start.line, 2);
  });
});
