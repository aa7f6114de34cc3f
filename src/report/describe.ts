import type {
  AccessEvidence,
  AnalysisFinding,
  AtomicityFinding,
  CrashFinding,
  DataRaceFinding,
  DeadlockFinding,
  LockMisuseFinding,
  LockOrderFinding,
  LostUpdateFinding,
  LostWakeupFinding,
} from "../analysis";
import { WaitFor } from "../trace";
import type { Finding, LocatedFinding } from "./contract";
import { Names, jsonValue, type Located, type TraceNames } from "./names";
import { stepsOf } from "./steps";
import { wordsOf } from "./words";
import type { CrashedTask } from "./words/types";

export interface DescribeContext {
  readonly names: TraceNames;
  /** "en", "zh-cn" … */
  readonly locale?: string;
}

/** Puts a finding in words, for a student in the third week of a course. */
export function describeFinding(finding: AnalysisFinding, context: DescribeContext): LocatedFinding {
  const names = new Names(context.names, wordsOf(context.locale));
  const described = inWords(finding, names);
  const steps = stepsOf(finding, names);
  return steps.length === 0 ? described : { ...described, steps };
}

function inWords(finding: AnalysisFinding, names: Names): LocatedFinding {
  switch (finding.kind) {
    case "data-race":
      return describeRace(finding, names);
    case "lost-update":
      return describeLostUpdate(finding, names);
    case "atomicity-violation":
      return describeAtomicity(finding, names);
    case "deadlock":
      return describeDeadlock(finding, names);
    case "lock-order":
      return describeLockOrder(finding, names);
    case "lost-wakeup":
      return describeLostWakeup(finding, names);
    case "lock-misuse":
      return describeMisuse(finding, names);
    case "crash":
    case "assertion-failed":
      return describeCrash(finding, names);
  }
}

function accessOf(access: AccessEvidence, names: Names): NonNullable<Finding["accesses"]>[number] {
  const { file, line, column, text } = names.at(access.site);
  return {
    task: access.task,
    op: access.op,
    atomic: access.atomic,
    value: jsonValue(access.value),
    locks: access.locks.map((lock) => names.object(lock.object)),
    file,
    line,
    column,
    text,
  };
}

function rangeOf({ file, line, column, endLine, endColumn }: Located): LocatedFinding["ranges"][number] {
  return { file, line, column, endLine, endColumn };
}

function eventOf({ task, time, site }: { task: number; time: number; site: number }): LocatedFinding["events"][number] {
  return { task, time, site };
}

function describeRace(race: DataRaceFinding, names: Names): LocatedFinding {
  const { words } = names;
  const [first, second] = race.accesses;
  const taskOne = names.task(first.task);
  const taskTwo = names.task(second.task);
  const step = (access: AccessEvidence): string =>
    words.accessStep(names.task(access.task), access.op, race.variable, names.value(access.value), names.place(access.site), names.at(access.site).text, access.locks.map((lock) => names.lock(lock)));
  const explanation = [step(first), step(second)];
  const { harm } = race;
  const writes = race.accesses.filter((access) => access.op !== "read").length;
  if (harm) {
    const { read, first: one, second: two } = harm;
    explanation.push(words.raceLoss(race.variable, names.value(read), names.task(one.task), names.value(one.wrote), names.task(two.task), names.value(two.wrote)));
  } else explanation.push(writes === 2 ? words.raceNoProof(race.variable) : words.raceReadWrite(race.variable));
  explanation.push(`${words.raceOrder(taskOne, taskTwo)} ${locksOf(race, names)}`);
  const { discipline } = race;
  // Of two places the sentence before has told it.
  if (discipline && discipline.places > 2) {
    explanation.push(words.raceDiscipline(race.variable, names.object(discipline.lock), discipline.held, discipline.places, discipline.without.map((site) => names.place(site))));
  }
  const advised = [...first.locks, ...second.locks].find((lock) => lock.mode !== "read");
  const counter = race.accesses.some((access) => access.op === "update" && typeof access.value === "number");
  explanation.push(words.raceRepair(advised && names.object(advised.object), counter, race.atomics));
  return {
    kind: "data-race",
    id: race.id,
    message: words.raceMessage(race.variable, [taskOne, taskTwo], [names.at(first.site).line, names.at(second.site).line]),
    explanation,
    variable: race.variable,
    tasks: [...race.tasks],
    accesses: race.accesses.map((access) => accessOf(access, names)),
    count: race.count,
    harm: harm ? "seen" : "possible",
    events: race.accesses.map(eventOf),
    ranges: race.accesses.map((access) => rangeOf(names.at(access.site))),
  };
}

function locksOf(race: DataRaceFinding, names: Names): string {
  const { words } = names;
  const [first, second] = race.accesses;
  const one = first.locks.map((lock) => names.lock(lock));
  const two = second.locks.map((lock) => names.lock(lock));
  if (one.length === 0 && two.length === 0) return words.raceNoLocks;
  if (two.length === 0) return words.raceOneLock(names.task(first.task), one, names.task(second.task));
  if (one.length === 0) return words.raceOneLock(names.task(second.task), two, names.task(first.task));
  return words.raceOtherLocks(names.task(first.task), one, names.task(second.task), two);
}

function describeLostUpdate(finding: LostUpdateFinding, names: Names): LocatedFinding {
  const { words } = names;
  const [read, between, write] = finding.accesses;
  const atomic = finding.object !== undefined || write.atomic;
  return {
    kind: finding.kind,
    id: finding.id,
    message: words.lostUpdateMessage(finding.variable, names.task(between.task), names.task(write.task)),
    explanation: [
      ...finding.accesses.map((access, i) =>
        words.lostUpdateStep(names.task(access.task), i > 0, finding.variable, names.value(access.value), names.place(access.site), names.at(access.site).text),
      ),
      words.lostUpdateWhy(names.task(read.task), names.task(between.task), names.value(finding.proof.read), atomic),
      words.lostUpdateRepair(atomic),
    ],
    variable: finding.variable,
    tasks: [...finding.tasks],
    accesses: finding.accesses.map((access) => accessOf(access, names)),
    count: finding.count,
    events: finding.accesses.map(eventOf),
    ranges: finding.accesses.map((access) => rangeOf(names.at(access.site))),
  };
}

function describeAtomicity(finding: AtomicityFinding, names: Names): LocatedFinding {
  const { words } = names;
  const { pattern, variable } = finding;
  const [check, between, act] = finding.accesses;
  const actor = names.task(act.task);
  const other = names.task(between.task);
  return {
    kind: "atomicity-violation",
    id: finding.id,
    message: words.atomicityMessage(pattern, variable, actor, other),
    explanation: [
      ...finding.accesses.map((access) => words.atomicityStep(names.task(access.task), access.op, variable, names.value(access.value), names.place(access.site), names.at(access.site).text)),
      words.atomicityWhy(pattern, variable, actor, other, names.value(check.value), names.value(finding.expected), act.atomic),
      words.atomicityRepair(pattern, variable, act.atomic),
    ],
    variable,
    tasks: [...finding.tasks],
    accesses: finding.accesses.map((access) => accessOf(access, names)),
    count: finding.count,
    events: finding.accesses.map(eventOf),
    ranges: finding.accesses.map((access) => rangeOf(names.at(access.site))),
  };
}

function describeDeadlock(deadlock: DeadlockFinding, names: Names): LocatedFinding {
  const { words } = names;
  const target = (wait: DeadlockFinding["waits"][number]): string => (wait.waitFor === WaitFor.Join ? names.task(wait.argument) : (wait.variable ?? names.object(wait.object)));
  const [only] = deadlock.waits;
  const self = deadlock.cyclic && deadlock.waits.length === 1 && only !== undefined;
  const selfJoin = self && only.waitFor === WaitFor.Join;
  const upgrade = upgradeOf(deadlock);
  const upgraded = upgrade === undefined ? undefined : names.object(upgrade);
  const locks = [...new Set(deadlock.waits.filter((wait) => wait.object !== undefined).map((wait) => names.object(wait.object)))];
  return {
    kind: "deadlock",
    id: deadlock.id,
    message: message(),
    explanation: [
      ...deadlock.waits.map((wait) =>
        wait.waitFor === WaitFor.Event
          ? words.deadlockIdle(names.task(wait.task))
          : words.deadlockStep(
              names.task(wait.task),
              words.waitsFor(wait.waitFor, target(wait)),
              wait.waitFor === WaitFor.Join ? [] : wait.heldBy.map((task) => names.task(task)),
              wait.holds.map((lock) => names.lock(lock)),
              names.place(wait.site),
              names.at(wait.site).text,
            ),
      ),
      ...why(),
    ],
    tasks: deadlock.waits.map((wait) => wait.task),
    cycle: deadlock.waits.map((wait) => {
      const { file, line } = names.at(wait.site);
      return { task: wait.task, waitsFor: wait.waitFor === WaitFor.Event ? words.waitsFor(wait.waitFor, "") : target(wait), heldBy: [...wait.heldBy], holds: wait.holds.map((lock) => names.object(lock.object)), file, line };
    }),
    count: 1,
    events: deadlock.waits.map((wait) => eventOf({ task: wait.task, time: wait.since, site: wait.site })),
    ranges: deadlock.waits.map((wait) => rangeOf(names.at(wait.site))),
  };

  function message(): string {
    const tasks = deadlock.waits.map((wait) => names.task(wait.task));
    if (upgraded !== undefined) return words.upgradeDeadlockMessage(tasks, upgraded);
    if (selfJoin) return words.selfJoinMessage(tasks[0]!);
    return self ? words.selfDeadlockMessage(tasks[0]!, target(only)) : words.deadlockMessage(deadlock.cyclic, tasks);
  }

  function why(): string[] {
    if (upgraded !== undefined) return [words.upgradeDeadlockWhy(upgraded, deadlock.waits.length > 1), words.upgradeRepair(upgraded)];
    if (selfJoin) return [words.selfJoinWhy, words.selfJoinRepair];
    return [self ? words.selfDeadlockWhy(target(only)) : words.deadlockWhy(deadlock.cyclic, deadlock.complete), words.deadlockRepair(deadlock.cyclic, locks, self)];
  }
}

/** The lock that all tasks of a deadlock hold for reading and ask for writing. */
function upgradeOf({ waits }: DeadlockFinding): number | undefined {
  const object = waits[0]?.object;
  const upgrades = waits.every((wait) => wait.waitFor === WaitFor.WriteLock && wait.object === object && wait.holds.some((lock) => lock.object === object && lock.mode === "read"));
  return upgrades ? object : undefined;
}

function describeLockOrder(finding: LockOrderFinding, names: Names): LocatedFinding {
  const { words } = names;
  const locks = [...new Set(finding.steps.map((step) => step.second))].map((lock) => names.object(lock));
  return {
    kind: "lock-order",
    id: finding.id,
    message: words.lockOrderMessage(locks),
    explanation: [
      ...finding.steps.map(({ task, first, second, secondSite }) => {
        const place = names.place(secondSite);
        const { text } = names.at(secondSite);
        return first === undefined ? words.lockOrderWriter(names.task(task), names.object(second), place, text) : words.lockOrderStep(names.task(task), names.object(second), names.object(first), place, text);
      }),
      words.lockOrderWhy,
      words.lockOrderRepair(locks),
    ],
    tasks: finding.steps.map((step) => step.task),
    cycle: finding.steps.map((step) => {
      const { file, line } = names.at(step.secondSite);
      return { task: step.task, waitsFor: names.object(step.second), heldBy: [...step.waitsFor], holds: step.holds.map((lock) => names.object(lock.object)), file, line };
    }),
    count: finding.count,
    events: finding.steps.map((step) => eventOf({ task: step.task, time: step.time, site: step.secondSite })),
    ranges: finding.steps.map((step) => rangeOf(names.at(step.secondSite))),
  };
}

function describeLostWakeup(finding: LostWakeupFinding, names: Names): LocatedFinding {
  const { words } = names;
  const { pattern, variable, notify, wait, woken, forEver, condition } = finding;
  const ms = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(1);
  const value = (of: number | undefined): string | undefined => (of === undefined ? undefined : names.value(of));
  const notifier = names.task(notify.task);
  const waiter = names.task(wait.task);
  const other = woken && names.task(woken.task);
  const notified = words.lostWakeupNotify(notifier, variable, names.place(notify.site), names.at(notify.site).text, ms(notify.time), other, value(finding.valueAtNotify));
  const waits = words.lostWakeupWait(waiter, variable, names.place(wait.site), names.at(wait.site).text, ms(wait.time), forEver, value(finding.expected));
  return {
    kind: "lost-wakeup",
    id: finding.id,
    message: words.lostWakeupMessage(pattern, variable, notifier, waiter, forEver),
    explanation: [
      ...(notify.time <= wait.time ? [notified, waits] : [waits, notified]),
      words.lostWakeupWhy(pattern, condition, finding.notifierHeld, other, waiter),
      words.lostWakeupRepair(pattern, condition, variable),
    ],
    variable,
    tasks: [...finding.tasks],
    count: finding.count,
    events: [notify, wait].map(eventOf),
    ranges: [notify, wait].map((step) => rangeOf(names.at(step.site))),
  };
}

function describeMisuse(finding: LockMisuseFinding, names: Names): LocatedFinding {
  const { words } = names;
  const task = names.task(finding.task);
  const lock = names.object(finding.object);
  const place = names.place(finding.site);
  const { text } = names.at(finding.site);
  const holder = finding.holder === undefined ? undefined : names.task(finding.holder);
  const base = { kind: "lock-misuse" as const, id: finding.id, tasks: [finding.task], count: finding.count, events: [eventOf(finding)], ranges: [rangeOf(names.at(finding.site || names.madeAt(finding.object)))] };
  switch (finding.misuse) {
    case "held-at-end":
      return { ...base, message: words.heldAtEndMessage(task, lock), explanation: [words.heldAtEndWhy(task, lock, place), words.heldAtEndRepair(...pairing(lock, finding.mode))] };
    case "holder-died":
      return {
        ...base,
        message: words.holderDiedMessage(task, lock, finding.killed),
        explanation: [words.holderDiedWhy(task, lock, place, finding.others.map((other) => names.task(other))), words.holderDiedRepair(...pairing(lock, finding.mode), finding.killed)],
        tasks: [finding.task, ...finding.others],
      };
    case "not-owner":
      // Of an older trace the error is all that is known.
      if (finding.failure) {
        return { ...base, message: words.notOwnerError(task, finding.failure.error), explanation: [words.notOwnerWhy, words.notOwnerRepair], ranges: failureRange(finding.failure) };
      }
      return {
        ...base,
        message: words.notOwnerMessage(task, lock, finding.mode, holder),
        explanation: [words.notOwnerStep(task, place, text), words.notOwnerWhy, words.notOwnerRepair],
      };
    case "wait-without-mutex": {
      const mutex = names.object(names.mutexOf(finding.object));
      return {
        ...base,
        message: words.waitWithoutMutexMessage(task, lock, mutex, holder),
        explanation: [words.notOwnerStep(task, place, text), words.waitWithoutMutexWhy(lock, mutex), words.waitWithoutMutexRepair(lock, mutex)],
      };
    }
    case "upgrade":
      return {
        ...base,
        message: words.upgradeMessage(task, lock),
        explanation: [words.upgradeStep(task, lock, place, text), words.upgradeWhy(lock), words.upgradeRepair(lock)],
      };
  }
}

/** What pairs a lock with its unlock: a function around a body, and a guard. */
function pairing(lock: string, mode: LockMisuseFinding["mode"]): [string, string] {
  if (mode === "read") return [`${lock}.withRead`, `${lock}.readGuard`];
  return mode === "write" ? [`${lock}.withWrite`, `${lock}.writeGuard`] : [`${lock}.withLock`, `${lock}.guard`];
}

function describeCrash(finding: CrashFinding, names: Names): LocatedFinding {
  const { words } = names;
  const { failure } = finding;
  const task = names.task(finding.task);
  const detail = failure.signal ?? (failure.exitCode === undefined ? "" : String(failure.exitCode));
  const assertion = finding.kind === "assertion-failed";
  const missing = /^ReferenceError: (\w+) is not defined$/.exec(failure.error)?.[1];
  const repair = missing !== undefined && names.isApi(missing) ? words.crashImport(missing) : words.crashRepair(failure.cause, crashedTask(finding));
  // Only an error of a spawned task ends nothing but this task: main, a full memory or a signal may take others along.
  const alone = finding.task !== 0 && (failure.cause === "exception" || failure.cause === "rejection");
  return {
    kind: finding.kind,
    id: finding.id,
    message: assertion ? words.assertionMessage(task, failure.error) : words.crashMessage(task, failure.error),
    explanation: [
      words.crashCause(failure.cause, detail),
      ...(failure.stack === undefined ? [] : [names.stack(failure.stack)]),
      ...(assertion ? [] : [...(alone ? [words.crashOthers] : []), repair]),
    ],
    tasks: [finding.task],
    count: 1,
    events: [eventOf(finding)],
    ranges: failureRange(failure),
  };
}

function crashedTask({ task, failure }: CrashFinding): CrashedTask {
  if (task !== 0) return "spawned";
  return failure.error.startsWith("TaskCrashed") ? "main-by-join" : "main";
}

function failureRange(failure: CrashFinding["failure"] | undefined): LocatedFinding["ranges"] {
  if (failure?.file === undefined || failure.line === undefined) return [];
  const { file, line, column = 1 } = failure;
  return [{ file, line, column, endLine: line, endColumn: column + 1 }];
}
