import { AtomicOp, WaitFor } from "../trace";
import { joinClock, type Clock } from "./clocks";
import type { AccessEvent, Analysed, SyncEvent } from "./observer";

/** A read in a loop that waits: the loop may end with it, or go on. */
interface Look {
  /** The Atomic, or the slot as a negative number. */
  readonly place: number;
  /** What comes before the write that it reads. */
  readonly written: Clock;
}

/**
 * What tasks wait for in loops: until an Atomic has been stored, or a variable under the mutex of a condition has been set. That the writer comes
 * first is no accident of the run, though clocks know of the Atomic or the mutex only, and whether or not the task came early enough to wait.
 */
export class Awaited {
  /** By dense task. */
  private readonly waited: Clock[] = [];
  private readonly looks: (Look | undefined)[] = [];
  /** Slot → the latest write: task and time. */
  private readonly writers: number[] = [];
  private readonly writtenAt: number[] = [];

  constructor(private readonly analysed: Analysed) {}

  access({ task, slot, write, site }: AccessEvent): void {
    if (write) {
      this.writers[slot] = task;
      this.writtenAt[slot] = this.analysed.clocks.now(task);
      return;
    }
    if (!this.analysed.sites.awaits(site)) return;
    const writer = this.writers[slot];
    const written: Clock = [];
    if (writer !== undefined && writer !== task) {
      while (written.length < writer) written.push(0);
      written.push(this.writtenAt[slot]!);
    }
    this.looked(task, -1 - slot, written);
  }

  atomic({ task, word1, site, a: op }: SyncEvent): void {
    if (op !== Number(AtomicOp.WaitLoad) && !(op === Number(AtomicOp.Load) && this.analysed.sites.awaits(site))) return;
    this.looked(task, word1, this.analysed.clocks.latestWrite(word1)?.weak.slice() ?? []);
  }

  blocks({ task, a: waitFor }: SyncEvent): void {
    // What the Atomic was is what the task waits to change.
    if (waitFor === Number(WaitFor.AtomicValue)) this.looks[task] = undefined;
  }

  /** All that has come before, because the task waited for it. */
  of(task: number): Clock {
    this.settle(task);
    return this.waited[task] ?? [];
  }

  /** Another look at the same place tells that the one before did not end the wait. */
  private looked(task: number, place: number, written: Clock): void {
    if (this.looks[task]?.place !== place) this.settle(task);
    this.looks[task] = { place, written };
  }

  private settle(task: number): void {
    const look = this.looks[task];
    if (!look) return;
    joinClock((this.waited[task] ??= []), look.written);
    this.looks[task] = undefined;
  }
}
