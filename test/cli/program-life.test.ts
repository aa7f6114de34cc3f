import assert from "node:assert/strict";
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

    it(`main reads standard input, as ${mode}`, async () => {
      const file = snippets.write('let text = ""; for await (const chunk of process.stdin) text += chunk; function work() { return 1; } spawn(work).join(); console.log(JSON.stringify(text));');
      const { stdout } = await startCli(["run", file, "--as", mode], {}, "two\nlines\n").ended;
      assert.equal(stdout.split("\n")[0], '"two\\nlines\\n"');
      assert.equal((await cli("run", file, "--as", mode)).stdout.split("\n")[0], '""');
    });
  }

  it("`require.main === module` in the snippet itself, and only there", async () => {
    const file = snippets.write("function work() { return require.main === module; } console.log(require.main === module, spawn(work).join());");
    for (const mode of MODES) assert.equal(outputOf((await report(file, mode)).report, 0), "true false\n");
  });
});
