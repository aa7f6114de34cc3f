import assert from "node:assert/strict";
import { manyEvents } from "./fixtures";
import { Bench } from "./page";

/** Times depend on the machine and its other work (bench/panel.ts measures them); what is drawn per frame does not. */
describe("the panel with very many events", () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.start();
  });
  after(() => bench.stop());

  /** Calls to the canvas for one frame of the whole run. */
  async function callsPerFrame(events: number): Promise<number> {
    const panel = await bench.open({ width: 1000 });
    await panel.show(manyEvents(events));
    const calls = await panel.page.evaluate(async () => {
      let count = 0;
      const prototype = CanvasRenderingContext2D.prototype;
      for (const name of ["fillRect", "strokeRect", "fillText", "lineTo", "stroke", "fill", "bezierCurveTo"] as const) {
        const original = prototype[name] as (...args: unknown[]) => unknown;
        Object.assign(prototype, {
          [name](this: CanvasRenderingContext2D, ...args: unknown[]) {
            count++;
            return original.apply(this, args);
          },
        });
      }
      document.body.classList.add("repaint");
      await new Promise(requestAnimationFrame);
      await window.__idle;
      return count;
    });
    const { errors } = panel;
    await panel.close();
    assert.deepEqual(errors, []);
    return calls;
  }

  it("draws what the pixels can show, not what the run did", async () => {
    const few = await callsPerFrame(30_000);
    const many = await callsPerFrame(600_000);
    assert.ok(few > 100, `${few} calls: the frame was drawn`);
    assert.ok(many < 2 * few, `${many} calls for twenty times the events of ${few}`);
  });

  it("lists a million events without a million rows", async () => {
    const panel = await bench.open({ width: 1000 });
    await panel.show(manyEvents(1_000_000));
    await panel.openPart("Events");
    const grid = panel.page.getByRole("grid", { name: "Events" });
    assert.ok(Number(await grid.getAttribute("aria-rowcount")) > 900_000);
    assert.ok((await grid.locator(".event-row").count()) < 100);
    await grid.focus();
    await panel.page.keyboard.press("End");
    await panel.idle();
    assert.match((await grid.locator("[aria-selected=true]").textContent()) ?? "", /main\s*end/);
    await panel.close();
  });
});
