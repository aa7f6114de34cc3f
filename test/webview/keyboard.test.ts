import assert from "node:assert/strict";
import { recordedComparison } from "./comparisons";
import { lostUpdate, train } from "./fixtures";
import { Bench, type Panel } from "./page";

/** What Tab must lead to: all that can be pressed, moved or scrolled, but for members of a group, which arrows lead to. */
const STOPS = "button, a[href], summary, input, vscode-single-select, [role=slider], [role=separator], [role=grid], [role=log]";

/** The source is Monaco, which has a test of its own below. */
const PARTS = ["Findings", "Memory", "Locks", "Costs", "Output", "Events"];

describe("the panel without a mouse", function () {
  this.timeout(240_000); // a key at a time

  let bench: Bench;
  let panel: Panel;
  before(async () => {
    bench = await Bench.start();
  });
  after(() => bench.stop());
  afterEach(async () => {
    const { errors } = panel;
    await panel.close();
    assert.deepEqual(errors, []);
  });

  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await panel.page.keyboard.press(key);
    await panel.idle();
  };

  /** Tabs once through the page. Tells what was left out, and what got the focus without showing it. */
  async function walk(): Promise<{ missed: string[]; unseen: string[]; steps: number }> {
    const stops = await panel.page.evaluate((selector) => {
      document.querySelectorAll("[data-stop]").forEach((node) => node.removeAttribute("data-stop"));
      document.body.tabIndex = -1;
      document.body.focus();
      const shown = [...document.querySelectorAll<HTMLElement>(selector)].filter((node) => node.tabIndex >= 0 && node.checkVisibility() && !node.matches(":disabled"));
      shown.forEach((node) => (node.dataset["stop"] = "missed"));
      return shown.length;
    }, STOPS);
    const unseen: string[] = [];
    for (let n = 0; n < stops + 20; n++) {
      await panel.page.keyboard.press("Tab");
      const at = await panel.page.evaluate(() => {
        const node = document.activeElement;
        if (!(node instanceof HTMLElement) || node === document.body) return null;
        const before = node.dataset["stop"];
        node.dataset["stop"] = "seen";
        const inner = node.shadowRoot?.activeElement ?? node.shadowRoot?.querySelector(".select-face") ?? node;
        const marks = [getComputedStyle(node), getComputedStyle(node, "::after"), getComputedStyle(inner), getComputedStyle(inner, "::before")];
        const visible = marks.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && outlineWidth !== "0px") || (node.matches(".splitter") && marks[1]!.backgroundColor !== "rgba(0, 0, 0, 0)") || node.matches("vscode-single-select");
        return { again: before === "seen", visible, html: node.outerHTML.slice(0, 120) };
      });
      if (at === null || at.again) break;
      if (!at.visible) unseen.push(at.html);
    }
    const missed = await panel.page.locator("[data-stop=missed]").evaluateAll((nodes) => nodes.map((node) => node.outerHTML.slice(0, 160)));
    return { missed, unseen, steps: stops };
  }

  /** Parts whose content is cut off and that no key can scroll. */
  const stuck = (): Promise<string[]> =>
    panel.page.evaluate((selector) =>
      [...document.querySelectorAll<HTMLElement>("cp-panel *")]
        .filter((node) => ["auto", "scroll"].includes(getComputedStyle(node).overflowY) && node.scrollHeight > node.clientHeight + 1 && node.checkVisibility())
        .filter((node) => node.tabIndex < 0 && ![...node.querySelectorAll<HTMLElement>(selector)].some((inner) => inner.tabIndex >= 0))
        .map((node) => node.outerHTML.slice(0, 120)),
      STOPS,
    );

  for (const part of PARTS) {
    it(`leads to all of ${part}, and shows where the focus is`, async () => {
      panel = await bench.open({ width: 600, height: 480 });
      const costs = [0, 1, 2].map((task) => ({ task, createdInMs: 4, cpuUserMs: 3, cpuSystemMs: 1, memoryBytes: 5e6, voluntarySwitches: 1, involuntarySwitches: 1, communication: [] }));
      await panel.show({ ...lostUpdate(), costs });
      await panel.openPart(part);
      const { missed, unseen, steps } = await walk();
      assert.deepEqual(missed, [], "Tab leads there");
      assert.deepEqual(unseen, [], "the focus can be seen");
      assert.ok(steps > 10, `${steps}`);
      assert.deepEqual(await stuck(), [], "keys scroll it");
    });
  }

  it("leads to all of a comparison, and arrows from one way of running to the next", async () => {
    panel = await bench.open({ width: 600 });
    await panel.init("/lesson/snippet.ts", "");
    await panel.send({ type: "comparison", started: Date.now(), latest: true, state: { running: false, done: 20, of: 20, comparison: recordedComparison("compare-12"), diagnostics: [] } });
    await panel.idle();
    const { missed, unseen } = await walk();
    assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
    assert.deepEqual(await stuck(), []);
    await panel.page.getByRole("radio", { name: "Compare" }).focus();
    await press("ArrowRight");
    assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent?.trim()), "Threads");
  });

  it("scrolls many lanes by keys", async () => {
    panel = await bench.open({ width: 1000, height: 480 });
    await panel.show(train());
    const lanes = panel.page.locator(".tl-body");
    await lanes.focus();
    await press("PageDown");
    await panel.page.waitForFunction(() => document.querySelector(".tl-body")!.scrollTop > 0);
    await press("PageUp");
    await panel.page.waitForFunction(() => document.querySelector(".tl-body")!.scrollTop === 0);
  });

  it("moves between tabs, resizes, and opens a finding by keys", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    await panel.page.getByRole("tab", { name: /^Findings/ }).focus();
    const chosen = (): Promise<string | undefined> => panel.page.evaluate(() => document.activeElement?.id);
    const visited: (string | undefined)[] = [];
    for (const key of ["ArrowRight", "End", "ArrowRight", "Home"]) {
      await press(key);
      visited.push(await chosen());
    }
    assert.deepEqual(visited, ["tab-left-memory", "tab-left-costs", "tab-left-findings", "tab-left-findings"]);
    const bar = panel.page.getByRole("separator", { name: "Height of the timeline" });
    const before = Number(await bar.getAttribute("aria-valuenow"));
    await bar.focus();
    await press("ArrowDown");
    assert.equal(Number(await bar.getAttribute("aria-valuenow")), before + 4);
    await panel.page.locator(".finding-head").focus();
    await press("Enter");
    assert.equal(await panel.page.locator(".finding-body").count(), 0);
    await press("Enter");
    assert.equal(await panel.page.locator(".finding-body").count(), 1);
  });

  it("does for each key what the help says", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    await press("?");
    const told = await panel.page.locator(".keys kbd").allTextContents();
    await press("Escape");
    const now = (): Promise<{ view: { from: number; to: number } | null; playhead: string | null; help: number; selected: number }> =>
      panel.page.evaluate(() => ({
        view: (window.savedState as { view: { from: number; to: number } | null } | null)?.view ?? null,
        playhead: document.querySelector(".tl-slider")!.getAttribute("aria-valuetext"),
        help: document.querySelectorAll("dialog").length,
        selected: document.querySelectorAll(".finding.selected").length,
      }));
    await panel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const seen: string[] = [];
    const changes = async (key: string, what: "view" | "playhead" | "help" | "selected"): Promise<void> => {
      const before = await now();
      await press(key);
      const after = await now();
      assert.notDeepEqual(after[what], before[what], `${key} changes the ${what}`);
      seen.push(key);
    };
    for (const key of ["w", "w", "d", "a", "s", "0"]) await changes(key, "view");
    for (const key of ["Home", "End", "ArrowLeft", "ArrowLeft", "ArrowRight"]) await changes(key, "playhead");
    const task = async (): Promise<string | undefined> => (await now()).playhead?.split(", ")[1]?.split(":")[0];
    await press("n");
    const of = await task();
    await changes("Shift+ArrowRight", "playhead");
    assert.equal(await task(), of, "of the same task");
    await changes("Shift+ArrowLeft", "playhead");
    assert.equal(await task(), of);
    assert.equal((await now()).selected, 1, "n selects a finding");
    await press("p");
    await press("0");
    await changes("f", "view");
    await changes("?", "help");
    await press("Escape");
    assert.deepEqual(told, ["W / S", "A / D", "Wheel", "Ctrl + wheel", "Drag", "Click", "F", "0", "← / →", "Shift + ← / →", "Space", "Home / End", "N / P", "?", "Ctrl + M"], "all of them are tried here or with the mouse");
  });

  it("plays and pauses by Space", async () => {
    panel = await bench.open({ saved: { version: 1, file: "/lesson/snippet.ts", run: 1, pace: "slow1000" } });
    await panel.show(train());
    await panel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press("Home");
    await panel.page.keyboard.press(" ");
    await panel.page.getByRole("button", { name: /^Pause/ }).waitFor();
    await panel.page.keyboard.press(" ");
    await panel.page.getByRole("button", { name: /^Play/ }).waitFor();
  });

  it("gives the focus back where the help was opened", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    const button = panel.page.getByRole("toolbar").getByRole("button", { name: "Keyboard help" });
    await button.focus();
    await press("Enter");
    assert.equal(await panel.page.getByRole("dialog").count(), 1);
    await press("Escape");
    assert.equal(await panel.page.getByRole("dialog").count(), 0);
    assert.ok(await button.evaluate((node) => node === document.activeElement));
  });

  it("lets Tab leave the source after Ctrl+M", async () => {
    panel = await bench.open({ width: 600 });
    await panel.show(lostUpdate());
    await panel.openPart("Source");
    await panel.page.locator(".view-line").first().click();
    const inside = (): Promise<boolean> => panel.page.evaluate(() => document.activeElement?.closest(".monaco-editor") !== null);
    await press("Tab");
    assert.ok(await inside(), "Tab indents");
    await press("Control+m", "Shift+Tab");
    assert.ok(!(await inside()));
  });

  it("stands still for who wants no motion", async () => {
    panel = await bench.open();
    const { file } = lostUpdate();
    const moving = (): Promise<string[]> => panel.page.evaluate(() => document.getAnimations().map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation instanceof CSSTransition ? animation.transitionProperty : "script")));
    await panel.init(file, "");
    await panel.send({ type: "run-started", run: 1, file, mode: "threads", perturb: null });
    await panel.idle();
    await panel.page.locator(".run-state").waitFor();
    assert.notDeepEqual(await moving(), [], "a run in progress spins");
    await panel.page.emulateMedia({ reducedMotion: "reduce" });
    assert.deepEqual(await moving(), [], "the system's setting");
    await panel.page.emulateMedia({ reducedMotion: "no-preference" });
    assert.notDeepEqual(await moving(), []);
    await panel.page.evaluate(() => document.body.classList.add("vscode-reduce-motion"));
    assert.deepEqual(await moving(), [], "the editor's setting");
  });
});
