import type { LocatedFinding, TaskCosts } from "../../src/report/contract";
import { EndReason, Kind, WaitFor, type Diagnostic, type RunMode, type RunOutcome } from "../../src/trace";
import { Scenario } from "./scenario";

/** A run as the extension would tell it to the panel. */
export interface RunFixture {
  readonly file: string;
  readonly code: string;
  readonly mode: RunMode;
  /** Seed of random delays. */
  readonly perturb?: number;
  readonly bytes: Uint8Array;
  readonly findings: readonly LocatedFinding[];
  readonly outcome: RunOutcome;
  /** Milliseconds. */
  readonly duration: number;
  readonly diagnostics?: readonly Diagnostic[];
  readonly reason?: string;
  readonly costs?: readonly TaskCosts[];
}

const MS = 1e6;
const US = 1e3;

const COUNTER = `import { spawn, shared, Semaphore } from "concurrency-playground";

const TIMES = 8;
let counter = shared(0);
const start = new Semaphore(0);

function count() {
  start.acquire();
  for (let i = 0; i < TIMES; i++) counter++;
}

const tasks = [spawn(count), spawn(count)];
start.release(2);
for (const task of tasks) task.join();
console.log(\`counted \${counter}\`);
`;

/** Two threads add to a counter without a lock; updates are lost. */
export function lostUpdate(): RunFixture {
  const s = new Scenario(COUNTER);
  s.space(0, 4711).task(0, "main", 4711).task(1, "count", 4711).task(2, "count 2", 4711);
  s.object(1, "Semaphore", "start", 0).variable(64, "counter", 0);
  const increment = s.site("counter++");
  const acquire = s.site("start.acquire()");
  const join = s.site("task.join()");
  s.sync(0, 0, Kind.TaskStart);
  s.sync(0, 0.2 * MS, Kind.Spawn, s.site("spawn(count)"), 1);
  s.sync(0, 0.3 * MS, Kind.Spawn, s.site("spawn(count)"), 2);
  for (const task of [1, 2]) {
    s.sync(task, (1.4 + task * 0.15) * MS, Kind.TaskStart);
    s.sync(task, (1.5 + task * 0.15) * MS, Kind.Block, acquire, 1, WaitFor.Permits, -1, 1);
  }
  s.sync(0, 0.4 * MS, Kind.SleepBegin, 0, 0, 1.8);
  s.sync(0, 2.2 * MS, Kind.SleepEnd);
  s.sync(0, 2.25 * MS, Kind.Release, s.site("start.release(2)"), 1, 2);
  s.sync(0, 2.3 * MS, Kind.Block, join, 0, WaitFor.Join, -1, 1);
  for (const task of [1, 2]) s.sync(task, (2.27 + task * 0.02) * MS, Kind.Acquire, acquire, 1, 1);
  // Both read the same value again and again; the later write buries the earlier.
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const at = 2.4 * MS + i * 60 * US;
    s.read(1, at, increment, 64, value).read(2, at + 8 * US, increment, 64, value);
    s.write(1, at + 22 * US, increment, 64, value + 1).write(2, at + 31 * US, increment, 64, value + 1);
    value++;
  }
  const ends = [0, 1, 2].map((task) => (task === 0 ? 0 : s.sync(task, (2.95 + task * 0.05) * MS, Kind.TaskEnd, 0, 0, EndReason.Finished, -1)));
  s.sync(0, 3.02 * MS, Kind.Join, join, 1, ends[1]);
  s.sync(0, 3.06 * MS, Kind.Join, join, 2, ends[2]);
  s.read(0, 3.1 * MS, s.site("counter", 3), 64, value).print(0, 3.15 * MS, `counted ${value}\n`);
  s.sync(0, 3.3 * MS, Kind.TaskEnd, 0, 0, EndReason.Finished, 0);
  const line = s.line(increment);
  const race: LocatedFinding = {
    kind: "data-race",
    id: "race-counter",
    message: "count and count 2 both change counter, and nothing orders their accesses.",
    explanation: [
      "counter++ is a read and then a write. count read 0; before it wrote 1, count 2 also read 0. Both wrote 1: one of the two updates is lost.",
      "No lock is held by both tasks, and no join, message or semaphore lies between the two accesses.",
      "Put counter++ inside a mutex that both tasks lock, or make counter an Atomic and use add(1).",
    ],
    variable: "counter",
    tasks: [1, 2],
    accesses: [
      { task: 1, op: "update", atomic: false, value: 1, locks: [], file: s.file, line, column: 35, text: "counter++" },
      { task: 2, op: "update", atomic: false, value: 1, locks: [], file: s.file, line, column: 35, text: "counter++" },
    ],
    count: 16,
    events: [
      { task: 1, time: 2.4 * MS + 22 * US, site: increment },
      { task: 2, time: 2.4 * MS + 31 * US, site: increment },
    ],
    ranges: [
      { file: s.file, line, column: 35, endLine: line, endColumn: 44 },
      { file: s.file, line, column: 35, endLine: line, endColumn: 44 },
    ],
  };
  return { file: s.file, code: COUNTER, mode: "threads", bytes: s.bytes({ outcome: "completed", time: 3.3 * MS }), findings: [race], outcome: "completed", duration: 3.3 };
}

const TRANSFER = `import { spawn, shared, sleep, Mutex } from "concurrency-playground";

const accounts = shared({ a: 100, b: 100 });
const lockA = new Mutex();
const lockB = new Mutex();

function fromAToB() {
  lockA.lock();
  sleep(5);
  lockB.lock();
  accounts.a -= 10;
}

function fromBToA() {
  lockB.lock();
  sleep(5);
  lockA.lock();
  accounts.b -= 10;
}

const tasks = [spawn(fromAToB), spawn(fromBToA)];
for (const task of tasks) task.join();
`;

/** Each of two threads holds one lock and waits for the other's. */
export function deadlock(): RunFixture {
  const s = new Scenario(TRANSFER);
  s.space(0, 4711).task(0, "main", 4711).task(1, "fromAToB", 4711).task(2, "fromBToA", 4711);
  s.object(1, "Mutex", "lockA").object(2, "Mutex", "lockB");
  s.meta({ type: "container", space: 0, address: 64, kind: "object", name: "accounts", variable: true });
  s.meta({ type: "slot", space: 0, address: 72, container: 64, key: ".a" }).meta({ type: "slot", space: 0, address: 80, container: 64, key: ".b" });
  s.untimed(0, Kind.Init, 0, 72, 100);
  s.untimed(0, Kind.Init, 0, 80, 100);
  s.sync(0, 0, Kind.TaskStart);
  s.sync(0, 0.3 * MS, Kind.Spawn, s.site("spawn(fromAToB)"), 1);
  s.sync(0, 0.4 * MS, Kind.Spawn, s.site("spawn(fromBToA)"), 2);
  s.sync(0, 0.5 * MS, Kind.Block, s.site("task.join()"), 0, WaitFor.Join, -1, 1);
  const plan = [
    { task: 1, own: 1, other: 2, first: s.site("lockA.lock()", 1), second: s.site("lockB.lock()", 1) },
    { task: 2, own: 2, other: 1, first: s.site("lockB.lock()", 2), second: s.site("lockA.lock()", 2) },
  ];
  for (const { task, own, other, first, second } of plan) {
    const at = (2 + task * 0.3) * MS;
    s.sync(task, at, Kind.TaskStart);
    s.sync(task, at + 0.2 * MS, Kind.Lock, first, own);
    s.sync(task, at + 0.3 * MS, Kind.SleepBegin, 0, 0, 5);
    s.sync(task, at + 5.3 * MS, Kind.SleepEnd);
    s.sync(task, at + 5.4 * MS, Kind.Block, second, other, WaitFor.Lock, -1);
  }
  const finding: LocatedFinding = {
    kind: "deadlock",
    id: "deadlock-1",
    message: "fromAToB and fromBToA wait for each other for ever.",
    explanation: ["fromAToB holds lockA and waits for lockB. fromBToA holds lockB and waits for lockA. Neither can go on.", "Let all tasks take the two locks in the same order."],
    tasks: [1, 2],
    cycle: plan.map(({ task, own, other, second }) => ({ task, waitsFor: other === 1 ? "lockA" : "lockB", heldBy: [3 - task], holds: [own === 1 ? "lockA" : "lockB"], file: s.file, line: s.line(second) })),
    count: 1,
    events: plan.map(({ task, second }) => ({ task, time: (2 + task * 0.3 + 5.4) * MS, site: second })),
    ranges: plan.map(({ second }) => ({ file: s.file, line: s.line(second), column: 3, endLine: s.line(second), endColumn: 15 })),
  };
  return { file: s.file, code: TRANSFER, mode: "threads", bytes: s.bytes({ outcome: "deadlocked", time: 12 * MS }), findings: [finding], outcome: "deadlocked", duration: 12, reason: "All tasks wait for ever; the run was ended." };
}

/** The counter in three processes: three copies that do not meet. */
export function processCopies(): RunFixture {
  const s = new Scenario(COUNTER, "processes");
  s.space(0, 5000).space(1, 5001, 0).space(2, 5002, 0);
  s.task(0, "main", 5000).task(1, "count", 5001, 1).task(2, "count 2", 5002, 2);
  s.object(1, "Semaphore", "start", 0).variable(64, "counter", 0);
  const increment = s.site("counter++");
  s.sync(0, 0, Kind.TaskStart);
  s.sync(0, 1 * MS, Kind.Spawn, s.site("spawn(count)"), 1);
  s.sync(0, 1.1 * MS, Kind.Spawn, s.site("spawn(count)"), 2);
  s.sync(0, 1.2 * MS, Kind.Release, s.site("start.release(2)"), 1, 2);
  s.sync(0, 1.3 * MS, Kind.Block, s.site("task.join()"), 0, WaitFor.Join, -1, 1);
  const ends: number[] = [];
  for (const task of [1, 2]) {
    s.sync(task, (38 + task) * MS, Kind.TaskStart);
    s.sync(task, (38.2 + task) * MS, Kind.Acquire, s.site("start.acquire()"), 1, 1);
    for (let i = 0; i < 8; i++) s.read(task, (39 + task + i * 0.1) * MS, increment, 64, i).write(task, (39.05 + task + i * 0.1) * MS, increment, 64, i + 1);
    ends.push(s.sync(task, (41 + task) * MS, Kind.TaskEnd, 0, 0, EndReason.Finished, 0));
  }
  s.sync(0, 42.5 * MS, Kind.Join, s.site("task.join()"), 1, ends[0]);
  s.sync(0, 43.1 * MS, Kind.Join, s.site("task.join()"), 2, ends[1]);
  s.read(0, 43.2 * MS, s.site("counter", 3), 64, 0).print(0, 43.3 * MS, "counted 0\n");
  s.sync(0, 43.5 * MS, Kind.TaskEnd, 0, 0, EndReason.Finished, 0);
  return { file: s.file, code: COUNTER, mode: "processes", bytes: s.bytes({ outcome: "completed", time: 43.5 * MS }), findings: [], outcome: "completed", duration: 43.5 };
}

const TRAIN = `import { spawn, sleep, mark, Mutex, Semaphore } from "concurrency-playground";

const restroom = new Mutex();
const cafeteria = new Semaphore(2);

function passenger(name: string) {
  cafeteria.acquire();
  mark(name + " eats");
  sleep(40);
  cafeteria.release();
  restroom.lock();
  sleep(15);
  restroom.unlock();
}
`;

/** Four passengers, two seats, one restroom; then a conductor crashes. */
export function train(): RunFixture {
  const s = new Scenario(TRAIN);
  const names = ["main", "Ada", "Edsger", "Barbara", "Tony"];
  s.space(0, 4711);
  names.forEach((name, id) => s.task(id, name, 4711));
  s.object(1, "Mutex", "restroom").object(2, "Semaphore", "cafeteria", 2);
  s.sync(0, 0, Kind.TaskStart);
  for (let task = 1; task < names.length; task++) s.sync(0, task * MS, Kind.Spawn, 0, task);
  s.sync(0, 6 * MS, Kind.Block, 0, 0, WaitFor.Join, -1, 1);
  const sits = [5, 5.5, 46, 47];
  const acquire = s.site("cafeteria.acquire()");
  const lock = s.site("restroom.lock()");
  let restroomFree = 0;
  for (let task = 1; task < names.length; task++) {
    const begins = (3 + task * 0.5) * MS;
    const seat = sits[task - 1]! * MS;
    s.sync(task, begins, Kind.TaskStart);
    if (seat > begins + 2 * MS) s.sync(task, begins + 0.1 * MS, Kind.Block, acquire, 2, WaitFor.Permits, -1, 1);
    s.sync(task, seat + MS, Kind.Acquire, acquire, 2, 1);
    s.mark(task, seat + 1.2 * MS, `${names[task]} eats`).print(task, seat + 1.3 * MS, `${names[task]} sits down\n`);
    s.sync(task, seat + 1.4 * MS, Kind.SleepBegin, s.site("sleep(40)"), 0, 40);
    s.sync(task, seat + 39 * MS, Kind.SleepEnd, s.site("sleep(40)"));
    s.sync(task, seat + 40 * MS, Kind.Release, s.site("cafeteria.release()"), 2, 1);
    const wants = seat + 41 * MS;
    const gets = Math.max(wants, restroomFree + 0.1 * MS);
    if (gets > wants) s.sync(task, wants, Kind.Block, lock, 1, WaitFor.Lock, -1);
    s.sync(task, gets, Kind.Lock, lock, 1);
    s.sync(task, gets + 0.1 * MS, Kind.SleepBegin, s.site("sleep(15)"), 0, 15);
    s.sync(task, gets + 15 * MS, Kind.SleepEnd, s.site("sleep(15)"));
    restroomFree = gets + 15.2 * MS;
    s.sync(task, restroomFree, Kind.Unlock, s.site("restroom.unlock()"), 1);
    s.sync(task, restroomFree + MS, Kind.TaskEnd, 0, 0, task === 4 ? EndReason.Crashed : EndReason.Finished, -1);
  }
  s.meta({ type: "task-failure", id: 4, error: "Error: no soap", cause: "exception", file: s.file, line: 13, column: 3 });
  s.print(4, restroomFree + 0.5 * MS, "Error: no soap\n", "stderr");
  s.sync(0, restroomFree + 2 * MS, Kind.Join, 0, 1, 0);
  s.sync(0, restroomFree + 3 * MS, Kind.TaskEnd, 0, 0, EndReason.Finished, 1);
  s.dropped(1, 12345);
  const end = restroomFree + 4 * MS;
  return { file: s.file, code: TRAIN, mode: "threads", bytes: s.bytes({ outcome: "crashed", time: end }), findings: [], outcome: "crashed", duration: end / MS };
}

const ABORT = `import { spawn } from "concurrency-playground";

function work() {}

spawn(work);
process.abort();
`;

/** Main aborts its process before the thread that it spawned has begun. */
export function abortedEarly(): RunFixture {
  const s = new Scenario(ABORT);
  s.space(0, 4711).task(0, "main", 4711).task(1, "work", 4711);
  s.sync(0, 0, Kind.TaskStart);
  s.sync(0, 0.2 * MS, Kind.Spawn, s.site("spawn(work)"), 1);
  s.sync(0, 3 * MS, Kind.TaskEnd, 0, 0, EndReason.Crashed, -1);
  const line = s.line(s.site("process.abort()"));
  const place = { file: s.file, line, column: 9 };
  s.meta({ type: "task-failure", id: 0, error: "Error: process.abort()", cause: "signal", ...place });
  const crash: LocatedFinding = {
    kind: "crash",
    id: "crash 0",
    message: "main crashed: process.abort()",
    explanation: ["The operating system ended the process with signal SIGABRT."],
    tasks: [0],
    count: 1,
    events: [{ task: 0, time: 3 * MS, site: 0 }],
    ranges: [{ ...place, endLine: line, endColumn: 10 }],
  };
  return { file: s.file, code: ABORT, mode: "threads", bytes: s.bytes({ outcome: "crashed", time: 4 * MS }), findings: [crash], outcome: "crashed", duration: 4, reason: "its process ended by signal SIGABRT" };
}

/** `count` events of four threads: accesses under a mutex, handed round. */
export function manyEvents(count: number): RunFixture {
  const s = new Scenario(COUNTER);
  s.space(0, 4711).task(0, "main", 4711).object(1, "Mutex", "lock").variable(64, "counter", 0);
  s.sync(0, 0, Kind.TaskStart);
  const site = s.site("counter++");
  for (const task of [1, 2, 3, 4]) {
    s.task(task, `worker ${task}`, 4711);
    s.sync(0, task * 1000, Kind.Spawn, 0, task);
  }
  for (const task of [1, 2, 3, 4]) s.sync(task, 10_000, Kind.TaskStart);
  // A turn: lock, 48 accesses, unlock, wait. 51 events.
  const turns = Math.floor(count / 51);
  const turn = 10_000;
  for (let n = 0; n < turns; n++) {
    const task = 1 + (n % 4);
    const at = 20_000 + n * turn;
    if (n >= 4) s.sync(task, at - 3 * turn + 500, Kind.Block, site, 1, WaitFor.Lock, -1);
    s.sync(task, at, Kind.Lock, site, 1);
    for (let i = 0; i < 24; i++) {
      s.untimed(task, Kind.Read8, site, 64, n);
      s.untimed(task, Kind.Write8, site, 64, n + 1);
    }
    s.sync(task, at + turn - 200, Kind.Unlock, site, 1);
    if (n % 1000 === 999) s.cut();
  }
  const end = 20_000 + (turns + 2) * turn;
  for (const task of [1, 2, 3, 4]) s.sync(task, end, Kind.TaskEnd, 0, 0, EndReason.Finished, 0);
  s.sync(0, end + 1000, Kind.TaskEnd, 0, 0, EndReason.Finished, 0);
  return { file: s.file, code: COUNTER, mode: "threads", bytes: s.bytes({ outcome: "completed", time: end + 2000 }), findings: [], outcome: "completed", duration: end / MS };
}
