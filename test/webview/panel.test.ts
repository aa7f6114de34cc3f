import assert from "node:assert/strict";
import { abortedEarly, deadlock, lostUpdate, manyEvents, processCopies, train } from "./fixtures";
import { Kind } from "../../src/trace";
import { Scenario } from "./scenario";
import { Bench, type Panel } from "./page";

describe("the panel in a browser", () => {
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
    assert.deepEqual(errors, [], "the page and its content security policy have nothing to complain of");
    assert.deepEqual(failures, []);
  });

  const labels = (): Promise<string[]> => panel.page.locator(".tl-label .tl-name").allTextContents();
  const slider = (attribute: string): Promise<string | null> => panel.page.getByRole("slider", { name: "Playhead" }).getAttribute(attribute);

  it("tells a newcomer what to do, and runs from there", async () => {
    panel = await bench.open();
    await panel.init("/lesson/snippet.ts", "");
    await panel.page.getByRole("button", { name: "Run · Processes" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "run", mode: "processes" });
  });

  it("draws a lane per task under its process, and tracks for locks and variables", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    assert.deepEqual(await labels(), ["Process 4711", "main", "count", "count 2", "Locks", "start", "Variables", "counter"]);
    assert.equal(await panel.page.locator(".run-state-text").textContent(), "Completed in 3.3 ms");
    const painted = await panel.page.locator(".tl-rows").evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error("not a canvas");
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    assert.ok(painted > 20, `the lanes have ${painted} colours`);
  });

  it("names a process in the lane of its only task, and has a header for one with several", async () => {
    panel = await bench.open();
    const code = "spawn(work);\n";
    const s = new Scenario(code, "processes");
    s.space(0, 100).space(1, 101, 0).task(0, "main", 100).task(1, "thread", 100).task(2, "child", 101, 1);
    for (const task of [0, 1, 2]) s.sync(task, task * 1e6, Kind.TaskStart);
    await panel.show({ file: s.file, code, mode: "processes", bytes: s.bytes({ outcome: "completed", time: 4e6 }), findings: [], outcome: "completed", duration: 4 });
    assert.deepEqual(await labels(), ["Process 100", "main", "thread", "child"]);
    assert.equal(await panel.page.locator(".tl-task .tl-sub").last().textContent(), "process 101");
    const tops = await panel.page.locator(".tl-label").evaluateAll((rows) => rows.map((row) => [(row as HTMLElement).offsetTop, (row as HTMLElement).offsetHeight]));
    assert.deepEqual(tops, [[0, 22], [22, 40], [62, 40], [102, 40]]);
  });

  it("grows while the run is in progress", async () => {
    panel = await bench.open();
    const { file, code, bytes } = lostUpdate();
    await panel.init(file, code);
    await panel.send({ type: "run-started", run: 1, file, mode: "threads", perturb: null });
    await panel.idle();
    assert.equal(await panel.page.getByRole("button", { name: "Stop" }).count(), 1);
    assert.deepEqual(await labels(), []);
    await panel.trace(1, bytes);
    await panel.idle();
    assert.equal((await labels()).length, 8);
    await panel.page.getByRole("button", { name: "Stop" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "stop" });
  });

  it("leaves out what belongs to an earlier run", async () => {
    panel = await bench.open();
    const { file, bytes } = lostUpdate();
    await panel.show(processCopies(), 2);
    await panel.trace(1, bytes);
    await panel.send({ type: "findings", run: 1, findings: lostUpdate().findings });
    await panel.idle();
    assert.deepEqual((await labels()).slice(0, 3), ["main", "count", "count 2"]);
    assert.equal(await panel.page.locator(".tl-task .tl-sub").first().textContent(), "process 5000 · finished");
    assert.equal(await panel.page.locator(".finding").count(), 0);
    assert.equal(file, "/lesson/snippet.ts");
  });

  it("shows both accesses of a race; a click reveals the line and moves the playhead there", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    const rows = panel.page.locator(".accesses tbody tr");
    assert.equal(await rows.count(), 2);
    assert.match((await rows.nth(1).textContent()) ?? "", /count 2\s*reads and writes\s*1\s*none\s*snippet\.ts:9\s*counter\+\+/);
    await rows.nth(1).getByRole("button").click();
    await panel.idle();
    assert.deepEqual((await panel.posted()).at(-1), { type: "reveal", file: "/lesson/snippet.ts", line: 9, column: 35, endLine: 9, endColumn: 44 });
    assert.equal(await slider("aria-valuenow"), "2431000");
    assert.match((await slider("aria-valuetext")) ?? "", /count 2: write counter = 1/);
  });

  it("tells what each task used, and of which nothing is known", async () => {
    panel = await bench.open();
    const unknown = { createdInMs: null, cpuUserMs: null, cpuSystemMs: null, memoryBytes: null, voluntarySwitches: null, involuntarySwitches: null, communication: [] };
    const costs = [
      { ...unknown, task: 0, memoryBytes: 52e6, cpuUserMs: 30, cpuSystemMs: 5, voluntarySwitches: 1234, involuntarySwitches: 7 },
      { ...unknown, task: 1, createdInMs: 48, communication: [{ means: "pipe" as const, sent: 2, sentBytes: 30, received: 0, receivedBytes: 0 }] },
    ];
    await panel.show({ ...lostUpdate(), costs });
    await panel.openPart("Costs");
    const rows = panel.page.locator("table.costs tbody tr");
    assert.match((await rows.nth(0).textContent()) ?? "", /main\s*–\s*52\.0 MB\s*35 ms\s*1,234\s*7/);
    assert.match((await rows.nth(1).textContent()) ?? "", /count\s*48 ms\s*not told\s*not told/);
    assert.match((await rows.nth(2).textContent()) ?? "", /count\s*Pipe\s*2× · 30 bytes\s*–/);
  });

  it("says which findings of the run before are gone, and when that is mere luck", async () => {
    panel = await bench.open();
    const { file, code, findings } = lostUpdate();
    const again = async (run: number, sameText: boolean): Promise<string> => {
      await panel.send({ type: "run-started", run, file, mode: "threads", perturb: null, before: { findings, sameText } });
      await panel.send({ type: "run-ended", run, outcome: "completed", exitCode: 0, duration: 3, diagnostics: [] });
      await panel.idle();
      return (await panel.page.locator(".gone").textContent()) ?? "";
    };
    await panel.init(file, code);
    assert.match(await again(1, false), /1 finding of the run before as threads is gone:\s*Data race · counter/);
    assert.match(await again(2, true), /1 finding of the run before as threads did not show this time:\s*Data race · counter.*nothing is repaired/s);
    await panel.send({ type: "run-started", run: 3, file, mode: "threads", perturb: null, before: { findings, sameText: false } });
    await panel.send({ type: "findings", run: 3, findings });
    await panel.send({ type: "run-ended", run: 3, outcome: "completed", exitCode: 0, duration: 3, diagnostics: [] });
    await panel.idle();
    assert.equal(await panel.page.locator(".gone").count(), 0);
  });

  it("says of a task that has not begun why, and leads to where a task crashed", async () => {
    panel = await bench.open();
    await panel.show(abortedEarly());
    const lane = panel.page.locator(".tl-task", { hasText: "work" });
    assert.equal(await lane.getAttribute("title"), "work · thread · not started: its process ended");
    assert.match((await lane.textContent()) ?? "", /thread · not started/);
    assert.equal(await panel.page.locator(".notice", { hasText: "SIGABRT" }).textContent(), "Its process ended by signal SIGABRT");
    await panel.page.locator(".finding .places button").click();
    const told = (await panel.posted()).at(-1);
    assert.deepEqual(told?.type === "reveal" && [told.line, told.column], [6, 9]);
  });

  it("draws the cycle of a deadlock", async () => {
    panel = await bench.open();
    await panel.show(deadlock());
    const graph = panel.page.locator(".finding svg.wait-graph");
    assert.match((await graph.getAttribute("aria-label")) ?? "", /fromAToB waits for lockB, held by fromBToA.*fromBToA waits for lockA, held by fromAToB/);
    assert.equal(await graph.locator(".node").count(), 2);
    assert.equal(await graph.locator(".edge").count(), 2);
    await panel.openPart("Locks");
    const held = await panel.page.locator(".locks tbody tr").allTextContents();
    assert.match(held[0] ?? "", /lockA\s+Mutex\s+1\s+fromAToB\s+2\s+fromBToA/);
  });

  it("steps through events forwards and back, and shows the values of each moment", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    await panel.openPart("Memory");
    const value = panel.page.locator(".memory .value").first();
    assert.equal(await value.textContent(), "8");
    await panel.page.locator(".tl-rows").focus().catch(() => undefined);
    await panel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await panel.page.keyboard.press("Home");
    await panel.idle();
    assert.equal(await value.textContent(), "0");
    const seen: (string | null)[] = [];
    for (let i = 0; i < 60; i++) {
      await panel.page.keyboard.press("ArrowRight");
      await panel.idle();
      const text = await value.textContent();
      if (text !== seen.at(-1)) seen.push(text);
    }
    assert.deepEqual(seen, ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
    await panel.page.keyboard.press("Home");
    await panel.page.keyboard.press("End");
    await panel.idle();
    await panel.page.keyboard.press("ArrowLeft");
    await panel.idle();
    assert.match((await slider("aria-valuetext")) ?? "", /main/);
  });

  it("plays the run at a chosen pace, pauses, and goes on from where it is", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    const now = async (): Promise<number> => Number(await slider("aria-valuenow"));
    const toolbar = panel.page.getByRole("toolbar");
    await panel.page.locator(".pace-select").click();
    await panel.page.getByRole("option", { name: "1000× slower" }).click();
    await panel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await panel.page.keyboard.press("Space");
    const pause = toolbar.getByRole("button", { name: /^Pause/ });
    await pause.waitFor();
    await panel.page.waitForFunction(() => Number(document.querySelector(".tl-slider")?.getAttribute("aria-valuenow")) > 100_000);
    await pause.click();
    await panel.idle();
    const paused = await now();
    assert.ok(paused > 100_000 && paused < 3_300_000, `${paused}`);
    await panel.page.locator(".pace-select").click();
    await panel.page.getByRole("option", { name: "real time" }).click();
    await toolbar.getByRole("button", { name: /^Play/ }).click();
    await toolbar.getByRole("button", { name: /^Play/ }).waitFor();
    await panel.idle();
    assert.equal(await now(), 3_300_000, "it stops at the end");
    assert.equal(await panel.page.evaluate(() => (window.savedState as { pace: string }).pace), "real");
  });

  it("shows the deadlock, not the moment after it when all was killed", async () => {
    panel = await bench.open();
    await panel.show(deadlock());
    assert.match((await slider("aria-valuetext")) ?? "", /fromBToA: /);
    assert.equal(await slider("aria-valuenow"), "8000000");
  });

  it("shows the copies of several processes side by side", async () => {
    panel = await bench.open();
    await panel.show(processCopies());
    await panel.openPart("Memory");
    assert.deepEqual(await panel.page.locator(".memory .value").allTextContents(), ["0", "8", "8"]);
    assert.equal(await panel.page.locator(".memory thead th").count(), 4);
  });

  it("names the copies of a variable by the tasks that have them", async () => {
    panel = await bench.open({ width: 600 });
    await panel.show(processCopies());
    const copies = panel.page.locator(".tl-track", { hasText: "counter" });
    assert.deepEqual(await copies.locator(".task-badge").allTextContents(), ["0", "1", "2"]);
    assert.deepEqual(await copies.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).title)), ["counter · main · Process 5000", "counter · count · Process 5001", "counter · count 2 · Process 5002"]);
    const cut = await panel.page.locator(".tl-label .tl-name, .tl-label .tl-sub").evaluateAll((texts) => texts.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent));
    assert.deepEqual(cut, []);
  });

  it("opens on what the tasks do; 0 shows all, with the time that starting them took", async () => {
    panel = await bench.open();
    await panel.show(processCopies());
    const tip = async (part: number): Promise<string> => {
      const box = (await panel.page.locator(".tl-rows").boundingBox())!;
      await panel.page.mouse.click(box.x + box.width * part, box.y + 5);
      await panel.idle();
      return (await panel.page.locator(".tl-slider").getAttribute("aria-valuenow"))!;
    };
    assert.ok(Number(await tip(0.02)) > 37e6, "shortly before the first step, at 39 ms");
    await panel.page.keyboard.press("0");
    await panel.idle();
    assert.ok(Number(await tip(0.02)) < 2e6);
  });

  it("zooms by wheel and keys at the pointer, chooses a range by dragging, and shows all again", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    const view = (): Promise<{ from: number; to: number } | null> => panel.page.evaluate(() => (window.savedState as { view: { from: number; to: number } | null } | null)?.view ?? null);
    const box = (await panel.page.locator(".tl-rows").boundingBox())!;
    await panel.page.mouse.move(box.x + box.width / 2, box.y + 60);
    await panel.page.keyboard.down("Control");
    await panel.page.mouse.wheel(0, -300);
    await panel.page.keyboard.up("Control");
    await panel.idle();
    const zoomed = (await view())!;
    const middle = (3.3e6 * 1.02 - 3.3e6 * 0.01) / 2;
    assert.ok(zoomed.to - zoomed.from < 3.3e6 && zoomed.from < middle && zoomed.to > middle, JSON.stringify(zoomed));
    await panel.page.keyboard.press("w");
    await panel.idle();
    const further = (await view())!;
    assert.ok(further.to - further.from < zoomed.to - zoomed.from);
    await panel.page.keyboard.press("d");
    await panel.idle();
    assert.ok((await view())!.from > further.from);
    await panel.page.keyboard.press("0");
    await panel.idle();
    assert.equal(await view(), null);
    await panel.page.mouse.move(box.x + 200, box.y + 10);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 400, box.y + 10, { steps: 4 });
    await panel.page.mouse.up();
    await panel.idle();
    const dragged = (await view())!;
    const perPixel = (3.3e6 * 1.03) / box.width;
    assert.ok(Math.abs(dragged.to - dragged.from - 200 * perPixel) < 5 * perPixel, JSON.stringify(dragged));
  });

  it("says in a tooltip who waits for what, held by whom", async () => {
    panel = await bench.open();
    await panel.show(deadlock());
    const box = (await panel.page.locator(".tl-rows").boundingBox())!;
    await panel.page.mouse.move(box.x + box.width * 0.85, box.y + 22 + 40 + 14);
    await panel.idle();
    assert.match((await panel.page.locator(".tl-tooltip").textContent()) ?? "", /^fromAToB waits for lock lockB, held by fromBToA, for [\d.]+ ms\. It still waits\./);
  });

  it("keeps view, playhead and open parts over a reload", async () => {
    const saved = { version: 1, file: "/lesson/snippet.ts", run: 7, view: { from: 1e6, to: 2e6 }, playhead: 1.5e6, parts: { left: "locks" }, collapsed: ["locks"], split: { timeline: 0.4, left: 0.3 } };
    panel = await bench.open({ saved });
    await panel.show(lostUpdate(), 7);
    assert.equal(await slider("aria-valuenow"), "1500000");
    assert.equal(await panel.page.getByRole("tab", { name: "Locks" }).getAttribute("aria-selected"), "true");
    assert.ok(!(await labels()).includes("start"));
    await panel.show(lostUpdate(), 8);
    assert.equal(await slider("aria-valuenow"), "3300000", "another run starts at its end");
  });

  it("loads Monaco only for the source, marks each task's line, and sends edits", async () => {
    panel = await bench.open({ width: 900 });
    const requests: string[] = [];
    panel.page.on("request", (request) => requests.push(request.url()));
    await panel.show(deadlock());
    const monacoRules = (): Promise<number> => panel.page.evaluate(() => [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]).filter(({ cssText }) => cssText.startsWith(".monaco-editor")).length);
    assert.equal(requests.filter((url) => url.includes("editor")).length, 0);
    assert.equal(await monacoRules(), 0, "nor do its styles keep the first paint waiting");
    await panel.openPart("Source");
    assert.ok(requests.some((url) => url.includes("editor")));
    await panel.page.locator(".view-line").first().waitFor();
    assert.ok((await monacoRules()) > 100);
    const markers = panel.page.locator(".task-marker");
    assert.deepEqual((await markers.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).title.split(".")[0]))).sort(), ["fromAToB at line 10", "fromBToA at line 17", "main at line 22"]);
    await panel.page.locator(".view-line").first().click();
    for (const key of ["Control+Home", "ArrowDown"]) await panel.page.keyboard.press(key);
    await panel.page.keyboard.type("// hello");
    await panel.page.waitForFunction(() => window.posted.some((message) => message.type === "edit" && message.text.includes("// hello")));
    const edit = (await panel.posted()).find((message) => message.type === "edit");
    assert.equal(edit?.type === "edit" && edit.text.split("\n")[1], "// hello");
    await panel.send({ type: "document", file: "/lesson/snippet.ts", text: "const changed = 1;\n" });
    await panel.idle();
    await panel.page.getByText("changed", { exact: false }).first().waitFor();
  });

  it("wraps lines of the source that are longer than the panel is wide", async () => {
    panel = await bench.open({ width: 600 });
    const { file, code } = lostUpdate();
    await panel.show(lostUpdate());
    await panel.openPart("Source");
    await panel.send({ type: "document", file, text: `// ${"look here ".repeat(20)}at the end\n${code}` });
    await panel.idle();
    await panel.page.locator(".view-line", { hasText: "at the end" }).waitFor();
    const beyond = await panel.page.locator(".view-line > span").evaluateAll((lines) => lines.filter((line) => line.getBoundingClientRect().right > window.innerWidth).length);
    assert.equal(beyond, 0);
  });

  it("moves the playhead when a task's marker is dragged to another line", async () => {
    panel = await bench.open();
    await panel.show(deadlock());
    await panel.openPart("Source");
    await panel.page.locator(".view-line").first().waitFor();
    const marker = panel.page.locator(".task-marker.task-1");
    const from = (await marker.boundingBox())!;
    await panel.page.mouse.move(from.x + 5, from.y + 5);
    await panel.page.mouse.down();
    await panel.page.mouse.move(from.x + 5, from.y + 5 - 2 * from.height, { steps: 6 });
    await panel.page.mouse.up();
    await panel.idle();
    assert.match((await slider("aria-valuetext")) ?? "", /fromAToB: lock lockA/);
  });

  it("goes to the previous and next access of a variable", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    await panel.openPart("Memory");
    await panel.page.getByRole("button", { name: "Previous access of counter" }).click();
    await panel.idle();
    assert.match((await slider("aria-valuetext")) ?? "", /main: read counter → 8/);
    for (const expected of [/count 2: write counter = 8/, /count: write counter = 8/, /count 2: read counter → 7/]) {
      await panel.page.getByRole("button", { name: "Previous access of counter" }).click();
      await panel.idle();
      assert.match((await slider("aria-valuetext")) ?? "", expected);
    }
    await panel.page.getByRole("button", { name: "Next access of counter" }).click();
    await panel.idle();
    assert.match((await slider("aria-valuetext")) ?? "", /count: write counter = 8/);
  });

  it("writes beside a line what each task read and wrote there", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    await panel.page.locator(".accesses tbody tr").nth(1).getByRole("button").click();
    await panel.openPart("Source");
    await panel.page.locator(".task-line-label").first().waitFor();
    const told = (await panel.page.locator(".task-line-label").allTextContents()).map((text) => text.replaceAll("\u00a0", " ").trim());
    assert.ok(told.includes("1 2: counter = 1"), JSON.stringify(told));
  });

  it("shows each file of a run; stepping into one opens it, and only the snippet can be edited", async () => {
    panel = await bench.open();
    const code = 'import { add } from "./add";\nadd();\n';
    const s = new Scenario(code);
    s.space(0, 1).task(0, "main", 1).variable(64, "sum", 0);
    s.sync(0, 0, Kind.TaskStart, s.site("add()"));
    s.write(0, 1e6, s.siteIn("/lesson/add.ts", "export let sum = 0;\nexport const add = () => sum++;\n", "sum++"), 64, 1);
    s.sync(0, 2e6, Kind.TaskEnd);
    await panel.show({ file: s.file, code, mode: "threads", bytes: s.bytes({ outcome: "completed", time: 2e6 }), findings: [], outcome: "completed", duration: 2 });
    await panel.openPart("Source");
    const select = panel.page.locator(".file-select");
    assert.equal(await select.evaluate((node) => (node as HTMLSelectElement).value), "/lesson/snippet.ts");
    await panel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (const key of ["Home", "ArrowRight"]) await panel.page.keyboard.press(key);
    await panel.idle();
    assert.equal(await select.evaluate((node) => (node as HTMLSelectElement).value), "/lesson/add.ts");
    await panel.page.getByText("export const", { exact: false }).first().waitFor();
    await panel.page.locator(".view-line").first().click();
    await panel.page.keyboard.type("x");
    await select.click();
    await panel.page.getByRole("option", { name: "snippet.ts" }).click();
    await panel.page.locator(".view-line", { hasText: "import" }).click();
    for (const key of ["Control+Home"]) await panel.page.keyboard.press(key);
    await panel.page.keyboard.type("// mine ");
    await panel.page.waitForFunction(() => window.posted.some((message) => message.type === "edit" && message.text.startsWith("// mine ")));
    const edits = (await panel.posted()).filter((message) => message.type === "edit");
    assert.ok(edits.every((edit) => edit.type === "edit" && edit.file === "/lesson/snippet.ts" && !edit.text.includes("export")), JSON.stringify(edits));
  });

  it("lists every event for the keyboard", async () => {
    panel = await bench.open();
    await panel.show(deadlock());
    await panel.openPart("Events");
    const grid = panel.page.getByRole("grid", { name: "Events" });
    assert.equal(await grid.getAttribute("aria-rowcount"), "15");
    await grid.focus();
    await panel.page.keyboard.press("Home");
    await panel.idle();
    await panel.page.keyboard.press("ArrowDown");
    await panel.idle();
    assert.match((await grid.locator("[aria-selected=true]").textContent()) ?? "", /main\s*spawn fromAToB/);
    assert.match((await slider("aria-valuetext")) ?? "", /main: spawn fromAToB/);
  });

  it("shows output of all tasks, or of one", async () => {
    panel = await bench.open();
    await panel.show(train());
    await panel.openPart("Output");
    assert.deepEqual(await panel.page.locator(".output-text").allTextContents(), ["Ada sits down", "Edsger sits down", "Barbara sits down", "Tony sits down", "Error: no soap"]);
    await panel.page.locator(".task-select").last().click();
    await panel.page.getByRole("option", { name: "4 Tony" }).click();
    await panel.idle();
    assert.deepEqual(await panel.page.locator(".output-text").allTextContents(), ["Tony sits down", "Error: no soap"]);
  });

  it("lists what did not compile, as links", async () => {
    panel = await bench.open();
    const file = "/lesson/snippet.ts";
    await panel.init(file, "let x = ;");
    await panel.send({ type: "run-started", run: 1, file, mode: "threads", perturb: null });
    await panel.send({ type: "run-ended", run: 1, outcome: "not-compiled", exitCode: null, duration: 3, diagnostics: [{ file, line: 1, column: 9, code: "syntax", message: "Unexpected token", severity: "error" }] });
    await panel.idle();
    await panel.page.getByRole("button", { name: "snippet.ts:1:9" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "reveal", file, line: 1, column: 9 });
  });

  it("says that a crash is one, and what is not drawn", async () => {
    panel = await bench.open();
    await panel.show(train());
    assert.match((await panel.page.locator(".notices").textContent()) ?? "", /12,345 accesses are not drawn/);
    assert.equal(await panel.page.locator(".tl-sub .bad").textContent(), "crashed");
    assert.match((await panel.page.locator("[role=status]").textContent()) ?? "", /Crashed after/);
  });

  it("shows what is whole of a damaged recording, and says what is left out", async () => {
    panel = await bench.open();
    const fixture = train();
    const notice = panel.page.locator(".notice", { hasText: "could not be read" });
    await panel.show(fixture);
    assert.equal(await notice.count(), 0);
    const damaged = Uint8Array.from(fixture.bytes);
    damaged[Buffer.from(damaged).lastIndexOf("CPT1") + 16] = 254; // a record of no kind
    await panel.show({ ...fixture, bytes: damaged }, 2);
    assert.equal(await notice.textContent(), "1 piece of the recording could not be read and is left out.");
    assert.deepEqual((await labels()).slice(0, 6), ["Process 4711", "main", "Ada", "Edsger", "Barbara", "Tony"]);
    await panel.show({ ...fixture, bytes: damaged.subarray(0, -8) }, 3);
    assert.equal(await notice.textContent(), "1 piece of the recording could not be read and is left out.", "a torn end");
    damaged[Buffer.from(damaged).lastIndexOf("CPT1", Buffer.from(damaged).lastIndexOf("CPT1") - 1) + 16] = 254;
    await panel.show({ ...fixture, bytes: damaged }, 4);
    assert.equal(await notice.textContent(), "2 pieces of the recording could not be read and are left out.");
  });

  it("opens its help by key and closes it again", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate());
    await panel.page.keyboard.press("?");
    await panel.idle();
    assert.equal(await panel.page.getByRole("dialog").count(), 1);
    await panel.page.keyboard.press("Escape");
    await panel.idle();
    assert.equal(await panel.page.getByRole("dialog").count(), 0);
  });

  it("speaks Chinese where the editor does", async () => {
    panel = await bench.open();
    await panel.show(lostUpdate(), 1, "zh-cn");
    assert.deepEqual(await panel.page.getByRole("tab").allTextContents().then((all) => all.map((text) => text.trim())), ["发现1", "内存", "锁", "开销", "源代码", "输出", "事件"]);
  });

  it("names the lock that guards a variable", async () => {
    panel = await bench.open();
    await panel.show(manyEvents(4000));
    await panel.openPart("Memory");
    assert.equal(await panel.page.locator(".memory tbody tr td").last().textContent(), "lock");
    assert.deepEqual(await panel.page.locator(".memory tbody td.number").allTextContents(), ["1,872", "1,872"]);
  });
});
