import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ComparisonJob } from "../../src/vscode/comparisons";
import { closeAll, endsAs, extension, open, start, unsavedDocument, until } from "./editor";
import { descendants, isAlive } from "./walk/processes";

async function compare(document: vscode.TextDocument): Promise<ComparisonJob> {
  const { comparisons } = await extension();
  const begun = new Promise<ComparisonJob>((resolve) => {
    const once = comparisons.onStart((job) => {
      once.dispose();
      resolve(job);
    });
  });
  await vscode.commands.executeCommand("concurrencyPlayground.compare", document.uri);
  return begun;
}

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("concurrencyPlayground");

describe("Compare", () => {
  before(() => settings().update("compareRuns", 2, vscode.ConfigurationTarget.Global));
  after(() => settings().update("compareRuns", undefined, vscode.ConfigurationTarget.Global));
  afterEach(closeAll);

  it("runs a snippet both ways, tells how far it is, and what differs", async () => {
    const { statusBar, panels } = await extension();
    const document = await open("race.ts");
    const job = await compare(document);
    assert.match(statusBar.text ?? "", /Comparing: run 1 of 8/);
    assert.ok(panels.of(document.uri), "the panel is there");
    await until(() => job.state.done >= 3, "the first figures");
    assert.equal(job.state.comparison?.threads.outcomes[0]?.outcome, "completed");
    await until(() => !job.state.running, "the end of the comparison", 60_000);
    const { done, of, comparison, reason } = job.state;
    assert.deepEqual({ done, of, reason }, { done: 8, of: 8, reason: undefined });
    assert.equal(comparison?.runs, 2);
    assert.ok(comparison.threads.createdInMs && comparison.processes.createdInMs);
    assert.deepEqual(
      comparison.communication.map(({ means, processes }) => [means, processes !== null]),
      [["shared-variable", false], ["message-queue", true], ["pipe", true], ["socket", true], ["shared-segment", true]],
    );
    assert.equal(statusBar.text, undefined);
  });

  it("stops, keeps what it has, and leaves no process behind", async () => {
    const document = await open("race.ts");
    const job = await compare(document);
    await until(() => job.state.done >= 2, "both modes once");
    await vscode.commands.executeCommand("concurrencyPlayground.stop");
    await until(() => !job.state.running, "the end of the comparison");
    assert.match(job.state.reason ?? "", /Stopped by you/);
    assert.ok(job.state.done < job.state.of);
    assert.ok(job.state.comparison, "the figures so far");
    if (process.platform === "win32") return;
    const tasks = (await descendants(process.pid)).filter(({ command }) => command.includes("task.js"));
    await until(() => tasks.every((one) => !isAlive(one)), "the end of all tasks");
  });

  it("ends with its panel, and gives way to a run", async () => {
    const { panels } = await extension();
    const document = await open("race.ts");
    const first = await compare(document);
    panels.of(document.uri)!.dispose();
    await until(() => !first.state.running, "the end of the comparison");
    assert.match(first.state.reason ?? "", /panel was closed/);
    const second = await compare(document);
    await endsAs("completed", await start(document, "threads"));
    await until(() => !second.state.running, "the end of the comparison");
    assert.match(second.state.reason ?? "", /a run was started/);
  });

  it("says why a snippet does not compile", async () => {
    const document = await unsavedDocument('import { spawn } from "concurrency-playground";\nspawn(;\n');
    await vscode.window.showTextDocument(document);
    const job = await compare(document);
    await until(() => !job.state.running, "the end of the comparison");
    assert.equal(job.state.comparison, null);
    assert.equal(job.state.diagnostics[0]?.line, 2);
  });
});

describe("random delays", () => {
  afterEach(async () => {
    await settings().update("perturb", undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  it("come from the setting, and the run says so", async () => {
    await settings().update("perturb", 7, vscode.ConfigurationTarget.Global);
    const run = await start(await open("race.ts"), "threads");
    await endsAs("completed", run);
    assert.equal(run.perturb, 7);
  });
});
