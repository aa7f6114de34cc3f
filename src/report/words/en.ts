import { WaitFor } from "../../trace";
import type { Means } from "../contract";
import type { Words } from "./types";

const list = (items: readonly string[]): string =>
  items.length <= 1 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
const holding = (locks: readonly string[]): string => (locks.length === 0 ? "holding no lock" : `holding ${list(locks)}`);
const plural = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;

const MEANS: Record<Means, string> = {
  "shared-variable": "shared variable",
  "message-queue": "message queue",
  pipe: "pipe",
  socket: "socket",
  "shared-segment": "shared segment",
};

const size = (bytes: number | null): string => (bytes === null ? "size not told" : `${bytes.toLocaleString("en-US")} bytes`);

export const en: Words = {
  list,
  unknownPlace: "an unknown place",
  locksHeld: (locks) => (locks.length === 0 ? "none" : list(locks)),
  readMode: (lock) => `${lock} (for reading)`,
  writeMode: (lock) => `${lock} (for writing)`,

  stepAccess: (op, variable, value) => (op === "read" ? `reads ${variable}: ${value}` : op === "write" ? `writes ${variable} = ${value}` : `updates ${variable} (${value})`),
  stepTakes: (lock) => `takes ${lock}`,
  stepWaits: (what) => `waits for ${what}`,
  stepNotifies: (variable, woken) => `notifies ${variable}: wakes ${woken ?? "nobody"}`,
  stepLine: (line) => `line ${line}`,

  raceMessage: (variable, tasks, lines) =>
    `Data race on "${variable}": ${list(tasks)} access it ${lines[0] === lines[1] ? `at line ${lines[0]}` : `at lines ${lines[0]} and ${lines[1]}`}, at least one of them writes, and nothing orders them.`,
  accessStep: (task, op, variable, value, place, text, locks) => {
    const did = op === "read" ? `read ${value} from "${variable}"` : op === "write" ? `wrote ${value} to "${variable}"` : `updated "${variable}" (a read and then a write; caught with the value ${value})`;
    return `${task} ${did} at ${place}: ${text} – ${holding(locks)}.`;
  },
  raceLoss: (variable, read, first, wroteFirst, second, wroteSecond) =>
    `It did harm in this run: ${first} and ${second} both read ${read} from "${variable}"; ${first} wrote ${wroteFirst} and ${second} wrote ${wroteSecond}. Whichever wrote last did not know of the other's update: one update is lost.`,
  raceNoProof: (variable) =>
    `No harm is proved in this run, but in another order it can do harm. Both write "${variable}": which value stays depends on who comes last. If a task computes what it writes from what it read before, the other task's write can get lost.`,
  raceReadWrite: (variable) => `No harm is proved in this run, but in another order it can do harm: the reader may see "${variable}" before or after the write; which one, changes from run to run.`,
  raceOrder: (first, second) =>
    `Nothing orders the two: no chain of happens-before edges (spawn, join, unlock → lock, release → acquire, send → receive) leads from ${first}'s access to ${second}'s or back. So they can happen in either order, or at the same time.`,
  raceNoLocks: "Neither task holds a lock at its access.",
  raceOneLock: (task, locks, other) => `${task} holds ${list(locks)}, but ${other} does not: a lock protects only if everyone takes it.`,
  raceOtherLocks: (first, firstLocks, second, secondLocks) =>
    `${first} holds ${list(firstLocks)}, ${second} holds ${list(secondLocks)}: different locks do not exclude each other.`,
  raceDiscipline: (variable, lock, held, places, without) =>
    `Seen in this run, "${variable}" is accessed under "${lock}" at ${held} of the ${places} places where tasks meet; not at ${list(without)}. If "${lock}" is meant to guard it, that is where it is missing.`,
  raceRepair: (lock, counter, atomics) =>
    lock
      ? `To repair it, take "${lock}" around the other access too: ${lock}.withLock(() => { … }). The lock must cover the whole read-compute-write, not each step alone.`
      : atomics
        ? `To repair it, let both tasks use Atomics for it: ${counter ? "Atomics.add(array, index, 1) reads, adds and writes in one step" : "Atomics.store() and Atomics.load() for a flag, Atomics.add() for a counter, Atomics.compareExchange() where the new value depends on the old one"}. Or let both hold one lock around the whole read-compute-write. Or let only one task use it, and send it messages.`
        : `To repair it, let both tasks hold one Mutex around the access: mutex.withLock(() => { … }), covering the whole read-compute-write${counter ? "; for a plain counter an Atomic does it: counter.add(1)" : ""}. Or let only one task use the variable, and send it messages.`,

  lostUpdateMessage: (variable, first, second) => `Lost update of "${variable}": ${second} overwrote what ${first} had written, without having seen it.`,
  lostUpdateStep: (task, wrote, variable, value, place, text) => `${task} ${wrote ? `wrote ${value} to` : `read ${value} from`} "${variable}" at ${place}: ${text}`,
  lostUpdateWhy: (task, other, read, atomic) =>
    `This is no data race: every single step is ${atomic ? "atomic" : "under a lock"}. But ${task}'s read and write are two steps, and ${other}'s update came between them. Both started from ${read}, so one of the two updates is gone.`,
  lostUpdateRepair: (atomic) =>
    atomic
      ? "To repair it, do the read and the write in one operation: add(), exchange(), or compareExchange() in a loop until it succeeds."
      : "To repair it, keep the lock from the read to the write: one critical section instead of two.",

  atomicityMessage: (pattern, variable, actor, other) => {
    switch (pattern) {
      case "below-zero":
        return `Atomicity violation: ${actor} checked "${variable}" first and changed it later; ${other} changed it in between, and it fell below zero.`;
      case "condition-broken":
        return `Atomicity violation: ${actor} checked "${variable}" first and changed it later; ${other} changed it in between, and the condition did not hold any more.`;
      case "emptied":
        return `Atomicity violation: ${actor} saw that "${variable}" was not 0 and took something out later; ${other} had taken the last in between.`;
      case "overwritten":
        return `Atomicity violation: ${actor} decided by "${variable}" and set it later; ${other} had set it in between, and its decision is gone.`;
      case "both-entered":
        return `Atomicity violation: ${actor} and ${other} both found "${variable}" free and both took it.`;
    }
  },
  atomicityStep: (task, op, variable, value, place, text) =>
    `${task} ${op === "read" ? `read ${value} from "${variable}"` : op === "write" ? `wrote ${value} to "${variable}"` : `changed "${variable}" to ${value} without another look`} at ${place}: ${text}`,
  atomicityWhy: (pattern, variable, actor, other, seen, expected, atomic) => {
    const steps = atomic ? "Every single step is atomic, but the look and the act are two steps" : "Every single step is under a lock, but the look and the act are two critical sections";
    const then = {
      "below-zero": `With the ${seen} that it had read, ${expected} would have been left.`,
      "condition-broken": `With the ${seen} that it had read, its condition holds, and ${expected} would have come out; from what ${other} had left, it does not hold.`,
      emptied: `With the ${seen} that it had read, something would have been there.`,
      overwritten: `Both decided by the same ${seen}, and the second did not see that the first had decided already.`,
      "both-entered": `Both had read ${seen}, so both went on as if they were alone.`,
    }[pattern];
    return `This is no data race. ${steps}, and ${other} came between: what ${actor} knew of "${variable}" was out of date when it acted. ${then}`;
  },
  atomicityRepair: (pattern, variable, atomic) => {
    if (!atomic) return `To repair it, check and act in one critical section: lock, read "${variable}", decide, change it, and only then unlock.`;
    if (pattern === "both-entered" || pattern === "overwritten") return "To repair it, look and set in one operation, compareExchange(expected, next) === expected says whether you were the one; or use a Mutex.";
    return "To repair it, check and change in one operation: compareExchange() in a loop that looks again each time; or use a Mutex around both.";
  },

  deadlockMessage: (cyclic, tasks) =>
    cyclic ? `Deadlock: ${list(tasks)} wait for each other in a circle, for ever.` : `Deadlock: ${list(tasks)} ${tasks.length === 1 ? "waits" : "wait"} for something that no task can bring about any more.`,
  selfDeadlockMessage: (task, lock) => `Deadlock: ${task} waits for "${lock}", which it holds itself.`,
  deadlockStep: (task, waitsFor, heldBy, holds, place, text) =>
    `${task} waits for ${waitsFor}${heldBy.length > 0 ? `, held by ${list(heldBy)},` : ""} at ${place}: ${text} – ${holding(holds)}.`,
  deadlockIdle: (task) => `${task} has nothing left to do: its event loop only waits for other tasks, for their messages, notifications or ends.`,
  deadlockWhy: (cyclic, complete) =>
    cyclic
      ? `Each of them keeps what it has until it gets what the next one has, so none can ever go on.${complete ? "" : " Other tasks go on until they need one of these."}`
      : "Every task that still lives is waiting, and nobody is left to end the wait: no one can unlock, release, send or finish any more.",
  selfDeadlockWhy: (lock) => `"${lock}" is not reentrant: whoever holds it and asks for it again waits for itself.`,
  upgradeDeadlockMessage: (tasks, lock) =>
    tasks.length === 1
      ? `Deadlock: ${tasks[0]} locks "${lock}" for writing while it holds it for reading (an upgrade), and waits for itself.`
      : `Deadlock: ${list(tasks)} lock "${lock}" for writing while they hold it for reading (an upgrade), and wait for each other.`,
  upgradeDeadlockWhy: (lock, several) =>
    `A read lock can't be turned into a write lock: who writes under "${lock}" must be alone, and waits until all readers have unlocked.${several ? " Each of them is such a reader, keeps reading while it waits, and waits for the others and for itself." : " The task itself is such a reader, and keeps reading while it waits."}`,
  selfJoinMessage: (task) => `Deadlock: ${task} waits for its own end.`,
  selfJoinWhy: "A task ends when its function returns, and the function does not return before join() does: neither ever comes.",
  selfJoinRepair: "To repair it, join the task from another one: from the one that spawned it, say.",
  deadlockRepair: (cyclic, locks, self) => {
    if (self) return "To repair it, take the lock once, in the outer function, and let inner functions expect that it is held.";
    if (!cyclic) return "To repair it, make sure that what they wait for still comes on every path: a send for every receive, a release for every acquire, a close() after the last message; or wait with a time-out.";
    return locks.length > 1
      ? `To repair it, let all tasks take ${list(locks)} in the same order; or take all of them at once, or use tryLock() with a time-out and give back what is held.`
      : "To repair it, do not wait for another task while holding what that task needs.";
  },
  waitsFor: (waitFor, object) => {
    switch (waitFor) {
      case WaitFor.Join:
        return `the end of ${object}`;
      case WaitFor.Lock:
        return `the lock "${object}"`;
      case WaitFor.Permits:
        return `a permit of "${object}"`;
      case WaitFor.ReadLock:
        return `"${object}" (for reading)`;
      case WaitFor.WriteLock:
        return `"${object}" (for writing)`;
      case WaitFor.Condition:
        return `a notify of "${object}"`;
      case WaitFor.Barrier:
        return `the others at the barrier "${object}"`;
      case WaitFor.Latch:
        return `the latch "${object}"`;
      case WaitFor.Message:
        return `a message in "${object}"`;
      case WaitFor.QueueSpace:
        return `room in "${object}"`;
      case WaitFor.AtomicValue:
        return `a notify of the Atomic "${object}"`;
      case WaitFor.StreamData:
        return `data in "${object}"`;
      case WaitFor.Connection:
        return `a connection`;
      case WaitFor.MemoryValue:
        return `an Atomics.notify of "${object}"`;
      case WaitFor.Event:
        return "an event (a message, the end of another task)";
    }
    return object;
  },

  lockOrderMessage: (locks) => (locks.length > 1 ? `Possible deadlock: ${list(locks)} are taken in different orders.` : `Possible deadlock: tasks take ${list(locks)} again while they hold it.`),
  lockOrderStep: (task, second, first, place, text) => `${task} took "${second}" while holding "${first}" at ${place}: ${text}`,
  lockOrderWriter: (task, lock, place, text) => `${task} took "${lock}" for writing at ${place}: ${text}. As long as a task waits to write, those who want to read wait behind it, even while others read.`,
  lockOrderWhy: "This run was lucky. If each task gets its first lock before any gets its second, each waits for what the other holds, for ever. No common lock and no spawn, join or message prevents that.",
  lockOrderRepair: (locks) => (locks.length > 1 ? `To repair it, take ${list(locks)} in the same order everywhere.` : `To repair it, take all that is needed of ${list(locks)} at once.`),

  lostWakeupMessage: (pattern, variable, notifier, waiter, forEver) => {
    const waits = forEver ? `${waiter} waits for ever` : `${waiter} waited until its time was over`;
    switch (pattern) {
      case "before-waiting":
        return `Lost wakeup: ${notifier} notified "${variable}" before ${waiter} waited for it; it woke nobody, and ${waits}.`;
      case "passed-by":
        return `Lost wakeup: when ${waiter} began to wait on "${variable}", the change that ${notifier} had notified was past already; ${waits}.`;
      case "wrong-task":
        return `Lost wakeup: ${notifier}'s notify of "${variable}" woke a task that could do nothing with it, and ${waits}.`;
    }
  },
  lostWakeupNotify: (notifier, variable, place, text, ms, woken, value) =>
    `At ${ms} ms ${notifier} notified "${variable}" at ${place}: ${text}. ${woken === undefined ? "Nobody was waiting then, so it woke nobody" : `It woke ${woken}, which waited again without having changed anything`}${value === undefined ? "." : `; the value was ${value}.`}`,
  lostWakeupWait: (waiter, variable, place, text, ms, forEver, expected) =>
    `At ${ms} ms ${waiter} began to wait on "${variable}"${expected === undefined ? "" : ` while it is ${expected}`}, at ${place}: ${text}. ${forEver ? "Nobody has woken it since." : "Its time passed, and nobody had woken it."}`,
  lostWakeupWhy: (pattern, condition, notifierHeld, woken, waiter) => {
    switch (pattern) {
      case "before-waiting":
        return `A notify is not kept: it wakes those who wait at that moment. ${waiter} had looked at nothing shared since then, so it could not know that what it waits for had happened.${condition && !notifierHeld ? " The notifier did not hold the mutex: so its notify can even fall between the look and the wait." : ""}`;
      case "passed-by":
        return `A wait on an Atomic only sees the value that is there when it begins. In between it had been another, and was set back.`;
      case "wrong-task":
        return `notify() wakes one task, the one that waits longest. Here several wait on one condition for different things, and ${woken ?? ""} was not the one that the notify was for.`;
    }
  },
  lostWakeupRepair: (pattern, condition, variable) => {
    if (pattern === "wrong-task") return `To repair it, use notifyAll(), or a condition of its own for each thing that is waited for.`;
    if (condition) return `To repair it, keep what happened in a shared variable that is changed under the mutex, and look at it before waiting: ${variable}.waitUntil(() => happened), or while (!happened) ${variable}.wait().`;
    return pattern === "passed-by"
      ? "To repair it, let the value only go forwards, a counter of what has happened, and wait while it is the one that you have seen last."
      : "To repair it, change the value before notifying: wait(value) returns at once when the value is another.";
  },

  heldAtEndMessage: (task, lock) => `${task} ended while it still held "${lock}".`,
  heldAtEndWhy: (task, lock, place) => `${task} took "${lock}" at ${place} and never unlocked it. Whoever asks for it from now on gets an error, or waits for ever.`,
  heldAtEndRepair: (how, guard) => `To repair it, unlock on every path: ${how}(() => { … }), or using guard = ${guard}().`,
  holderDiedMessage: (task, lock, killed) => `${task} ${killed ? "was killed" : "crashed"} while it held "${lock}".`,
  holderDiedWhy: (task, lock, place, others) =>
    `${task} took "${lock}" at ${place} and can never unlock it now. What "${lock}" guards may be half changed, so nobody gets it any more: ${others.length === 0 ? "whoever asks for it gets the error TaskCrashed" : `${list(others)} asked for it and got the error TaskCrashed`}.`,
  holderDiedRepair: (how, guard, killed) =>
    killed
      ? `To repair it, do not kill() a task that may hold a lock: tell it to stop, by an Atomic or a closed queue that it looks at, and join it.`
      : `To repair it, unlock also when an error is thrown: ${how}(() => { … }), or using guard = ${guard}().`,
  notOwnerError: (task, error) => `${task} unlocked a lock that it does not hold: ${error}`,
  notOwnerMessage: (task, lock, mode, holder) => {
    const how = mode === "read" ? " for reading" : mode === "write" ? " for writing" : "";
    if (mode === "read") return `${task} unlocked "${lock}"${how}, but does not hold it${how}.`;
    return holder === undefined ? `${task} unlocked "${lock}"${how}, but nobody holds it${how}.` : `${task} unlocked "${lock}"${how}, but ${holder} holds it.`;
  },
  notOwnerStep: (task, place, text) => `${task} did that at ${place}: ${text}. The lock stays as it is, and the call throws NotOwnerError.`,
  notOwnerWhy: "Only the task that locked may unlock. A missing lock(), a second unlock(), or an unlock() in another task leads here.",
  notOwnerRepair: "To repair it, let withLock() or a guard pair each lock with its unlock.",
  waitWithoutMutexMessage: (task, condition, mutex, holder) => `${task} waited for "${condition}" without holding its mutex "${mutex}", which ${holder === undefined ? "nobody holds" : `${holder} holds`}.`,
  waitWithoutMutexWhy: (condition, mutex) =>
    `${condition}.wait() unlocks "${mutex}" while it waits and locks it again before it returns. Without the mutex, what the task had looked at could change, and be notified, before it waits: the wakeup would be lost.`,
  waitWithoutMutexRepair: (condition, mutex) => `To repair it, look and wait under the mutex: ${mutex}.withLock(() => { while (!happened) ${condition}.wait(); }).`,
  upgradeMessage: (task, lock) => `${task} tried to lock "${lock}" for writing while it held it for reading (an upgrade): that can never succeed.`,
  upgradeStep: (task, lock, place, text) => `${task} reads under "${lock}" and asks for writing at ${place}: ${text}`,
  upgradeWhy: (lock) => `Who writes under "${lock}" must be alone, without readers; the task itself is a reader and stays one. Every try fails, whatever the others do, and without a time-out it would wait for itself for ever.`,
  upgradeRepair: (lock) => `To repair it, unlockRead() first, then lockWrite(), and look again at what was read, for another task may have written in between; or lock "${lock}" for writing from the start.`,

  crashMessage: (task, error) => `${task} crashed: ${error}`,
  crashCause: (cause, detail) => {
    switch (cause) {
      case "exception":
        return "An exception left the task's function; nothing caught it.";
      case "rejection":
        return "A promise was rejected and nothing handled it.";
      case "exit":
        return `The task ended with status ${detail || "1"} (process.exit or process.exitCode), which says that it failed: 0 is success.`;
      case "signal":
        return `The operating system ended the process${detail ? ` with signal ${detail}` : ""}.`;
      case "out-of-memory":
        return "The task used more memory than it may.";
      case "assertion":
        return "A check in the program failed.";
    }
    return "";
  },
  crashOthers: "Other tasks go on. A join() of this task throws TaskCrashed.",
  crashImport: (name) => `If "${name}" is to be this extension's, it must be imported: write \`import { ${name} } from "concurrency-playground";\` at the top of the file.`,
  crashRepair: (cause, who) => {
    if (who === "main-by-join") return "join() passed on the crash of the task that was joined: repair that one, or catch TaskCrashed around the join().";
    const joined = who === "spawned";
    switch (cause) {
      case "exception":
      case "assertion":
        return joined ? "Catch the error in the task where it can be handled, or catch TaskCrashed where the task is joined." : "Catch the error with try and catch where it can be handled.";
      case "rejection":
        return `Await the promise inside try and catch, or give it a handler with catch()${joined ? "; or catch TaskCrashed where the task is joined" : ""}.`;
      case "exit":
        return `If it did not fail, let it end with status 0${joined ? ". If it did, catch TaskCrashed where the task is joined" : ""}.`;
      case "signal":
        return "No try and catch holds a signal: it ends the process with all threads in it. What may end so belongs in a process of its own, by Process.spawn(); whoever joins that one can catch TaskCrashed.";
      case "out-of-memory":
        return "Look for something that grows without end: a queue that is sent to faster than it is read, an array in a loop.";
    }
  },
  assertionMessage: (task, error) => `Assertion failed in ${task}: ${error}`,

  findings: (n) => (n === 1 ? "1 finding" : `${n} findings`),
  nothingFound: "Nothing found in this run.",
  times: (n, kind) => plural(n, kind === "data-race" ? "conflicting pair" : "time"),
  outcome: (outcome, exitCode = 0) => (outcome === "completed" && exitCode !== 0 ? `${outcome} with exit status ${exitCode}` : outcome),
  summary: (mode, outcome, tasks, ms) => `Run as ${mode}: ${outcome} after ${ms.toFixed(0)} ms, ${plural(tasks, "task")}.`,
  variables: "Variables",
  variableLine: (name, value, reads, writes, guard, discipline) =>
    `${name} = ${value}   ${plural(reads, "read")}, ${plural(writes, "write")}${guard ? `, guarded by ${guard}` : ""}${discipline ? `, guarded by ${discipline.lock} at ${discipline.held} of ${discipline.places} places, not at ${discipline.lines.length === 1 ? "line" : "lines"} ${list(discipline.lines.map(String))}` : ""}`,
  syncObjects: "Locks, queues and the like",
  syncLine: (name, type, waits, waited, held, taken, longest) =>
    `${name} (${type})   ${taken === undefined ? "" : `taken ${plural(taken, "time")}, `}${plural(waits, "wait")}, ${waited} ms waited, ${held} ms held${longest === undefined ? "" : `; longest wait ${longest.ms} ms: ${longest.task} at line ${longest.line}`}`,
  costs: "Costs",
  costsNotTold: (task, created) => `${task}: ${created === undefined ? "" : `created in ${created} ms · the rest `}not told: its process ended before it could`,
  costLine: (task, created, memory, cpu, voluntary, involuntary) =>
    `${task}: ${[
      created === undefined ? undefined : `created in ${created} ms`,
      memory === undefined ? undefined : `memory ${memory} MB`,
      cpu === undefined ? undefined : `CPU ${cpu} ms`,
      voluntary === undefined || involuntary === undefined ? "context switches not told by this system" : `context switches ${voluntary} voluntary, ${involuntary} involuntary`,
    ]
      .filter((part) => part !== undefined)
      .join(" · ")}`,
  trafficLine: (means, sent, sentBytes, received, receivedBytes) =>
    `${MEANS[means]}: sent ${sent.toLocaleString("en-US")} (${size(sentBytes)}), received ${received.toLocaleString("en-US")} (${size(receivedBytes)})`,
  means: (means) => MEANS[means],
  comparison: {
    title: (runs) => `Threads and processes side by side: ${plural(runs, "run")} each, median (least – most)`,
    threads: "as threads",
    processes: "as processes",
    rows: {
      duration: "duration, ms",
      created: "creation of a task, ms",
      memory: "memory of a task, MB",
      cpu: "CPU of all tasks, ms",
      voluntary: "voluntary context switches",
      involuntary: "involuntary context switches",
    },
    communication: "Round trip between two tasks, µs",
    finals: "Final values in main's memory",
    outcomes: "Outcome",
    crashes: "What a crash took down",
    crash: (crashed, ended, wentOn, runs) =>
      `${list(crashed)} crashed; ${ended.length === 0 ? "nothing ended with it" : `${list(ended)} ended with it`}; ${wentOn.length === 0 ? "nothing went on" : `${list(wentOn)} went on`} (${plural(runs, "run")})`,
    findings: "Findings",
    doesNotReach: "does not reach the other",
    failedExchange: (mode, runs, outcome, error) => `Not measured in ${plural(runs, "run")} as ${mode}: the exchange of messages: ${outcome}${error ? ` (${error})` : ""}.`,
    notTold: "not told by this system",
    ofRuns: (count, runs) => `${count} of ${plural(runs, "run")}`,
    spread: "Time and memory differ from run to run: compare medians, and mind how far apart least and most are.",
  },
  exceeded:
    "The analysis stopped before the end of the run: to know what happens before what, for so many tasks and operations, takes more memory than it may (512 MB). Findings and numbers cover what came before; deadlocks and crashes, all of the run.",
  dropped: (recorded, dropped) => `${plural(recorded, "event")} recorded; ${plural(dropped, "repeated access", "repeated accesses")} counted but not kept.`,
  kind: (kind) => kind.replaceAll("-", " "),
  exploration: (executions, complete) => `${plural(executions, "execution")} tried${complete ? ": every interleaving" : ""}.`,
};
