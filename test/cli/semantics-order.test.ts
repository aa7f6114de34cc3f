import assert from "node:assert/strict";
import { Snippets, report } from "./cli";

/**
 * Every edge of happens-before, one after the other, between two tasks: what the one writes to the slot of an edge before it, the other
 * writes after it. Each of these slots has its own edge alone, for it is written after the one before. Who is to come second without
 * an edge waits by a look at a semaphore, which orders nothing.
 */
const EDGES = `
const m = sharedMemory({ spawned: 0, joined: 0, crashed: 0, killed: 0, mutex: 0, spin: 0, permit: 0, initial: 0, later: 0, written: 0, read: 0, readers: 0, sent: 0, room: 0, noRoom: 0, met: 0, iterated: 0, closed: 0, bytes: 0, laterBytes: 0, socket: 0,
  latch: 0, left: 0, right: 0, waiting: 0, notified: 0, stored: 0, compared: 0, woken: 0, quiet: 0, tried: 0 });
const mutex = new Mutex(), spin = new SpinLock(), permits = new Semaphore(0), wide = new Semaphore(1), written = new ReadWriteLock(), read = new ReadWriteLock(), readers = new ReadWriteLock();
const sent = new MessageQueue<number>(), full = new MessageQueue<number>(1), meeting = new MessageQueue<number>(0), iterated = new MessageQueue<number>(), closed = new MessageQueue<number>(), pipe = new Pipe();
const latch = new Latch(1), barrier = new Barrier(2), guard = new Mutex(), condition = new Condition(guard), atomic = new Atomic(0), bell = new Atomic(0), tried = new Mutex();
const steps = new Semaphore(0), mine = new Semaphore(0);
function seen(what: Semaphore, times: number) { while (what.available < times) sleep(1); }
function work() {
  m.spawned++;
  mutex.lock(); m.mutex++; mutex.unlock(); steps.release();
  spin.lock(); m.spin++; spin.unlock(); steps.release();
  m.permit++; permits.release();
  m.initial++; m.later++; wide.release(); steps.release();
  written.lockWrite(); m.written++; written.unlockWrite(); steps.release();
  read.lockRead(); m.read++; read.unlockRead(); steps.release();
  readers.lockRead(); m.readers++; readers.unlockRead(); steps.release();
  m.sent++; sent.send(1);
  full.send(1); m.noRoom++; full.send(2); m.room++;
  meeting.send(1); m.met++;
  m.iterated++; iterated.close();
  m.closed++; closed.close();
  m.bytes++; pipe.write("one\\n"); m.laterBytes++; pipe.write("two\\n");
  const end = Socket.accept("edges"); m.socket++; end.write("x"); end.close();
  m.latch++; latch.countDown();
  m.left++; barrier.wait(); m.right++;
  seen(mine, 1); guard.withLock(() => m.waiting++); m.notified++; condition.notify();
  m.stored++; atomic.store(1);
  m.compared++; atomic.store(2);
  m.woken++; while (bell.notify() === 0) sleep(1);
  m.quiet++; sleep(1); yieldNow(); mark("here"); console.log("here");
  tried.lock(); m.tried++; steps.release(); seen(mine, 2); tried.unlock();
  m.joined++;
}
function crash() { m.crashed++; throw new Error("expected"); }
function stay() { m.killed++; steps.release(); sleep(600_000); }
m.spawned++; const task = spawn(work);
seen(steps, 1); mutex.lock(); m.mutex++; mutex.unlock();
seen(steps, 2); spin.lock(); m.spin++; spin.unlock();
permits.acquire(); m.permit++;
seen(steps, 3); wide.acquire(); m.initial++; wide.acquire(); m.later++;
seen(steps, 4); written.lockRead(); m.written++; written.unlockRead();
seen(steps, 5); read.lockWrite(); m.read++; read.unlockWrite();
seen(steps, 6); readers.lockRead(); m.readers++; readers.unlockRead();
sent.receive(); m.sent++;
m.noRoom++; m.room++; full.receive(); full.receive();
m.met++; meeting.receive();
for (const _ of iterated); m.iterated++;
try { closed.receive(); } catch { m.closed++; }
pipe.readLine(); m.bytes++; m.laterBytes++; pipe.readLine();
const other = Socket.connect("edges"); other.read(); m.socket++; other.close();
latch.wait(); m.latch++;
m.right++; barrier.wait(); m.left++;
guard.lock(); m.waiting++; mine.release(); condition.wait(); m.notified++; guard.unlock();
while (atomic.load() === 0) sleep(1); m.stored++;
while (atomic.compareExchange(99, 0) === 1) sleep(1); m.compared++;
bell.wait(0); m.woken++;
sleep(1); yieldNow(); m.quiet++;
seen(steps, 7); if (tried.tryLock()) throw new Error("it is held"); m.tried++; mine.release();
task.join(); m.joined++;
const crashed = spawn(crash); try { crashed.join(); } catch { m.crashed++; }
const killed = spawn(stay); seen(steps, 8); killed.kill(); try { killed.join(); } catch { m.killed++; }
console.log("done");`;

/**
 * The sender is woken, and can't tell so for long: it blocks in a call of its own. All others wait meanwhile, and nothing is heard of the
 * run. That does not mean that the message was never sent.
 */
const SILENT = `
import { execFileSync } from "node:child_process";
const ready = new Semaphore(0), hands = new MessageQueue<number>(0), lock = new Mutex();
let n = shared(0);
const sender = spawn(function sender() {
  ready.release(); hands.send(1);
  execFileSync(process.execPath, ["-e", "setTimeout(() => {}, 1500)"]);
  n++;
});
ready.acquire(); sleep(8); n++; hands.receive(); lock.lock(); lock.unlock(); sender.join();
console.log(n);`;

/** Where no edge is. */
const UNORDERED = ["initial", "laterBytes", "noRoom", "quiet", "readers", "tried"];

describe("happens-before, edge by edge", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    it(`is what the contract says, and nothing else orders (${mode})`, async () => {
      const { report: told } = await report(snippets.write(EDGES), mode);
      assert.equal(told.outcome, "completed", JSON.stringify([told.output, told.findings.map(({ message }) => message)]));
      const races = told.findings.filter(({ kind }) => kind === "data-race").map(({ variable }) => variable);
      assert.deepEqual([...new Set(races)].sort(), UNORDERED.map((name) => `m.${name}`));
    });
  }

  for (const mode of ["threads", "processes"] as const) {
    it(`is not given up where a task is silent for long (${mode})`, async () => {
      const { report: told } = await report(snippets.write(SILENT), mode);
      assert.equal(told.outcome, "completed");
      assert.deepEqual(told.findings.map(({ message }) => message), []);
    });
  }
});
