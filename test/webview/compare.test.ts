import assert from "node:assert/strict";
import type { Comparison } from "../../src/report/contract";
import { recordedComparison, withoutCommunication } from "./comparisons";
import { lostUpdate } from "./fixtures";
import { Bench, type Panel } from "./page";

const FILE = "/lesson/snippet.ts";

describe("Compare in the panel", () => {
  let bench: Bench;
  let panel: Panel;
  before(async () => {
    bench = await Bench.start();
  });
  after(() => bench.stop());
  afterEach(async () => {
    const { errors } = panel;
    const failures = (await panel.posted()).filter(({ type }) => type === "failure");
    await panel.close();
    assert.deepEqual(errors, []);
    assert.deepEqual(failures, []);
  });

  /** Of the comparison that was begun last. */
  let started = 0;
  const tell = async (comparison: Comparison | null, { running = false, done = 20, begins = false, latest = true, reason = "" } = {}): Promise<void> => {
    if (begins) started++;
    await panel.send({ type: "comparison", started, latest, state: { running, done, of: 20, comparison, diagnostics: [], ...(reason ? { reason } : {}) } });
    await panel.idle();
  };
  const text = (): Promise<string> => panel.page.locator(".compare").innerText();

  it("is asked for from the toolbar, fills while it goes on, and can be stopped", async () => {
    panel = await bench.open();
    await panel.init(FILE, "");
    await panel.page.getByRole("radio", { name: "Compare" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "compare" });
    await tell(null, { running: true, done: 0, begins: true });
    assert.equal(await panel.page.getByRole("radio", { name: "Compare" }).getAttribute("aria-checked"), "true");
    assert.equal(await panel.page.getByRole("progressbar").getAttribute("value"), "0");
    assert.equal(await panel.page.locator("table.chart").count(), 0);
    await tell(withoutCommunication(recordedComparison("compare-03")), { running: true, done: 10 });
    assert.equal(await panel.page.locator("table.chart").count(), 2);
    assert.match(await text(), /10 of 20 runs done/);
    assert.match(await text(), /not measured yet/);
    await panel.page.getByRole("button", { name: "Stop" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "stop" });
    await tell(withoutCommunication(recordedComparison("compare-03")), { done: 10, reason: "Stopped by you." });
    assert.match(await text(), /Stopped by you\. 10 of 20 runs were done\./);
    assert.equal(await panel.page.getByRole("progressbar").count(), 0);
    await panel.page.getByRole("button", { name: "Compare again" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "compare" });
  });

  it("shows every run as a point, with median and range in numbers beside them", async () => {
    panel = await bench.open();
    await panel.init(FILE, "");
    const comparison = recordedComparison("compare-03");
    await tell(comparison, { begins: true });
    const costs = panel.page.locator("table.chart").first();
    assert.equal(await costs.locator(".points").count(), 12, "six figures in two modes");
    assert.equal(await costs.locator(".points .point").count(), 12 * comparison.runs);
    const created = costs.locator("tbody").first().locator("tr.mode-processes");
    assert.equal(await created.locator("th").innerText(), "Processes");
    assert.deepEqual(await created.locator("td.number").allInnerTexts(), ["190 ms", "164 – 203 ms"]);
    // A point lies where its value is on the axis from 0: the tick of 100 ms lies at its share of the width.
    const at = await created.locator(".median").evaluate((line) => parseFloat(line.getAttribute("x1")!));
    const tick = await created.locator(".grid").nth(1).evaluate((line) => parseFloat(line.getAttribute("x1")!));
    assert.ok(Math.abs(at / tick - comparison.processes.createdInMs!.median / 100) < 1e-6, `${at} ${tick}`);
  });

  it("says what the figures say", async () => {
    panel = await bench.open();
    await panel.init(FILE, "");
    await tell(recordedComparison("compare-03"), { begins: true });
    const sentences = await panel.page.locator(".short li").allInnerTexts();
    assert.deepEqual(sentences, [
      "Creating a process took about as long as creating a thread: their runs overlap.",
      "A process kept 55.2 MB in memory, a thread had a heap of 10.9 MB: 5.1 times as much.",
      "Threads gave up their core to wait more often: 159 times, against 122.",
      "counter ended as 5 different values with threads, and as 0 with processes.",
      "Data race: found in 5 of 5 runs as threads, and in 0 of 5 runs as processes.",
      "The quickest way to an answer: between threads, shared segment (88.5 µs); between processes, shared segment (398 µs).",
    ]);
    const reach = panel.page.locator("table.chart").nth(1).locator("tbody").first().locator("tr", { hasText: "Processes" });
    assert.match(await reach.innerText(), /does not reach the other task/);
  });

  it("says what a crash took down in each mode", async () => {
    panel = await bench.open();
    await panel.init(FILE, "");
    await tell(recordedComparison("compare-12"), { begins: true });
    assert.match(await text(), /As threads: reckless crashed; main, bystander ended with it; nothing went on\. As processes: reckless crashed; nothing ended with it; main, bystander went on\./);
  });

  it("stands beside the run: one goes to the other and back, and a new run comes to the front", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    await tell(recordedComparison("compare-03"), { begins: true });
    assert.equal(await panel.page.locator("cp-timeline").count(), 0);
    await panel.page.getByRole("radio", { name: "Threads" }).click();
    await panel.idle();
    assert.equal(await panel.page.locator("cp-timeline").count(), 1);
    assert.equal((await panel.posted()).some(({ type }) => type === "run"), false, "the run that is there is shown");
    await panel.page.getByRole("radio", { name: "Compare" }).click();
    await panel.idle();
    assert.equal(await panel.page.locator(".compare").count(), 1);
    await panel.page.getByRole("radio", { name: "Processes" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "run", mode: "processes" });
    await tell(recordedComparison("compare-03"));
    await panel.page.getByRole("radio", { name: "Compare" }).click();
    await panel.show(lostUpdate(), 2);
    assert.equal(await panel.page.locator("cp-timeline").count(), 1);
  });

  it("can be reached and read with the keyboard alone, and the timeline's keys do nothing there", async () => {
    panel = await bench.open();
    await panel.init(FILE, "");
    await tell(recordedComparison("compare-03"), { begins: true });
    await panel.page.getByRole("radio", { name: "Compare" }).focus();
    await panel.page.keyboard.press("ArrowRight");
    assert.equal(await panel.page.evaluate(() => document.activeElement?.getAttribute("data-view")), "threads");
    assert.equal((await panel.posted()).some(({ type }) => type === "run"), false, "arrows move the focus and start nothing");
    await panel.page.locator(".compare").focus();
    await panel.page.keyboard.press("End");
    await panel.page.waitForFunction(() => document.querySelector(".compare")!.scrollTop > 0);
    await panel.page.keyboard.press("Space");
    assert.equal(await panel.page.locator(".compare").count(), 1);
  });

  it("says why a snippet can't be compared", async () => {
    panel = await bench.open();
    await panel.init(FILE, "");
    const diagnostics = [{ file: FILE, line: 3, column: 7, severity: "error" as const, code: "syntax", message: "Unexpected token" }];
    await panel.send({ type: "comparison", started: ++started, latest: true, state: { running: false, done: 0, of: 20, comparison: null, diagnostics } });
    await panel.idle();
    await panel.page.getByRole("button", { name: "snippet.ts:3:7" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "reveal", file: FILE, line: 3, column: 7 });
  });

  describe("after the window was reloaded", () => {
    /** What the page kept of a run, and of the comparison that it knew. */
    const saved = (comparison: number, page: "run" | "compare"): object => ({ version: 1, file: FILE, run: 7, view: null, playhead: null, parts: {}, collapsed: [], split: { timeline: 0.5, left: 0.5 }, page, comparison });
    const front = (): Promise<string> => panel.page.getByRole("radio", { checked: true }).innerText();

    it("comes to the front where the page kept nothing of it: it was asked for after the run", async () => {
      panel = await bench.open({ saved: saved(0, "run") });
      await panel.show(lostUpdate(), 8);
      await tell(recordedComparison("compare-03"), { begins: true });
      assert.match(await front(), /Compare/);
    });

    it("comes to the front though the page had shown no run before, and one is restored", async () => {
      panel = await bench.open({ saved: { ...saved(++started, "compare"), run: 0 } });
      await panel.show(lostUpdate(), 7);
      await tell(recordedComparison("compare-03"));
      assert.match(await front(), /Compare/);
    });

    it("stays behind a run that was asked for after it", async () => {
      panel = await bench.open({ saved: saved(0, "run") });
      await panel.show(lostUpdate(), 8);
      await tell(recordedComparison("compare-03"), { begins: true, latest: false });
      assert.doesNotMatch(await front(), /Compare/);
    });

    it("stays where the student had turned back to the run", async () => {
      panel = await bench.open({ saved: saved(++started, "run") });
      await panel.show(lostUpdate(), 7);
      await tell(recordedComparison("compare-03"));
      assert.doesNotMatch(await front(), /Compare/);
    });
  });

  it("speaks 简体中文", async () => {
    panel = await bench.open({ width: 600 });
    await panel.init(FILE, "", "threads", "zh-cn");
    await tell(recordedComparison("compare-03"), { begins: true });
    assert.match(await text(), /线程与进程并排比较/);
    assert.doesNotMatch((await text()).replace(/CPU|MB|ms|µs|counter|sharedMemory\(\)|shared\(\)|spawn\(\)|MessageQueue|Pipe|Socket/g, ""), /[A-Za-z]{3}/);
    await panel.screenshot("compare-zh-600");
  });
});

describe("random delays", () => {
  let bench: Bench;
  let panel: Panel;
  before(async () => {
    bench = await Bench.start();
  });
  after(() => bench.stop());
  afterEach(() => panel.close());

  it("are turned on and off with a seed, and the run says that it had them", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    assert.equal(await panel.page.locator(".perturbed").count(), 0);
    const toggle = panel.page.getByRole("button", { name: "Perturb" });
    await toggle.click();
    await panel.idle();
    assert.deepEqual((await panel.posted()).at(-1), { type: "perturb", seed: 1 });
    assert.equal(await toggle.getAttribute("aria-pressed"), "true");
    const seed = panel.page.getByRole("spinbutton", { name: "Seed of the delays" });
    await seed.fill("42");
    await seed.press("Enter");
    assert.deepEqual((await panel.posted()).at(-1), { type: "perturb", seed: 42 });
    await seed.fill("-3");
    await seed.press("Enter");
    assert.equal(await seed.inputValue(), "42", "what is no seed is taken back");
    await toggle.click();
    await panel.idle();
    assert.deepEqual((await panel.posted()).at(-1), { type: "perturb", seed: null });
    await panel.show({ ...lostUpdate(), perturb: 42 }, 2);
    assert.equal(await panel.page.locator(".perturbed").innerText(), "perturbed, seed 42");
  });
});
