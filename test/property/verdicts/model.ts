import { AtomicOp, EndReason, Kind } from "../../../src/trace";
import { TraceBuilder } from "../../support/trace-builder";

/** One step of a task of a model program. `of`: which lock, variable or Atomic. */
export interface Step {
  readonly op: "lock" | "unlock" | "read" | "write" | "load" | "store" | "add";
  readonly of: number;
}

export type Model = readonly (readonly Step[])[];

/** Which task makes each step, in order. */
export type Interleaving = readonly number[];

/** The owner of each lock when each task has made so many steps. */
function owners(model: Model, made: readonly number[]): Map<number, number> {
  const held = new Map<number, number>();
  model.forEach((steps, task) => {
    const own = new Set<number>();
    for (const { op, of } of steps.slice(0, made[task])) {
      if (op === "lock") own.add(of);
      else if (op === "unlock") own.delete(of);
    }
    for (const lock of own) held.set(lock, task);
  });
  return held;
}

/** The tasks that can make their next step. */
export function enabled(model: Model, made: readonly number[]): number[] {
  const held = owners(model, made);
  return model.flatMap((steps, task) => {
    const next = steps[made[task]!];
    return next && !(next.op === "lock" && held.has(next.of)) ? [task] : [];
  });
}

/** Whether any interleaving at all ends with tasks that wait for ever: every state that can be reached is looked at. */
export function canDeadlock(model: Model): boolean {
  const seen = new Set<string>();
  const open = [model.map(() => 0)];
  for (let made = open.pop(); made; made = open.pop()) {
    const key = made.join();
    if (seen.has(key)) continue;
    seen.add(key);
    const next = enabled(model, made);
    if (next.length === 0 && model.some((steps, task) => made![task]! < steps.length)) return true;
    for (const task of next) open.push(made.map((count, other) => (other === task ? count + 1 : count)));
  }
  return false;
}

/** An interleaving to its end, or to where nobody can go on; `choices` picks among those who can. */
export function interleave(model: Model, choices: readonly number[]): { order: Interleaving; stuck: boolean } {
  const made = model.map(() => 0);
  const order: number[] = [];
  for (let i = 0; ; i++) {
    const next = enabled(model, made);
    if (next.length === 0) return { order, stuck: model.some((steps, task) => made[task]! < steps.length) };
    const task = next[choices[i % choices.length]! % next.length]!;
    order.push(task);
    made[task]!++;
  }
}

/**
 * The places in which an update was lost: two tasks have read the same instance of a value (the same write of it) and each went on
 * to write, without another access of its own between.
 */
export function lostUpdates(model: Model, order: Interleaving): Set<string> {
  const made = model.map(() => 0);
  const version = new Map<string, number>();
  /** Place and task → the version that the task's latest access has read. */
  const base = new Map<string, number | undefined>();
  /** Place and version → who has updated it. */
  const updated = new Map<string, number>();
  const lost = new Set<string>();
  order.forEach((task, n) => {
    const { op, of } = model[task]![made[task]!++]!;
    if (op === "lock" || op === "unlock") return;
    const place = op === "read" || op === "write" ? `x${of}` : `a${of}`;
    const current = version.get(place) ?? -1;
    const key = `${place} ${task}`;
    if (op === "read" || op === "load") {
      base.set(key, current);
      return;
    }
    const from = op === "add" ? current : base.get(key);
    base.set(key, undefined);
    version.set(place, n);
    if (from === undefined) return;
    const instance = `${place} ${from}`;
    const first = updated.get(instance);
    if (first !== undefined && first !== task) lost.add(place);
    updated.set(instance, first ?? task);
  });
  return lost;
}

const ADDRESS = 64;
const LOCKS = 10;
const ATOMICS = 20;

/** The trace that a run of this interleaving records. Every write brings a value of its own. */
export function record(model: Model, order: Interleaving): TraceBuilder {
  const builder = new TraceBuilder();
  builder.task(0, "main", null);
  model.forEach((_, i) => builder.task(i + 1, `t${i + 1}`, 0));
  for (let i = 0; i < 4; i++) {
    builder.object(LOCKS + i, "Mutex", `m${i}`);
    builder.object(ATOMICS + i, "Atomic", `a${i}`, 0);
    builder.variable(ADDRESS + 8 * i, `x${i}`);
  }
  builder.sync(0, Kind.TaskStart, 0, 0);
  model.forEach((_, i) => builder.sync(0, Kind.Spawn, 1, i + 1));
  model.forEach((_, i) => builder.sync(i + 1, Kind.TaskStart, 0, 0));
  const made = model.map(() => 0);
  const values = new Map<string, number>();
  order.forEach((task, n) => {
    const at = made[task]!++;
    const { op, of } = model[task]![at]!;
    const site = 2 + task * 100 + at;
    const place = op === "read" || op === "write" ? `x${of}` : `a${of}`;
    const before = values.get(place) ?? 0;
    const after = 1000 + n;
    switch (op) {
      case "lock":
        builder.sync(task + 1, Kind.Lock, site, LOCKS + of);
        return;
      case "unlock":
        builder.sync(task + 1, Kind.Unlock, site, LOCKS + of);
        return;
      case "read":
        builder.access(task + 1, Kind.Read8, site, ADDRESS + 8 * of, before);
        return;
      case "write":
        builder.access(task + 1, Kind.Write8, site, ADDRESS + 8 * of, after);
        break;
      case "load":
        builder.sync(task + 1, Kind.Atomic, site, ATOMICS + of, AtomicOp.Load, before, before);
        return;
      case "store":
        builder.sync(task + 1, Kind.Atomic, site, ATOMICS + of, AtomicOp.Store, before, after);
        break;
      case "add":
        builder.sync(task + 1, Kind.Atomic, site, ATOMICS + of, AtomicOp.Add, before, after);
        break;
    }
    values.set(place, after);
  });
  model.forEach((steps, i) => {
    if (made[i] === steps.length) builder.sync(i + 1, Kind.TaskEnd, 0, 0, EndReason.Finished);
  });
  return builder;
}
