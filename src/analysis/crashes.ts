import { Kind, type TaskFailureMeta } from "../trace";
import type { CrashFinding, LockMisuseFinding } from "./findings";
import type { Observer, SyncEvent } from "./observer";

/** Tasks that did not end well, by their own telling. */
export class Crashes implements Observer {
  changed = false;
  private readonly failures = new Map<number, TaskFailureMeta>();
  private readonly endTimes = new Map<number, number>();
  private latest = 0;

  failed(failure: TaskFailureMeta): void {
    this.failures.set(failure.id, failure);
    this.changed = true;
  }

  before({ kind, id, time }: SyncEvent): void {
    if (time > this.latest && Number.isFinite(time)) this.latest = time;
    if (kind === Kind.TaskEnd) this.endTimes.set(id, time);
  }

  findings(): (CrashFinding | LockMisuseFinding)[] {
    const all = [...this.failures.values()];
    return all.flatMap((failure): (CrashFinding | LockMisuseFinding)[] => {
      const time = this.endTimes.get(failure.id) ?? this.latest;
      const task = failure.id;
      if (failure.error.startsWith("NotOwnerError")) {
        return [{ kind: "lock-misuse", id: `not-owner ${task}`, misuse: "not-owner", task, object: undefined, site: 0, time, failure, count: 1 }];
      }
      // A task that ended because it joined a crashed one: the crash itself is the finding.
      if (failure.error.startsWith("TaskCrashed") && all.some((other) => other !== failure && !other.error.startsWith("TaskCrashed"))) return [];
      const kind = failure.cause === "assertion" ? "assertion-failed" : "crash";
      return [{ kind, id: `${kind} ${task}`, task, failure, site: 0, time, count: 1 }];
    });
  }
}
