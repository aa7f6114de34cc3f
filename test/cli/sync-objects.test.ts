import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

/** Each orders two tasks at a shared variable: a program without a race, and the same without the order. */
const ORDERED: Record<string, { readonly with: string; readonly without: string }> = {
  SpinLock: {
    with: `const lock = new SpinLock(); let n = shared(0);
function work() { for (let i = 0; i < 50; i++) lock.withLock(() => n++); }
const tasks = [spawn(work), spawn(work)]; for (const t of tasks) t.join(); console.log(n);`,
    without: `let n = shared(0);
function work() { for (let i = 0; i < 50; i++) n++; }
const tasks = [spawn(work), spawn(work)]; for (const t of tasks) t.join(); console.log(n);`,
  },
  ReadWriteLock: {
    with: `const lock = new ReadWriteLock(); let n = shared(0);
function write() { for (let i = 0; i < 50; i++) { using guard = lock.writeGuard(); n++; } }
function read() { for (let i = 0; i < 50; i++) lock.withRead(() => n); }
const tasks = [spawn(write), spawn(write), spawn(read), spawn(read)]; for (const t of tasks) t.join(); console.log(n);`,
    without: `const lock = new ReadWriteLock(); let n = shared(0);
function write() { for (let i = 0; i < 50; i++) lock.withRead(() => n++); }
const tasks = [spawn(write), spawn(write)]; for (const t of tasks) t.join(); console.log(n);`,
  },
  Condition: {
    with: `const mutex = new Mutex(), filled = new Condition(mutex); let full = shared(false); let n = shared(0);
function consume() { mutex.withLock(() => { filled.waitUntil(() => full); console.log(n); }); }
const t = spawn(consume); n = 7; mutex.withLock(() => { full = true; filled.notify(); }); t.join();`,
    without: `const mutex = new Mutex(), filled = new Condition(mutex); let full = shared(false); let n = shared(0);
function consume() { mutex.withLock(() => { filled.waitUntil(() => full); console.log(n); }); }
const t = spawn(consume); mutex.withLock(() => { full = true; filled.notify(); }); n = 7; t.join();`,
  },
  Barrier: {
    with: `const barrier = new Barrier(2); let a = shared(0), b = shared(0);
function work() { a = 1; barrier.wait(); return b; }
const t = spawn(work); b = 2; barrier.wait(); console.log(a, t.join());`,
    without: `const barrier = new Barrier(2); let a = shared(0), b = shared(0);
function work() { barrier.wait(); a = 1; return b; }
const t = spawn(work); b = 2; barrier.wait(); console.log(a); t.join();`,
  },
  Latch: {
    with: `const latch = new Latch(2); let a = shared(0);
function work() { a = 1; latch.countDown(2); }
const t = spawn(work); latch.wait(); console.log(a); t.join();`,
    without: `const latch = new Latch(2); let a = shared(0);
function work() { latch.countDown(2); a = 1; }
const t = spawn(work); latch.wait(); console.log(a); t.join();`,
  },
  Pipe: {
    with: `const pipe = new Pipe(); let a = shared(0);
function work() { a = 1; pipe.write("go\\n"); }
const t = spawn(work); pipe.readLine(); console.log(a); t.join();`,
    without: `const pipe = new Pipe(); let a = shared(0);
function work() { pipe.write("go\\n"); a = 1; }
const t = spawn(work); pipe.readLine(); console.log(a); t.join();`,
  },
  Socket: {
    with: `let a = shared(0);
function work() { const s = Socket.accept("x"); a = 1; s.write("go\\n"); s.close(); }
const t = spawn(work); const s = Socket.connect("x"); s.readLine(); console.log(a); t.join();`,
    without: `let a = shared(0);
function work() { const s = Socket.accept("x"); s.write("go\\n"); a = 1; s.close(); }
const t = spawn(work); const s = Socket.connect("x"); s.readLine(); console.log(a); t.join();`,
  },
};

describe("synchronization objects in a run", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const [name, programs] of Object.entries(ORDERED)) {
    it(`${name} orders what it should, and no more`, async () => {
      const clean = await report(snippets.write(programs.with), "threads");
      assert.equal(clean.report.outcome, "completed");
      assert.deepEqual(clean.report.findings, []);
      const racy = await report(snippets.write(programs.without), "threads");
      assert.equal(racy.report.outcome, "completed");
      assert.ok(racy.report.findings.some(({ kind }) => kind === "data-race"), JSON.stringify(racy.report.findings));
    });
  }

  for (const mode of ["threads", "processes"] as const) {
    describe(`--as ${mode}`, () => {
      it("all work together", async () => {
        const file = snippets.write(`
const spin = new SpinLock(), lock = new ReadWriteLock(), mutex = new Mutex(), go = new Condition(mutex);
const barrier = new Barrier(3), done = new Latch(3), pipe = new Pipe(), n = new Atomic(0);
function work(id: number, latch: Latch, condition: Condition) {
  spin.withLock(() => n.add(1));
  const order = barrier.wait();
  lock.withWrite(() => n.add(10));
  pipe.write(\`task \${id}\\n\`);
  mutex.withLock(() => { while (n.load() < 100) condition.wait(); });
  const socket = Socket.connect("desk");
  socket.write(\`I am \${id}\\n\`);
  const answer = socket.readLine();
  socket.close();
  latch.countDown();
  return [order, answer] as const;
}
const tasks = [1, 2, 3].map((id) => spawn(work, id, done, go));
console.log([1, 2, 3].map(() => pipe.readLine()).sort().join());
mutex.withLock(() => { n.add(100); go.notifyAll(); });
for (let i = 0; i < 3; i++) {
  const socket = Socket.accept("desk");
  socket.write(\`welcome, \${socket.readLine()}\\n\`);
  if (socket.read().length > 0) throw new Error("more than was sent");
}
done.wait();
const results = tasks.map((task) => task.join());
console.log(results.map(([order]) => order).sort().join(), results.map(([, answer]) => answer).join(), n.load());`);
        const { code, report: told } = await report(file, mode);
        assert.equal(outputOf(told, 0), "task 1,task 2,task 3\n0,1,2 welcome, I am 1,welcome, I am 2,welcome, I am 3 133\n");
        assert.deepEqual(told.findings, []);
        assert.equal(code, 0);
      });

      for (const [what, code, waits] of [
        ["a reader that locks for writing", `const lock = new ReadWriteLock(); function f() { lock.lockRead(); lock.lockWrite(); } spawn(f);`, "lock"],
        ["a spin lock locked again", `const lock = new SpinLock(); function f() { lock.lock(); lock.lock(); } spawn(f);`, "lock"],
        ["a barrier too few come to", `const barrier = new Barrier(3); function f() { barrier.wait(); } spawn(f); barrier.wait();`, "barrier"],
        ["a pipe nobody reads", `const pipe = new Pipe(); function f() { pipe.write("x".repeat(100_000)); } spawn(f);`, "pipe"],
        ["a connection nobody reads", `const server = spawn(() => { const s = Socket.accept("x"); s.readLine(); }); const s = Socket.connect("x"); s.write("x".repeat(100_000)); s.read();`, "x"],
        ["a connection nobody reads, written to in small pieces", `const server = spawn(() => { const s = Socket.accept("x"); s.write("y"); new Latch(1).wait(); }); const s = Socket.connect("x"); s.read(); for (let i = 0; i < 600; i++) s.write("x"); s.read();`, "x"],
        ["a pipe nobody writes", `const pipe = new Pipe(); function f() { pipe.read(); } spawn(f);`, "pipe"],
      ] as const) {
        it(`${what} is a deadlock`, async () => {
          const { report: told } = await report(snippets.write(code), mode, "--time-limit", "30");
          assert.equal(told.outcome, "deadlocked");
          const finding = told.findings.find(({ kind }) => kind === "deadlock");
          assert.equal(finding?.cycle?.[0]?.waitsFor, waits);
        });
      }

      it("a connection takes bytes in whatever pieces, and its writer waits for its reader", async () => {
        const file = snippets.write(`
function serve() {
  const s = Socket.accept("x");
  s.write("go\\n");
  let n = 0, lines = 0;
  while (n < 600) { n += s.read(1).length; }
  while (s.readLine() !== undefined) lines++;
  s.close();
  return [n, lines];
}
const server = spawn(serve);
const s = Socket.connect("x");
s.readLine();
for (let i = 0; i < 600; i++) s.write("x");
for (let i = 0; i < 20; i++) s.write("y".repeat(10_000) + "\\n" + i + "\\n");
s.close();
console.log(server.join().join());`);
        const { report: told } = await report(file, mode, "--time-limit", "60");
        assert.equal(outputOf(told, 0), "600,40\n");
        assert.deepEqual(told.findings, []);
      });

      it("who waits for a dead task's lock or socket is told", async () => {
        const file = snippets.write(`
const lock = new ReadWriteLock(), spin = new SpinLock(), ready = new Latch(1);
function hold() { const socket = Socket.accept("x"); lock.lockRead(); spin.lock(); ready.countDown(); sleep(60_000); socket.close(); }
const task = spawn(hold);
const socket = Socket.connect("x");
ready.wait();
task.kill();
for (const attempt of [() => lock.lockWrite(), () => spin.lock(), () => socket.read().length, () => lock.tryLockRead(1000), () => socket.write("x")]) {
  try { console.log(attempt()); } catch (error) { console.log((error as Error).name, (error as Error).message); }
}`);
        const { report: told } = await report(file, mode, "--time-limit", "30");
        assert.deepEqual(outputOf(told, 0).trimEnd().split("\n"), [
          "TaskCrashed lock will never be free again: hold died while holding it",
          "TaskCrashed spin will never be free again: hold died while holding it",
          "0",
          "true",
          "ClosedError x is closed",
        ]);
      });
    });
  }
});

describe("where a wait is", () => {
  const snippets = new Snippets();
  after(() => snippets.dispose());

  it("of Condition.waitUntil is the call, not what its predicate read", async () => {
    const file = snippets.write(`const mutex = new Mutex(), filled = new Condition(mutex); let full = shared(false);
mutex.withLock(() => {
  filled.waitUntil(
    () => full);
});`);
    const { report: got } = await report(file, "threads", "--tasks", "1");
    assert.deepEqual(got.findings[0]?.cycle?.map(({ line }) => line), [4]);
  });
});
