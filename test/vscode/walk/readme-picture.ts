/** Takes the README's picture anew, of a real run in a real VS Code.   npx tsx test/vscode/walk/readme-picture.ts [sample] */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Workbench, root } from "./workbench";

const SETTINGS = {
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.activityBar.location": "hidden",
  "workbench.statusBar.visible": true,
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.fontSize": 12,
};

async function main(sample = "03-counter-race.ts"): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "picture-"));
  await cp(path.join(root, "samples"), folder, { recursive: true });
  await mkdir(path.join(folder, ".vscode"));
  await writeFile(path.join(folder, ".vscode", "settings.json"), JSON.stringify(SETTINGS));
  const workbench = await Workbench.open(folder);
  const { page, panel } = workbench;
  try {
    await page.setViewportSize({ width: 1400, height: 860 });
    await workbench.openFile(sample);
    await workbench.command("View: Close Primary Side Bar");
    await workbench.clickCodeLens("Run as Threads");
    await panel.getByText(/Completed in|已完成/).first().waitFor({ timeout: 60_000 });
    await page.locator(".squiggly-error").first().waitFor({ timeout: 30_000 });
    // The panel gets the wider part.
    const sash = await page.locator(".editor-group-container").first().boundingBox();
    if (!sash) throw new Error("no editor");
    await page.mouse.move(sash.x + sash.width, sash.y + 400);
    await page.mouse.down();
    await page.mouse.move(500, sash.y + 400, { steps: 8 });
    await page.mouse.up();
    await page.mouse.move(700, 4);
    const head = panel.locator(".finding .finding-head").first();
    if ((await panel.locator(".finding-body").count()) === 0) await head.click();
    await page.locator(".notification-toast").first().waitFor({ state: "detached" });
    await page.waitForTimeout(1000); // the last frame of what has just been resized
    await mkdir(path.join(root, "docs", "images"), { recursive: true });
    await page.screenshot({ path: path.join(root, "docs", "images", "panel.png") });
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true });
  }
}

void main(process.argv[2]);
