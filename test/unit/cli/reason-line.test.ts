import assert from "node:assert/strict";
import { reasonLine } from "../../../src/cli/run-command";
import type { Finding } from "../../../src/report/contract";

const crash: Finding = { kind: "crash", message: "main (#0) crashed", explanation: [], tasks: [0], count: 1 };

describe("why a run ended, on the command line", () => {
  it("a crash of the snippet is told as a finding, a failure of our own in the reason", () => {
    assert.equal(reasonLine({ outcome: "crashed", reason: "Error: no" }, [crash]), "");
    assert.equal(reasonLine({ outcome: "crashed", reason: "Concurrency Playground itself failed: x" }, []), "Concurrency Playground itself failed: x.\n\n");
  });

  it("limits are told, a run that ended by itself needs no reason", () => {
    assert.equal(reasonLine({ outcome: "timed-out", reason: "the time limit of 1 s was reached" }, [crash]), "The time limit of 1 s was reached.\n\n");
    assert.equal(reasonLine({ outcome: "completed" }, []), "");
  });
});
