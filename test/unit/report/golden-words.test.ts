import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { AccessEvidence, AnalysisFinding, AtomicityFinding, DataRaceFinding, DeadlockFinding, LockMisuseFinding, LostWakeupFinding, TakenLock } from "../../../src/analysis";
import { describeFinding } from "../../../src/report";
import { formatSteps } from "../../../src/report/format-steps";
import type { TraceNames } from "../../../src/report/names";
import { wordsOf } from "../../../src/report/words";
import { WaitFor } from "../../../src/trace";

const TEXTS = ["", "if (n > 0)", "n--", "n = left - 1", "lock.lock()", "table.lockWrite()", "ready.notify()", "ready.wait()", "other.lock()", "ann.join()", "table.tryLockWrite()"];
const names: TraceNames = {
  files: [{ path: "/shop.ts", text: "" }],
  sites: TEXTS.map((text, line) => ({ file: 0, line, column: 3, endLine: line, endColumn: 3 + text.length, text })),
  objects: new Map([
    [1, { type: "object", id: 1, objectType: "Mutex", name: "lock" }],
    [2, { type: "object", id: 2, objectType: "Mutex", name: "other" }],
    [3, { type: "object", id: 3, objectType: "ReadWriteLock", name: "table" }],
    [4, { type: "object", id: 4, objectType: "Condition", name: "ready", mutex: 1 }],
    [5, { type: "object", id: 5, objectType: "Atomic", name: "state" }],
    [6, { type: "object", id: 6, objectType: "MessageQueue", name: "jobs" }],
  ]),
  tasks: new Map([
    [0, { name: "main" }],
    [1, { name: "ann" }],
    [2, { name: "bob" }],
  ]),
};

const access = (task: number, site: number, op: AccessEvidence["op"], value: number, locks: AccessEvidence["locks"] = [], atomic = false): AccessEvidence => ({ task, index: 0, time: task, site, op, atomic, value, locks });
const lock = (object: number, mode: TakenLock["mode"] = "lock", site = 4): TakenLock => ({ object, mode, site, time: 0 });

const race: DataRaceFinding = { kind: "data-race", id: "", space: 0, address: 0, variable: "n", accesses: [access(1, 2, "update", 4), access(2, 2, "update", 4)], tasks: [1, 2], atomics: false, harm: null, discipline: undefined, count: 1 };
const lost = { kind: "lost-update", id: "", variable: "n", object: undefined, tasks: [1, 2], count: 1 } as const;
const stale = [access(1, 1, "read", 5), access(2, 3, "write", 4), access(1, 3, "write", 4)] as const;
const proof = { read: 5, first: { task: 2, wrote: 4 }, second: { task: 1, wrote: 4 } };
const atomicity: AtomicityFinding = { kind: "atomicity-violation", id: "", pattern: "below-zero", variable: "n", object: undefined, accesses: [access(1, 1, "read", 1), access(2, 2, "write", 0), access(1, 2, "update", -1)], tasks: [1, 2], expected: 0, count: 1 };
const waiting = (task: number, waitFor: WaitFor, object: number | undefined, site: number, heldBy: number[] = [], holds: TakenLock[] = []): DeadlockFinding["waits"][number] => ({ task, waitFor, object, argument: 1, variable: undefined, heldBy, holds, site, since: task + 1 });
const deadlock = (waits: DeadlockFinding["waits"], cyclic = true, complete = true): DeadlockFinding => ({ kind: "deadlock", id: "", waits, cyclic, complete, time: 0, count: 1 });
const wakeup: LostWakeupFinding = { kind: "lost-wakeup", id: "", pattern: "before-waiting", variable: "ready", object: 4, condition: true, notify: { task: 1, site: 6, time: 1.5e6 }, notifierHeld: true, woken: undefined, wait: { task: 2, site: 7, time: 4e6 }, forEver: true, expected: undefined, valueAtNotify: undefined, tasks: [1, 2], count: 1 };
const misuse: LockMisuseFinding = { kind: "lock-misuse", id: "", misuse: "held-at-end", task: 1, object: 1, mode: "lock", site: 4, time: 0, holder: undefined, killed: false, others: [], failure: undefined, count: 1 };
const failed = (error: string, cause: "exception" | "rejection" | "exit" | "signal" | "out-of-memory" | "assertion", more: { signal?: string; exitCode?: number; stack?: string } = {}, task = 1): AnalysisFinding => ({
  kind: cause === "assertion" ? "assertion-failed" : "crash", id: "", task, failure: { type: "task-failure", id: task, error, cause, ...more }, site: 0, time: 0, count: 1,
});

/** One of each kind and of each of its forms. */
const ALL: Readonly<Record<string, AnalysisFinding>> = {
  "data race, may do harm": race,
  "data race, did harm": { ...race, harm: proof },
  "data race, a reader": { ...race, accesses: [access(1, 2, "write", 4, [lock(1)]), access(2, 1, "read", 4)], discipline: { lock: 1, held: 3, places: 4, without: [1] } },
  "data race, other locks": { ...race, accesses: [access(1, 2, "update", 4, [lock(1)]), access(2, 2, "update", 4, [lock(2)])] },
  "data race, Atomics would do": { ...race, atomics: true },
  "data race, Atomics would do for a flag": { ...race, accesses: [access(1, 2, "write", 4), access(2, 2, "read", 4)], atomics: true },
  "lost update under locks": { ...lost, accesses: stale, proof },
  "lost update of an Atomic": { ...lost, variable: "state", object: 5, accesses: stale, proof },
  "atomicity, below zero": atomicity,
  "atomicity, emptied": { ...atomicity, pattern: "emptied", variable: "stock.length", accesses: [access(1, 1, "read", 1), access(2, 2, "write", 0), access(1, 3, "read", 0)], expected: 0 },
  "atomicity, overwritten": { ...atomicity, pattern: "overwritten", accesses: [access(1, 1, "read", 0), access(2, 3, "write", 2), access(1, 3, "write", 1)], expected: undefined },
  "atomicity, both entered": { ...atomicity, pattern: "both-entered", variable: "state", object: 5, accesses: [access(1, 1, "read", 0, [], true), access(2, 3, "write", 1, [], true), access(1, 3, "write", 1, [], true)], expected: undefined },
  "deadlock of two locks": deadlock([waiting(1, WaitFor.Lock, 2, 8, [2], [lock(1)]), waiting(2, WaitFor.Lock, 1, 4, [1], [lock(2, "lock", 8)])]),
  "deadlock while others run": deadlock([waiting(1, WaitFor.Lock, 2, 8, [2], [lock(1)]), waiting(2, WaitFor.Join, undefined, 9, [1], [lock(2, "lock", 8)])], true, false),
  "deadlock of one": deadlock([waiting(1, WaitFor.Lock, 1, 4, [1], [lock(1)])]),
  "deadlock of one that joins itself": deadlock([waiting(1, WaitFor.Join, undefined, 9, [1])]),
  "deadlock of an upgrade": deadlock([waiting(1, WaitFor.WriteLock, 3, 5, [1], [lock(3, "read", 4)])]),
  "deadlock of two upgrades": deadlock([waiting(1, WaitFor.WriteLock, 3, 5, [1, 2], [lock(3, "read", 4)]), waiting(2, WaitFor.WriteLock, 3, 5, [1, 2], [lock(3, "read", 4)])]),
  "deadlock of who waits for ever": deadlock([waiting(0, WaitFor.Join, undefined, 9), waiting(1, WaitFor.Message, 6, 7)], false),
  "lock order": { kind: "lock-order", id: "", steps: [
    { task: 1, first: 1, second: 2, secondSite: 8, holds: [lock(1)], waitsFor: [2], time: 1 },
    { task: 2, first: 2, second: 1, secondSite: 4, holds: [lock(2, "lock", 8)], waitsFor: [1], time: 2 },
  ], count: 1 },
  "lock order behind a writer": { kind: "lock-order", id: "", steps: [
    { task: 1, first: 3, second: 3, secondSite: 10, holds: [lock(3, "read")], waitsFor: [2], time: 1 },
    { task: 2, first: undefined, second: 3, secondSite: 5, holds: [], waitsFor: [1], time: 2 },
  ], count: 1 },
  "lost wakeup of a condition": wakeup,
  "lost wakeup, notified without the mutex": { ...wakeup, notifierHeld: false, forEver: false },
  "lost wakeup of an Atomic": { ...wakeup, variable: "state", object: 5, condition: false, expected: 0, valueAtNotify: 0 },
  "lost wakeup, passed by": { ...wakeup, pattern: "passed-by", variable: "state", object: 5, condition: false, expected: 0, valueAtNotify: 1 },
  "lost wakeup of the wrong task": { ...wakeup, pattern: "wrong-task", woken: { task: 0, site: 7, time: 2e6 } },
  "lock held at the end": misuse,
  "read lock held at the end": { ...misuse, object: 3, mode: "read" },
  "holder that crashed": { ...misuse, misuse: "holder-died" },
  "holder that was killed": { ...misuse, misuse: "holder-died", killed: true, others: [0, 2] },
  "unlock by another": { ...misuse, misuse: "not-owner", holder: 2 },
  "unlock of what is free": { ...misuse, misuse: "not-owner", object: 3, mode: "write" },
  "unlock of what is not read": { ...misuse, misuse: "not-owner", object: 3, mode: "read" },
  "unlock by another, of an older trace": { ...misuse, misuse: "not-owner", object: undefined, site: 0, failure: { type: "task-failure", id: 1, error: "NotOwnerError: lock is not locked", cause: "exception" } },
  "wait without the mutex": { ...misuse, misuse: "wait-without-mutex", object: 4, site: 7 },
  "upgrade that is tried": { ...misuse, misuse: "upgrade", object: 3, mode: "write", site: 10 },
  crash: failed("RangeError: no", "exception"),
  "crash by a promise": failed("Error: no", "rejection"),
  "crash by exit": failed("process.exit(3)", "exit", { exitCode: 3 }),
  "crash by a signal": failed("killed", "signal", { signal: "SIGSEGV" }),
  "crash without memory": failed("out of memory", "out-of-memory"),
  "crash of main": failed("RangeError: no", "exception", {}, 0),
  "crash of main by a promise": failed("Error: no", "rejection", {}, 0),
  "crash of main by exit": failed("process.exit(3)", "exit", { exitCode: 3 }, 0),
  "crash of main by a join": failed("TaskCrashed: ann crashed", "exception", {}, 0),
  "failed assertion": failed("AssertionError: 1 != 2", "assertion"),
};

function told(locale: string): string {
  return Object.entries(ALL)
    .map(([title, finding]) => {
      const { message, explanation, steps = [] } = describeFinding(finding, { names, locale });
      const table = formatSteps(steps, (task) => names.tasks.get(task)?.name ?? "", (line) => wordsOf(locale).stepLine(line));
      return [`## ${title}`, message, ...table.map((row) => `    ${row}`), ...explanation].join("\n");
    })
    .join("\n\n")
    .concat("\n");
}

describe("the words of every kind of finding", () => {
  for (const locale of ["en", "zh-cn"]) {
    // GOLDEN=write npx mocha … writes what is said now: to be read by a person before it is kept.
    it(`are what was agreed upon (${locale})`, () => {
      const file = resolve(`test/unit/report/golden/findings.${locale}.txt`);
      if (process.env["GOLDEN"] === "write") writeFileSync(file, told(locale));
      assert.equal(told(locale), readFileSync(file, "utf8"));
    });
  }

  it("name files as seen from the snippet's folder where a stack is told", () => {
    const stack = "Error: no\n    at work (/lesson/shop.ts:4:3)\n    at other (/lesson/lib/stock.ts:1:1)\n    at up (/elsewhere/x.ts:1:1)";
    const { explanation } = describeFinding(failed("Error: no", "exception", { stack }), { names: { ...names, files: [{ path: "/lesson/shop.ts", text: "" }] } });
    assert.equal(explanation[1], "Error: no\n    at work (shop.ts:4:3)\n    at other (lib/stock.ts:1:1)\n    at up (/elsewhere/x.ts:1:1)");
  });

  it("have no holes, and each its own message", () => {
    for (const locale of ["en", "zh-cn"]) {
      assert.doesNotMatch(told(locale), /undefined|NaN|\[object|\$\{|\{\}/);
      const messages = Object.values(ALL).map((finding) => describeFinding(finding, { names, locale }).message);
      // The forms of a data race differ in their explanation only.
      assert.ok(new Set(messages).size >= messages.length - 6);
    }
  });

  it("in Chinese are Chinese", () => {
    for (const [title, finding] of Object.entries(ALL)) {
      const { message, explanation } = describeFinding(finding, { names, locale: "zh-cn" });
      for (const text of [message, ...explanation]) assert.match(text, /[\u4e00-\u9fff]/, title);
    }
  });
});
