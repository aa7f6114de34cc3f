import assert from "node:assert/strict";
import type { AccessEvidence, AnalysisFinding, AtomicityFinding, LockOrderFinding, LostWakeupFinding } from "../../../src/analysis";
import { describeFinding } from "../../../src/report";
import type { TraceNames } from "../../../src/report/names";

const site = (line: number, text: string): TraceNames["sites"][number] => ({ file: 0, line, column: 3, endLine: line, endColumn: 3 + text.length, text });
const names: TraceNames = {
  files: [{ path: "/bank.ts", text: "" }],
  sites: [site(0, ""), site(4, "balance"), site(6, "balance -= 80"), site(8, "ready.notify()"), site(9, "ready.wait()"), site(11, "lock.lock()"), site(13, "data.lockRead()"), site(15, "data.lockWrite()")],
  objects: new Map([
    [1, { type: "object", id: 1, objectType: "Mutex", name: "lock" }],
    [2, { type: "object", id: 2, objectType: "Condition", name: "ready", mutex: 1 }],
    [3, { type: "object", id: 3, objectType: "ReadWriteLock", name: "data" }],
  ]),
  tasks: new Map([
    [1, { name: "ann" }],
    [2, { name: "bob" }],
    [3, { name: "eve" }],
  ]),
};
const access = (task: number, at: number, op: AccessEvidence["op"], value: number): AccessEvidence => ({ task, index: 0, time: 0, site: at, op, atomic: false, value, locks: [] });
const checked: AtomicityFinding = {
  kind: "atomicity-violation",
  id: "",
  pattern: "below-zero",
  variable: "balance",
  object: undefined,
  accesses: [access(1, 1, "read", 100), access(2, 2, "write", 20), access(1, 2, "update", -60)],
  tasks: [1, 2],
  expected: 20,
  count: 1,
};
const lost: LostWakeupFinding = {
  kind: "lost-wakeup",
  id: "",
  pattern: "before-waiting",
  variable: "ready",
  object: 2,
  condition: true,
  notify: { task: 1, site: 3, time: 1_500_000 },
  notifierHeld: false,
  woken: undefined,
  wait: { task: 2, site: 4, time: 4_000_000 },
  forEver: true,
  expected: undefined,
  valueAtNotify: undefined,
  tasks: [1, 2],
  count: 1,
};
/** Ann reads and wants the lock, Bob has the lock and wants to read, Eve wants to write. */
const behindWriter: LockOrderFinding = {
  kind: "lock-order",
  id: "",
  steps: [
    { task: 1, first: 3, second: 1, secondSite: 5, holds: [{ object: 3, mode: "read", site: 0, time: 0 }], waitsFor: [2], time: 0 },
    { task: 2, first: 1, second: 3, secondSite: 6, holds: [{ object: 1, mode: "lock", site: 0, time: 0 }], waitsFor: [3], time: 1 },
    { task: 3, first: undefined, second: 3, secondSite: 7, holds: [], waitsFor: [1], time: 2 },
  ],
  count: 1,
};
const oneByOne: LockOrderFinding = { ...behindWriter, steps: behindWriter.steps.slice(0, 2).map((step) => ({ ...step, first: 3, second: 3 })) };

function told(finding: AnalysisFinding, locale: string): string[] {
  const { message, explanation } = describeFinding(finding, { names, locale });
  return [message, ...explanation];
}

describe("the words of findings", () => {
  it("a check and an act that are not one", () => {
    assert.deepEqual(told(checked, "en"), [
      'Atomicity violation: ann (#1) checked "balance" first and changed it later; bob (#2) changed it in between, and it fell below zero.',
      'ann (#1) read 100 from "balance" at bank.ts:4:3: balance',
      'bob (#2) wrote 20 to "balance" at bank.ts:6:3: balance -= 80',
      'ann (#1) changed "balance" to -60 without another look at bank.ts:6:3: balance -= 80',
      'This is no data race. Every single step is under a lock, but the look and the act are two critical sections, and bob (#2) came between: what ann (#1) knew of "balance" was out of date when it acted. With the 100 that it had read, 20 would have been left.',
      'To repair it, check and act in one critical section: lock, read "balance", decide, change it, and only then unlock.',
    ]);
    assert.deepEqual(told(checked, "zh-cn"), [
      "原子性违背：ann (#1) 先检查“balance”，稍后才修改它；bob (#2) 在两者之间修改了它，结果它变成了负数。",
      "ann (#1) 在 bank.ts:4:3 从“balance”读到 100：balance",
      "bob (#2) 在 bank.ts:6:3 把 20 写入“balance”：balance -= 80",
      "ann (#1) 在 bank.ts:6:3 没有再检查就把“balance”改成了 -60：balance -= 80",
      "这不是数据竞争。每一步都在锁的保护下，但检查和行动是两个临界区，而 bob (#2) 恰好插在中间：ann (#1) 行动时，它所知道的“balance”已经过时。如果仍是它读到的 100，结果本应是 20。",
      "修复方法：在同一个临界区里检查并行动：加锁，读取“balance”，判断，修改，然后才解锁。",
    ]);
  });

  it("a notify that nobody waited for yet", () => {
    assert.deepEqual(told(lost, "en"), [
      'Lost wakeup: ann (#1) notified "ready" before bob (#2) waited for it; it woke nobody, and bob (#2) waits for ever.',
      'At 1.5 ms ann (#1) notified "ready" at bank.ts:8:3: ready.notify(). Nobody was waiting then, so it woke nobody.',
      'At 4.0 ms bob (#2) began to wait on "ready", at bank.ts:9:3: ready.wait(). Nobody has woken it since.',
      "A notify is not kept: it wakes those who wait at that moment. bob (#2) had looked at nothing shared since then, so it could not know that what it waits for had happened. The notifier did not hold the mutex: so its notify can even fall between the look and the wait.",
      "To repair it, keep what happened in a shared variable that is changed under the mutex, and look at it before waiting: ready.waitUntil(() => happened), or while (!happened) ready.wait().",
    ]);
    assert.deepEqual(told(lost, "zh-cn").slice(0, 3), [
      "丢失唤醒：ann (#1) 在 bob (#2) 等待“ready”之前就发出了通知，没有唤醒任何任务；bob (#2) 永远等待。",
      "1.5 毫秒：ann (#1) 在 bank.ts:8:3 通知“ready”：ready.notify()。当时没有任务在等待，所以没有唤醒任何任务。",
      "4.0 毫秒：bob (#2) 在 bank.ts:9:3 开始等待“ready”：ready.wait()。此后没有任何任务唤醒它。",
    ]);
  });

  it("every pattern has its own words, in both languages, without holes", () => {
    const all: AnalysisFinding[] = [
      ...(["below-zero", "condition-broken", "emptied", "overwritten", "both-entered"] as const).map((pattern) => ({ ...checked, pattern })),
      ...(["before-waiting", "passed-by", "wrong-task"] as const).map((pattern) => ({ ...lost, pattern, woken: pattern === "wrong-task" ? { task: 3, site: 4, time: 2e6 } : undefined })),
    ];
    for (const locale of ["en", "zh-cn"]) {
      const messages = all.map((finding) => told(finding, locale));
      assert.equal(new Set(messages.map(([message]) => message)).size, all.length);
      for (const texts of messages) for (const text of texts) assert.doesNotMatch(text, /undefined|NaN|\[object/);
    }
  });

  it("a lock order that a waiting writer closes, and one of a single lock", () => {
    assert.deepEqual(told(behindWriter, "en").slice(0, 4), [
      "Possible deadlock: lock and data are taken in different orders.",
      'ann (#1) took "lock" while holding "data" at bank.ts:11:3: lock.lock()',
      'bob (#2) took "data" while holding "lock" at bank.ts:13:3: data.lockRead()',
      'eve (#3) took "data" for writing at bank.ts:15:3: data.lockWrite(). As long as a task waits to write, those who want to read wait behind it, even while others read.',
    ]);
    assert.equal(
      told(behindWriter, "zh-cn")[3],
      "eve (#3) 在 bank.ts:15:3 为写入获取了“data”：data.lockWrite()。只要有任务在等待写入，想读的任务就要排在它后面，即使其他任务正在读。",
    );
    assert.deepEqual(describeFinding(behindWriter, { names }).cycle?.map(({ heldBy }) => heldBy), [[2], [3], [1]]);
    assert.equal(told(oneByOne, "en")[0], 'Possible deadlock: tasks take data again while they hold it.');
    assert.equal(told(oneByOne, "en").at(-1), 'To repair it, take all that is needed of data at once.');
    assert.equal(told(oneByOne, "zh-cn")[0], "可能的死锁：有任务在持有 data 时再次获取它。");
  });
});
