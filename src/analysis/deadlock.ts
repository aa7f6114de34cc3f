import { WaitFor, waitsForObject } from "../trace";
import type { DeadlockFinding, DeadlockWait, TakenLock } from "./findings";
import type { WaitState, Waiting } from "./wait-state";

/** Finds tasks that wait for ever, at the moment when the last of them begins to. */
export class DeadlockDetector {
  readonly found: DeadlockFinding[] = [];

  constructor(
    private readonly state: WaitState,
    private readonly holds: (task: number) => readonly TakenLock[],
    private readonly variableAt: (task: number, address: number) => string,
  ) {}

  /**
   * Whether a cycle of locks and joins closes at this task, others running or not. Each task of the cycle is blocked and has
   * told all that it did before, so the cycle is there whatever else is on its way.
   */
  cycleFrom(task: number, time: number): DeadlockFinding | undefined {
    const cycle = this.search(task, false);
    return cycle && this.report(cycle, true, false, time);
  }

  /**
   * Every task that lives waits, and nothing that has happened can end any of these waits: the run can't go on. To be
   * asked only when no synchronization event is missing.
   */
  complete(time: number, quiet: boolean): DeadlockFinding | undefined {
    const live = this.state.liveTasks();
    if (live.size === 0) return undefined;
    for (const task of live) {
      const wait = this.state.waiting(task);
      if (!wait || this.state.satisfiable(task, wait, quiet)) return undefined;
    }
    const inCycle = new Set<number>();
    let first: DeadlockFinding | undefined;
    for (const task of live) {
      const cycle = inCycle.has(task) ? undefined : this.wholeCycle(task);
      if (!cycle) continue;
      for (const member of cycle) inCycle.add(member);
      const finding = this.report(cycle, true, true, time);
      first ??= finding;
    }
    if (inCycle.size > 0) return first;
    return this.report([...live].sort((x, y) => x - y), false, true, time);
  }

  /**
   * Where all tasks that wait do so for ever: the others, which may have nothing left to do but not told so. One whose own tasks may still
   * do something is not among them.
   */
  undecided(parentOf: (task: number) => number | undefined): number[] {
    const live = this.state.liveTasks();
    const open = new Set<number>();
    for (const task of live) {
      const wait = this.state.waiting(task);
      if (!wait) open.add(task);
      else if (this.state.satisfiable(task, wait, true)) return [];
    }
    const ancestors = new Set<number>();
    for (const task of open) {
      for (let at = parentOf(task); at !== undefined && !ancestors.has(at); at = parentOf(at)) ancestors.add(at);
    }
    return [...open].filter((task) => !ancestors.has(task));
  }

  /** A cycle through `start` where nobody runs. Any of several holders could give back a permit: all that are in the knot belong to it. */
  private wholeCycle(start: number): number[] | undefined {
    const cycle = this.search(start, true);
    if (!cycle?.some((task) => this.state.waiting(task)?.waitFor === WaitFor.Permits)) return cycle;
    const members = new Set(cycle);
    for (const member of members) {
      const wait = this.state.waiting(member);
      for (const holder of wait ? this.state.holders(wait) : []) if (this.search(holder, true)) members.add(holder);
    }
    return [...members];
  }

  /**
   * A cycle through `start`: each task in it waits for the next. While others run (`complete` false), only waits count that
   * nobody outside the cycle can end: a semaphore's permit may come from anybody.
   */
  private search(start: number, complete: boolean): number[] | undefined {
    const path: number[] = [];
    const done = new Set<number>();
    const visit = (task: number): number[] | undefined => {
      if (task === start && path.length > 0) return [...path];
      if (done.has(task)) return undefined;
      done.add(task);
      const wait = this.state.waiting(task);
      if (!wait || wait.timeout >= 0 || !this.definite(wait, complete)) return undefined;
      path.push(task);
      for (const holder of this.state.holders(wait)) {
        const cycle = visit(holder);
        if (cycle) return cycle;
      }
      path.pop();
      return undefined;
    };
    return this.withUpgraders(visit(start));
  }

  /** Who reads and waits to write waits for itself and for all others that do so: they belong together, whoever came first. */
  private withUpgraders(cycle: number[] | undefined): number[] | undefined {
    const wait = cycle && this.state.waiting(cycle[0]!);
    if (wait?.waitFor !== WaitFor.WriteLock) return cycle;
    const readers = this.state.holders(wait);
    if (!readers.includes(cycle![0]!)) return cycle;
    return readers.filter((reader) => {
      const other = this.state.waiting(reader);
      return other?.waitFor === WaitFor.WriteLock && other.object === wait.object && other.timeout < 0;
    });
  }

  /** Whether only its holders can end a wait. */
  private definite(wait: Waiting, complete: boolean): boolean {
    switch (wait.waitFor) {
      case WaitFor.Lock:
      case WaitFor.WriteLock:
      case WaitFor.Join:
        return true;
      case WaitFor.ReadLock:
        return complete || this.state.writeHeld(wait.object);
      case WaitFor.Permits:
        return complete;
      case WaitFor.Condition:
      case WaitFor.Barrier:
      case WaitFor.Latch:
      case WaitFor.Message:
      case WaitFor.QueueSpace:
      case WaitFor.AtomicValue:
      case WaitFor.StreamData:
      case WaitFor.Connection:
      case WaitFor.MemoryValue:
      case WaitFor.Event:
        return false;
    }
    return false;
  }

  private report(tasks: readonly number[], cyclic: boolean, complete: boolean, time: number): DeadlockFinding | undefined {
    const waits = tasks.flatMap((task): DeadlockWait[] => {
      const wait = this.state.waiting(task);
      if (!wait) return [];
      return [
        {
          task,
          waitFor: wait.waitFor,
          object: waitsForObject(wait.waitFor) ? wait.object : undefined,
          argument: wait.waitFor === WaitFor.MemoryValue ? wait.object : wait.argument,
          variable: wait.waitFor === WaitFor.MemoryValue ? this.variableAt(task, wait.object) : undefined,
          heldBy: this.state.holders(wait),
          holds: this.holds(task),
          site: wait.site,
          since: wait.since,
        },
      ];
    });
    const id = `deadlock ${[...tasks].sort((x, y) => x - y).join(",")}`;
    const at = this.found.findIndex((known) => known.id === id);
    const known = at < 0 ? undefined : this.found[at];
    if (known && (known.complete || !complete)) return undefined;
    const moment = Math.max(time, ...waits.map((wait) => wait.since));
    const finding: DeadlockFinding = { kind: "deadlock", id, waits, cyclic, complete, time: known?.time ?? moment, count: 1 };
    // What was told of some of them alone is in it.
    for (let i = this.found.length - 1; at < 0 && i >= 0; i--) if (this.found[i]!.waits.every((wait) => tasks.includes(wait.task))) this.found.splice(i, 1);
    if (at < 0) this.found.push(finding);
    else this.found[at] = finding;
    return finding;
  }
}
