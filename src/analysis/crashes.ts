import { Kind, type TaskFailureMeta } from "../trace";
import type { CrashFinding, LockMisuseFinding } from "./findings";
import type { Observer, SyncEvent } from "./observer";

/** Tasks that did not end well, by their own telling. */
export class Crashes implements Observer {
  changed = false;
  readonly kinds = [Kind.TaskEnd, Kind.NotOwner];
  private readonly failures = new Map<number, TaskFailureMeta>();
  private readonly endTimes = new Map<number, number>();
  /** When the failure was told, of tasks that no end is told of. */
  private readonly toldAt = new Map<number, number>();
  /** Tasks whose misuse of a lock the trace tells. */
  private readonly refused = new Set<number>();

  failed(failure: TaskFailureMeta, time: number): void {
    this.failures.set(failure.id, failure);
    this.toldAt.set(failure.id, time);
    this.changed = true;
  }

  before({ id, kind, time }: SyncEvent): void {
    if (kind === Kind.NotOwner) this.refused.add(id);
    else this.endTimes.set(id, time);
  }

  findings(): (CrashFinding | LockMisuseFinding)[] {
    const all = [...this.failures.values()];
    return all.flatMap((failure): (CrashFinding | LockMisuseFinding)[] => {
      const time = this.endTimes.get(failure.id) ?? this.toldAt.get(failure.id) ?? 0;
      const task = failure.id;
      if (failure.error.startsWith("NotOwnerError")) {
        // Where the trace tells of the misuse itself, that is the finding.
        if (this.refused.has(task)) return [];
        return [{ kind: "lock-misuse", id: `not-owner ${task}`, misuse: "not-owner", task, object: undefined, mode: "lock", site: 0, time, holder: undefined, killed: false, others: [], failure, count: 1 }];
      }
      // A task that ended because it joined a crashed one: the crash itself is the finding.
      if (failure.error.startsWith("TaskCrashed") && all.some((other) => other !== failure && !other.error.startsWith("TaskCrashed"))) return [];
      const kind = failure.cause === "assertion" ? "assertion-failed" : "crash";
      return [{ kind, id: `${kind} ${task}`, task, failure, site: 0, time, count: 1 }];
    });
  }
}
