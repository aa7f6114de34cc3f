import assert from "node:assert/strict";
import { LiveAnalysis, type AnalysisFinding, type DeadlockFinding } from "../../../src/analysis";
import { draw, type Drawn, type ObjectsOf } from "../../support/trace-dsl";

interface Seen {
  /** Told while the trace arrived. */
  readonly told: DeadlockFinding[];
  readonly findings: AnalysisFinding[];
}

function analyse(drawn: Drawn, then: (analysis: LiveAnalysis) => void = () => undefined): Seen {
  const told: DeadlockFinding[] = [];
  const analysis = new LiveAnalysis({ onDeadlock: (deadlock) => told.push(deadlock) });
  for (const chunk of drawn.builder.byTask().flat()) analysis.push(chunk);
  then(analysis);
  const live = [...told];
  analysis.end();
  return { told: live, findings: analysis.findings() };
}

const locks: ObjectsOf = { a: "Mutex", b: "Mutex" };
const circle = `
  main         t             u
  spawn t
  spawn u
               lock a
                             lock b
               block lock b
                             block lock a
`;

describe("deadlock", () => {
  it("is a circle of locks, told with who holds and wants what, once all wait", () => {
    const { told } = analyse(draw(`${circle}  block join t\n`, locks));
    assert.equal(told.length, 1);
    const [deadlock] = told;
    assert.ok(deadlock?.cyclic && deadlock.complete);
    assert.deepEqual(
      deadlock.waits.map(({ task, object, heldBy, holds }) => ({ task, object, heldBy, holds: holds.map((hold) => hold.object) })),
      [
        { task: 1, object: 2, heldBy: [2], holds: [1] },
        { task: 2, object: 1, heldBy: [1], holds: [2] },
      ],
    );
    assert.deepEqual(deadlock.waits.map((wait) => wait.site), [5, 6]);
  });

  it("is a finding while others still run, and then does not end the run", () => {
    const { told, findings } = analyse(draw(circle, locks));
    assert.deepEqual(told, []);
    const [deadlock, ...others] = findings;
    assert.ok(deadlock?.kind === "deadlock" && deadlock.cyclic && !deadlock.complete);
    assert.deepEqual(others, [], "and no lock order besides");
  });

  it("is not what one is part of who is known to be awake, however long it is silent", () => {
    const nobodyComes = draw("\nmain\nblock meet s\n", { s: "Socket" });
    assert.equal(analyse(nobodyComes, (analysis) => analysis.idle((task) => task === 0)).told.length, 0);
    assert.equal(analyse(nobodyComes, (analysis) => analysis.idle(() => false)).told.length, 1);
  });

  it("is a lock taken again by its holder", () => {
    const { told } = analyse(draw("\nmain\nlock a\nblock lock a\n", locks));
    assert.deepEqual(told.map((deadlock) => [deadlock.cyclic, deadlock.waits.map((wait) => wait.task)]), [[true, [0]]]);
  });

  it("is a reader that wants to write", () => {
    const { told } = analyse(draw("\nmain\nlockRead l\nblock lockWrite l\n", { l: "ReadWriteLock" }));
    assert.deepEqual(told.map((deadlock) => deadlock.waits.map((wait) => wait.heldBy)), [[[0]]]);
  });

  it("is a message that nobody will send: all who wait for ever, no circle", () => {
    const { told } = analyse(draw("\nmain             t\nspawn t\n                 block receive q\nblock join t\n", { q: "MessageQueue" }));
    assert.deepEqual(told.map(({ cyclic, waits }) => [cyclic, waits.map((wait) => wait.task)]), [[false, [0, 1]]]);
  });

  const alive: Record<string, [string, ObjectsOf]> = {
    "a time-out may end a wait": ["\nmain\nlock a\nblock lock a timeout 50\n", locks],
    "a task sleeps": ["\nmain          t\nspawn t\n              sleep 100\nblock join t\n", {}],
    "a task runs": ["\nmain          t\nspawn t\n              read x 0\nblock join t\n", {}],
    "a task that was spawned has not told anything yet": ["\nmain          t\nspawn t\nblock join t\n", {}],
    "the lock was let go": ["\nmain          t\nlock a\nspawn t\n              block lock a\nunlock a\nblock join t\n", locks],
    "the joined task has ended": ["\nmain          t\nspawn t\nblock join t\n              end\n", {}],
    "the message was sent": ["\nmain             t\nspawn t\n                 block receive q\nsend q\nblock join t\n", { q: "MessageQueue" }],
    "the queue is closed": ["\nmain             t\nspawn t\n                 block receive q\nclose q\nblock join t\n", { q: "MessageQueue" }],
    "a permit is free": ["\nmain             t\nspawn t\n                 block acquire s\nrelease s\nblock join t\n", { s: ["Semaphore", 0] }],
    "the notify is on its way": ["\nmain             t\nspawn t\n                 block wait c\nnotify c\nblock join t\n", { c: "Condition" }],
  };
  for (const [why, [text, objects]] of Object.entries(alive)) {
    it(`is none when ${why}`, () => assert.deepEqual(analyse(draw(text, objects)).told, []));
  }

  const dead: Record<string, string> = {
    "a lock": "\nmain          t\nspawn t\n              lock a\nblock lock a\n              end crashed\n",
    "a condition's mutex": "\nmain          t\nspawn t\nlock a\nunlock a\nblock wait c\n              lock a\n              end crashed\n",
  };
  for (const [what, text] of Object.entries(dead)) {
    it(`waits for the news that the holder of ${what} died, and is one when none comes`, () => {
      const objects: ObjectsOf = { ...locks, c: ["Condition", "a"] };
      assert.deepEqual(analyse(draw(text, objects)).told, []);
      assert.equal(analyse(draw(text, objects), (analysis) => analysis.idle()).told.length, 1);
    });
  }

  const taken: Record<string, [string, ObjectsOf]> = {
    "filled a queue": ["\nmain          t\nspawn t\n              lost\nkill t\n              end killed\nblock send q\n", { q: ["MessageQueue", 1] }],
    "emptied a queue": ["\nmain          t\nspawn t\nsend q\n              lost\nkill t\n              end killed\nblock receive q\n", { q: "MessageQueue" }],
    "took a permit": ["\nmain          t\nspawn t\n              lost\nkill t\n              end killed\nblock acquire s\n", { s: ["Semaphore", 1] }],
  };
  for (const [what, [text, objects]] of Object.entries(taken)) {
    it(`is told though nobody heard that a task that was killed ${what}, once nothing is on its way`, () => {
      assert.deepEqual(analyse(draw(text, objects)).told, []);
      assert.equal(analyse(draw(text, objects), (analysis) => analysis.idle()).told.length, 1);
    });
  }
});

describe("lock order", () => {
  const orders = (text: string): number[][] =>
    analyse(draw(text, { ...locks, g: "Mutex" }))
      .findings.filter((finding) => finding.kind === "lock-order")
      .map((finding) => finding.steps.map((step) => step.task));
  const pair = (t: string, u: string): string => `
    main       t           u
    spawn t
    spawn u
    ${t}
    ${u}
  `;
  const column = (at: number, lines: string[]): string => lines.map((line) => " ".repeat(at) + line).join("\n");
  const take = (first: string, second: string, gate: string[] = []): string[] => [
    ...gate.map((g) => `lock ${g}`),
    `lock ${first}`,
    `lock ${second}`,
    `unlock ${second}`,
    `unlock ${first}`,
    ...gate.map((g) => `unlock ${g}`),
  ];
  const at = (lines: string[], offset: number): string => column(offset, lines).trimStart().replace(/^/, " ".repeat(offset - 4));

  it("two tasks that took two locks in opposite order", () => {
    assert.deepEqual(orders(pair(at(take("a", "b"), 15), at(take("b", "a"), 27))), [[1, 2]]);
  });

  it("not in the same order, not under a common gate lock", () => {
    assert.deepEqual(orders(pair(at(take("a", "b"), 15), at(take("a", "b"), 27))), []);
    assert.deepEqual(orders(pair(at(take("a", "b", ["g"]), 15), at(take("b", "a", ["g"]), 27))), []);
  });

  it("not by one task, and not where a join comes between", () => {
    assert.deepEqual(orders(pair(at([...take("a", "b"), ...take("b", "a")], 15), "")), []);
    assert.deepEqual(
      orders(`
    main       t
    spawn t
${column(15, [...take("a", "b"), "end"])}
    join t
${column(4, take("b", "a"))}
`),
      [],
    );
  });
});

describe("lock order, with what keeps its circle open", () => {
  const orders = (t: string[], u: string[]): number =>
    analyse(
      draw(
        ["main        t            u", "spawn t", "spawn u", ...t.map((line) => " ".repeat(12) + line), ...u.map((line) => " ".repeat(25) + line)].join("\n"),
        { ...locks, r: "ReadWriteLock", q: "ReadWriteLock", one: ["Semaphore", 1], two: ["Semaphore", 2] },
      ),
    ).findings.filter((finding) => finding.kind === "lock-order").length;
  const inside = (before: string, after: string, ...locked: string[]): string[] => [before, ...locked, after];
  const ab = ["lock a", "lock b", "unlock b", "unlock a"];
  const ba = ["lock b", "lock a", "unlock a", "unlock b"];
  /** Takes of two read-write locks, each "Read" or "Write". */
  const both = (first: string, second: string): string[] => [`lock${first}`, `lock${second}`, `unlock${second}`, `unlock${first}`];

  it("permits that are too few for all, unless they are signals", () => {
    assert.equal(orders(inside("acquire two 2", "release two 2", ...ab), inside("acquire two", "release two", ...ba)), 0);
    assert.equal(orders(inside("acquire two", "release two", ...ab), inside("acquire two", "release two", ...ba)), 1);
    assert.equal(orders([...inside("acquire two 2", "release two 2", ...ab), "release two"], inside("acquire two", "release two", ...ba)), 1);
  });

  it("readers, who do not wait for each other", () => {
    assert.equal(orders(both("Read r", "Read q"), both("Read q", "Read r")), 0);
    assert.equal(orders(both("Read r", "Write q"), both("Read q", "Read r")), 0);
    assert.equal(orders(both("Read r", "Write q"), both("Read q", "Write r")), 1);
  });

  it("a gate, where one of them holds it for writing", () => {
    assert.equal(orders(inside("lockRead r", "unlockRead r", ...ab), inside("lockWrite r", "unlockWrite r", ...ba)), 0);
    assert.equal(orders(inside("lockRead r", "unlockRead r", ...ab), inside("lockRead r", "unlockRead r", ...ba)), 1);
  });

  it("a lock that is only tried", () => {
    assert.equal(orders(["lock a", "tryLock b", "unlock b", "unlock a"], ba), 0);
    assert.equal(orders(["tryLock a", "lock b", "unlock b", "unlock a"], ba), 1);
  });

  it("a semaphore of one permit is a lock, but not where anybody gives the permit back", () => {
    assert.equal(orders(["acquire one", "lock a", "unlock a", "release one"], ["lock a", "acquire one", "release one", "unlock a"]), 1);
    assert.equal(orders(["acquire one", "lock a", "unlock a"], ["release one", "lock a", "acquire one", "unlock a"]), 0);
  });
});

describe("an upgrade", () => {
  const upgrade = `
main          t                  u
spawn t
spawn u
              lockRead rw
                                 lockRead rw
              block lockWrite rw
`;
  const rw: ObjectsOf = { rw: "ReadWriteLock" };
  const waiting = (findings: readonly AnalysisFinding[]): number[][] => findings.map((finding) => (finding.kind === "deadlock" ? finding.waits.map(({ task }) => task) : []));

  it("is a deadlock of one, though others run", () => {
    assert.deepEqual(waiting(analyse(draw(upgrade, rw)).findings), [[1]]);
  });

  it("of two is one deadlock of both, also where the first was told before", () => {
    assert.deepEqual(waiting(analyse(draw(`${upgrade}                                 block lockWrite rw\nblock join t\n`, rw)).findings), [[1, 2]]);
  });

  it("with a time is none, nor is a writer that waits for readers", () => {
    assert.deepEqual(waiting(analyse(draw(upgrade.replace("block lockWrite rw", "block lockWrite rw timeout 5"), rw)).findings), []);
    assert.deepEqual(waiting(analyse(draw("\nmain          t\nspawn t\nlockRead rw\n              block lockWrite rw\n", rw)).findings), []);
  });
});

describe("a task that only others can give anything to do", () => {
  it("is deadlocked with those that wait for ever", () => {
    const told: DeadlockFinding[] = [];
    const analysis = new LiveAnalysis({ onDeadlock: (deadlock) => told.push(deadlock) });
    const [facts = [], main = [], t = []] = draw("\nmain         t\nspawn t\n             lock a\n             block lock a\nblock event\n", locks).builder.byTask();
    for (const chunk of [...facts, ...t, ...main]) analysis.push(chunk);
    assert.deepEqual(told.map(({ waits }) => waits.map(({ task }) => task)), [[1]]);
    assert.equal(told[0]?.complete, true);
  });

  it("is asked again when one of them has done something: it may have ended, which the other is still to hear of", () => {
    const still: number[][] = [];
    const told: DeadlockFinding[] = [];
    const analysis = new LiveAnalysis({ onDeadlock: (deadlock) => told.push(deadlock), onStill: (tasks) => still.push([...tasks]) });
    for (const chunk of draw("\nmain         t\nspawn t\nblock event\n             end\n").builder.byTask().flat()) analysis.push(chunk);
    assert.deepEqual(told, []);
    analysis.idle();
    assert.deepEqual(still, [[0]]);
  });
});

describe("crashes", () => {
  it("the task that crashed, and not the one that joined it", () => {
    const drawn = draw("\nmain      t\nspawn t\n          end crashed\nend crashed\n");
    drawn.builder.meta(1, { type: "task-failure", id: 1, error: "Error: boom", cause: "exception" });
    drawn.builder.meta(0, { type: "task-failure", id: 0, error: "TaskCrashed: t crashed: Error: boom", cause: "exception" });
    assert.deepEqual(analyse(drawn).findings.map((finding) => finding.id), ["crash 1"]);
  });

  it("an assertion, and an unlock by another of which only the error is known, under their own names", () => {
    const drawn = draw("\nmain      t\nspawn t\n          end crashed\nend crashed\n");
    drawn.builder.meta(1, { type: "task-failure", id: 1, error: "AssertionError: 1 != 2", cause: "assertion" });
    drawn.builder.meta(0, { type: "task-failure", id: 0, error: "NotOwnerError: t holds a", cause: "exception" });
    assert.deepEqual(analyse(drawn).findings.map((finding) => finding.kind).sort(), ["assertion-failed", "lock-misuse"]);
  });
});
