import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { closeAll, extension, open, root, until } from "./editor";

/** What TypeScript says of a document, once it has looked at all of it. */
async function squiggles(document: vscode.TextDocument): Promise<string[]> {
  // The hover's answer comes from the loaded project; the errors follow at their own time.
  await hover(document, 0, 10);
  const probe = await vscode.workspace.openTextDocument({ language: "typescript", content: "const wrong: number = 'text';\nexport {};\n" });
  await vscode.window.showTextDocument(probe, vscode.ViewColumn.Two);
  await until(() => vscode.languages.getDiagnostics(probe.uri).length > 0, "TypeScript's errors of a wrong file");
  return vscode.languages.getDiagnostics(document.uri).map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

async function hover(document: vscode.TextDocument, line: number, column: number): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, new vscode.Position(line, column));
  return found.flatMap(({ contents }) => contents.map((content) => (typeof content === "string" ? content : content.value))).join("\n");
}

describe("types without an installation", () => {
  before(extension);
  after(closeAll);

  it("tell what the API's functions are", async () => {
    const document = await open("race.ts");
    let text = "";
    for (let tries = 0; tries < 20 && !text.includes("Task<R>"); tries++) text = await hover(document, 0, 10);
    assert.match(text, /spawn/);
    assert.match(text, /Task<R>/);
    assert.match(text, /Starts `fn/);
  });

  it("complete the API's names", async () => {
    const document = await open("race.ts");
    const list = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, new vscode.Position(0, 9));
    const names = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    for (const name of ["Mutex", "Semaphore", "MessageQueue", "sleep"]) assert.ok(names.includes(name), name);
  });

  it("leave no squiggle in a snippet, nor in a plain program of worker threads", async () => {
    assert.deepEqual(await squiggles(await open("race.ts")), []);
    assert.deepEqual(await squiggles(await open("workers.mts")), []);
  });

  it("leave no squiggle in any sample", async () => {
    const names = (await readdir(path.join(root(), "samples"))).filter((name) => name.endsWith(".ts"));
    assert.ok(names.length > 0);
    for (const name of names) assert.deepEqual(await squiggles(await open(`samples/${name}`)), [], name);
  });

  it("are written where TypeScript finds them, when asked for", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "types-"));
    try {
      const snippet = vscode.Uri.file(path.join(folder, "snippet.ts"));
      await vscode.workspace.fs.writeFile(snippet, Buffer.from('import { spawn } from "concurrency-playground";\n'));
      await vscode.commands.executeCommand("concurrencyPlayground.addTypes", snippet);
      const target = path.join(folder, "node_modules", "concurrency-playground");
      assert.match(await readFile(path.join(target, "api.d.ts"), "utf8"), /declare module "concurrency-playground"/);
      assert.equal((JSON.parse(await readFile(path.join(target, "package.json"), "utf8")) as { types: string }).types, "api.d.ts");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
