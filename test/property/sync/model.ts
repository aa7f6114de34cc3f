import assert from "node:assert/strict";
import fc from "fast-check";
import { Header, Op, Status } from "../../../src/sync";
import { World } from "../../unit/sync/world";

/** What a task got: its operation's result, or that of the wait it was in. Undefined numbers are not compared. */
export interface Got {
  readonly task: number;
  readonly status: Status;
  readonly value?: number | undefined;
  readonly extra?: number | undefined;
}

/** What a step must come to: the result for the task that took it, and for those that it woke, in order. */
export interface Expected {
  readonly own: Got;
  readonly woken: readonly Got[];
}

export interface Step {
  readonly task: number;
  readonly action: number;
  readonly arg: number;
  readonly mayWait: boolean;
}

/** The plain meaning of one kind of object, written without regard to how the machine does it. */
export interface Model {
  /** The operation that a step is, or undefined if the task can't do it now. */
  operation(step: Step): { op: Op; object: number; a: number; b?: number } | undefined;
  perform(task: number, op: Op, a: number, b: number, mayWait: boolean): Expected;
  timeOut(task: number): Expected;
  /** Who it wakes. */
  die(task: number): readonly Got[];
}

export const TASKS = 5;

/** Steps: most are operations; a waiting task can only give up; now and then one dies. */
export function steps(actions: number, mostArg: number): fc.Arbitrary<Step[]> {
  return fc.array(
    fc.record({ task: fc.nat(TASKS - 1), action: fc.nat(actions * 4), arg: fc.nat(mostArg), mayWait: fc.boolean() }),
    { maxLength: 60, size: "max" },
  );
}

/**
 * Lets a machine and its model take the same steps. Besides their results it checks that every number of the order of
 * events has gone to exactly one result: a gap would keep the analysis waiting.
 */
export function follow(world: World, model: Model, actions: number, taken: readonly Step[]): void {
  const { words } = world.arena;
  const dead = new Set<number>();
  for (const step of taken) {
    const { task } = step;
    if (dead.has(task)) continue;
    const before = words[Header.Seq]!;
    let expected: Expected | undefined;
    let own: Status | undefined;
    let operation: ReturnType<Model["operation"]>;
    const firstSeqs = Array.from({ length: TASKS }, (_, i) => world.outcome(i).firstSeq);
    if (step.action === actions * 4) {
      expected = { own: { task, status: Status.Done }, woken: model.die(task) };
      world.die(task);
      dead.add(task);
    } else if (world.waits(task)) {
      expected = model.timeOut(task);
      own = world.timeOut(task);
    } else {
      operation = model.operation(step);
      if (!operation) continue;
      const { op, object, a, b = 0 } = operation;
      expected = model.perform(task, op, a, b, step.mayWait);
      own = world.do(task, op, object, a, b, step.mayWait);
    }
    const told = (): string => JSON.stringify({ step, operation, expected });
    const woken = world.takeWoken();
    if (own !== undefined) compare(world, expected.own, own, told);
    check(woken.join(), expected.woken.map((got) => got.task).join(), told);
    for (const got of expected.woken) compare(world, got, world.outcome(got.task).status, told);
    const numbers: number[] = [];
    for (const who of own === undefined ? woken : [task, ...woken]) numbers.push(world.outcome(who).seq);
    for (let i = 0; i < TASKS; i++) if (world.outcome(i).firstSeq !== firstSeqs[i]) numbers.push(world.outcome(i).firstSeq);
    const fresh = new Set(numbers.filter((seq) => seq > before));
    // A death takes one for the task's end.
    check(fresh.size, words[Header.Seq]! - before - (dead.has(task) ? 1 : 0), told);
  }
}

function compare(world: World, expected: Got, status: Status, told: () => string): void {
  check(Status[status], Status[expected.status], told);
  const outcome = world.outcome(expected.task);
  if (expected.value !== undefined) check(outcome.value, expected.value, told);
  if (expected.extra !== undefined) check(outcome.extra, expected.extra, told);
}

function check(actual: unknown, expected: unknown, told: () => string): void {
  if (actual !== expected) assert.equal(actual, expected, told());
}

export function done(task: number, value?: number, extra?: number): Got {
  return { task, status: Status.Done, value, extra };
}

export function got(task: number, status: Status, value?: number): Got {
  return { task, status, value };
}

/** As an expectation that wakes nobody, unless told. */
export function only(own: Got, woken: readonly Got[] = []): Expected {
  return { own, woken };
}
