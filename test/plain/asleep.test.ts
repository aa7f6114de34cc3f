import assert from "node:assert/strict";
import { join } from "node:path";
import { report } from "../cli/cli";
import { inNode, printed } from "./as-in-node";

const ASLEEP = join(__dirname, "asleep");
const DEAD = ["idle main", "timer over", "top-level await", "all listen", "nested", "forgotten notify"];
const ALIVE = ["timer", "unreferenced timer", "signal that gives up", "asynchronous wait", "work of the thread pool", "server", "other worker"];

/** Lines of several threads come in any order. */
const lines = (text: string): string[] => text.split("\n").sort();

describe("plain programs whose threads all sleep", function () {
  this.timeout(300_000);

  it("are deadlocked where nothing is left that could wake one of them", async () => {
    await Promise.all(
      DEAD.map(async (how) => {
        const { report: found } = await report(join(ASLEEP, "dead.mjs"), "threads", "--time-limit", "280", "--", how);
        assert.equal(found.outcome, "deadlocked", how);
        const [deadlock] = found.findings.filter(({ kind }) => kind === "deadlock");
        assert.deepEqual(deadlock?.tasks, found.tasks.map(({ id }) => id), how);
        assert.doesNotMatch(printed(found), /never/, how);
      }),
    );
  });

  it("go on where the event loop still has something to come", async () => {
    await Promise.all(
      ALIVE.map(async (how) => {
        const file = join(ASLEEP, "alive.mjs");
        const [node, { report: found }] = await Promise.all([inNode(file, [how]), report(file, "threads", "--time-limit", "280", "--", how)]);
        assert.equal(found.outcome, "completed", how);
        assert.deepEqual(lines(printed(found)), lines(node.stdout), how);
      }),
    );
  });
});
