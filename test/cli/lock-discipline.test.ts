import assert from "node:assert/strict";
import { Snippets, cli, report } from "./cli";

const CODE = `let n = shared(0); const lock = new Mutex();
function work() {
  lock.withLock(() => n++);
  lock.lock(); n += 2; lock.unlock();
  n += 3;
}
const tasks = [spawn(work), spawn(work)];
for (const t of tasks) t.join();
console.log(n);`;

describe("the lock discipline of a variable", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  it("is told where it breaks: in the report, in the race's explanation and at the terminal", async () => {
    const file = snippets.write(CODE);
    const { report: told } = await report(file, "threads");
    const [variable] = told.variables;
    assert.equal(variable?.guardedBy, null);
    assert.deepEqual(variable?.discipline, { lock: "lock", held: 2, places: 3, without: [{ file, line: 6, column: 3, text: "n += 3" }] });
    const races = told.findings.filter(({ kind }) => kind === "data-race");
    assert.ok(races.length > 0);
    for (const { explanation } of races) assert.ok(explanation.some((text) => text.includes(`is accessed under "lock" at 2 of the 3 places`) && text.includes(":6:3")), explanation.join("\n"));
    assert.match((await cli("run", file)).stdout, /guarded by lock at 2 of 3 places, not at line 6/);
  });

  it("is nothing to tell where it is kept", async () => {
    const { report: told } = await report(snippets.write(CODE.replace("  n += 3;", "  lock.withLock(() => (n += 3));")), "threads");
    assert.deepEqual([told.variables[0]?.guardedBy, told.variables[0]?.discipline, told.findings.length], ["lock", undefined, 0]);
  });
});
