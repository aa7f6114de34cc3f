import assert from "node:assert/strict";
import type { Finding, Report } from "../../src/report/contract";

/** Throws an Error that says where the value is not what it should be. */
type Check = (value: unknown, at: string) => void;

function fail(at: string, expected: string, value: unknown): never {
  throw new assert.AssertionError({ message: `${at}: expected ${expected}, found ${JSON.stringify(value)?.slice(0, 200)}` });
}

const text: Check = (value, at) => typeof value === "string" || fail(at, "a text", value);
const words: Check = (value, at) => (typeof value === "string" && value.trim() !== "" && !/\[object Object\]|\{\d\}/.test(value)) || fail(at, "words for a person", value);
const flag: Check = (value, at) => typeof value === "boolean" || fail(at, "a boolean", value);
const amount: Check = (value, at) => (typeof value === "number" && Number.isFinite(value) && value >= 0) || fail(at, "a number from 0", value);
const integer: Check = (value, at) => Number.isSafeInteger(value) || fail(at, "an integer", value);
const whole: Check = (value, at) => (Number.isSafeInteger(value) && (value as number) >= 0) || fail(at, "an integer from 0", value);
const positive: Check = (value, at) => (Number.isSafeInteger(value) && (value as number) >= 1) || fail(at, "an integer from 1", value);
/** The segment of the operating system is in no process. */
const memory: Check = (value, at) => value === -1 || whole(value, at);
const anything: Check = () => {};
const only = (expected: unknown): Check => (value, at) => value === expected || fail(at, JSON.stringify(expected), value);
const oneOf = (...names: readonly string[]): Check => (value, at) => names.includes(value as string) || fail(at, names.join(" | "), value);
const orNull = (check: Check): Check => (value, at) => value === null || check(value, at);
const list = (check: Check, least = 0): Check => (value, at) => {
  if (!Array.isArray(value) || value.length < least) fail(at, `a list of at least ${least}`, value);
  value.forEach((item, i) => check(item, `${at}[${i}]`));
};
const record = (check: Check): Check => (value, at) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(at, "an object", value);
  for (const [key, item] of Object.entries(value)) check(item, `${at}.${key}`);
};

/** An object with these keys, those with a "?" behind their name not necessarily, and no others. */
function shape(fields: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) fail(at, "an object", value);
    const found = value as Record<string, unknown>;
    for (const [field, check] of Object.entries(fields)) {
      const key = field.replace("?", "");
      if (key in found) check(found[key], `${at}.${key}`);
      else if (key === field) fail(`${at}.${key}`, "to be there", undefined);
    }
    for (const key of Object.keys(found)) if (!(key in fields) && !(`${key}?` in fields)) fail(`${at}.${key}`, "not to be there", found[key]);
  };
}

const outcome = oneOf("completed", "crashed", "deadlocked", "timed-out", "out-of-memory", "killed", "not-compiled");
const mode = oneOf("threads", "processes");
const findingKind = oneOf("data-race", "lost-update", "atomicity-violation", "deadlock", "lock-order", "lost-wakeup", "lock-misuse", "assertion-failed", "crash");
const means = oneOf("shared-variable", "message-queue", "pipe", "socket", "shared-segment");
const spread = shape({ median: amount, least: amount, most: amount, samples: list(amount) });

const task = shape({
  id: whole,
  name: words,
  kind: oneOf("thread", "process"),
  pid: whole,
  parent: orNull(whole),
  space: whole,
  state: oneOf("finished", "crashed", "killed", "blocked"),
  started: amount,
  ended: orNull(amount),
  "error?": text,
});
const access = shape({ task: whole, op: oneOf("read", "write", "update"), atomic: flag, "value?": anything, locks: list(words), file: words, line: positive, column: positive, text });
const wait = shape({ task: whole, waitsFor: words, heldBy: list(whole), holds: list(words), file: words, line: positive });
const event = shape({ task: whole, time: amount, site: whole });
const range = shape({ file: words, line: positive, column: positive, endLine: positive, endColumn: positive });
const finding = shape({
  kind: findingKind,
  message: words,
  explanation: list(words, 1),
  "variable?": words,
  tasks: list(whole, 1),
  "accesses?": list(access, 1),
  "cycle?": list(wait, 1),
  count: positive,
  "schedule?": words,
  // What the panel gets beyond the contract.
  "id?": words,
  "events?": list(event),
  "ranges?": list(range),
  "steps?": list(shape({ task: whole, text: words, file: words, line: positive, column: positive }), 1),
  "harm?": oneOf("seen", "possible"),
});
const costs = shape({
  task: whole,
  createdInMs: orNull(amount),
  cpuUserMs: orNull(amount),
  cpuSystemMs: orNull(amount),
  memoryBytes: orNull(amount),
  voluntarySwitches: orNull(whole),
  involuntarySwitches: orNull(whole),
  communication: list(shape({ means, sent: whole, sentBytes: orNull(whole), received: whole, receivedBytes: orNull(whole) })),
});
const modeComparison = shape({
  outcomes: list(shape({ outcome, count: positive })),
  durationMs: orNull(spread),
  createdInMs: orNull(spread),
  memoryBytes: orNull(spread),
  cpuMs: orNull(spread),
  voluntarySwitches: orNull(spread),
  involuntarySwitches: orNull(spread),
  finals: list(shape({ name: words, values: list(shape({ value: anything, count: positive })) })),
  crashes: list(shape({ crashed: list(words), ended: list(words), wentOn: list(words), runs: positive })),
  findings: list(shape({ kind: findingKind, runs: positive })),
});
const exploration = shape({
  executions: whole,
  traces: whole,
  complete: flag,
  bound: orNull(words),
  outcomes: list(shape({ variables: record(anything), output: text, count: positive, schedule: text })),
});
const discipline = shape({ lock: words, held: positive, places: positive, without: list(shape({ file: words, line: positive, column: positive, text }), 1) });
const report = shape({
  schema: only(1),
  command: oneOf("run", "compare", "explore", "replay", "check"),
  file: words,
  mode,
  outcome,
  "exitCode?": integer,
  duration: amount,
  tasks: list(task),
  variables: list(shape({ name: words, space: memory, value: anything, reads: whole, writes: whole, guardedBy: orNull(words), "discipline?": discipline })),
  syncObjects: list(shape({ name: words, type: words, waits: whole, waitedMs: amount, heldMs: amount, "taken?": positive, "longestWait?": shape({ task: whole, ms: amount, file: words, line: positive, column: positive }) })),
  findings: list(finding),
  output: list(shape({ task: whole, stream: oneOf("stdout", "stderr"), text })),
  events: shape({ recorded: whole, dropped: whole }),
  "costs?": list(costs),
  "comparison?": shape({ runs: positive, threads: modeComparison, processes: modeComparison, communication: list(shape({ means, threads: orNull(spread), processes: orNull(spread) })) }),
  "exploration?": exploration,
  "grade?": shape({ passed: flag, points: whole, of: whole, feedback: list(words) }),
  "errors?": list(shape({ file: words, line: positive, column: positive, message: words })),
});

/** Evidence that each kind of finding is useless without. */
function checkEvidence({ kind, accesses, cycle, variable }: Finding, at: string): void {
  switch (kind) {
    case "data-race":
      if (accesses?.length !== 2 || variable === undefined) fail(at, "a variable and its two accesses", accesses);
      return;
    case "lost-update":
    case "atomicity-violation":
      if ((accesses?.length ?? 0) < 2 || variable === undefined) fail(at, "a variable and its accesses", accesses);
      return;
    case "deadlock":
    case "lock-order":
      if (!cycle) fail(at, "its cycle", cycle);
      return;
    case "lost-wakeup":
    case "lock-misuse":
    case "assertion-failed":
    case "crash":
      return;
  }
}

/**
 * Fails unless the report is what the contract says, to the last field, and sound in itself: tasks it names are there, times go
 * forwards, findings bring their evidence, texts have no holes.
 */
export function checkReport(told: Report): void {
  // What JSON makes of it is what others read.
  const read = JSON.parse(JSON.stringify(told)) as Report;
  report(read, "report");
  const ids = read.tasks.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "report.tasks: every id once");
  const there = (id: number, at: string): void => void (ids.includes(id) || fail(at, `a task of ${ids.join()}`, id));
  for (const { id, parent, started, ended } of read.tasks) {
    if (parent !== null) there(parent, `report.tasks of ${id}: parent`);
    if (ended !== null && ended < started) fail(`report.tasks of ${id}: ended`, `at least ${started}`, ended);
  }
  for (const [i, told] of read.findings.entries()) {
    const at = `report.findings[${i}]`;
    checkEvidence(told, at);
    for (const id of [...told.tasks, ...(told.accesses ?? []).map((one) => one.task), ...(told.cycle ?? []).flatMap((one) => [one.task, ...one.heldBy])]) there(id, at);
  }
  for (const [i, { task: id }] of read.output.entries()) there(id, `report.output[${i}]`);
  if (read.outcome === "deadlocked" && !read.findings.some(({ kind }) => kind === "deadlock")) fail("report.findings", "the deadlock", read.findings);
  if (read.outcome === "not-compiled" && (read.errors?.length ?? 0) === 0) fail("report.errors", "what does not compile", read.errors);
}
