import type { WaitFor } from "../../trace";
import type { AccessEvidence, AtomicityFinding, HoldMode, LostWakeupFinding } from "../../analysis";
import type { Means } from "../contract";

/** The lock that most places hold, and the lines where it is not held. */
export interface DisciplineInWords {
  readonly lock: string;
  readonly held: number;
  readonly places: number;
  readonly lines: readonly number[];
}

/** The table that puts both modes beside each other. */
export interface ComparisonWords {
  title(runs: number): string;
  threads: string;
  processes: string;
  rows: Record<"duration" | "created" | "memory" | "cpu" | "voluntary" | "involuntary", string>;
  communication: string;
  finals: string;
  outcomes: string;
  crashes: string;
  crash(crashed: readonly string[], ended: readonly string[], wentOn: readonly string[], runs: number): string;
  findings: string;
  doesNotReach: string;
  /** Exchanges that did not come to their end. */
  failedExchange(mode: "threads" | "processes", runs: number, outcome: string, error: string): string;
  notTold: string;
  /** "3 of 5 runs" */
  ofRuns(count: number, runs: number): string;
  spread: string;
}

/** What the sentences of the report are made of; every language has all of them. Places are "file.ts:3:5". */
/** Nobody joins main; its error may be another task's, that join() has passed on. */
export type CrashedTask = "spawned" | "main" | "main-by-join";

export interface Words {
  list(items: readonly string[]): string;
  unknownPlace: string;
  locksHeld(locks: readonly string[]): string;
  readMode(lock: string): string;
  writeMode(lock: string): string;

  /** A cell of the table of steps: what a task does, without the task. */
  stepAccess(op: AccessEvidence["op"], variable: string, value: string): string;
  stepTakes(lock: string): string;
  stepWaits(what: string): string;
  stepNotifies(variable: string, woken: string | undefined): string;
  stepLine(line: number): string;

  raceMessage(variable: string, tasks: readonly string[], lines: readonly number[]): string;
  accessStep(task: string, op: AccessEvidence["op"], variable: string, value: string, place: string, text: string, locks: readonly string[]): string;
  /** `op` is the part of the site's work that was caught. */
  raceLoss(variable: string, read: string, first: string, wroteFirst: string, second: string, wroteSecond: string): string;
  raceNoProof(variable: string): string;
  raceReadWrite(variable: string): string;
  raceOrder(first: string, second: string): string;
  raceNoLocks: string;
  raceOneLock(task: string, locks: readonly string[], other: string): string;
  raceOtherLocks(first: string, firstLocks: readonly string[], second: string, secondLocks: readonly string[]): string;
  /** `held` of `places` places hold the lock; not those at `without`. */
  raceDiscipline(variable: string, lock: string, held: number, places: number, without: readonly string[]): string;
  raceRepair(lock: string | undefined, counter: boolean, atomics: boolean): string;

  lostUpdateMessage(variable: string, first: string, second: string): string;
  lostUpdateStep(task: string, wrote: boolean, variable: string, value: string, place: string, text: string): string;
  lostUpdateWhy(task: string, other: string, read: string, atomic: boolean): string;
  lostUpdateRepair(atomic: boolean): string;

  atomicityMessage(pattern: AtomicityFinding["pattern"], variable: string, actor: string, other: string): string;
  atomicityStep(task: string, op: AccessEvidence["op"], variable: string, value: string, place: string, text: string): string;
  /** `seen` is what the actor had read, `expected` what would have come out without the other's change. */
  atomicityWhy(pattern: AtomicityFinding["pattern"], variable: string, actor: string, other: string, seen: string, expected: string, atomic: boolean): string;
  atomicityRepair(pattern: AtomicityFinding["pattern"], variable: string, atomic: boolean): string;

  deadlockMessage(cyclic: boolean, tasks: readonly string[]): string;
  selfDeadlockMessage(task: string, lock: string): string;
  /** Of a task that waits for any event. */
  deadlockIdle(task: string): string;
  deadlockStep(task: string, waitsFor: string, heldBy: readonly string[], holds: readonly string[], place: string, text: string): string;
  deadlockWhy(cyclic: boolean, complete: boolean): string;
  selfDeadlockWhy(lock: string): string;
  /** Of a reader that locks for writing, alone or with others that do the same. */
  upgradeDeadlockMessage(tasks: readonly string[], lock: string): string;
  upgradeDeadlockWhy(lock: string, several: boolean): string;
  /** A task that joins itself. */
  selfJoinMessage(task: string): string;
  selfJoinWhy: string;
  selfJoinRepair: string;
  deadlockRepair(cyclic: boolean, locks: readonly string[], self: boolean): string;
  waitsFor(waitFor: WaitFor, object: string): string;

  lockOrderMessage(locks: readonly string[]): string;
  lockOrderStep(task: string, second: string, first: string, place: string, text: string): string;
  /** A task that waits to write while others read. */
  lockOrderWriter(task: string, lock: string, place: string, text: string): string;
  lockOrderWhy: string;
  lockOrderRepair(locks: readonly string[]): string;

  lostWakeupMessage(pattern: LostWakeupFinding["pattern"], variable: string, notifier: string, waiter: string, forEver: boolean): string;
  /** Milliseconds since the run began, as text. */
  lostWakeupNotify(notifier: string, variable: string, place: string, text: string, ms: string, woken: string | undefined, value: string | undefined): string;
  lostWakeupWait(waiter: string, variable: string, place: string, text: string, ms: string, forEver: boolean, expected: string | undefined): string;
  lostWakeupWhy(pattern: LostWakeupFinding["pattern"], condition: boolean, notifierHeld: boolean, woken: string | undefined, waiter: string): string;
  lostWakeupRepair(pattern: LostWakeupFinding["pattern"], condition: boolean, variable: string): string;

  heldAtEndMessage(task: string, lock: string): string;
  heldAtEndWhy(task: string, lock: string, place: string): string;
  /** `how`: "lock.withLock", `guard`: "lock.guard". */
  heldAtEndRepair(how: string, guard: string): string;
  /** A task died while it held a lock; `killed`: by another task. `others` were told. */
  holderDiedMessage(task: string, lock: string, killed: boolean): string;
  holderDiedWhy(task: string, lock: string, place: string, others: readonly string[]): string;
  holderDiedRepair(how: string, guard: string, killed: boolean): string;
  /** Of an older trace, which knows the error only. */
  notOwnerError(task: string, error: string): string;
  notOwnerMessage(task: string, lock: string, mode: HoldMode, holder: string | undefined): string;
  notOwnerStep(task: string, place: string, text: string): string;
  notOwnerWhy: string;
  notOwnerRepair: string;
  waitWithoutMutexMessage(task: string, condition: string, mutex: string, holder: string | undefined): string;
  waitWithoutMutexWhy(condition: string, mutex: string): string;
  waitWithoutMutexRepair(condition: string, mutex: string): string;
  upgradeMessage(task: string, lock: string): string;
  /** `place` and `text` are of the try. */
  upgradeStep(task: string, lock: string, place: string, text: string): string;
  upgradeWhy(lock: string): string;
  upgradeRepair(lock: string): string;

  crashMessage(task: string, error: string): string;
  crashCause(cause: "exception" | "rejection" | "exit" | "signal" | "out-of-memory" | "assertion", detail: string): string;
  crashOthers: string;
  /** Of what a snippet uses without having imported it. */
  crashImport(name: string): string;
  crashRepair(cause: "exception" | "rejection" | "exit" | "signal" | "out-of-memory" | "assertion", who: CrashedTask): string;
  assertionMessage(task: string, error: string): string;

  // The plain form of a report
  /** The analysis gave up. */
  exceeded: string;
  findings(n: number): string;
  nothingFound: string;
  /** How often a finding was seen: of a data race, pairs of accesses. */
  times(n: number, kind: string): string;
  /** `exitCode`: of main, where it is worth telling. */
  outcome(outcome: string, exitCode?: number): string;
  summary(mode: "threads" | "processes", outcome: string, tasks: number, milliseconds: number): string;
  variables: string;
  variableLine(name: string, value: string, reads: number, writes: number, guard: string | null, discipline: DisciplineInWords | undefined): string;
  syncObjects: string;
  /** `taken`: of locks and permits. Times are milliseconds as text. */
  syncLine(name: string, type: string, waits: number, waited: string, held: string, taken: number | undefined, longest: { readonly task: string; readonly ms: string; readonly line: number } | undefined): string;
  dropped(recorded: number, dropped: number): string;
  costs: string;
  /** A task of which nothing is known. */
  /** All but how long its creation took, where that is known. */
  costsNotTold(task: string, created: string | undefined): string;
  /** Figures as text; undefined: not told by this system. */
  costLine(task: string, created: string | undefined, memory: string | undefined, cpu: string | undefined, voluntary: number | undefined, involuntary: number | undefined): string;
  trafficLine(means: Means, sent: number, sentBytes: number | null, received: number, receivedBytes: number | null): string;
  means(means: Means): string;
  comparison: ComparisonWords;
  kind(kind: string): string;
  exploration(executions: number, complete: boolean): string;
}
