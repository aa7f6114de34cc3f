import assert from "node:assert/strict";
import type { Finding } from "../../../src/report/contract";
import { goneFindings } from "../../../src/report/gone";

function finding(kind: Finding["kind"], more: Partial<Finding> = {}): Finding {
  return { kind, message: "", explanation: [], tasks: [], count: 1, ...more };
}

describe("findings that are gone", () => {
  const race = finding("data-race", { variable: "counter", message: "at line 12" });
  const cycle = (...waits: string[]): Finding["cycle"] => waits.map((waitsFor, task) => ({ task, waitsFor, heldBy: [], holds: [], file: "a.ts", line: task }));

  it("are those that the later run has not", () => {
    const crash = finding("crash", { message: "work crashed: Error: bad day" });
    assert.deepEqual(goneFindings([race, crash], [crash]), [race]);
    assert.deepEqual(goneFindings([race, crash], []), [race, crash]);
    assert.deepEqual(goneFindings([], [race]), []);
  });

  it("are the same wherever their lines have moved to, and whoever waits first", () => {
    assert.deepEqual(goneFindings([race], [{ ...race, message: "at line 14" }]), []);
    assert.deepEqual(goneFindings([finding("deadlock", { cycle: cycle("lockA", "lockB") })], [finding("deadlock", { cycle: cycle("lockB", "lockA") })]), []);
  });

  it("are told once, though several places had them", () => {
    assert.equal(goneFindings([race, { ...race, message: "at line 20" }], []).length, 1);
  });

  it("differ by kind and by variable", () => {
    const lost = finding("lost-update", { variable: "counter" });
    assert.deepEqual(goneFindings([race], [lost, { ...race, variable: "other" }]), [race]);
  });
});
