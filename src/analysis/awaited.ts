import { AtomicOp, WaitFor } from "../trace";
import { clockOf, joinClock, type Clock } from "./clocks";
import type { AccessEvent, Analysed, SyncEvent } from "./observer";

/** A read in a loop that waits: the loop may end with it, or go on. */
interface Look {
  /** The Atomic, or the slot as a negative number. */
  readonly place: number;
  /** What comes before the write that it reads. */
  readonly written: Clock;
  /** The task's own time. */
  readonly at: number;
}

/** From its own time `at` on, a task has waited for this much. */
interface Waited {
  readonly at: number;
  readonly clock: Clock;
}

/** Of a task; of more every second one is forgotten. */
const MAX_KEPT = 256;
/** Numbers in all clocks that are kept. */
const MAX_NUMBERS = 1 << 22;
const NONE: Clock = [];

/**
 * What tasks wait for in loops: until an Atomic has been stored, or a variable under the mutex of a condition has been set. That the writer comes
 * first is no accident of the run, though clocks know of the Atomic or the mutex only, and whether or not the task came early enough to wait.
 * So does all that the writer itself had waited for until then.
 */
export class Awaited {
  /** By dense task. */
  private readonly waited: Clock[] = [];
  private readonly kept: (Waited[] | undefined)[] = [];
  private numbers = 0;
  private readonly looks: (Look | undefined)[] = [];
  /** Slot → the latest write: task, time, and what came before it for other reasons. */
  private readonly writers: number[] = [];
  private readonly writtenAt: number[] = [];
  private readonly writtenAfter: Clock[] = [];
  /** By dense task: its weak clock, the same since it last met others. */
  private readonly weak: (Clock | undefined)[] = [];

  constructor(private readonly analysed: Analysed) {}

  access({ task, slot, write, site }: AccessEvent): void {
    if (write) {
      this.writers[slot] = task;
      this.writtenAt[slot] = this.analysed.clocks.now(task);
      this.writtenAfter[slot] = this.weak[task] ??= this.analysed.clocks.weak[task]!.slice();
      return;
    }
    if (!this.analysed.sites.awaits(site)) return;
    const writer = this.writers[slot];
    const written = writer === undefined || writer === task ? [] : this.writtenAfter[slot]!.slice();
    if (writer !== undefined && writer !== task) {
      while (written.length <= writer) written.push(0);
      written[writer] = this.writtenAt[slot]!;
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

  /** The task orders itself with others: its weak clock may be another from now on. */
  met(task: number): void {
    this.weak[task] = undefined;
  }

  /** All that has come before, because the task waited for it. */
  of(task: number): Clock {
    this.settle(task);
    return this.waited[task] ?? NONE;
  }

  /** At the end: adds to a clock of `owner` what those whom it comes after have waited for. */
  close(clock: Clock, owner: number): void {
    this.looks.forEach((_, task) => this.settle(task));
    for (let grown = true; grown; ) {
      grown = false;
      for (let task = 0; task < clock.length; task++) {
        // Of its own it has all already, and no more: a later wait may be in the same epoch.
        if (task === owner || clock[task] === 0) continue;
        const waited = this.kept[task]?.findLast(({ at }) => at <= clock[task]!);
        if (!waited || waited.clock.every((time, other) => time <= clockOf(clock, other))) continue;
        joinClock(clock, waited.clock);
        grown = true;
      }
    }
  }

  /** Another look at the same place tells that the one before did not end the wait. */
  private looked(task: number, place: number, written: Clock): void {
    if (this.looks[task]?.place !== place) this.settle(task);
    this.looks[task] = { place, written, at: this.analysed.clocks.now(task) };
  }

  private settle(task: number): void {
    const look = this.looks[task];
    if (!look) return;
    this.looks[task] = undefined;
    const waited = (this.waited[task] ??= []);
    if (look.written.every((time, other) => time <= clockOf(waited, other))) return;
    joinClock(waited, look.written);
    this.keep(task, { at: look.at, clock: waited.slice() });
  }

  private keep(task: number, waited: Waited): void {
    let kept = (this.kept[task] ??= []);
    if (kept.length >= MAX_KEPT) {
      for (let i = 0; i < kept.length; i += 2) this.numbers -= kept[i]!.clock.length;
      this.kept[task] = kept = kept.filter((_, i) => i % 2 === 1);
    }
    if (this.numbers + waited.clock.length > MAX_NUMBERS) return;
    this.numbers += waited.clock.length;
    kept.push(waited);
  }
}
