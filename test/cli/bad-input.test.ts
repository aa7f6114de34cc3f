import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Snippets, alive, cli, descendants, outputOf, report, reportAtLimit, runFolders, startCli, until } from "./cli";

const MODES = ["threads", "processes"] as const;
const linux = process.platform === "linux";

describe("bad input", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  it("a syntax error: file, line and column, exit status 2", async () => {
    const file = snippets.write("const x = ;");
    const plain = await cli("run", file);
    assert.equal(plain.code, 2);
    assert.match(plain.stderr, new RegExp(`^${file}:2:11: `));
    const { code, report: told } = await report(file, "threads");
    assert.equal(code, 2);
    assert.equal(told.outcome, "not-compiled");
    assert.deepEqual(told.errors?.map(({ line, column }) => ({ line, column })), [{ line: 2, column: 11 }]);
  });

  it("an unknown import", async () => {
    const file = snippets.write(`import { nope } from "./nope"; console.log(nope);`);
    const { code, stderr } = await cli("run", file);
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`^${file}:2:\\d+: .*nope`));
  });

  it("a snippet without its import: the error says what to write", async () => {
    for (const [code, name] of [["let n = shared(0);\nconsole.log(n);", "shared"], ["function f() {}\nfor (let i = 0; i < 2; i++) spawn(f);", "spawn"], ["const m = new Mutexx();", undefined]] as const) {
      const file = join(snippets.folder, "without-import.ts");
      writeFileSync(file, code);
      const { report: told } = await report(file, "threads");
      const advice = told.findings.find(({ kind }) => kind === "crash")?.explanation.at(-1) ?? "";
      if (name === undefined) assert.doesNotMatch(advice, /import/);
      else assert.ok(advice.includes(`import { ${name} } from "concurrency-playground";`), advice);
    }
  });

  for (const mode of MODES) {
    describe(`--as ${mode}`, () => {
      it("an endless loop ends at the time limit, with what was recorded", async () => {
        const file = snippets.write(`let n = shared(0); function loop() { for (;;) n++; } spawn(loop); for (;;) {}`);
        const { code, report: told } = await reportAtLimit(file, mode, ({ events }) => events.recorded > 0);
        assert.equal(told.outcome, "timed-out");
        assert.equal(code, 1);
        assert.ok(told.events.recorded > 0);
      });

      for (const [what, statement, error] of [
        ["a throw", `throw new Error("boom")`, /Error: boom/],
        ["a rejected promise", `void Promise.reject(new Error("boom")); sleep(1)`, /Error: boom/],
        ["process.exit()", `process.exit(3)`, /process\.exit\(3\)/],
        ["process.abort()", `process.abort()`, /process\.abort\(\)/],
      ] as const) {
        it(`${what} in main`, async () => {
          const file = snippets.write(`function work() { sleep(100); }\nspawn(work);\n${statement};`);
          const { code, report: told } = await report(file, mode);
          assert.equal(told.outcome, "crashed");
          assert.equal(code, 1);
          assert.equal(told.tasks[0]?.state, "crashed");
          assert.match(told.tasks[0]?.error ?? "", error);
          assert.ok(told.findings.some(({ kind }) => kind === "crash"));
          // A thread goes down with its process; a process of its own goes on.
          if (mode === "processes") assert.equal(told.tasks[1]?.state, "finished");
        });

        it(`${what} in a task`, async () => {
          const file = snippets.write(`function bad() {\n${statement};\n}\nconst t = spawn(bad);\ntry { t.join(); console.log("joined"); } catch (e) { console.log((e as Error).name); }`);
          const { report: told } = await report(file, mode);
          assert.equal(told.tasks[1]?.state, "crashed");
          assert.match(told.tasks[1]?.error ?? "", error);
          const takesAllDown = mode === "threads" && what === "process.abort()";
          assert.equal(told.outcome, takesAllDown ? "crashed" : "completed");
          assert.equal(outputOf(told, 0), takesAllDown ? "" : "TaskCrashed\n");
        });
      }

      it("memory exhaustion ends the run at its limit", async () => {
        const file = snippets.write(`function eat() { const a: unknown[] = []; for (;;) a.push(new Array(1000).fill(1.5)); } spawn(eat).join();`);
        const { code, report: told } = await report(file, mode, "--memory-limit", "200");
        assert.equal(told.outcome, "out-of-memory");
        assert.equal(code, 1);
      });
    });
  }

  it("a million lines of output arrive, all of them", async () => {
    const file = snippets.write(`function talk() { for (let i = 0; i < 1_000_000; i++) console.log("line " + i); } spawn(talk).join();`);
    const { code, stdout } = await cli("run", file);
    assert.equal(code, 0);
    assert.ok(stdout.includes("line 0\nline 1\n"));
    assert.ok(stdout.includes("line 999998\nline 999999\n"));
    assert.ok(stdout.split("\n").length > 1_000_000);
  }).timeout(180_000);

  it("two runs at once do not meet", async () => {
    const file = snippets.write(`const q = new MessageQueue<number>(); function send() { q.send(self().pid); } const t = spawn(send); t.join(); console.log(q.length);`);
    const both = await Promise.all([report(file, "threads"), report(file, "processes")]);
    for (const { report: told } of both) assert.equal(outputOf(told, 0), "1\n");
  });

  for (const mode of MODES) {
    it(`no process outlives a SIGKILL of the command line (${mode})`, async function () {
      if (!linux) this.skip();
      const file = snippets.write(`function loop() { for (;;) {} } spawn(loop); spawn(loop); for (;;) {}`);
      const { child, ended } = startCli(["run", file, "--as", mode]);
      const expected = mode === "threads" ? 1 : 3;
      let started: number[] = [];
      await until(() => (started = descendants(child.pid!)).length >= expected + 1, "the processes of the run");
      child.kill("SIGKILL");
      await ended;
      await until(() => !started.some(alive), `the end of ${started.join(", ")}`);
      await until(() => runFolders(child.pid!).length === 0, "the removal of the run's folder");
    });
  }

  it("Ctrl+C ends the run and all its processes, exit status 130", async () => {
    const file = snippets.write(`function loop() { for (;;) {} } spawn(loop); console.log("ready"); for (;;) {}`);
    const { child, ended } = startCli(["run", file, "--as", "processes"]);
    await new Promise<void>((done) => child.stdout!.once("data", () => done()));
    const started = linux ? descendants(child.pid!) : [];
    child.kill("SIGINT");
    const { code } = await ended;
    assert.equal(code, 130);
    assert.deepEqual(started.filter(alive), []);
  });
});
