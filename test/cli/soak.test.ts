import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../src/report/contract";
import { reportIn, Snippets, runFolders, startCli, until } from "./cli";

/** Runs of random programs in each mode; SOAK_RUNS=500 for the long form, SOAK_SEED to repeat one. */
const RUNS = Number(process.env.SOAK_RUNS ?? 4);
const SEED = Number(process.env.SOAK_SEED ?? 1);
const OUTCOMES = new Set<Report["outcome"]>(["completed", "crashed", "deadlocked", "timed-out"]);

/** mulberry32 */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What one task does, in any order; each may wait for ever, fail, or be ended in the middle. */
const STEPS = [
  "lock.withLock(() => { n++; });",
  "lock.lock(); m.set('k', id); lock.unlock();",
  "lock.lock();",
  "lock.unlock();",
  "using guard = other.guard(); if (lock.tryLock(5)) lock.unlock();",
  "spin.withLock(() => list.push(id));",
  "rw.withRead(() => n); rw.withWrite(() => { n = id; });",
  "sem.acquire(); sleep(1); sem.release();",
  "lock.withLock(() => { go.wait(5); go.notifyAll(); });",
  "try { barrier.wait(20); } catch {}",
  "latch.countDown();",
  "latch.wait(10);",
  "q.send({ id, lock });",
  "q.tryReceive();",
  "try { q.receive(5); } catch {}",
  "q.close();",
  "pipe.write('x'.repeat(3000) + '\\n');",
  "pipe.readLine();",
  "pipe.close();",
  "try { const s = Socket.accept('a', 20); s.write('hello\\n'); s.close(); } catch {}",
  "try { const s = Socket.connect('a', 20); s.readLine(); } catch {}",
  "a.add(1); a.wait(99, 5); a.notify();",
  "seg.n++; seg.list.push('text ' + id); seg.map.set(String(id), [id]);",
  "spawn(leaf, id).join();",
  "Thread.spawn(leaf, id);",
  "Process.spawn(leaf, id);",
  "throw new Error('random');",
  "process.exit(id);",
  "if (id > 2) process.kill(process.pid, 'SIGKILL');",
  "console.log('task', id);",
  "sleep(3);",
] as const;

function program(seed: number): string {
  const next = random(seed);
  const bodies = Array.from({ length: 2 + next(3) }, (_, i) => {
    const steps = Array.from({ length: 1 + next(8) }, () => `  { ${STEPS[next(STEPS.length)]} }`);
    return `function t${i}(id: number) {\n${steps.join("\n")}\n}`;
  });
  const spawns = bodies.map((_, i) => `spawn(t${i}, ${i + 1})`);
  const ending = ["for (const t of tasks) try { t.join(200); } catch {}", "tasks[0]!.kill();", "sleep(5); for (const t of tasks) t.kill();", ""][next(4)];
  return `const lock = new Mutex(), other = new Mutex(), spin = new SpinLock(), rw = new ReadWriteLock(), sem = new Semaphore(1), go = new Condition(lock), barrier = new Barrier(2), latch = new Latch(2);
const q = new MessageQueue<unknown>(2), pipe = new Pipe(), a = new Atomic(0);
let n = shared(0); const m = shared(new Map<string, number>()), list = shared<number[]>([]), seg = sharedMemory({ n: 0, list: [] as string[], map: new Map<string, number[]>() });
function leaf(id: number) { n++; seg.n++; return [self().kind, id]; }
${bodies.join("\n")}
const tasks = [${spawns.join(", ")}];
${ending}`;
}

/** Processes that were started, by whomever, with this word in their environment. */
function marked(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, "utf8").includes(word);
      } catch {
        return false;
      }
    })
    .map(Number);
}

function sockets(pid: number): string[] {
  return readFileSync("/proc/net/unix", "utf8").split("\n").filter((line) => line.includes(`concurrency-playground-${pid}-`));
}

describe("a soak of random programs", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    it(`leaves no process, socket, segment or file behind (${mode}, ${RUNS} runs)`, async function () {
      if (process.platform !== "linux") this.skip();
      this.timeout(60_000 + RUNS * 30_000);
      const own = mkdtempSync(join(tmpdir(), "cp-soak-"));
      try {
        for (let run = 0; run < RUNS; run++) {
          const seed = SEED * 10_000 + run;
          const code = program(seed);
          const word = `CP_SOAK=${process.pid}-${mode}-${seed}.`;
          const told = await startCli(["run", snippets.write(code), "--as", mode, "--json", "--time-limit", "10"], { CP_SOAK: word.slice(8), TMPDIR: own }).ended;
          const what = `seed ${seed}\n${code}\n${told.stderr}`;
          const report = reportIn(told.stdout);
          assert.ok(OUTCOMES.has(report.outcome), `${report.outcome}: ${what}`);
          assert.ok(report.tasks.every(({ ended }) => ended !== null || report.outcome !== "completed"), what);
          await until(() => marked(word).length === 0, `the end of all processes: ${what}`);
          assert.deepEqual(runFolders(told.pid), [], what);
          assert.deepEqual(readdirSync(own), [], what);
          assert.deepEqual(sockets(told.pid), [], what);
        }
      } finally {
        rmSync(own, { recursive: true, force: true });
      }
    });
  }
});
