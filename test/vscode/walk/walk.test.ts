import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Locator } from "playwright-core";
import { descendants, isAlive } from "./processes";
import { START, Workbench, root } from "./workbench";

/** Starting an editor, on a machine that does much else. */
const SLOW = 300_000;

function withPicture(workbench: () => Workbench | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench()?.picture(`failed ${this.currentTest.title}`.replace(/\W+/g, "-").slice(0, 80));
  });
  after(async () => workbench()?.close());
}

describe("a walk through the workbench", function () {
  this.timeout(SLOW);
  let workbench: Workbench;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "walk-"));
    await cp(path.join(root, "samples"), folder, { recursive: true });
    await cp(path.join(root, "test/vscode/fixtures/endless.ts"), path.join(folder, "endless.ts"));
    await mkdir(path.join(folder, ".vscode"));
    await writeFile(path.join(folder, ".vscode", "settings.json"), JSON.stringify({ "concurrencyPlayground.compareRuns": 2 }));
    workbench = await Workbench.open(folder);
  });
  withPicture(() => workbench);
  after(() => rm(folder, { recursive: true }));

  it("runs a sample from its CodeLens and shows a lane per task", async () => {
    await workbench.openFile("03-counter-race.ts");
    await workbench.clickCodeLens("Run as Threads");
    const lanes = workbench.panel.locator(".tl-task");
    await lanes.nth(2).waitFor({ timeout: 60_000 });
    assert.equal(await lanes.count(), 3, "main and its two tasks");
    await workbench.picture("panel-threads");
  });

  it("goes from a finding to its line in the editor", async () => {
    const { panel, page } = workbench;
    const finding = panel.locator(".finding").first();
    await finding.waitFor({ timeout: 60_000 });
    assert.match((await finding.textContent()) ?? "", /counter/);
    if ((await finding.locator(".finding-body").count()) === 0) await finding.locator(".finding-head").click();
    await finding.locator(".accesses .place button").first().click();
    const line = readFileSync(path.join(root, "samples", "03-counter-race.ts"), "utf8").split("\n").findIndex((text) => text.includes("counter++;")) + 1;
    await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line}, ` }).waitFor({ timeout: 30_000 });
    await workbench.picture("finding-in-editor");
  });

  it("underlines the race in the editor", async () => {
    await workbench.page.locator(".squiggly-error").first().waitFor({ timeout: 30_000 });
  });

  /** Lanes of processes, each of which has its only task there. */
  const processLanes = (): Locator => workbench.panel.locator(".tl-task", { hasText: /process \d+/ });

  it("runs the same file as processes in the same panel", async () => {
    await workbench.clickCodeLens("Run as Processes");
    await processLanes().nth(2).waitFor({ timeout: 60_000 });
    assert.equal(await workbench.page.locator(".tab", { hasText: "Concurrency: 03" }).count(), 1);
    await workbench.picture("panel-processes");
  });

  it("shows the panel's content again after it was hidden", async () => {
    const { page, panel } = workbench;
    await page.locator(".tab", { hasText: "Concurrency: 03" }).click();
    await workbench.openFile("01-hello.ts");
    await page.locator(".tab", { hasText: "Concurrency: 03" }).click();
    await panel.locator(".tl-task").nth(2).waitFor({ timeout: 60_000 });
  });

  it("opens a file beside the panel that has the focus, not over it", async () => {
    const { page, panel } = workbench;
    await page.locator(".tab", { hasText: "Concurrency: 03" }).click();
    await workbench.openFile("04-counter-mutex.ts");
    await page.locator(".editor-group-container", { has: page.locator(".tab", { hasText: "03-counter-race.ts" }) }).locator(".tab", { hasText: "04-counter-mutex.ts" }).waitFor();
    assert.ok(await panel.locator(".tl-task").first().isVisible());
  });

  it("shows the run again after the window was reloaded", async () => {
    await workbench.reload();
    await processLanes().nth(2).waitFor({ timeout: START });
    await workbench.picture("panel-after-reload");
  });

  it("perturbs the next run from the panel, with a seed that it shows", async () => {
    const { panel } = workbench;
    const toggle = panel.getByRole("button", { name: "Perturb" });
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-pressed"), "true");
    assert.equal(await panel.getByRole("spinbutton", { name: "Seed" }).inputValue(), "1");
    await workbench.openFile("03-counter-race.ts");
    await workbench.clickCodeLens("Run as Threads");
    await panel.locator(".perturbed", { hasText: "seed 1" }).waitFor({ timeout: 60_000 });
    await panel.getByText(/Completed in/).first().waitFor({ timeout: 60_000 });
    await panel.locator(".finding").first().waitFor({ timeout: 60_000 });
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-pressed"), "false");
  });

  it("tells under Costs what each task has used", async () => {
    const { panel } = workbench;
    await panel.getByRole("tab", { name: "Costs" }).click();
    await panel.locator("table.costs tbody tr").nth(2).waitFor();
    assert.match((await panel.locator("table.costs tbody tr").nth(0).textContent()) ?? "", /main.* MB/);
  });

  it("compares both modes from the CodeLens, with a chart and numbers for each figure", async () => {
    const { panel } = workbench;
    await workbench.openFile("03-counter-race.ts");
    await workbench.clickCodeLens("Compare");
    await panel.locator(".compare").waitFor({ timeout: 60_000 });
    // Figures are there as soon as both modes have run; at the end nothing is under way any more.
    await panel.locator("table.chart svg.points").first().waitFor({ timeout: 60_000 });
    await panel.locator(".compare-progress").waitFor({ state: "detached", timeout: 120_000 });
    const created = panel.locator("table.chart tbody", { hasText: "Creating a task" });
    assert.equal(await created.locator("svg.points").count(), 2, "a chart of each mode");
    assert.equal(await created.locator("svg.points circle.point").count(), 2, "a point for each run as threads");
    assert.equal(await created.locator("svg.points rect.point").count(), 2);
    assert.match((await created.locator("td.number").first().textContent()) ?? "", /\d+(\.\d+)? m?s/);
    const pipe = panel.locator("table.chart tbody", { hasText: "Pipe" });
    assert.equal(await pipe.locator("svg.points").count(), 2);
    await workbench.picture("compare");
  });

  it("shows the comparison again after the window was reloaded", async () => {
    const { panel } = workbench;
    await workbench.reload();
    await panel.locator("table.chart svg.points").first().waitFor({ timeout: START });
  });

  it("leaves no process of a run behind when the window is closed during it", async function () {
    if (process.platform !== "linux") this.skip();
    const { page, server } = workbench;
    await workbench.openFile("endless.ts");
    await workbench.clickCodeLens("Run as Processes");
    await page.locator(".statusbar-item", { hasText: "Running as processes" }).waitFor();
    await workbench.panel.locator(".tl-task").nth(1).waitFor({ timeout: 60_000 });
    const started = (await descendants(server)).filter(({ command }) => command.includes("runner.js") || command.includes("task.js"));
    assert.ok(started.length >= 2, "a runner and at least one process of the run");
    await workbench.close();
    const deadline = Date.now() + 10_000;
    let left = started.filter(isAlive);
    while (left.length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      left = left.filter(isAlive);
    }
    assert.deepEqual(left, []);
  });
});

describe("an untrusted folder", function () {
  this.timeout(SLOW);
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open(path.join(root, "samples"), { trust: true });
  });
  withPicture(() => workbench);

  it("is not run; the refusal says why and what to do", async () => {
    await workbench.openFile("01-hello.ts");
    await workbench.clickCodeLens("Run as Threads");
    await workbench.command("Notifications: Show Notifications");
    const refusal = workbench.page.locator(".notification-list-item", { hasText: "This folder is not trusted" });
    await refusal.waitFor({ timeout: 30_000 });
    assert.ok(await refusal.getByText("Manage Workspace Trust").isVisible());
    assert.equal(await workbench.page.locator(".tab", { hasText: "Concurrency:" }).count(), 0);
    assert.deepEqual((await descendants(workbench.server)).filter(({ command }) => command.includes("runner.js")), []);
  });
});
