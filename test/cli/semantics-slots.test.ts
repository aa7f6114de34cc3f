import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

const MODES = ["threads", "processes"] as const;

/** Two tasks at one object, each at slots of its own; then at slots that are one. */
const APART = `
const o = sharedMemory({ a: 1, b: 1, deep: { c: 1 }, list: [1, 2, 3], map: new Map([["x", 1], ["y", 1]]), set: new Set([1, 2]), ints: new Int16Array(4) });
let one = sharedMemory(1), two = sharedMemory(1);
function left() { o.a++; o.deep.c++; o.list[0]!++; o.map.set("x", 2); o.set.has(1); o.ints[0]!++; one++; }
function right() { o.b++; o.list[1] = 5; if (o.list.length !== 3) throw new Error(); o.map.set("y", 2); if (o.map.size !== 2) throw new Error(); o.set.has(2); o.ints[1]!++; new Int16Array(o.ints.buffer, 4, 1)[0] = 7; two++; }
const tasks = [spawn(left), spawn(right)]; for (const t of tasks) t.join();
console.log(JSON.stringify([o.a, o.b, o.deep.c, o.list, [...o.map], [...o.ints], one, two]));`;

const TOGETHER = `
const pushed = sharedMemory<number[]>([]), sized = sharedMemory<number[]>([]), grown = sharedMemory(new Map<string, number>()), keyed = sharedMemory(new Map([["k", 1]])), added = sharedMemory(new Set<number>()), has = sharedMemory(new Set<number>()), bytes = sharedMemory(new Uint8Array(4)), whole = sharedMemory({ p: { x: 1 } });
function left() { pushed.push(1); sized.push(1); grown.set("a", 1); keyed.set("k", 2); added.add(1); has.add(5); new Uint16Array(bytes.buffer)[0] = 1; whole.p = { x: 2 }; }
function right() { pushed.push(2); void sized.length; void grown.size; void keyed.get("k"); void added.size; void has.has(5); bytes[1] = 1; void whole.p; }
const tasks = [spawn(left), spawn(right)]; for (const t of tasks) t.join();`;

/** What arrives as itself is used at its other end: what the receiver did to it is seen by the sender. */
const TRAVEL = `
interface Kit { mutex: Mutex; spin: SpinLock; sem: Semaphore; rw: ReadWriteLock; cond: Condition; barrier: Barrier; latch: Latch; atomic: Atomic; queue: MessageQueue<string>; pipe: Pipe; task: Task<string>; own: { n: number }; segment: { n: number } }
function ended() { return "its result"; }
function make(): Kit { const mutex = new Mutex(); return { mutex, spin: new SpinLock(), sem: new Semaphore(0), rw: new ReadWriteLock(), cond: new Condition(mutex), barrier: new Barrier(1), latch: new Latch(1), atomic: new Atomic(0), queue: new MessageQueue<string>(), pipe: new Pipe(), task: spawn(ended), own: shared({ n: 0 }), segment: sharedMemory({ n: 0 }) }; }
function use(kit: Kit) {
  const held = [kit.mutex.tryLock(), kit.spin.tryLock(), kit.rw.tryLockRead()];
  if (!held[1]) kit.sem.release(); else kit.spin.unlock();
  if (held[2]) kit.rw.unlockRead(); if (held[0]) { kit.cond.notify(); kit.mutex.unlock(); }
  kit.barrier.wait(); kit.latch.countDown(); kit.atomic.add(1); kit.queue.send("hello"); kit.pipe.write("line\\n"); kit.own.n++; kit.segment.n++;
  return [held, kit.task.join(), kit.task.id];
}
function check(way: string, kit: Kit, used: () => unknown) {
  kit.mutex.lock(); kit.spin.lock(); kit.rw.lockWrite();
  const [held, result, id] = used() as [boolean[], string, number];
  console.log(way, held.join(), result, id === kit.task.id, kit.sem.available, kit.latch.wait(0), kit.atomic.load(), kit.queue.receive(), kit.pipe.readLine(), kit.own.n, kit.segment.n);
  kit.mutex.unlock(); kit.spin.unlock(); kit.rw.unlockWrite();
}
const byArgument = make(); check("argument", byArgument, () => spawn(use, byArgument).join());
function captured() { const kit = make(); check("captured", kit, () => spawn(() => use(kit)).join()); } captured();
const byQueue = make(), queue = new MessageQueue<Kit>(); function receive() { return use(queue.receive()); } check("message", byQueue, () => { const t = spawn(receive); queue.send(byQueue); return t.join(); });
const box = sharedMemory<{ kit?: object }>({}); const { own: _, ...rest } = make(); box.kit = rest; function open() { const found = box.kit as unknown as Omit<Kit, "own">; found.latch.countDown(); found.atomic.add(7); found.segment.n = 3; found.queue.send("from the box"); return [found.mutex.tryLock(), found.task.join()]; }
console.log("contents", rest.mutex.tryLock(), spawn(open).join().join(), rest.latch.wait(0), rest.atomic.load(), rest.segment.n, rest.queue.receive()); rest.mutex.unlock();
function give() { const kit = make(); kit.atomic.store(9); kit.segment.n = 4; kit.own.n = 5; kit.queue.send("result"); return kit; }
const given = spawn(give).join(); console.log("result", given.atomic.load(), given.segment.n, given.own.n, given.queue.receive(), given.task.join(), given.mutex.tryLock());
for (const [way, send] of Object.entries({ argument: (s: Socket) => spawn((_: Socket) => {}, s), message: (s: Socket) => new MessageQueue<Socket>().send(s) })) { const t = spawn(() => { const s = Socket.accept("no"); s.read(); }); const s = Socket.connect("no"); try { send(s); console.log("sent"); } catch (error) { console.log(way, (error as Error).name); } s.close(); t.join(); }`;

function travelled(own: (n: number) => number): string {
  const way = (name: string): string => `${name} false,false,false its result true 1 true 1 hello line ${own(1)} 1\n`;
  return `${way("argument")}${way("captured")}${way("message")}contents true false,its result true 7 3 from the box\nresult 9 4 5 result its result true\nargument DataCloneError\nmessage DataCloneError\n`;
}

describe("slots, and what travels", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of MODES) {
    it(`different slots never conflict (${mode})`, async () => {
      const { report: told } = await report(snippets.write(APART), mode);
      assert.equal(outputOf(told, 0), '[2,2,2,[2,5,3],[["x",2],["y",2]],[1,1,7,0],2,2]\n');
      assert.deepEqual(told.findings, []);
    });

    it(`lengths, sizes, presence and overlapping bytes are slots (${mode})`, async () => {
      const { report: told } = await report(snippets.write(TOGETHER), mode);
      const raced = new Set(told.findings.filter(({ kind }) => kind === "data-race").map(({ variable }) => variable));
      for (const name of ["pushed.length", "sized.length", "grown.size", 'keyed["k"]', "added.size", "has[5]", "bytes[1]", "whole.p"]) assert.ok(raced.has(name), `${name} of ${[...raced].join(", ")}`);
    });

    it(`sync objects, queues, pipes, tasks and shared values travel as themselves, sockets do not (${mode})`, async () => {
      const { report: told } = await report(snippets.write(TRAVEL), mode);
      assert.equal(outputOf(told, 0), travelled((n) => (mode === "threads" ? n : 0)), told.tasks.map(({ error }) => error).join());
      assert.equal(told.outcome, "completed");
    });
  }
});
