import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

/** What a snippet says about itself: one line per sentence of the contract; `tell` catches, so that all are told. */
const TELL = `
function tell(name: string, f: () => unknown) {
  try { console.log(name + ": " + JSON.stringify(f())); }
  catch (error) { const e = error as Record<string, unknown>; console.log(name + "! " + [e.name, e.message, e.exitCode, e.signal].filter((x) => x !== undefined).join(" | ")); }
}`;

interface Group {
  readonly what: string;
  readonly code: string;
  readonly expected: string;
  /** Where the modes must differ. */
  readonly processes?: string;
}

const GROUPS: readonly Group[] = [
  {
    what: "tasks: results, crashes, kills, time-outs, names, states",
    code: `
function add(a: number, b: number) { return a + b; }
function fail() { throw new RangeError("boom"); }
function leave() { process.exit(3); }
function die() { process.abort(); }
function wait() { sleep(60_000); }
function rename() { self().name = "producer"; return [self().name, self().state, self().id > 0]; }
tell("result", () => { const t = spawn(add, 1, 2); return [t.join(), t.join(), t.state]; });
tell("crash", () => spawn(fail).join());
tell("exit", () => spawn(leave).join());
tell("abort", () => Process.spawn(die).join());
const w = spawn(wait);
tell("late", () => w.join(20)); tell("still", () => w.state);
w.kill(); tell("killed", () => w.state); tell("join killed", () => w.join());
tell("renamed", () => { const r = spawn(rename); return [r.join(), r.name]; });
tell("names", () => [spawn(add, 1, 1), spawn(function inner() {}), spawn(add, 1, 1)].map((t) => { t.join(); return t.name; }));
const helper = spawn(() => self().name); tell("variable", () => helper.join());
tell("main", () => [self().id, self().name, self().state]);
tell("async", () => spawn(async () => { await null; return "later"; }).join());
tell("thrown text", () => spawn(() => { throw "only text"; }).join());`,
    expected: `result: [3,3,"finished"]
crash! TaskCrashed | fail crashed: RangeError: boom | 1
exit! TaskCrashed | leave crashed: process.exit(3) | 3
abort! TaskCrashed | die crashed: process.abort() | SIGABRT
late! TimeoutError | wait did not end within 20 ms
still: "running"
killed: "killed"
join killed! TaskCrashed | wait was killed
renamed: [["producer","running",true],"producer"]
names: ["add 2","inner","add 3"]
variable: "helper"
main: [0,"main","running"]
async: "later"
thrown text! TaskCrashed | task 2 crashed: 'only text' | 1
`,
    processes: `result: [3,3,"finished"]
crash! TaskCrashed | fail crashed: RangeError: boom | 1
exit! TaskCrashed | leave crashed: process.exit(3) | 3
abort! TaskCrashed | die crashed: process.abort() | SIGABRT
late! TimeoutError | wait did not end within 20 ms
still: "running"
killed: "killed"
join killed! TaskCrashed | wait was killed | SIGKILL
renamed: [["producer","running",true],"producer"]
names: ["add 2","inner","add 3"]
variable: "helper"
main: [0,"main","running"]
async: "later"
thrown text! TaskCrashed | task 2 crashed: 'only text' | 1
`,
  },
  {
    what: "spawn: nested kinds, one task per declaration, captured locals, copies",
    code: `
const first = spawn(() => { sleep(50); return "once"; });
function other() { return [first.id, first.join()]; }
tell("declared", () => [spawn(other).join(), spawn(other).join(), first.id]);
function nest(depth: number): string { return self().kind + (depth === 0 ? "" : " > " + (depth % 2 ? Thread.spawn(nest, depth - 1) : Process.spawn(nest, depth - 1)).join()); }
tell("nested in a thread", () => Thread.spawn(nest, 3).join());
tell("nested in a process", () => Process.spawn(nest, 2).join());
function local() { const mine = shared({ n: 0 }); let count = shared(0); const by = 5; spawn(() => { mine.n += by; count += by; }).join(); return [mine.n, count]; }
tell("a call of its own", () => [local(), local()]);
tell("arguments", () => { const point = { x: 1 }; const r = spawn((p: typeof point) => { p.x++; return p.x; }, point).join(); return [r, point.x]; });
tell("clones", () => { const r = spawn((m: Map<string, Date>) => [m.get("a")?.getTime(), new Set([1]).size, 5n > 4n], new Map([["a", new Date(7)]])).join(); return r; });
tell("function sent", () => spawn(add as never, (() => 1) as never)); function add(a: number) { return a; }
tell("function returned", () => spawn(() => () => 1).join());
let big = shared({ list: [1, 2] }); big.list.push(3);
tell("starts with the values at spawn", () => { const t = spawn(() => { big.list.push(4); return big.list.length; }); return [t.join(), big.list.length]; });`,
    expected: `declared: [[1,"once"],[1,"once"],1]
nested in a thread: "thread > thread > process > thread"
nested in a process: "process > process > thread"
a call of its own: [[5,5],[5,5]]
arguments: [2,1]
clones: [7,1,true]
function sent! DataCloneError | () => 1 could not be cloned.
function returned! TaskCrashed | task 5 crashed: DataCloneError: () => 1 could not be cloned. | 1
starts with the values at spawn: [4,4]
`,
    processes: `declared: [[1,"once"],[1,"once"],1]
nested in a thread: "thread > thread > process > thread"
nested in a process: "process > process > thread"
a call of its own: [[0,0],[0,0]]
arguments: [2,1]
clones: [7,1,true]
function sent! DataCloneError | () => 1 could not be cloned.
function returned! TaskCrashed | task 5 crashed: DataCloneError: () => 1 could not be cloned. | 1
starts with the values at spawn: [4,3]
`,
  },
  {
    what: "sharedMemory of every type is one for all tasks",
    code: `
const all = sharedMemory({ n: 1, s: "text", big: 12345678901234567890123n, yes: true, nothing: null as unknown, list: [1, { deep: ["x"] }] as unknown[], map: new Map([["k", 1]]), set: new Set([1]) });
let n = sharedMemory(1), s = sharedMemory("a"), b = sharedMemory(5n);
function touch() { all.n++; all.s += "!"; all.big++; all.yes = !all.yes; all.nothing = { now: [1] }; all.list.push("new"); (all.list[1] as { deep: string[] }).deep.push("y"); all.map.set("z" + all.map.size, 2); all.set.add(all.set.size + 10); n++; s += "b"; b++; }
spawn(touch).join(); spawn(touch).join();
tell("object", () => [all.n, all.s, String(all.big), all.yes, all.nothing, all.list, [...all.map], [...all.set]]);
tell("primitives", () => [n, s, String(b)]);`,
    expected: `object: [3,"text!!","12345678901234567890125",true,{"now":[1]},[1,{"deep":["x","y","y"]},"new","new"],[["k",1],["z1",2],["z2",2]],[1,11,12]]
primitives: [3,"abb","7"]
`,
  },
  {
    what: "locks: misuse, dead holders, guards, time-outs",
    code: `
const m = new Mutex(), spin = new SpinLock(), rw = new ReadWriteLock(), held = new Latch(1);
function hold() { m.lock(); spin.lock(); rw.lockWrite(); held.countDown(); sleep(60_000); }
const holder = spawn(hold); held.wait();
tell("owner", () => m.owner === holder.id); tell("try", () => [m.tryLock(), m.tryLock(5), spin.tryLock(), rw.tryLockRead(5), rw.tryLockWrite()]);
tell("not mine", () => m.unlock()); tell("not mine, spin", () => spin.unlock()); tell("not mine, write", () => rw.unlockWrite()); tell("not read", () => rw.unlockRead());
const one = spawn(() => { m.lock(); }), two = spawn(() => { spin.lock(); }), three = spawn(() => { rw.lockRead(); });
sleep(100); holder.kill();
tell("mutex", () => one.join()); tell("spin", () => two.join()); tell("rw", () => three.join()); tell("later", () => m.lock());
const g = new Mutex(); { using guard = g.guard(); tell("guarded", () => g.owner); } tell("after", () => g.owner ?? "free");
tell("withLock throws", () => g.withLock(() => { throw new Error("inside"); })); tell("released", () => g.owner ?? "free");
const sem = new Semaphore(2); { using permit = sem.guard(); tell("permits", () => sem.available); } tell("permits back", () => [sem.available, sem.tryAcquire(0, 3), sem.tryAcquire(5, 2), sem.available]);
for (const [name, f] of Object.entries({ negative: () => new Semaphore(-1), nan: () => new Semaphore(NaN), none: () => sem.acquire(0), half: () => sem.release(1.5), barrier: () => new Barrier(0), latch: () => new Latch(-1), queue: () => new MessageQueue(-1), large: () => sem.release(2 ** 31) })) tell(name, f);
const c = new Condition(g); tell("no mutex", () => c.wait(5)); tell("condition late", () => g.withLock(() => c.wait(5))); tell("predicate late", () => g.withLock(() => c.waitUntil(() => false, 5)));
const bar = new Barrier(2); tell("alone", () => bar.wait(5)); const la = new Latch(1); tell("closed", () => la.wait(5)); la.countDown(); tell("open", () => la.wait());
const a = new Atomic(5); tell("atomic", () => [a.add(2), a.sub(1), a.and(3), a.or(8), a.xor(1), a.exchange(100), a.compareExchange(100, 7), a.compareExchange(1, 9), a.load(), a.wait(3), a.wait(7, 5), a.notify()]);`,
    expected: `owner: true
try: [false,false,false,false,false]
not mine! NotOwnerError | m is held by hold: only the task that holds it can unlock it
not mine, spin! NotOwnerError | spin is held by hold: only the task that holds it can unlock it
not mine, write! NotOwnerError | rw is held for writing by hold: only that task can unlock it
not read! NotOwnerError | this task does not hold rw for reading: there is nothing to unlock
mutex! TaskCrashed | one crashed: TaskCrashed: m will never be free again: hold died while holding it | 1
spin! TaskCrashed | two crashed: TaskCrashed: spin will never be free again: hold died while holding it | 1
rw! TaskCrashed | three crashed: TaskCrashed: rw will never be free again: hold died while holding it | 1
later! TaskCrashed | m will never be free again: hold died while holding it
guarded: 0
after: "free"
withLock throws! Error | inside
released: "free"
permits: 1
permits back: [2,false,true,0]
negative! RangeError | permits must be a whole number of at least 0, not -1
nan! RangeError | permits must be a whole number of at least 0, not NaN
none! RangeError | permits must be a whole number of at least 1, not 0
half! RangeError | permits must be a whole number of at least 1, not 1.5
barrier! RangeError | parties must be a whole number of at least 1, not 0
latch! RangeError | count must be a whole number of at least 0, not -1
queue! RangeError | capacity must be a whole number of at least 0, not -1
large! RangeError | permits must be at most 2147483647, not 2147483648
no mutex! NotOwnerError | c.wait() releases g while it waits, so the task must hold it; nobody does
condition late: false
predicate late: false
alone! TimeoutError | not everybody came to bar within 5 ms
closed: false
open: true
atomic: [5,7,6,2,10,11,100,7,7,true,false,0]
`,
  },
  {
    what: "arguments of a wrong type, and members that can't be set",
    code: `
const any = (value: unknown): any => value;
const m = new Mutex(), c = new Condition(m), t = spawn(() => 1), q = new MessageQueue();
t.join();
for (const [name, f] of Object.entries<() => unknown>({
  connect: () => Socket.connect(any(5)), accept: () => Socket.accept(any(undefined)), "connect late": () => Socket.connect("x", any("soon")),
  "join text": () => t.join(any("5")), "join null": () => t.join(any(null)), "join NaN": () => t.join(NaN), "join, time over": () => t.join(-1), "lock text": () => m.tryLock(any("x")), "receive NaN": () => q.receive(NaN),
  "sleep text": () => sleep(any("10")), "sleep nothing": () => sleep(any(undefined)), "sleep NaN": () => sleep(NaN), "sleep, time over": () => sleep(-1),
  semaphore: () => new Semaphore(any(undefined)), barrier: () => new Barrier(any("2")), latch: () => new Latch(any({})), queue: () => new MessageQueue(any(null)), "pipe read": () => new Pipe("p").read(any("5")), "pipe write": () => new Pipe("p2").write(any(5)),
  "mutex name": () => new Mutex(any(5)), "queue name": () => new MessageQueue(1, any(["q"])), "task name": () => { self().name = any(5); }, "shared name": () => { const list = shared([1], any(5)); return list; },
  atomic: () => new Atomic(any("1")), add: () => new Atomic(1, "a").add(any(undefined)), exchange: () => new Atomic(1, "a").compareExchange(1, any("2")),
  withLock: () => m.withLock(any(undefined)), withPermit: () => new Semaphore(1, "s").withPermit(any(1)), withRead: () => new ReadWriteLock("rw").withRead(any(1)), waitUntil: () => m.withLock(() => c.waitUntil(any(true))),
  spawn: () => spawn(any(5)),
  free: () => m.owner ?? "free",
})) tell(name, f);
for (const [name, object] of Object.entries<any>({ "self()": self(), t, m, q, c })) for (const member of ["id", "kind", "pid", "state", "name", "owner", "length"]) {
  if (!(member in object) || (member === "name" && object.kind)) continue;
  const before = object[member];
  try { object[member] = "other"; console.log(name + "." + member + " was set"); } catch (error) { const e = error as Error; if (e.name !== "TypeError" || !e.message.includes(member) || object[member] !== before) console.log(e.name + ": " + e.message); }
}
tell("crashed", () => { try { spawn(() => process.exit(3)).join(); } catch (e) { for (const member of ["task", "exitCode"]) tell(member, () => { any(e)[member] = 9; }); return [any(e).task > 0, any(e).exitCode]; } });
tell("looks", () => JSON.stringify([m, self()].map((x) => Object.keys(x))));`,
    expected: `connect! TypeError | Socket.connect needs an address, which may be any string, as in Socket.connect("server"), not 5
accept! TypeError | Socket.accept needs an address, which may be any string, as in Socket.accept("server"), not undefined
connect late! TypeError | timeoutMs must be a number of milliseconds, not 'soon'
join text! TypeError | timeoutMs must be a number of milliseconds, not '5'
join null! TypeError | timeoutMs must be a number of milliseconds, not null
join NaN! RangeError | timeoutMs must be a number of milliseconds, not NaN
join, time over: 1
lock text! TypeError | timeoutMs must be a number of milliseconds, not 'x'
receive NaN! RangeError | timeoutMs must be a number of milliseconds, not NaN
sleep text! TypeError | ms must be a number of milliseconds, not '10'
sleep nothing! TypeError | ms must be a number of milliseconds, not undefined
sleep NaN! RangeError | ms must be a number of milliseconds, not NaN
sleep, time over: undefined
semaphore! TypeError | permits must be a whole number of at least 0, not undefined
barrier! TypeError | parties must be a whole number of at least 1, not '2'
latch! TypeError | count must be a whole number of at least 0, not {}
queue! TypeError | capacity must be a whole number of at least 0, not null
pipe read! TypeError | max must be a whole number of at least 1, not '5'
pipe write! TypeError | only a string or a Uint8Array can be written
mutex name! TypeError | Mutex: the name must be a string, not 5
queue name! TypeError | MessageQueue: the name must be a string, not [ 'q' ]
task name! TypeError | task: the name must be a string, not 5
shared name! TypeError | The name that shared(…) is given must be a string.
atomic! TypeError | initial must be a number, not '1'
add! TypeError | value must be a number, not undefined
exchange! TypeError | replacement must be a number, not '2'
withLock! TypeError | withLock needs a function to call, as in withLock(() => …), not undefined
withPermit! TypeError | withPermit needs a function to call, as in withPermit(() => …), not 1
withRead! TypeError | withRead needs a function to call, as in withRead(() => …), not 1
waitUntil! TypeError | waitUntil needs a function to call, as in waitUntil(() => …), not true
spawn! TypeError | spawn needs a function, not a number
free: "free"
task! TypeError | Cannot assign to read only property 'task' of object 'TaskCrashed: task crashed: process.exit(3)'
exitCode! TypeError | Cannot assign to read only property 'exitCode' of object 'TaskCrashed: task crashed: process.exit(3)'
crashed: [true,3]
looks: "[[\\"id\\",\\"name\\"],[\\"id\\",\\"kind\\",\\"pid\\"]]"
`,
  },
  {
    what: "queues, pipes and sockets",
    code: `
const q = new MessageQueue<unknown>();
tell("late", () => q.receive(5)); tell("function", () => q.send(() => 1));
const m = new Mutex("m"); q.send({ m, q, t: self() });
tell("as themselves", () => { const got = q.receive() as { m: Mutex; q: unknown; t: unknown }; return [got.m === m, got.q === q, got.t instanceof Object]; });
q.send(1); q.send(2); q.close();
tell("closed", () => q.send(3)); tell("left", () => [q.length, ...q]); tell("empty", () => q.receive()); tell("nothing", () => q.tryReceive() ?? "nothing");
const none = new MessageQueue<number>(0); const sender = spawn(() => { none.send(7); return "sent"; });
tell("rendezvous", () => [sender.state, none.receive(), sender.join()]);
const full = new MessageQueue<number>(2); const third = spawn(() => { for (const x of [1, 2, 3]) full.send(x); return "done"; }); while (full.length < 2) sleep(1);
tell("capacity", () => [full.length, third.state, full.receive(), third.join(), full.length]);
const p = new Pipe(); const w = spawn(() => { p.write("one\\ntwö\\nrest"); p.close(); });
tell("lines", () => [p.readLine(), p.readLine(), p.readLine(), p.readLine() ?? "end", p.read().length]); w.join(); tell("pipe closed", () => p.write("x"));
const wide = new Pipe(); const much = spawn(() => { for (let i = 0; i < 10; i++) wide.write(new Uint8Array(30_001).fill(i)); wide.close(); });
tell("bytes", () => { const seen: number[] = []; for (let b = wide.read(10_007); b.length > 0; b = wide.read(10_007)) for (const x of b) seen[x] = (seen[x] ?? 0) + 1; much.join(); return seen; });
const serve = spawn(() => { const s = Socket.accept("desk"); const line = s.readLine(); s.write("hello " + line + "\\n"); s.close(); return line; });
tell("socket", () => { const s = Socket.connect("desk"); s.write("me\\n"); const r = [s.readLine(), s.readLine() ?? "end", serve.join()]; s.close(); return r; });
tell("nobody", () => Socket.connect("nowhere", 5)); tell("nobody comes", () => Socket.accept("nowhere", 5));
tell("address in use: one by one", () => { const each = [1, 2].map(() => spawn(() => { const s = Socket.accept("x"); const line = s.readLine(); s.close(); return line; })); for (const text of ["a", "b"]) { const s = Socket.connect("x"); s.write(text + "\\n"); s.read(); s.close(); } return each.map((t) => t.join()).sort(); });
const lent = spawn(() => { const s = Socket.accept("y"); s.read(); }); tell("socket sent", () => { using s = { s: Socket.connect("y"), [Symbol.dispose]() { this.s.close(); } }; new MessageQueue().send(s.s); }); lent.join();`,
    expected: `late! TimeoutError | no message in q within 5 ms
function! DataCloneError | () => 1 could not be cloned.
as themselves: [true,true,true]
closed! ClosedError | q is closed
left: [2,1,2]
empty! ClosedError | q is closed
nothing: "nothing"
rendezvous: ["running",7,"sent"]
capacity: [2,"running",1,"done",2]
lines: ["one","twö","rest","end",0]
pipe closed! ClosedError | p is closed
bytes: [30001,30001,30001,30001,30001,30001,30001,30001,30001,30001]
socket: ["hello me","end","me"]
nobody! TimeoutError | nobody came to the other end of "nowhere" within 5 ms
nobody comes! TimeoutError | nobody came to the other end of "nowhere" within 5 ms
address in use: one by one: ["a","b"]
socket sent! DataCloneError | a Socket belongs to the task that opened it and can't be passed on
`,
  },
  {
    what: "shared objects and JavaScript's own means",
    code: `
const s = shared({ p: { x: 1 }, l: [1, [2]], m: new Map([["a", { b: 1 }]]), nothing: undefined as unknown }); let lst = shared([3]), n = shared(0); class K {}
tell("identity", () => [s.p === s.p, Array.isArray(s.l), s.m instanceof Map, typeof s, Object.keys(s), "x" in s.p, JSON.stringify(s.l), { ...s.p, y: 2 }]);
tell("copied in", () => { const p = { x: 5 }; s.p = p; p.x = 6; return [s.p.x, s.p === p]; });
tell("taken out", () => { const p = s.p; s.p = { x: 7 }; p.x = 8; const q = s.p; q.x++; return [p.x, s.p.x, s.p === q]; });
tell("clone", () => { const c = structuredClone(s); c.p.x = 9; return [c.p.x, s.p.x, [...c.m], c.l]; });
tell("clone of a whole", () => { const w: Record<string, unknown> = { a: [s.p], l: lst }; w.me = w; const c = structuredClone(w) as { a: unknown[]; l: unknown; me: unknown }; return [c.a, c.l, c.me === c, c.a[0] === s.p]; });
tell("clone of code", () => structuredClone(() => n++)); tell("send code", () => new MessageQueue().send({ f: () => n++ }));
tell("freeze", () => Object.freeze(s)); tell("seal", () => Object.seal(s.l)); tell("prototype", () => Object.setPrototypeOf(s, Date.prototype)); tell("getter", () => Object.defineProperty(s, "g", { get: () => 1 }));
for (const [name, value] of Object.entries({ date: new Date(), instance: new K(), symbol: Symbol("x"), code: () => n++, deep: [{ at: /x/ }] })) tell(name, () => { (s as Record<string, unknown>).z = value; });
tell("delete", () => { const o = shared<Record<string, unknown>>({ a: 1, b: [2] }); delete o.a; o.c = null; return [o, Object.entries(o).length, "a" in o]; });
tell("cycle", () => { const a = shared<Record<string, unknown>>({}); a.me = a; return a.me === a; });
tell("numbers", () => { let z = shared(-0), m = shared(NaN), u = shared<number | undefined>(undefined); const before = u; u = 1; return [Object.is(z, -0), Number.isNaN(m), before === undefined, u]; });
tell("disposed twice", () => { const m = new Mutex(); const g = m.guard(); g[Symbol.dispose](); g[Symbol.dispose](); return m.owner ?? "free"; });
tell("new Socket", () => new (Socket as unknown as { new (): unknown })());`,
    expected: `identity: [true,true,true,"object",["p","l","m","nothing"],true,"[1,[2]]",{"x":1,"y":2}]
copied in: [5,false]
taken out: [8,8,true]
clone: [9,8,[["a",{"b":1}]],[1,[2]]]
clone of a whole: [[{"x":8}],[3],true,false]
clone of code! DataCloneError | A function could not be cloned.
send code! DataCloneError | A function could not be cloned.
freeze! TypeError | The shared object 's' can't be frozen or sealed: tasks may always write to shared memory.
seal! TypeError | The shared object 's.l' can't be frozen or sealed: tasks may always write to shared memory.
prototype! TypeError | The shared object 's' can't have another prototype: shared memory holds data alone.
getter! TypeError | A getter or setter can't be in shared memory ('s.g').
date! TypeError | An object of class Date can't be in shared memory ('s.z'): it holds numbers, strings, booleans, bigints, null, undefined, and plain objects, arrays, Maps, Sets and typed arrays of these.
instance! TypeError | An object of class K can't be in shared memory ('s.z'): it holds numbers, strings, booleans, bigints, null, undefined, and plain objects, arrays, Maps, Sets and typed arrays of these.
symbol! TypeError | A symbol can't be in shared memory ('s.z'): it holds numbers, strings, booleans, bigints, null, undefined, and plain objects, arrays, Maps, Sets and typed arrays of these.
code! TypeError | The function code can't be in shared memory ('s.z'): it holds numbers, strings, booleans, bigints, null, undefined, and plain objects, arrays, Maps, Sets and typed arrays of these.
deep! TypeError | An object of class RegExp can't be in shared memory ('s.z[0].at'): it holds numbers, strings, booleans, bigints, null, undefined, and plain objects, arrays, Maps, Sets and typed arrays of these.
delete: [{"b":[2],"c":null},2,false]
cycle: true
numbers: [true,true,true,1]
disposed twice: "free"
new Socket! TypeError | a Socket comes from Socket.accept(address) or Socket.connect(address)
`,
  },
];

describe("the snippet API, sentence by sentence", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  for (const mode of ["threads", "processes"] as const) {
    for (const { what, code, expected, processes } of GROUPS) {
      it(`${what} (${mode})`, async () => {
        const { report: told } = await report(snippets.write(TELL + code), mode, "--tasks", "1");
        assert.equal(outputOf(told, 0), mode === "processes" ? (processes ?? expected) : expected);
        assert.equal(told.outcome, "completed");
      }).timeout(60_000);
    }
  }
});
