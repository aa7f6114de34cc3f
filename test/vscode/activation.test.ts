import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { closeAll, extension, log, open, root } from "./editor";

describe("activation", () => {
  after(closeAll);

  it("happens when a TypeScript file is opened, with every contributed command there", async () => {
    await open("race.ts");
    const api = await extension();
    log(`    (activation took ${api.activation.toFixed(1)} ms)`);
    const manifest = JSON.parse(await readFile(path.join(root(), "package.json"), "utf8")) as {
      contributes: { commands: { command: string }[] };
    };
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((command) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  it("loads neither the compiler nor the analysis into the extension host", async () => {
    const bundle = await readFile(path.join(root(), "dist", "extension.js"), "utf8");
    assert.ok(bundle.length < 150_000, `${bundle.length} characters`);
    assert.doesNotMatch(bundle, /@babel/);
  });
});
