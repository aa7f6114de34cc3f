import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "../support/browser";
import { Snippets, cli } from "./cli";

interface ChromeEvent {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly args?: Record<string, unknown>;
}

const LOCKED = `const lock = new Mutex(), q = new MessageQueue<number>(); let n = shared(0);
function work(k: number) { for (let i = 0; i < 3; i++) lock.withLock(() => { n++; sleep(2); }); q.send(k); }
const tasks = [spawn(work, 1), spawn(work, 2)];
q.receive(); q.receive(); for (const t of tasks) t.join();
console.log("<b>&", n);`;

describe("what a run is written to", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  const path = (name: string): string => join(snippets.folder, name);
  const events = (file: string): ChromeEvent[] => (JSON.parse(readFileSync(file, "utf8")) as { traceEvents: ChromeEvent[] }).traceEvents;

  for (const mode of ["threads", "processes"] as const) {
    it(`--perfetto: a track per task, slices that nest, an arrow's two ends inside slices (${mode})`, async () => {
      const { code } = await cli("run", snippets.write(LOCKED), "--as", mode, "--perfetto", path("run.json"));
      assert.equal(code, 0);
      const all = events(path("run.json"));
      const slices = all.filter(({ ph }) => ph === "X");
      assert.deepEqual(slices.filter(({ cat }) => cat === "task").map(({ name }) => name).sort(), ["main", "work", "work 2"]);
      assert.equal(new Set(slices.map(({ pid }) => pid)).size, mode === "threads" ? 1 : 3);
      const inside = ({ pid, tid, ts }: ChromeEvent): boolean => slices.some((slice) => slice.pid === pid && slice.tid === tid && slice.ts! <= ts! && ts! <= slice.ts! + slice.dur!);
      const starts = all.filter(({ ph }) => ph === "s");
      for (const kind of ["spawn", "join", "lock", "message"]) assert.ok(starts.some(({ cat }) => cat === kind), kind);
      for (const start of starts) {
        const end = all.find(({ ph, id }) => ph === "f" && id === start.id);
        assert.ok(end && inside(start) && inside(end), JSON.stringify([start, end]));
      }
      for (const begin of all.filter(({ ph }) => ph === "b")) {
        const end = all.find(({ ph, id }) => ph === "e" && id === begin.id);
        assert.ok(end && end.ts! >= begin.ts!, JSON.stringify(begin));
      }
      assert.equal(all.filter(({ ph, name }) => ph === "b" && name === "lock").length, 6);
      const values = all.filter(({ ph, name }) => ph === "C" && name === "n").map(({ args }) => args?.value);
      assert.deepEqual(mode === "threads" ? values : [...values].sort(), mode === "threads" ? [1, 2, 3, 4, 5, 6] : [1, 1, 2, 2, 3, 3]);
    });
  }

  it("--html: a page that needs nothing beside it, with findings, timeline, source and output", async () => {
    const file = snippets.write(`let n = shared(0);\nfunction add() { n++; console.log("<script>alert(1)</script>"); }\nconst tasks = [spawn(add), spawn(add)];\nfor (const t of tasks) t.join();`);
    await cli("run", file, "--html", path("run.html"));
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("console", (message) => void (message.type() === "error" && problems.push(message.text())));
      page.on("request", (request) => void (request.url().startsWith("file:") || problems.push(request.url())));
      await page.goto(`file://${path("run.html")}`);
      assert.match(await page.locator(".finding h3").first().innerText(), /^data race/i);
      assert.ok((await page.locator("svg[role=img] rect.running").count()) >= 3);
      assert.ok((await page.locator(".code .marked").first().innerText()).includes("n++"));
      assert.equal(await page.locator("td pre").first().innerText(), "<script>alert(1)</script>");
      assert.deepEqual(problems, []);
    } finally {
      await browser.close();
    }
  });

  it("a snippet that does not compile leaves no file, one that can't be written is told before the run", async () => {
    const wrong = await cli("run", snippets.write("const x = ;"), "--html", path("none.html"), "--trace", path("none.trace"));
    assert.equal(wrong.code, 2);
    assert.ok(!existsSync(path("none.html")) && !existsSync(path("none.trace")));
    const unwritable = await cli("run", snippets.write(`console.log("ran");`), "--trace", path("t"), "--html", path("no/such/folder.html"));
    assert.equal(unwritable.code, 2);
    assert.match(unwritable.stderr, /folder\.html can't be written/);
    assert.equal(unwritable.stdout, "");
    assert.ok(!existsSync(path("t")));
  });

  it("numbers that can't be used are told as such", async () => {
    const file = snippets.write("self();");
    for (const [args, expected] of [
      [["--time-limit", "-1"], /--time-limit needs a positive number, not "-1"/],
      [["--tasks", "1.5"], /--tasks needs a positive whole number, not "1.5"/],
      [["--perturb", "-3"], /--perturb needs a whole number of at least 0, not "-3"/],
    ] as const) {
      const { code, stderr } = await cli("run", file, ...args);
      assert.equal(code, 2);
      assert.match(stderr, expected);
    }
  });

  it("compare: the first run each way", async () => {
    const { code } = await cli("compare", snippets.write(LOCKED), "--runs", "1", "--perfetto", path("both.json"), "--html", path("both.html"));
    assert.equal(code, 0);
    for (const mode of ["threads", "processes"]) {
      assert.ok(events(path(`both.${mode}.json`)).length > 10);
      assert.ok(readFileSync(path(`both.${mode}.html`), "utf8").endsWith("</html>\n"));
    }
  });
});
