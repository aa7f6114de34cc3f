import { EndReason, Kind, WaitFor, type ObjectType } from "../../../src/trace";
import { TraceBuilder } from "../../support/trace-builder";

export type Hold = "lock" | "read" | "write" | "permit";

/** One step of a task. `of`: which of LOCKS. */
export interface LockStep {
  readonly take: boolean;
  readonly of: number;
  readonly as: Hold;
}

export type LockModel = readonly (readonly LockStep[])[];

interface Lock {
  readonly type: ObjectType;
  readonly permits?: number;
}

export const LOCKS: readonly Lock[] = [{ type: "Mutex" }, { type: "SpinLock" }, { type: "ReadWriteLock" }, { type: "ReadWriteLock" }, { type: "Semaphore", permits: 1 }, { type: "Semaphore", permits: 2 }];

/** Where each task is, and whether it is in line to write: then readers that come later are behind it. */
interface State {
  readonly made: readonly number[];
  readonly inLine: readonly boolean[];
}

/** What a task does next: its step, or to get into the line of those who want to write. */
interface Move {
  readonly task: number;
  readonly asks: boolean;
}

const start = (model: LockModel): State => ({ made: model.map(() => 0), inLine: model.map(() => false) });

function heldBy(model: LockModel, { made }: State, of: number): Hold[] {
  return model.flatMap((steps, task) => {
    let hold: Hold | undefined;
    for (const step of steps.slice(0, made[task])) if (step.of === of) hold = step.take ? step.as : undefined;
    return hold ? [hold] : [];
  });
}

function moves(model: LockModel, state: State): Move[] {
  return model.flatMap((steps, task): Move[] => {
    const next = steps[state.made[task]!];
    if (!next) return [];
    if (!next.take) return [{ task, asks: false }];
    const holds = heldBy(model, state, next.of);
    const writersWait = state.inLine.some((waits, other) => waits && model[other]![state.made[other]!]!.of === next.of);
    switch (next.as) {
      case "lock":
        return holds.length === 0 ? [{ task, asks: false }] : [];
      case "permit":
        return holds.length < LOCKS[next.of]!.permits! ? [{ task, asks: false }] : [];
      case "read":
        return holds.every((hold) => hold === "read") && !writersWait ? [{ task, asks: false }] : [];
      case "write":
        if (holds.length === 0) return [{ task, asks: false }];
        return state.inLine[task] ? [] : [{ task, asks: true }];
    }
  });
}

function after({ made, inLine }: State, { task, asks }: Move): State {
  return {
    made: made.map((count, other) => (other === task && !asks ? count + 1 : count)),
    inLine: inLine.map((waits, other) => (other === task ? asks : waits)),
  };
}

const over = (model: LockModel, { made }: State): boolean => model.every((steps, task) => made[task] === steps.length);

/** Whether any interleaving ends with tasks that wait for ever: every state that can be reached is looked at. */
export function canDeadlock(model: LockModel): boolean {
  const seen = new Set<string>();
  const open = [start(model)];
  for (let state = open.pop(); state; state = open.pop()) {
    const key = `${state.made.join()} ${state.inLine.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const next = moves(model, state);
    if (next.length === 0 && !over(model, state)) return true;
    for (const move of next) open.push(after(state, move));
  }
  return false;
}

/** An interleaving to its end, or to where nobody can go on, with the trace of it; `choices` picks among those who can. */
export function run(model: LockModel, choices: readonly number[]): { builder: TraceBuilder; stuck: boolean } {
  const builder = new TraceBuilder();
  builder.task(0, "main", null);
  model.forEach((_, i) => builder.task(i + 1, `t${i + 1}`, 0));
  LOCKS.forEach(({ type, permits }, of) => builder.object(FIRST + of, type, `lock ${of}`, permits));
  builder.sync(0, Kind.TaskStart, 0, 0);
  model.forEach((_, i) => builder.sync(0, Kind.Spawn, 1, i + 1));
  builder.sync(0, Kind.TaskEnd, 0, 0, EndReason.Finished);
  model.forEach((_, i) => builder.sync(i + 1, Kind.TaskStart, 0, 0));
  let state = start(model);
  for (let i = 0; ; i++) {
    const possible = moves(model, state);
    if (possible.length === 0) break;
    const move = possible[choices[i % choices.length]! % possible.length]!;
    if (move.asks) block(builder, model, state, move.task);
    else record(builder, model, state, move.task);
    state = after(state, move);
  }
  const stuck = !over(model, state);
  model.forEach((steps, task) => {
    if (state.made[task] === steps.length) builder.sync(task + 1, Kind.TaskEnd, 0, 0, EndReason.Finished);
    else if (!state.inLine[task]) block(builder, model, state, task);
  });
  return { builder, stuck };
}

const FIRST = 10;
const siteOf = (task: number, at: number): number => 2 + task * 100 + at;
const TAKES: Readonly<Record<Hold, Kind>> = { lock: Kind.Lock, read: Kind.LockRead, write: Kind.LockWrite, permit: Kind.Acquire };
const GIVES: Readonly<Record<Hold, Kind>> = { lock: Kind.Unlock, read: Kind.UnlockRead, write: Kind.UnlockWrite, permit: Kind.Release };
const WAITS: Readonly<Record<Hold, WaitFor>> = { lock: WaitFor.Lock, read: WaitFor.ReadLock, write: WaitFor.WriteLock, permit: WaitFor.Permits };

function record(builder: TraceBuilder, model: LockModel, { made }: State, task: number): void {
  const { take, of, as } = model[task]![made[task]!]!;
  builder.sync(task + 1, (take ? TAKES : GIVES)[as], siteOf(task, made[task]!), FIRST + of, as === "permit" ? 1 : 0);
}

function block(builder: TraceBuilder, model: LockModel, { made }: State, task: number): void {
  const { of, as } = model[task]![made[task]!]!;
  builder.sync(task + 1, Kind.Block, siteOf(task, made[task]!), FIRST + of, WAITS[as], -1, as === "permit" ? 1 : 0);
}
