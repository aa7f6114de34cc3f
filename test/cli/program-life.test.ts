import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Snippets, cli, outputOf, report, startCli } from "./cli";

const MODES = ["threads", "processes"] as const;

describe("a snippet as a program of Node's", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  const EXITS = `process.on("exit", (code) => console.log("main exit", code));
function work() { process.once("exit", (code) => console.log("task exit", code)); if (process.argv[2]) process.exit(4); return 1; }
const t = spawn(work);
try { console.log(t.join()); } catch (error) { console.log((error as Error).message); }
if (process.argv[2]) process.exit(3);`;

  for (const mode of MODES) {
    it(`listeners of "exit" run in each task, before its end, once, as ${mode}`, async () => {
      const file = snippets.write(EXITS);
      const { report: ended } = await report(file, mode);
      assert.equal(outputOf(ended, 0), "1\nmain exit 0\n");
      assert.equal(outputOf(ended, 1), "task exit 0\n");
      assert.equal(ended.outcome, "completed");
      const { report: left } = await report(file, mode, "--", "leave");
      assert.equal(outputOf(left, 0), "work crashed: process.exit(4)\nmain exit 3\n");
      assert.equal(outputOf(left, 1), "task exit 4\n");
      assert.equal(left.exitCode, 3);
    });

    it(`process.exitCode is no crash: a function that returns has returned, and the run is complete, as ${mode}`, async () => {
      const file = snippets.write("function work() { process.exitCode = 7; return 4; }\nconst t = spawn(work); console.log(t.join(), t.state);\nprocess.exitCode = 5;");
      const { code, report: told } = await report(file, mode);
      assert.equal(outputOf(told, 0), "4 finished\n");
      assert.deepEqual([code, told.outcome, told.exitCode, told.findings], [0, "completed", 5, []]);
      assert.deepEqual(told.tasks.map(({ state }) => state), ["finished", "finished"]);
      assert.match((await cli("run", file, "--as", mode)).stdout, /: completed with exit status 5 after \d+ ms, 2 tasks\./);
    });

    it(`main reads standard input, as ${mode}`, async () => {
      const file = snippets.write('let text = ""; for await (const chunk of process.stdin) text += chunk; function work() { return 1; } spawn(work).join(); console.log(JSON.stringify(text));');
      const { stdout } = await startCli(["run", file, "--as", mode], {}, "two\nlines\n").ended;
      assert.equal(stdout.split("\n")[0], '"two\\nlines\\n"');
      assert.equal((await cli("run", file, "--as", mode)).stdout.split("\n")[0], '""');
    });
  }

  it("a plain program's exit code is told, and is a crash where the program left with it, or left something unsettled", async () => {
    const ends: readonly (readonly [code: string, outcome: string, exitCode: number, error: string | undefined])[] = [
      ["process.exitCode = 5;", "completed", 5, undefined],
      ["setTimeout(() => process.exit(5), 1);", "crashed", 5, "process.exit(5)"],
      ["process.exitCode = 5; process.exit();", "crashed", 5, "process.exit(5)"],
      ["process.on('exit', () => { process.exitCode = 6; });", "completed", 6, undefined],
      ["export {}; await new Promise(() => {});", "crashed", 13, "its promise was never settled: nothing is left that could settle it"],
    ];
    for (const [text, outcome, exitCode, error] of ends) {
      const file = join(snippets.folder, "plain.mjs");
      writeFileSync(file, `${text}\n`);
      const { code, report: told } = await report(file, "threads");
      assert.deepEqual([told.outcome, told.exitCode, told.tasks[0]?.error, code], [outcome, exitCode, error, outcome === "completed" ? 0 : 1], text);
    }
  });

  it("`require.main === module` in the snippet itself, and only there", async () => {
    const file = snippets.write("function work() { return require.main === module; } console.log(require.main === module, spawn(work).join());");
    for (const mode of MODES) assert.equal(outputOf((await report(file, mode)).report, 0), "true false\n");
  });
});
