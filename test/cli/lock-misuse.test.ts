import assert from "node:assert/strict";
import { Snippets, report } from "./cli";

/** What is said of locks that are used as they may not be. In a snippet the import is line 1. What a task prints comes after all it has told. */
const MISUSES: Record<string, { readonly code: string; readonly says: string; readonly line: number }> = {
  "a reader that tries to write": {
    code: `const table = new ReadWriteLock();
function work() { table.lockRead();
  table.tryLockWrite(5);
  table.unlockRead(); }
spawn(work).join();`,
    says: 'work (#1) tried to lock "table" for writing while it held it for reading (an upgrade): that can never succeed.',
    line: 4,
  },
  "a wait without the mutex": {
    code: `const lock = new Mutex(), ready = new Condition(lock);
function work() { try {
  ready.wait();
} catch { return 1; } return 0; }
lock.withLock(() => spawn(work).join());`,
    says: 'work (#1) waited for "ready" without holding its mutex "lock", which main (#0) holds.',
    line: 4,
  },
  "an unlock by another": {
    code: `const lock = new Mutex();
function work() { try {
  lock.unlock();
} catch { return 1; } return 0; }
lock.withLock(() => spawn(work).join());`,
    says: 'work (#1) unlocked "lock", but main (#0) holds it.',
    line: 4,
  },
  "an unlock of what is written by nobody": {
    code: `const table = new ReadWriteLock();
try {
  table.unlockWrite();
} catch { console.log("caught"); }`,
    says: '"table" for writing, but nobody holds it for writing.',
    line: 4,
  },
  "a holder that was killed": {
    code: `const lock = new Mutex(), inside = new Latch(1);
function work() {
  lock.lock(); console.log("inside"); inside.countDown(); for (;;) sleep(5); }
const task = spawn(work); inside.wait(); task.kill();`,
    says: 'work (#1) was killed while it held "lock".',
    line: 4,
  },
};

describe("lock misuse", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    for (const [what, { code, says, line }] of Object.entries(MISUSES)) {
      it(`${what} is told where it is, whether or not the error is caught (${mode})`, async () => {
        // One task is enough: what spawns nothing is not to run as copies.
        const { code: status, report: told } = await report(snippets.write(code), mode, "--tasks", "1");
        assert.deepEqual(told.findings.map(({ kind }) => kind), ["lock-misuse"], told.findings.map(({ message }) => message).join("\n"));
        const [finding] = told.findings as unknown as [{ message: string; ranges: { line: number }[] }];
        assert.ok(finding.message.endsWith(says), finding.message);
        assert.equal(finding.ranges[0]?.line, line);
        assert.equal(status, 1);
      });
    }

    it(`a lock that a task took right before it was killed is told, though it could not tell so any more (${mode})`, async () => {
      const file = snippets.write(`const begun = new Latch(1);
const lock = new Mutex();
function work() { begun.countDown(); lock.lock(); for (;;); }
const task = spawn(work);
begun.wait();
while (lock.tryLock()) { lock.unlock(); sleep(1); }
task.kill();`);
      const { report: told } = await report(file, mode);
      const [finding, ...others] = told.findings as unknown as [{ message: string; ranges: { line: number }[] }];
      assert.equal(finding.message, 'work (#1) was killed while it held "lock".');
      // Where it was taken or, if that is lost, made.
      assert.ok([3, 4].includes(finding.ranges[0]!.line), JSON.stringify(finding.ranges));
      assert.deepEqual(others, []);
    });
  }
});
