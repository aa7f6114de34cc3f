import assert from "node:assert/strict";
import { LiveAnalysis, type AnalysisFinding } from "../../../src/analysis";
import { draw, type ObjectsOf } from "../../support/trace-dsl";

function findings(text: string, objects: ObjectsOf): AnalysisFinding[] {
  const analysis = new LiveAnalysis();
  analysis.push(draw(text, objects).builder.bytes());
  analysis.end();
  return analysis.findings();
}

describe("a write of what was read before a wait for a condition", () => {
  const text = (after: string): string => `
main        t                 u
spawn t
spawn u
            lock m
            read x 0
            unlock m
            block wait c
                              lock m
                              read x 0
                              write x 1
                              notify c
                              unlock m
            woken c
            lock m
            ${after}
            write x 1
            unlock m
            end
                              end
`;
  const objects: ObjectsOf = { m: "Mutex", c: "Condition" };
  const told = (after: string): string[] => findings(text(after), objects).map((finding) => finding.kind);

  it("is a lost update, though the notify orders the two writes", () => assert.deepEqual(told("yield"), ["lost-update"]));
  it("is none after another look", () => assert.deepEqual(told("read x 1"), []));
});

/** "below-zero x 3-8-11": the pattern and the sites of look, change and act. */
function violations(text: string, objects: ObjectsOf = { m: "Mutex" }): string[] {
  return findings(text, objects).map((finding) => (finding.kind === "atomicity-violation" ? `${finding.pattern} ${finding.variable} ${finding.accesses.map(({ site }) => site).join("-")}` : finding.kind));
}

describe("a check and an act", () => {
  const withdrawals = (look: string, again: string): string => `
main        t                 u
spawn t
spawn u
            lock m
            read x 100        // ${look}
            unlock m
                              lock m
                              read x 100     // if («x» >= 80) pay();
                              write x 20     // «x -= 80»;
                              unlock m
            lock m
            ${again}
            update x 20 -50   // «x -= 70»;
            unlock m
`;

  it("in two critical sections are told where the number falls below zero", () => {
    assert.deepEqual(violations(withdrawals("const enough = «x» >= 70;", "yield")), ["below-zero x 4-8-12"]);
  });

  it("are not told where nothing is decided by what was read, nor where it is looked at again", () => {
    assert.deepEqual(violations(withdrawals("console.log(«x»);", "yield")), []);
    assert.deepEqual(violations(withdrawals("const enough = «x» >= 70;", "read x 20   // if («x» >= 70)")), []);
  });

  it("are not told where the number was below zero before", () => {
    const before = withdrawals("const enough = «x» >= 70;", "yield").replace("spawn t\n", "lock m\nwrite x -1    // «x = -1»;\nwrite x 100    // «x = 100»;\nunlock m\nspawn t\n");
    assert.deepEqual(violations(before), []);
  });

  const stock = (found: number): string => `
main        t                 u
spawn t
spawn u
            lock m
            read x 1          // if («jobs.length» > 0)
            unlock m
                              lock m
                              read x 1        // «jobs.pop()»
                              write x 0       // «jobs.pop()»
                              unlock m
            lock m
            read x ${found}          // const job = «jobs.pop()»;
            unlock m
`;

  it("are told where nothing is left to take", () => {
    assert.deepEqual(violations(stock(0)), ["emptied x 4-8-11"]);
    assert.deepEqual(violations(stock(1)), []);
  });

  it("of an Atomic are told, unless they are one operation", () => {
    const seats = (act: string): string => `
main        t                 u
spawn t
spawn u
            load n 1          // if («n.load()» > 0)
                              add n 1 0     // «n.sub(1)»
            ${act}
`;
    assert.deepEqual(violations(seats("add n 0 -1        // «n.sub(1)»"), { n: ["Atomic", 1] }), ["below-zero n 3-4-5"]);
    assert.deepEqual(violations(seats("load n 0          // if («n.load()» > 0)"), { n: ["Atomic", 1] }), []);
  });
});

describe("a lost wakeup", () => {
  const objects: ObjectsOf = { m: "Mutex", c: "Condition" };
  const told = (text: string): string[] => findings(text, objects).map((finding) => (finding.kind === "lost-wakeup" ? `${finding.pattern} ${finding.notify.site}-${finding.wait.site}${finding.forEver ? " for ever" : ""}` : finding.kind));
  const early = (between: string, then: string): string => `
main        t
spawn t
notify c 0
            lock m
            ${between}
            unlock m
            ${then}
`;

  it("is a notify before the wait, which then lasts for ever", () => {
    assert.deepEqual(told(`${early("yield", "block wait c")}block join t\n`), ["deadlock", "before-waiting 2-6 for ever"]);
  });

  it("is one, too, where the wait lasts until its time is over", () => {
    assert.deepEqual(told(`${early("yield", "block wait c timeout 5")}            gaveUp wait c\n            end\nend\n`), ["before-waiting 2-6"]);
  });

  it("is none where the waiter looked at something shared since, nor where it was woken", () => {
    assert.deepEqual(told(`${early("read x 0", "block wait c timeout 5")}            gaveUp wait c\n            end\nend\n`), []);
    assert.deepEqual(told(`${early("yield", "block wait c")}notify c 1\n            woken c\n            end\nend\n`), []);
  });
});
