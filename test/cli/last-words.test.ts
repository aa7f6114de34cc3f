import assert from "node:assert/strict";
import { Snippets, report } from "./cli";

const KILLED = `let n = sharedMemory(0);
const enough = new Latch(1), queue = new MessageQueue<number>();
function worker() { for (let i = 0; ; i++) { n++; console.log("line " + i); queue.send(i); if (i === 20) enough.countDown(); } }
function other() { for (let i = 0; i < 30; i++) console.log("other " + i); }
const tasks = [spawn(worker), spawn(other)];
enough.wait(); END
try { tasks[0]!.join(); } catch (error) { console.log((error as { task?: number }).task); }
tasks[1]!.join();
console.log(n, queue.length);`;

describe("what a task did before it was killed", function () {
  this.timeout(120_000);
  const snippets = new Snippets();
  after(() => snippets.dispose());

  for (const [mode, end] of [["threads", "tasks[0]!.kill();"], ["processes", "tasks[0]!.kill();"], ["processes", 'process.kill(tasks[0]!.pid, "SIGKILL");']] as const) {
    it(`is told in order, as its own, and nothing twice: ${end} (${mode})`, async () => {
      const { report: told } = await report(snippets.write(KILLED.replace("END", end)), mode, "--time-limit", "100");
      assert.equal(told.outcome, "completed");
      const printed = (task: number): string[] => told.output.filter((piece) => piece.task === task).map(({ text }) => text).join("").split("\n").slice(0, -1);
      const lines = printed(1);
      assert.deepEqual(lines, lines.map((_, i) => `line ${i}`));
      assert.deepEqual(printed(2), Array.from({ length: 30 }, (_, i) => `other ${i}`));
      const [who, counts] = printed(0);
      assert.equal(who, "1");
      const [value, messages] = counts!.split(" ").map(Number) as [number, number];
      // Each round makes a change, a line, a message. What it had not written yet of lines and of records went with it, never a part of it.
      assert.ok(lines.length <= value && messages >= value - 1 && messages <= value, JSON.stringify([value, lines.length, messages]));
      const variable = told.variables.find(({ name }) => name === "n")!;
      assert.equal(variable.value, value);
      assert.ok(variable.writes >= lines.length && variable.writes <= value, JSON.stringify([variable, lines.length]));
      assert.deepEqual(told.tasks.map(({ state }) => state), ["finished", end.includes("SIGKILL") ? "crashed" : "killed", "finished"]);
    });
  }

  for (const mode of ["threads", "processes"] as const) {
    it(`has all that it printed before it said so (${mode})`, async () => {
      const text = `let flag = sharedMemory(0);
function worker() { console.log("one"); console.log("two"); console.log("three"); flag = 1; for (;;); }
const task = spawn(worker);
while (flag === 0);
task.kill();
try { task.join(); } catch { console.log("killed"); }`;
      const { report: told } = await report(snippets.write(text), mode, "--time-limit", "60");
      assert.equal(told.outcome, "completed");
      assert.equal(told.output.filter(({ task }) => task === 1).map((piece) => piece.text).join(""), "one\ntwo\nthree\n");
    });
  }
});
