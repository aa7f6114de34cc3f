import { EndReason, Kind } from "../trace";
import type { LockMisuseFinding } from "./findings";
import type { Analysed, Observer, SyncEvent } from "./observer";

/** Locks that a task still holds when it ends in order. */
export class HeldAtEnd implements Observer {
  changed = false;
  readonly kinds = [Kind.TaskEnd];
  private readonly found: LockMisuseFinding[] = [];

  constructor(private readonly analysed: Analysed) {}

  before({ id, task, a: reason }: SyncEvent): void {
    if (reason !== EndReason.Finished) return;
    for (const { mode, object, site, time } of this.analysed.lockSets.holds(task)) {
      if (mode === "permit") continue;
      this.found.push({ kind: "lock-misuse", id: `held-at-end ${id} ${object}`, misuse: "held-at-end", task: id, object, site, time, failure: undefined, count: 1 });
      this.changed = true;
    }
  }

  findings(): readonly LockMisuseFinding[] {
    return this.found;
  }
}
