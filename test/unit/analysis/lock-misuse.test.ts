import assert from "node:assert/strict";
import { LiveAnalysis, type LockMisuseFinding } from "../../../src/analysis";
import { TraceWriter } from "../../../src/trace";
import { draw, type Drawn, type ObjectsOf } from "../../support/trace-dsl";

const objects: ObjectsOf = { m: "Mutex", rw: "ReadWriteLock", c: "Condition", one: ["Semaphore", 1] };

function misuses(text: string, then: (drawn: Drawn) => void = () => undefined): LockMisuseFinding[] {
  const drawn = draw(text, objects);
  then(drawn);
  const analysis = new LiveAnalysis();
  analysis.push(drawn.builder.bytes());
  analysis.end();
  const findings = analysis.findings();
  for (const { kind } of findings) assert.equal(kind, "lock-misuse");
  return findings as LockMisuseFinding[];
}

/** "held-at-end m by 0 at 1" */
const told = (text: string): string[] => misuses(text).map(({ misuse, object, task, site }) => `${misuse} ${Object.keys(objects)[object! - 1]} by ${task} at ${site}`);

describe("lock misuse", () => {
  it("a lock still held when its task ends, but no permit", () => {
    assert.deepEqual(told("\nmain\nlock m\nacquire one\nend\n"), ["held-at-end m by 0 at 1"]);
    assert.deepEqual(told("\nmain\nlock m\nunlock m\nend\n"), []);
  });

  it("a lock held by a task that crashes", () => {
    const text = (before: string): string => `
main      t
spawn t
          lockRead rw
          ${before}
          end crashed
end
`;
    assert.deepEqual(told(text("lock m")), ["holder-died rw by 1 at 2", "holder-died m by 1 at 3"]);
    assert.deepEqual(told(text("unlockRead rw")), []);
  });

  it("a lock held by a task that another one kills, and who asked for it", () => {
    const [finding] = misuses(`
main      t             u
spawn t
spawn u
          lock m
kill t
          end killed
                        gaveUp lock m hopeless
                        end
end
`);
    assert.deepEqual([finding?.misuse, finding?.killed, finding?.task, finding?.others], ["holder-died", true, 1, [2]]);
  });

  it("a lock whose taking the killed task could not tell any more, and one that it could: each once", () => {
    const drawn = draw(`
main      t
spawn t
          lock m
kill t
          end killed
end
`, objects);
    const supervisor = new TraceWriter(1);
    supervisor.meta({ type: "task-held", id: 1, object: 1, mode: "lock" });
    supervisor.meta({ type: "task-held", id: 1, object: 2, mode: "write" });
    const analysis = new LiveAnalysis();
    analysis.push(supervisor.take());
    analysis.push(drawn.builder.bytes());
    analysis.end();
    const findings = analysis.findings() as LockMisuseFinding[];
    assert.deepEqual(findings.map(({ misuse, object, mode, site, killed }) => [misuse, object, mode, site > 0, killed]), [
      ["holder-died", 1, "lock", true, true],
      ["holder-died", 2, "write", false, true],
    ]);
  });

  it("not where the run's end ends tasks, unless somebody asks for the lock", () => {
    const text = (then: string): string => `
main      t
spawn t
          lock m
          end killed
${then}
end
`;
    assert.deepEqual(told(text("sleep 1")), []);
    assert.deepEqual(told(text("gaveUp lock m hopeless")), ["holder-died m by 1 at 2"]);
    // A wait whose time is over says nothing of its holder.
    assert.deepEqual(told(text("gaveUp lock m")), []);
  });

  it("an unlock by who does not hold it, counted per place", () => {
    const [finding, ...others] = misuses(`
main      t
spawn t
          lock m
notOwner lock m t
          unlock m
          notOwner lockRead rw
          end
end
`);
    assert.deepEqual([finding?.misuse, finding?.task, finding?.holder, finding?.mode], ["not-owner", 0, 1, "lock"]);
    assert.deepEqual(others.map(({ misuse, task, holder, mode }) => [misuse, task, holder, mode]), [["not-owner", 1, undefined, "read"]]);
  });

  it("a wait for a condition without its mutex", () => {
    assert.deepEqual(told("\nmain\nnotOwner wait c\nend\n"), ["wait-without-mutex c by 0 at 1"]);
  });

  it("is told once, where the task also crashed of it", () => {
    const findings = misuses("\nmain\nnotOwner lock m\nend crashed\n", ({ builder }) => builder.meta(0, { type: "task-failure", id: 0, error: "NotOwnerError: m is not locked", cause: "exception" }));
    assert.deepEqual(findings.map(({ id }) => id), ["not-owner 0 1 1"]);
  });

  it("a try to lock for writing what the task reads", () => {
    assert.deepEqual(told("\nmain\nlockRead rw\ntryFailed lockWrite rw\nunlockRead rw\nend\n"), ["upgrade rw by 0 at 2"]);
    assert.deepEqual(told("\nmain\nlockRead rw\nblock lockWrite rw timeout 5\ngaveUp lockWrite rw\nunlockRead rw\nend\n"), ["upgrade rw by 0 at 3"]);
  });

  it("no try to lock for writing what only others read", () => {
    const text = `
main      t
spawn t
          lockRead rw
tryFailed lockWrite rw
          unlockRead rw
          tryFailed lockWrite rw
          end
end
`;
    assert.deepEqual(told(text), []);
  });
});
