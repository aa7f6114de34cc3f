import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { recordedComparison } from "./comparisons";
import { abortedEarly, deadlock, lostUpdate, processCopies, train, type RunFixture } from "./fixtures";
import { Bench, type Panel } from "./page";
import type { ThemeName } from "./themes";

/** What is used of axe-core's results. */
interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const PARTS = ["Findings", "Memory", "Locks", "Costs", "Source", "Output", "Events"];
const THEMES: readonly ThemeName[] = ["dark", "light", "hc-dark", "hc-light"];

describe("axe-core finds nothing to complain of", function () {
  this.timeout(240_000); // it looks at every element, several times

  let bench: Bench;
  let axe: string;

  before(async () => {
    bench = await Bench.start();
    axe = await readFile(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");
  });
  after(() => bench.stop());

  /** Monaco's inside is Monaco's matter. */
  async function complaints(panel: Panel, where: string): Promise<string[]> {
    const found = await panel.page.evaluate<Violation[]>(
      `axe.run({ exclude: [".monaco-editor"] }, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) => violations)`,
    );
    return found.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${where}: ${id}, ${help}: ${html.slice(0, 200)} ${failureSummary}`));
  }

  async function open(theme: ThemeName, width: number): Promise<Panel> {
    const panel = await bench.open({ theme, width });
    await panel.page.evaluate(axe);
    return panel;
  }

  for (const theme of THEMES) {
    it(`in ${theme}, part by part`, async () => {
      const panel = await open(theme, 600);
      await panel.show(lostUpdate());
      const found: string[] = [];
      for (const part of PARTS) {
        await panel.openPart(part);
        found.push(...(await complaints(panel, part)));
      }
      await panel.close();
      assert.deepEqual(found, []);
    });
  }

  const scenes: Record<string, () => RunFixture> = { deadlock, processCopies, train, abortedEarly };
  it("in every kind of run, in a comparison, in the help", async () => {
    const panel = await open("light", 1400);
    await panel.init("/lesson/snippet.ts", "");
    await panel.idle();
    const found = await complaints(panel, "empty");
    let run = 0;
    for (const [name, fixture] of Object.entries(scenes)) {
      await panel.show(fixture(), ++run);
      await panel.openPart("Locks");
      found.push(...(await complaints(panel, name)));
    }
    await panel.send({ type: "command", command: "help" });
    await panel.idle();
    found.push(...(await complaints(panel, "help")));
    await panel.send({ type: "command", command: "help" });
    await panel.send({ type: "comparison", started: Date.now(), latest: true, state: { running: true, done: 11, of: 20, comparison: recordedComparison("compare-12"), diagnostics: [] } });
    await panel.idle();
    found.push(...(await complaints(panel, "comparison")));
    await panel.close();
    assert.deepEqual(found, []);
  });
});
