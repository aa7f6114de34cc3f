import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Trace } from "../../src/trace";
import { Snippets, cli, outputOf, report, runFolders } from "./cli";

const MODES = ["threads", "processes"] as const;

describe("concurrency-playground run", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of MODES) {
    describe(`--as ${mode}`, () => {
      it("runs spawned tasks, returns results and prints once", async () => {
        const file = snippets.write(`
function double(n: number) { console.log("task", n); return { twice: 2 * n, self: self().id }; }
const tasks = [spawn(double, 1), spawn(double, 2)];
console.log(JSON.stringify(tasks.map((t) => t.join())));`);
        const { code, report: told } = await report(file, mode);
        assert.equal(told.outcome, "completed");
        assert.equal(told.exitCode, 0);
        assert.equal(code, 0);
        assert.equal(outputOf(told, 0), '[{"twice":2,"self":1},{"twice":4,"self":2}]\n');
        assert.equal(outputOf(told, 1), "task 1\n");
        assert.deepEqual(
          told.tasks.map(({ id, name, kind, parent, state }) => ({ id, name, kind, parent, state })),
          [
            { id: 0, name: "main", kind: mode === "threads" ? "thread" : "process", parent: null, state: "finished" },
            { id: 1, name: "double", kind: mode === "threads" ? "thread" : "process", parent: 0, state: "finished" },
            { id: 2, name: "double 2", kind: mode === "threads" ? "thread" : "process", parent: 0, state: "finished" },
          ],
        );
        assert.equal(new Set(told.tasks.map(({ pid }) => pid)).size, mode === "threads" ? 1 : 3);
      });

      it("keeps mutual exclusion, counts permits, carries messages and atomics", async () => {
        const file = snippets.write(`
const lock = new Mutex(), places = new Semaphore(1), queue = new MessageQueue<number>(2), hits = new Atomic(0);
let inside = shared(0);
function worker(base: number) {
  for (let i = 0; i < 50; i++) { lock.withLock(() => { inside++; }); hits.add(1); }
  places.withPermit(() => hits.add(1000));
  for (let i = 0; i < 5; i++) queue.send(base + i);
}
const tasks = [spawn(worker, 10), spawn(worker, 20)];
let sum = 0;
for (let i = 0; i < 10; i++) sum += queue.receive();
for (const t of tasks) t.join();
console.log(sum, hits.load(), lock.owner, places.available, queue.length);`);
        const { report: told } = await report(file, mode);
        assert.equal(told.outcome, "completed");
        assert.equal(outputOf(told, 0), "170 2100 undefined 1 0\n");
        const inside = told.variables.filter(({ name }) => name === "inside").map(({ value }) => value);
        assert.deepEqual(inside.sort(), mode === "threads" ? [100] : [0, 50, 50]);
        assert.ok(!told.findings.some(({ kind }) => kind === "data-race" || kind === "deadlock"), JSON.stringify(told.findings.map((f) => f.message)));
      });

      it("runs a snippet that spawns nothing as copies of itself", async () => {
        const file = snippets.write(`console.log("copy", self().id);`);
        const { report: told } = await report(file, mode, "--tasks", "3");
        assert.deepEqual(told.tasks.map(({ id, parent }) => ({ id, parent })), [0, 1, 2].map((id) => ({ id, parent: null })));
        for (const id of [0, 1, 2]) assert.equal(outputOf(told, id), `copy ${id}\n`);
      });

      it("tells a deadlock, with the cycle, and ends the run", async () => {
        const file = snippets.write(`
const a = new Mutex(), b = new Mutex(), both = new Barrier(2);
function one() { a.lock(); both.wait(); b.lock(); }
function two() { b.lock(); both.wait(); a.lock(); }
const tasks = [spawn(one), spawn(two)];
for (const t of tasks) t.join();`);
        const { code, report: told } = await report(file, mode);
        assert.equal(told.outcome, "deadlocked");
        assert.equal(code, 1);
        const deadlock = told.findings.find(({ kind }) => kind === "deadlock");
        assert.deepEqual([...(deadlock?.tasks ?? [])].sort(), [1, 2]);
      });

      it("tells the values of all variables also where the run could not end in order", async () => {
        const file = snippets.write(`const state = shared({ n: 1, list: [1, [2]], bytes: new Uint8Array(3) }); let word = shared("a"); let late = shared(0); const lock = new Mutex();
late = 5;
function work() { state.n++; state.list.push(late); state.bytes[2] = 7; word += "b"; lock.lock(); lock.lock(); }
spawn(work).join();`);
        const { report: told } = await report(file, mode);
        assert.equal(told.outcome, "deadlocked");
        const values = (space: number): unknown[] => told.variables.filter((variable) => variable.space === space).map(({ value }) => value);
        const before = [{ n: 1, list: [1, [2]], bytes: [0, 0, 0] }, "a", 5];
        const after = [{ n: 2, list: [1, [2], 5], bytes: [0, 0, 7] }, "ab", 5];
        assert.deepEqual(values(0), mode === "threads" ? after : before);
        if (mode === "processes") assert.deepEqual(values(1), after);
        assert.ok(told.tasks.every(({ started, ended, state }) => started > 0 && ended === null && state === "blocked"));
      });

      it("a join, a receive and a lock give up after their time, a try at once", async () => {
        const file = snippets.write(`
const lock = new Mutex(), held = new Semaphore(0), done = new Semaphore(0), queue = new MessageQueue<number>();
function holder() { lock.lock(); held.release(); done.acquire(); lock.unlock(); }
const t = spawn(holder);
held.acquire();
const said: unknown[] = [lock.tryLock(), lock.tryLock(30), queue.tryReceive(), lock.owner];
for (const wait of [() => t.join(30), () => queue.receive(30)]) { try { wait(); said.push("no error"); } catch (e) { said.push((e as Error).name); } }
try { lock.unlock(); } catch (e) { said.push((e as Error).name); }
done.release();
t.join();
queue.close();
try { queue.receive(); } catch (e) { said.push((e as Error).name); }
try { queue.send(1); } catch (e) { said.push((e as Error).name); }
console.log(said.join(" "), [...queue].length);`);
        const { report: told } = await report(file, mode);
        assert.equal(outputOf(told, 0), "false false  1 TimeoutError TimeoutError NotOwnerError ClosedError ClosedError 0\n");
      });

      it("kills a task that never waits", async () => {
        const file = snippets.write(`
function loop() { for (;;) {} }
const t = spawn(loop);
sleep(50);
t.kill();
console.log(t.state);
try { t.join(); } catch (e) { console.log((e as Error).name); }`);
        const { report: told } = await report(file, mode);
        assert.equal(outputOf(told, 0), "killed\nTaskCrashed\n");
        assert.equal(told.tasks[1]?.state, "killed");
      });

      it("a lock whose holder has died says so", async () => {
        const file = snippets.write(`
const lock = new Mutex(), held = new Semaphore(0);
function dies() { lock.lock(); held.release(); sleep(200); throw new Error("gone"); }
spawn(dies);
held.acquire();
try { lock.lock(); console.log("locked"); } catch (e) { console.log((e as Error).name, (e as Error).message); }`);
        const { report: told } = await report(file, mode);
        assert.equal(outputOf(told, 0), "TaskCrashed lock will never be free again: dies died while holding it\n");
      });
    });
  }

  it("runs threads and processes side by side", async () => {
    const file = snippets.write(`
const lock = new Mutex(), queue = new MessageQueue<string>();
function worker(n: number) { lock.withLock(() => queue.send(n + ":" + self().kind)); }
const tasks = [Process.spawn(worker, 1), Thread.spawn(worker, 2)];
for (const t of tasks) t.join();
console.log([queue.receive(), queue.receive()].sort().join(" "));`);
    for (const mode of MODES) {
      const { report: told } = await report(file, mode);
      assert.equal(outputOf(told, 0), "1:process 2:thread\n");
      assert.equal(told.tasks[1]?.space, 1);
      assert.equal(told.tasks[2]?.space, 0);
    }
  });

  it("sharedMemory is one segment for all processes, and goes with the run", async () => {
    const file = snippets.write(`
let hits = sharedMemory(0);
const lock = new Mutex();
function work() { for (let i = 0; i < 20; i++) lock.withLock(() => { hits++; }); }
const tasks = [spawn(work), spawn(work)];
for (const t of tasks) t.join();
console.log(hits);`);
    const { pid, report: told } = await report(file, "processes", "--perturb", "3");
    assert.equal(outputOf(told, 0), "40\n");
    assert.deepEqual(runFolders(pid), []);
  });

  it("saves a trace that reads back whole", async () => {
    const file = snippets.write(`let n = shared(0); function add() { n++; } spawn(add).join(); console.log(n);`);
    const path = join(snippets.folder, "saved.trace");
    const { code } = await cli("run", file, "--trace", path);
    assert.equal(code, 0);
    const trace = Trace.from(readFileSync(path));
    assert.deepEqual(trace.problems, []);
    assert.equal(trace.end?.outcome, "completed");
    assert.equal(trace.tasks.size, 2);
    assert.equal(trace.lines.map(({ text }) => text).join(""), "1\n");
  });

  it("prints the program's output as it is, findings, and no colours into a pipe", async () => {
    const file = snippets.write(`function hi() { console.log("to stdout"); console.error("to stderr"); } spawn(hi).join();`);
    const { stdout, stderr, code } = await cli("run", file);
    assert.equal(code, 0);
    assert.ok(stdout.startsWith("to stdout\n"), stdout);
    assert.equal(stderr, "to stderr\n");
    assert.ok(!stdout.includes("\u001b"), stdout);
  });

  it("gives the snippet its arguments", async () => {
    const file = snippets.write(`function args() { return process.argv.slice(2).join("+"); } console.log(spawn(args).join(), process.argv[1] === __filename);`);
    const { report: told } = await report(file, "processes", "--", "a", "--json", "-x");
    assert.equal(outputOf(told, 0), "a+--json+-x true\n");
  });

  it("tells what it can't do", async () => {
    const file = snippets.write(`self();`);
    for (const [args, expected] of [
      [[], /command is missing/],
      [["fly"], /no command "fly"/],
      [["explore", file], /"explore" is not available/],
      [["run"], /one FILE/],
      [["run", file, file], /one FILE/],
      [["run", file, "--as", "fibers"], /"fibers"/],
      [["run", file, "--tasks", "0"], /--tasks needs a positive whole number/],
      [["run", file, "--time-limit", "soon"], /--time-limit/],
      [["run", file, "--schedule", "random"], /--schedule random is not available/],
      [["run", file, "--bogus"], /--bogus/],
      [["run", file, "--trace", join(snippets.folder, "no", "such", "folder")], /can't be written/],
    ] as const) {
      const { code, stdout, stderr } = await cli(...args);
      assert.match(stderr, expected);
      assert.equal(code, 2, args.join(" "));
      assert.equal(stdout, "");
    }
    assert.ok(!existsSync(join(snippets.folder, "no")));
  });

  it("tells of a snippet that is not there, or is a folder", async () => {
    for (const [file, expected] of [[join(snippets.folder, "missing.ts"), "no such file"], [snippets.folder, "a folder"]] as const) {
      const plain = await cli("run", file);
      assert.equal(plain.code, 2);
      assert.equal(plain.stdout, "");
      assert.match(plain.stderr, new RegExp(`^${file}:1:1: .*${expected}`));
      const { code, report: told } = await report(file, "processes");
      assert.equal(code, 2);
      assert.equal(told.outcome, "not-compiled");
      assert.deepEqual(told.tasks, []);
      assert.equal(told.errors?.[0]?.file, file);
    }
  });

  it("shows its help and version", async () => {
    assert.match((await cli("--help")).stdout, /--as threads\|processes/);
    assert.match((await cli("--version")).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
