import assert from "node:assert/strict";
import { contrast, parseColour } from "../../webview/timeline/colour";
import { recordedComparison } from "./comparisons";
import { deadlock, lostUpdate, processCopies, train } from "./fixtures";
import { Bench, type Panel } from "./page";
import { THEMES, type ThemeName } from "./themes";

/** Text of the page with its colour and the colours that lie under it, bottom first. */
async function texts(panel: Panel): Promise<{ text: string; colour: string; grounds: string[] }[]> {
  return panel.page.evaluate(() => {
    const found: { text: string; colour: string; grounds: string[] }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
    // color-mix() computes to color(srgb …): a canvas turns any notation into bytes.
    const plain = (colour: string): string => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return `rgba(${r},${g},${b},${a! / 255})`;
    };
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? "";
      const parent = walker.currentNode.parentElement;
      // Monaco's own colours are its themes' matter.
      if (!text || !parent || parent.closest(".monaco-editor, .sr-only, svg, script, style") || !parent.checkVisibility()) continue;
      const grounds: string[] = [];
      for (let at: Element | null = parent; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (backgroundColor !== "rgba(0, 0, 0, 0)") grounds.unshift(plain(backgroundColor));
      }
      found.push({ text: text.slice(0, 40), colour: plain(getComputedStyle(parent).color), grounds });
    }
    return found;
  });
}

describe("the panel in every theme", () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.start();
  });
  after(() => bench.stop());

  const scenes = [
    { name: "race", fixture: lostUpdate, parts: ["Memory"] },
    { name: "deadlock", fixture: deadlock, parts: ["Findings"] },
    { name: "processes", fixture: processCopies, parts: ["Events"] },
    { name: "train", fixture: train, parts: ["Output"] },
  ];
  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    for (const width of [600, 1400]) {
      it(`can be read and fits, in ${theme} at ${width} pixels`, async () => {
        const panel = await bench.open({ theme, width });
        for (const [n, { name, fixture, parts }] of scenes.entries()) {
          await panel.show(fixture(), n + 1);
          for (const part of parts) await panel.openPart(part);
          await check(panel, name, `${name}-${theme}-${width}`);
        }
        for (const name of ["compare-03", "compare-12"] as const) {
          await panel.send({ type: "comparison", started: Date.now(), latest: true, state: { running: name === "compare-12", done: 11, of: 20, comparison: recordedComparison(name), diagnostics: [] } });
          await panel.idle();
          await check(panel, name, `${name}-${theme}-${width}`);
        }
        assert.deepEqual(panel.errors, []);
        await panel.close();
      });
    }
  }

  /** Every text is readable on its ground, and nothing stands out of the page. */
  async function check(panel: Panel, name: string, picture: string): Promise<void> {
    const found = await texts(panel);
    assert.ok(found.length > 20, `${found.length} texts`);
    const pale = found.flatMap(({ text, colour, grounds }) => {
      let ground = parseColour("#000000")!;
      for (const one of grounds) ground = parseColour(one, ground)!;
      const ratio = contrast(parseColour(colour, ground)!, ground);
      return ratio < 4.5 ? [`${text}: ${ratio.toFixed(2)} (${colour} on ${grounds.join(" ")})`] : [];
    });
    assert.deepEqual(pale, [], name);
    const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, "nothing stands out to the right");
    await panel.screenshot(picture);
  }
});
