import assert from "node:assert/strict";
import { reportIn, Snippets, cli, runFolders } from "./cli";

describe("concurrency-playground compare", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  it("runs both ways, repeatedly, and puts what it measured side by side", async () => {
    const file = snippets.write(`
let counter = shared(0);
const queue = new MessageQueue<string>();
function work() { counter++; queue.send("done"); }
spawn(work).join();
queue.receive();`);
    const { pid, code, stdout, stderr } = await cli("compare", file, "--runs", "2", "--json");
    assert.equal(stderr, "");
    assert.equal(code, 0);
    const { command, comparison, costs } = reportIn(stdout);
    assert.equal(command, "compare");
    assert.ok(comparison && costs);
    assert.equal(comparison.runs, 2);
    for (const mode of [comparison.threads, comparison.processes]) {
      assert.deepEqual(mode.outcomes, [{ outcome: "completed", count: 2 }]);
      assert.equal(mode.durationMs?.samples.length, 2);
      assert.ok(mode.createdInMs && mode.createdInMs.least > 0);
      assert.ok(mode.memoryBytes && mode.memoryBytes.least > 1e6);
    }
    // One memory, or a copy that main does not see.
    assert.deepEqual(comparison.threads.finals, [{ name: "counter", values: [{ value: 1, count: 2 }] }]);
    assert.deepEqual(comparison.processes.finals, [{ name: "counter", values: [{ value: 0, count: 2 }] }]);
    const sent = costs.find(({ task }) => task === 1)?.communication[0];
    assert.equal(sent?.means, "message-queue");
    assert.equal(sent.sent, 1);
    assert.ok(sent.sentBytes !== null && sent.sentBytes > 0);
    assert.deepEqual(
      comparison.communication.map(({ means, threads, processes }) => ({ means, threads: threads !== null, processes: processes !== null })),
      [
        { means: "shared-variable", threads: true, processes: false },
        { means: "message-queue", threads: true, processes: true },
        { means: "pipe", threads: true, processes: true },
        { means: "socket", threads: true, processes: true },
        { means: "shared-segment", threads: true, processes: true },
      ],
    );
    assert.deepEqual(runFolders(pid), []);
  }).timeout(120_000);

  it("says what it can't use", async () => {
    const file = snippets.write("self();");
    for (const args of [["--as", "threads"], ["--runs", "0"], ["--runs", "1.5"]]) {
      const { code, stderr } = await cli("compare", file, ...args);
      assert.equal(code, 2, args.join(" "));
      assert.ok(stderr.includes(args[0]!), stderr);
    }
    const { code, stderr } = await cli("run", file, "--runs", "3");
    assert.equal(code, 2);
    assert.match(stderr, /--runs is for "compare"/);
  }).timeout(30_000);

  it("reports a snippet that does not compile once", async () => {
    const file = snippets.write("const = 1;");
    const { code, stdout, stderr } = await cli("compare", file, "--json");
    assert.equal(code, 2);
    assert.equal(stderr.split("\n").filter((line) => line.includes(file)).length, 1);
    const told = reportIn(stdout);
    assert.equal(told.outcome, "not-compiled");
    assert.equal(told.comparison, undefined);
  }).timeout(30_000);
});
