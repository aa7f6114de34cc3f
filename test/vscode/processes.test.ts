import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, ended, endsAs, open, start, until } from "./editor";
import { descendants, isAlive, type Process } from "./walk/processes";

/** This extension host's runners and the processes of their runs. */
async function ours(): Promise<Process[]> {
  return (await descendants(process.pid)).filter(({ command }) => /[\\/](runner|task)\.js/.test(command));
}

const isRunner = ({ command }: Process): boolean => command.includes("runner.js");

describe("processes", function () {
  before(function () {
    if (process.platform === "win32") this.skip();
  });
  afterEach(closeAll);

  it("of a run that is stopped are gone; at most a runner stays, for the next run", async () => {
    const run = await start(await open("endless.ts"), "processes");
    await until(() => run.trace.length > 0, "the first piece of the trace");
    const tasks = (await ours()).filter((one) => !isRunner(one));
    assert.ok(tasks.length > 0, "the run has processes");
    await vscode.commands.executeCommand("concurrencyPlayground.stop");
    await ended(run);
    await until(() => tasks.every((one) => !isAlive(one)), "the end of the run's processes");
    // One that is not needed any more takes a moment to end.
    const runners = (await ours()).filter(isRunner);
    await until(() => runners.filter(isAlive).length <= 1, "the end of all runners but one");
  });

  it("end when their runner is killed from outside, and the student is told that it is not the snippet's fault", async () => {
    const run = await start(await open("endless.ts"), "processes");
    await until(() => run.trace.length > 0, "the first piece of the trace");
    const all = await ours();
    for (const runner of all.filter(isRunner)) process.kill(runner.pid, "SIGKILL");
    const result = await ended(run);
    assert.equal(result.outcome, "crashed");
    assert.match(result.reason ?? "", /not your snippet's fault/);
    await until(() => all.every((one) => !isAlive(one)), "the end of the run's processes");
    assert.ok(run.trace.length > 0, "what was recorded is kept");
  });

  it("are started anew after that", async () => {
    await endsAs("completed", await start(await open("race.ts"), "processes"));
  });
});
