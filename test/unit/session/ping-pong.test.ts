import assert from "node:assert/strict";
import type { Report } from "../../../src/report/contract";
import { communicationOf } from "../../../src/session/ping-pong";

function report(outcome: Report["outcome"], text: string, error?: string): Report {
  return {
    version: 1,
    command: "run",
    outcome,
    exitCode: 0,
    duration: 1,
    tasks: [{ id: 0, name: "main", kind: "process", pid: 1, parent: null, space: 0, state: "finished", started: 0, ended: 1, ...(error === undefined ? {} : { error }) }],
    output: [{ task: 0, stream: "stdout", text, time: 0 }],
    findings: [],
    variables: [],
  } as unknown as Report;
}

describe("the standard exchange of messages", () => {
  const told = report("completed", '{"pipe": 12, "shared-variable": null}');

  it("tells what it has measured", () => {
    const { communication, failedExchanges } = communicationOf({ threads: [told], processes: [told] });
    assert.equal(communication.find(({ means }) => means === "pipe")?.processes?.median, 12);
    assert.equal(communication.find(({ means }) => means === "shared-variable")?.threads, null);
    assert.equal(failedExchanges, undefined);
  });

  it("that fails in some runs leaves the others' figures, and says what became of it", () => {
    const failed = report("crashed", "", "Error: EMFILE");
    const { communication, failedExchanges } = communicationOf({ threads: [told], processes: [failed, told, failed, report("completed", "{")] });
    assert.deepEqual(communication.find(({ means }) => means === "pipe")?.processes?.samples, [12]);
    assert.deepEqual(failedExchanges, [
      { mode: "processes", runs: 2, outcome: "crashed", error: "Error: EMFILE" },
      { mode: "processes", runs: 1, outcome: "completed", error: "" },
    ]);
  });
});
