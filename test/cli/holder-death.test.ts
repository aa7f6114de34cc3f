import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

/** How a holder dies; `signal`: only where it is a process of its own. */
const WAYS = {
  "a throw": "throw new Error('boom');",
  "process.exit()": "process.exit(3);",
  "kill()": "sleep(60_000);",
  "SIGKILL from outside": "sleep(60_000);",
} as const;

/** Every lock that a task can hold, held by `hold`; one task waits for each before it dies, main tries each after. */
function holding(way: keyof typeof WAYS): string {
  const end = way === "kill()" ? "holder.kill();" : way === "SIGKILL from outside" ? `process.kill(holder.pid, "SIGKILL");` : "die.countDown();";
  return `
const mutex = new Mutex(), spin = new SpinLock(), pool = new Semaphore(3), written = new ReadWriteLock(), read = new ReadWriteLock(), guarded = new Mutex(), ready = new Condition(guarded);
const held = new Latch(1), die = new Latch(1), started = new Latch(8), waiting = new Latch(1);
function hold() {
  mutex.lock(); spin.lock(); pool.acquire(2); written.lockWrite(); read.lockRead();
  // Only once somebody waits for the condition.
  waiting.wait(); guarded.lock();
  held.countDown(); die.wait(${way.includes("k") ? "60_000" : ""}); ${WAYS[way]}
}
const ways: Record<string, () => unknown> = {
  lock: () => mutex.lock(), timed: () => mutex.tryLock(60_000), spin: () => spin.lock(), permits: () => pool.acquire(2), writeWritten: () => written.lockWrite(), readWritten: () => written.lockRead(),
  writeRead: () => read.lockWrite(),
  condition: () => guarded.withLock(() => { waiting.countDown(); ready.wait(); }),
};
function wait(name: string) {
  started.countDown();
  try { ways[name]!(); return "went on"; } catch (error) { const e = error as Error & { task?: number }; return e.name + " of " + e.task + ": " + e.message; }
}
const holder = spawn(hold);
const condition = spawn(wait, "condition"); held.wait();
const others = Object.keys(ways).filter((name) => name !== "condition").map((name) => spawn(wait, name));
started.wait(); sleep(30);
${end}
for (const t of [...others, condition]) console.log(t.join());
for (const name of Object.keys(ways)) console.log(wait(name));
console.log(pool.available, pool.tryAcquire(), pool.available, read.tryLockRead());`;
}

const lost = (name: string): string => `TaskCrashed of 1: ${name} will never be free again: hold died while holding it`;
const permits = "TaskCrashed of 1: pool will never have that many permits again: hold died while holding some";
const TOLD = ["mutex", "mutex", "spin", "", "written", "written", "read", "guarded"].map((name) => (name === "" ? permits : lost(name)));

/** Loops that take and give back; some of those who run them are killed at any moment of it. */
const LOOPS: Record<string, { readonly declare: string; readonly body: string }> = {
  Mutex: { declare: "const lock = new Mutex();", body: "lock.withLock(() => n.add(1));" },
  SpinLock: { declare: "const lock = new SpinLock();", body: "lock.withLock(() => n.add(1));" },
  Semaphore: { declare: "const lock = new Semaphore(1);", body: "lock.withPermit(() => n.add(1));" },
  "ReadWriteLock for writing": { declare: "const lock = new ReadWriteLock();", body: "lock.withWrite(() => n.add(1));" },
  "ReadWriteLock for reading": { declare: "const lock = new ReadWriteLock();", body: "lock.withRead(() => n.add(1)); if (i % 10 === 0) lock.withWrite(() => n.add(1));" },
  Condition: { declare: "const lock = new Mutex(), c = new Condition(lock);", body: "lock.withLock(() => { c.notifyAll(); c.wait(1); n.add(1); });" },
  Barrier: { declare: "const lock = new Barrier(2);", body: "try { lock.wait(5); } catch (error) { if (!(error instanceof TimeoutError)) throw error; } n.add(1);" },
  Latch: { declare: "const lock = new Latch(1_000_000);", body: "lock.countDown(); lock.wait(0); n.add(1);" },
};

function killing(name: string): string {
  const { declare, body } = LOOPS[name]!;
  return `${declare}
const n = new Atomic(0), stop = new Atomic(0), running = new Latch(4);
function loop() { running.countDown(); for (let i = 0; stop.load() === 0; i++) { ${body} } return "went on"; }
const tasks = [spawn(loop), spawn(loop), spawn(loop), spawn(loop)];
running.wait();
while (n.load() < 100 && tasks.every((t) => t.state === "running")) sleep(1);
tasks[0]!.kill(); sleep(3); tasks[1]!.kill(); sleep(20); stop.store(1);
for (const t of tasks.slice(2)) try { console.log(t.join()); } catch (error) { console.log((error as Error).message); }`;
}

describe("the death of who holds a lock", function () {
  // Nine tasks begin, one of which spins: ten seconds on a busy machine.
  this.timeout(180_000);
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) {
      if (mode === "threads" && way.startsWith("SIGKILL")) continue;
      it(`by ${way} is told to all who wait for it, and to those who come later (${mode})`, async () => {
        const { report: told } = await report(snippets.write(holding(way)), mode, "--time-limit", "150");
        const lines = outputOf(told, 0).trimEnd().split("\n");
        assert.deepEqual(lines.slice(0, 8), TOLD);
        assert.deepEqual(lines.slice(8), [...TOLD, "1 true 0 true"]);
        assert.equal(told.outcome, "completed");
      });
    }

    for (const name of Object.keys(LOOPS)) {
      it(`in the middle of an operation on a ${name} leaves nobody waiting for ever (${mode})`, async () => {
        const code = killing(name);
        const { report: told } = await report(snippets.write(code), mode, "--time-limit", "150");
        const lines = outputOf(told, 0).trimEnd().split("\n");
        assert.equal(lines.length, 2, JSON.stringify([told.outcome, told.output, told.findings.map(({ message }) => message)]));
        for (const line of lines) assert.match(line, /^went on$|lock will never (be free|have that many permits) again: loop( \d)? died while holding/);
      });
    }
  }
});
