import { EndReason, Kind, WaitFor, type TaskHeldMeta } from "../trace";
import type { HeldLock, LockMisuseFinding } from "./findings";
import type { Analysed, Observer, SyncEvent } from "./observer";

/** A lock that a task left behind when it did not end in order. */
interface Left {
  readonly finding: LockMisuseFinding;
  /** It crashed, or another task of the program killed it. */
  readonly certain: boolean;
}

const MAX_FOUND = 10_000;

/**
 * Locks that are used as they may not be: unlocked by who does not hold them, waited with without being held, held by who ends or dies,
 * asked for writing by who reads (as a try or with a time; without one it is a deadlock).
 */
export class LockMisuse implements Observer {
  changed = false;
  readonly kinds = [Kind.TaskEnd, Kind.Kill, Kind.TryFailed, Kind.GaveUp, Kind.NotOwner];
  private readonly found = new Map<string, LockMisuseFinding>();
  private readonly left: Left[] = [];
  /** Tasks that another task ended. */
  private readonly killed = new Set<number>();
  /** Lock → tasks that were told that its holder is dead. */
  private readonly harmed = new Map<number, Set<number>>();

  /** Task → locks that it is known to have died with, though it may not have told of all of them. */
  private readonly diedWithLocks = new Map<number, TaskHeldMeta[]>();

  constructor(private readonly analysed: Analysed) {}

  diedWith(lock: TaskHeldMeta): void {
    const others = this.diedWithLocks.get(lock.id);
    if (others) others.push(lock);
    else this.diedWithLocks.set(lock.id, [lock]);
  }

  before(event: SyncEvent): void {
    const { kind, word1, a, b } = event;
    switch (kind) {
      case Kind.TaskEnd:
        return this.ended(event);
      case Kind.Kill:
        this.killed.add(word1);
        return;
      case Kind.NotOwner:
        return this.notOwner(event);
      case Kind.GaveUp:
        if (b === 1 && isLock(a)) this.refused(event);
        if (b === 0) this.maybeUpgrade(event);
        return;
      case Kind.TryFailed:
        return this.maybeUpgrade(event);
      default:
        return;
    }
  }

  private ended({ id, task, time: end, a: reason }: SyncEvent): void {
    const holds = this.analysed.lockSets.holds(task);
    // Taken right before the death, and where is lost.
    const untold = (this.diedWithLocks.get(id) ?? []).filter(({ object }) => !holds.some((hold) => hold.object === object)).map(({ object, mode }) => ({ object, mode, site: 0, time: end }));
    for (const { mode, object, site, time } of [...holds, ...untold]) {
      // Who ends need not give a permit back: others may.
      if (mode === "permit") continue;
      const finished = reason === Number(EndReason.Finished);
      const finding: LockMisuseFinding = { ...NOTHING_MORE, id: `${finished ? "held-at-end" : "holder-died"} ${id} ${object}`, misuse: finished ? "held-at-end" : "holder-died", task: id, object, mode, site, time };
      if (finished) this.tell(finding);
      else {
        this.left.push({ finding: { ...finding, killed: this.killed.has(id) }, certain: reason === Number(EndReason.Crashed) || this.killed.has(id) });
        this.changed = true;
      }
    }
  }

  private refused({ id, word1 }: SyncEvent): void {
    let tasks = this.harmed.get(word1);
    if (!tasks) this.harmed.set(word1, (tasks = new Set()));
    tasks.add(id);
    this.changed = true;
  }

  private notOwner({ id, word1, site, time, a: did, b: holder }: SyncEvent): void {
    const waited = did === Number(WaitFor.Condition);
    const mode: HeldLock["mode"] = did === Number(WaitFor.ReadLock) ? "read" : did === Number(WaitFor.WriteLock) ? "write" : "lock";
    const misuse = waited ? "wait-without-mutex" : "not-owner";
    this.tell({ ...NOTHING_MORE, id: `${misuse} ${id} ${word1} ${site}`, misuse, task: id, object: word1, mode, site, time, holder: holder > 0 ? holder - 1 : undefined });
  }

  /** A try to lock for writing did not succeed: it can't, where the task itself reads. */
  private maybeUpgrade({ id, task, word1, site, time, a: waitFor }: SyncEvent): void {
    if (waitFor !== Number(WaitFor.WriteLock) || !this.analysed.lockSets.holds(task).some(({ object, mode }) => object === word1 && mode === "read")) return;
    this.tell({ ...NOTHING_MORE, id: `upgrade ${id} ${word1} ${site}`, misuse: "upgrade", task: id, object: word1, mode: "write", site, time });
  }

  private tell(finding: LockMisuseFinding): void {
    const known = this.found.get(finding.id);
    if (known) this.found.set(finding.id, { ...known, count: known.count + 1 });
    else if (this.found.size < MAX_FOUND) this.found.set(finding.id, finding);
    this.changed = true;
  }

  findings(): readonly LockMisuseFinding[] {
    // The end of a run ends tasks in whatever they do: then nobody asks for their locks.
    const died = this.left.flatMap(({ finding, certain }) => {
      const others = this.harmed.get(finding.object!);
      // Who unlocked it wrongly, and crashed of that, is told already.
      const told = [...this.found.values()].some(({ misuse, task, object }) => misuse === "not-owner" && task === finding.task && object === finding.object);
      return (certain || others) && !told ? [{ ...finding, others: [...(others ?? [])].sort((x, y) => x - y) }] : [];
    });
    return [...this.found.values(), ...died];
  }
}

const NOTHING_MORE = { kind: "lock-misuse", holder: undefined, killed: false, others: [], failure: undefined, count: 1 } as const;

function isLock(waitFor: number): boolean {
  return waitFor === Number(WaitFor.Lock) || waitFor === Number(WaitFor.ReadLock) || waitFor === Number(WaitFor.WriteLock);
}
