import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

describe("limits of the snippet API", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    it(`a full queue at exit holds nobody up (${mode})`, async () => {
      const { report: told } = await report(snippets.write(`const q = new MessageQueue<string>(3); function fill() { for (let i = 0; i < 3; i++) q.send("x".repeat(1000)); } spawn(fill).join(); console.log(q.length);`), mode);
      assert.equal(told.outcome, "completed");
      assert.equal(outputOf(told, 0), "3\n");
    });
  }

  for (const mode of ["threads", "processes"] as const) {
    it(`a list may be longer than any stack is deep (${mode})`, async () => {
      const code = `interface Node { n: number; next: Node | null } let built: Node | null = null; for (let n = 0; n < 12_000; n++) built = { n, next: built };
        const list = shared({ first: built, count: 0 }); function count() { let many = 0; for (let at = list.first; at; at = at.next) many++; list.count = many; return many; } console.log(spawn(count).join());`;
      const { report: told } = await report(snippets.write(code), mode);
      assert.equal(told.outcome, "completed");
      assert.equal(outputOf(told, 0), "12000\n");
      for (const { value } of told.variables) assert.match(JSON.stringify(value), /^{"first":{"n":11999,"next":{"n":11998.*"\$more"/);
    }).timeout(120_000);
  }

  it("reads and writes are counted exactly, however many there are", async () => {
    const code = `let counter = shared(0); const cells = shared(new Int32Array(1000)); const lock = new Mutex();
      function work() { lock.lock(); for (let i = 0; i < 300_000; i++) { counter++; cells[i % 1000]! += 1; } lock.unlock(); }
      const tasks = [spawn(work), spawn(work)]; for (const t of tasks) t.join();`;
    const { report: told } = await report(snippets.write(code), "threads");
    assert.deepEqual(told.findings, []);
    const counts = told.variables.map(({ name, value, reads, writes }) => ({ name, value: name === "counter" ? value : "", reads, writes }));
    assert.deepEqual(counts, [
      { name: "counter", value: 600_000, reads: 600_000, writes: 600_000 },
      { name: "cells", value: "", reads: 600_000, writes: 600_000 },
    ]);
    assert.ok(told.events.dropped > 1_000_000, `${told.events.dropped} not kept`);
    const { recorded, dropped } = told.events;
    assert.ok(recorded + dropped >= 2_400_000);
  }).timeout(120_000);

  it("too many tasks are a clear error, and those that there are end well", async () => {
    const code = `const go = new Latch(1); function wait() { go.wait(); } const tasks = []; try { for (;;) tasks.push(spawn(wait)); } catch (error) { console.log(tasks.length, (error as Error).message); } go.countDown(); for (const t of tasks) t.join();`;
    const { report: told } = await report(snippets.write(code), "threads");
    assert.equal(outputOf(told, 0), "63 a run may have 64 tasks at most\n");
    assert.equal(told.outcome, "completed");
    assert.ok(told.tasks.every(({ state }) => state === "finished"));
  }).timeout(120_000);

  it("a process that is killed from outside is told as such", async () => {
    const code = `function wait() { sleep(60_000); } const t = spawn(wait); process.kill(t.pid, "SIGKILL"); try { t.join(); } catch (error) { const e = error as Record<string, unknown>; console.log(e.name, e.task, e.exitCode, e.signal); }`;
    const { report: told } = await report(snippets.write(code), "processes");
    assert.equal(outputOf(told, 0), "TaskCrashed 1 undefined SIGKILL\n");
    assert.equal(told.tasks[1]?.state, "crashed");
  });
});
