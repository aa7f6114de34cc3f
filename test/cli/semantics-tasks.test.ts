import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

const MODES = ["threads", "processes"] as const;

const TASKS = `
const turn = new Semaphore(0), count = new Atomic(0);
function leaf(name: string) { self().name = name; turn.acquire(); count.add(1); return self().id; }
function parent() { const child = spawn(leaf, "orphan"); return child.id; }
function plain() { return self().name; }
const byVariable = spawn(() => self().name), declared = Thread.spawn(plain), process1 = Process.spawn(plain);
function sameTasks() { return [declared.id, process1.id, declared.join(), process1.join()]; }
console.log([self().id, byVariable.id, declared.id, process1.id].join(), byVariable.join(), declared.join(), process1.join());
console.log(spawn(sameTasks).join().join(), Thread.spawn(sameTasks).join().join());
const family = spawn(parent), orphan = family.join();
console.log(family.id, orphan, family.state, count.load());
const named = spawn(leaf, "renamed"); turn.release(2); console.log(named.join(), named.name);
while (count.load() < 2) sleep(1);
const last = spawn((main: Task) => { while (main.state === "running") sleep(1); console.log("the last"); }, self());
console.log("main ends", last.state);`;

const ENDS = `
function outlives() { const mine = self(), child = Thread.spawn(() => { while (mine.state === "running") sleep(1); console.log("child ends"); }); return child.id; }
const first = spawn(outlives); console.log(first.join());
process.on("exit", () => console.log("exit"));`;

describe("tasks, sentence by sentence", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of MODES) {
    it(`count up as they are spawned, have names, are one per declaration, go on without their spawner (${mode})`, async () => {
      const { report: told } = await report(snippets.write(TASKS), mode);
      assert.equal(outputOf(told, 0), "0,1,2,3 byVariable plain plain 2\n2,3,plain,plain 2 2,3,plain,plain 2\n6 7 finished 0\n8 renamed\nmain ends running\n");
      assert.equal(outputOf(told, 9), "the last\n");
      assert.equal(told.outcome, "completed");
      assert.deepEqual(told.tasks.map(({ id, parent }) => [id, parent]), [[0, null], [1, 0], [2, 0], [3, 0], [4, 0], [5, 0], [6, 0], [7, 6], [8, 0], [9, 0]]);
      assert.equal(told.tasks[7]?.name, "orphan");
      assert.ok(told.tasks.every(({ state, ended }) => state === "finished" && ended !== null));
    });

    it(`a thread goes on when the function of its process has ended (${mode})`, async () => {
      const { report: told } = await report(snippets.write(ENDS), mode);
      assert.equal(outputOf(told, 0), "2\nexit\n");
      assert.equal(outputOf(told, 2), "child ends\n");
      assert.equal(told.outcome, "completed");
    });
  }
});
