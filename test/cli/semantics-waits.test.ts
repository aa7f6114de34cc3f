import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

const MODES = ["threads", "processes"] as const;

/** Each waits by what it can see, not by time. */
const WAITS = `
function tell(name: string, f: () => unknown) { try { console.log(name, JSON.stringify(f())); } catch (error) { console.log(name, (error as Error).name); } }
const said = new Semaphore(0), go = new Semaphore(0);
function until(condition: () => boolean) { while (!condition()) sleep(1); }

const wide = new MessageQueue<number>(); tell("unbounded", () => { for (let i = 0; i < 2000; i++) wide.send(i); return wide.length; });
const meeting = new MessageQueue<string>(0), order = new MessageQueue<string>();
const sender = spawn(() => { said.release(); meeting.send("it"); order.send("sent"); }); said.acquire();
tell("capacity 0", () => [order.tryReceive() ?? "waits", meeting.receive(), order.receive()]); sender.join();
const ending = new MessageQueue<number>(1), blocked = spawn(() => { ending.send(1); said.release(); try { ending.send(2); return "sent"; } catch (error) { return (error as Error).name; } });
said.acquire(); ending.close(); tell("closed while a sender waits", () => [blocked.join(), ending.tryReceive(), ending.tryReceive() ?? "nothing"]); tell("receive", () => ending.receive()); tell("iteration", () => [...ending]);
const listens = new MessageQueue<number>(), listener = spawn(() => { try { return listens.receive(); } catch (error) { return (error as Error).name; } }), iterates = spawn(() => [...listens].length);
listens.close(); tell("closed while receivers wait", () => [listener.join(), iterates.join()]);

const pipe = new Pipe(); pipe.write("left\\nover"); const closer = spawn(() => pipe.close()); closer.join();
tell("pipe write", () => pipe.write("x")); tell("pipe read", () => [pipe.readLine(), pipe.read(2).length, pipe.readLine(), pipe.readLine() ?? "end", pipe.read().length]);
const server = spawn(() => { const s = Socket.accept("any string, also: /a b\\u00e9"); s.write("up"); const got = s.readLine(); s.close(); return got; });
tell("socket", () => { const s = Socket.connect("any string, also: /a b\\u00e9"); s.write("down\\n"); const up = [s.read(1)[0], s.read(9).length]; s.close(); return [up, server.join()]; });

const word = new Atomic(0); tell("another value", () => word.wait(1)); tell("time-out", () => word.wait(0, 5)); tell("nobody", () => word.notify());
const woken = spawn(() => word.wait(0)); tell("notified", () => { until(() => word.notify(1) === 1); return woken.join(); });
const sleeper = spawn(() => { const r = word.wait(0); return [r, word.load()]; }); word.store(5); until(() => word.notify() === 1 || sleeper.state === "finished"); tell("stored before", () => sleeper.join());

const rw = new ReadWriteLock(), passed = new MessageQueue<string>(); rw.lockRead();
const writer = spawn(() => { rw.lockWrite(); passed.send("writer"); rw.unlockWrite(); });
until(() => { if (!rw.tryLockRead()) return true; rw.unlockRead(); return false; });
const reader = spawn(() => { said.release(); rw.lockRead(); passed.send("reader"); rw.unlockRead(); }); said.acquire();
tell("a writer that waits goes first", () => { rw.unlockRead(); return [passed.receive(), passed.receive()]; }); writer.join(); reader.join();
const many = new ReadWriteLock(); many.lockRead(); tell("readers together", () => spawn(() => { many.lockRead(); many.unlockRead(); return "in"; }).join()); many.unlockRead();

const guard = new Mutex(), condition = new Condition(guard);
tell("notify without the mutex", () => { condition.notify(); condition.notifyAll(); return "nobody"; });
const waiter = spawn(() => { guard.lock(); go.release(); const woke = condition.wait(); const held = guard.owner === self().id; guard.unlock(); return [woke, held]; });
go.acquire(); guard.lock(); condition.notify(); const between = guard.owner; guard.unlock(); tell("Mesa", () => [between, waiter.join()]);
tell("predicate", () => { guard.lock(); const r = [condition.waitUntil(() => true), condition.waitUntil(() => false, 5)]; guard.unlock(); return r; });
tell("predicate once more", () => { let asked = 0; guard.lock(); const r = [condition.waitUntil(() => ++asked === 2, 5), condition.waitUntil(() => ++asked === 4, 0), asked, guard.owner]; guard.unlock(); return r; });
const barrier = new Barrier(2), arrives = spawn(() => [barrier.wait(), barrier.wait()].length); tell("barrier", () => [barrier.wait(), barrier.wait()].every((n) => n === 0 || n === 1) && arrives.join());
tell("nobody's", () => guard.owner ?? "free");`;

const EXPECTED = `unbounded 2000
capacity 0 ["waits","it","sent"]
closed while a sender waits ["ClosedError",1,"nothing"]
receive ClosedError
iteration []
closed while receivers wait ["ClosedError",0]
pipe write ClosedError
pipe read ["left",2,"er","end",0]
socket [[117,1],"down"]
another value true
time-out false
nobody 0
notified true
stored before [true,5]
a writer that waits goes first ["writer","reader"]
readers together "in"
notify without the mutex "nobody"
Mesa [0,[true,true]]
predicate [true,false]
predicate once more [true,true,4,0]
barrier 2
nobody's "free"
`;

/** What is no deadlock: whoever can still go on is asleep or has a time-out. */
const NONE = `
const lock = new Mutex(), held = new Latch(1), never = new Semaphore(0);
function hold() { lock.lock(); held.countDown(); sleep(1500); lock.unlock(); }
const t = spawn(hold); held.wait(); lock.lock(); lock.unlock();
console.log(never.tryAcquire(1200), t.join() ?? "joined");`;

const DEADLOCKS = [
  ["a mutex locked again", "const lock = new Mutex(); function f() { lock.lock(); lock.lock(); } const t = spawn(f); t.join();", [1]],
  ["a cycle, while others wait for it", "const a = new Mutex(), b = new Mutex(), both = new Barrier(2); function one() { a.lock(); both.wait(); b.lock(); } function two() { b.lock(); both.wait(); a.lock(); } const s = spawn(one), t = spawn(two); s.join();", [1, 2]],
  ["no cycle: all that wait for ever", "const q = new MessageQueue(), go = new Semaphore(0); function f() { q.receive(); } function g() { go.acquire(); } spawn(f); spawn(g);", [1, 2]],
  ["a full queue, of which nobody but a task that was killed could tell", "const q = new MessageQueue(2); function fill() { q.send(1); q.send(2); for (;;); } const t = spawn(fill); while (q.length < 2) yieldNow(); t.kill(); q.send(3);", [0]],
  ["a join of each other", "const q = new MessageQueue<Task>(); function f() { q.receive().join(); } const t = spawn(f); q.send(self()); t.join();", [0, 1]],
] as const;

describe("waiting, sentence by sentence", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of MODES) {
    it(`queues, pipes, sockets, Atomics, locks and conditions do what the contract says (${mode})`, async () => {
      const { report: told } = await report(snippets.write(WAITS), mode);
      assert.equal(outputOf(told, 0), EXPECTED);
      assert.equal(told.outcome, "completed");
    });

    it(`sleep and time-outs are no deadlock (${mode})`, async () => {
      const { report: told } = await report(snippets.write(NONE), mode);
      assert.equal(outputOf(told, 0), 'false joined\n');
      assert.deepEqual([told.outcome, told.findings], ["completed", []]);
    });

    for (const [what, code, tasks] of DEADLOCKS) {
      it(`a deadlock: ${what} (${mode})`, async () => {
        const { code: status, report: told } = await report(snippets.write(code), mode);
        assert.deepEqual([told.outcome, status], ["deadlocked", 1]);
        const found = told.findings.filter(({ kind }) => kind === "deadlock");
        assert.deepEqual(found.map((finding) => [...finding.tasks].sort()), [tasks]);
        assert.ok(!told.findings.some(({ kind }) => kind === "lock-order"));
      });
    }
  }
});
