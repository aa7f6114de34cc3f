/**
 * From the click on "Run as Threads" to the first lane on the screen, in a real VS Code. Prints one JSON document.
 *
 *   npx tsx bench/editor.ts [times, default 3]
 */
import * as path from "node:path";
import { Workbench, root } from "../test/vscode/walk/workbench";
import { median } from "./statistics";

/** Milliseconds from the click until the panel shows the lanes of a new run. */
async function firstLane(workbench: Workbench, mode: "Threads" | "Processes"): Promise<number> {
  const began = performance.now();
  await workbench.clickCodeLens(`Run as ${mode}`);
  await workbench.panel.locator(".tl-task").first().waitFor();
  return performance.now() - began;
}

async function main(): Promise<void> {
  const times = Number(process.argv[2] ?? 3);
  const cold: number[] = [];
  const warm: number[] = [];
  for (let n = 0; n < times; n++) {
    const workbench = await Workbench.open(path.join(root, "samples"));
    try {
      await workbench.openFile("01-hello.ts");
      await workbench.page.locator(".codelens-decoration a").first().waitFor();
      // Neither a panel nor, at once after the file was opened, a runner that is ready.
      cold.push(await firstLane(workbench, "Threads"));
      await workbench.openFile("03-counter-race.ts");
      await workbench.page.waitForTimeout(3000);
      warm.push(await firstLane(workbench, "Threads"));
    } finally {
      await workbench.close();
    }
  }
  console.log(JSON.stringify({ bench: "editor", unit: "ms", coldFirstLane: { median: median(cold), all: cold }, warmFirstLane: { median: median(warm), all: warm } }, undefined, 2));
}

void main();
