import assert from "node:assert/strict";
import { Snippets, cli, report } from "./cli";

describe("the costs of a task", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    it(`are all told of one that ends, and its creation of one that is killed (${mode})`, async () => {
      const file = snippets.write(`
const up = new MessageQueue<number>(), never = new MessageQueue<number>();
function waits() { up.send(1); never.receive(); }
function ends() {}
const killed = spawn(waits);
up.receive();
killed.kill();
spawn(ends).join();`);
      const { report: told } = await report(file, mode);
      const [, killed, ended] = told.costs!;
      assert.ok(killed?.createdInMs && killed.createdInMs > 0);
      assert.equal(killed.memoryBytes, null);
      assert.ok(ended?.createdInMs && ended.createdInMs > 0);
      assert.ok(ended.memoryBytes && ended.memoryBytes > 1e6);
      if (process.platform !== "linux") return;
      for (const { cpuUserMs, voluntarySwitches, involuntarySwitches } of [told.costs![0]!, ended]) {
        assert.ok(cpuUserMs !== null && cpuUserMs > 0);
        assert.ok(voluntarySwitches !== null && involuntarySwitches !== null);
      }
    }).timeout(60_000);
  }

  it("are told in words as far as they are known", async () => {
    const file = snippets.write(`
const up = new MessageQueue<number>(), never = new MessageQueue<number>();
function waits() { up.send(1); never.receive(); }
const killed = spawn(waits);
up.receive();
killed.kill();`);
    const { stdout } = await cli("run", file, "--as", "processes");
    assert.match(stdout, /^  waits \(#1\): created in [\d.]+ ms · the rest not told: its process ended before it could$/m);
  }).timeout(60_000);

  it("are told of a process that aborts", async () => {
    const file = snippets.write(`
function aborts() { process.abort(); }
try { Process.spawn(aborts).join(); } catch {}`);
    const { report: told } = await report(file, "processes");
    assert.ok(told.costs![1]?.memoryBytes && told.costs![1].memoryBytes > 10e6);
    assert.ok(told.costs![1].cpuUserMs);
  }).timeout(60_000);
});
