import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, extension, open } from "./editor";

async function lenses(document: vscode.TextDocument): Promise<{ title: string; line: number }[]> {
  await extension();
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 100);
  return found
    .filter(({ command }) => command?.command.startsWith("concurrencyPlayground."))
    .map(({ command, range }) => ({ title: command!.title, line: range.start.line }));
}

describe("CodeLenses", () => {
  after(closeAll);

  it("stand above the first statement of a snippet", async () => {
    assert.deepEqual(await lenses(await open("race.ts")), [
      { title: "▶ Run as Threads", line: 0 },
      { title: "▶ Run as Processes", line: 0 },
      { title: "Compare", line: 0 },
    ]);
  });

  it("stand below the comments of a plain Node program of worker threads", async () => {
    assert.deepEqual(await lenses(await open("workers.mts")), [
      { title: "▶ Run as Threads", line: 1 },
      { title: "▶ Run as Processes", line: 1 },
      { title: "Compare", line: 1 },
    ]);
  });

  it("are not put on a file that only mentions the modules", async () => {
    assert.deepEqual(await lenses(await open("plain.ts")), []);
  });

  it("are there for an unsaved file", async () => {
    const document = await vscode.workspace.openTextDocument({ language: "typescript", content: 'import { spawn } from "concurrency-playground";\n' });
    assert.equal((await lenses(document)).length, 3);
  });
});
