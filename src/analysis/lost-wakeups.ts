import { AtomicOp, Kind, WaitFor, spaceOf } from "../trace";
import { ByPlace } from "./by-place";
import type { LostWakeupFinding, WakeupStep } from "./findings";
import type { AccessEvent, Analysed, Observer, Progress, SyncEvent } from "./observer";

interface Notify extends WakeupStep {
  readonly seq: number;
  /** Of an Atomic, at that moment. */
  readonly value: number | undefined;
  /** Of a condition: whether the notifier held the mutex. */
  readonly held: boolean;
}

interface Wait extends WakeupStep {
  /** What an Atomic's wait waits for to change. */
  readonly expected: number;
  readonly forEver: boolean;
  /** The notify that was meant for it, as far as can be told, and came before. */
  lost: Notify | undefined;
  /** A notify that woke another task while this one waited, too. */
  passedOver: Wake | undefined;
}

/** A notify and a task that it woke. */
interface Wake {
  readonly notify: Notify;
  readonly woken: WakeupStep;
  /** The task has waited again without having changed anything. */
  unused: boolean;
}

/** A condition, an Atomic, or an element that Atomics.wait waits on. */
interface Target {
  readonly object: number | undefined;
  readonly space: number;
  readonly address: number;
  value: number | undefined;
  /** The latest notify that woke nobody. */
  empty: Notify | undefined;
  /** The latest that woke somebody, and the latest task that it woke. */
  waking: Notify | undefined;
  wake: Wake | undefined;
  readonly waits: Map<number, Wait>;
  /** Task → number of its latest operation on it; and of the end of its latest wait. */
  readonly operations: Map<number, number>;
  readonly ended: Map<number, number>;
  /** Task → its latest comparison of a wait, that has not begun to sleep. */
  readonly compared: Map<number, number>;
}

const MAX_TARGETS = 100_000;
const MAX_FOUND = 10_000;
/** Comparisons that are remembered, since a waitAsync may have begun with them. */
const MAX_COMPARED = 1_000;

/**
 * Lost wakeups. A notify that wakes nobody is normal: whoever comes later looks first, and need not wait. It is lost where a task
 * then waits for ever, or until its time is over, without having looked at anything shared since that notify. Of an Atomic's wait,
 * which compares by itself, where the value is as it was at the notify, or has been another in between. Also lost is a notify
 * that woke a task which could do nothing with it and waits again, while another waits for ever.
 */
export class LostWakeups implements Observer {
  changed = false;
  readonly kinds = [
    Kind.Lock,
    Kind.LockRead,
    Kind.LockWrite,
    Kind.Acquire,
    Kind.Unlock,
    Kind.Receive,
    Kind.Atomic,
    Kind.MemoryAtomic,
    Kind.Block,
    Kind.GaveUp,
    Kind.ConditionNotify,
    Kind.AtomicNotify,
    Kind.MemoryNotify,
    Kind.ConditionWake,
    Kind.AtomicWake,
    Kind.MemoryWake,
  ];
  private readonly targets = new ByPlace<Target>(MAX_TARGETS, (object, space, address) => ({
    object,
    space,
    address,
    value: object === undefined ? undefined : this.analysed.objects.get(object)?.initial,
    empty: undefined,
    waking: undefined,
    wake: undefined,
    waits: new Map(),
    operations: new Map(),
    ended: new Map(),
    compared: new Map(),
  }));
  private readonly timedOut = new Map<string, LostWakeupFinding>();
  /** By task: number of its latest synchronization event told here; of the latest before a read of something shared; whether it wrote since it was woken. */
  private readonly latest: number[] = [];
  private readonly looked: number[] = [];
  private readonly wrote: boolean[] = [];
  /** By task: number of its latest release of a mutex by a condition's wait. */
  private readonly released: number[] = [];
  /** By number: comparisons after a notify that was in vain. A waitAsync, which no Block tells of, is known by that number when it ends. */
  private readonly comparedLate = new Map<number, Wait>();

  constructor(private readonly analysed: Analysed) {}

  access({ task, write }: AccessEvent): void {
    if (write) this.wrote[task] = true;
    else this.looked[task] = this.latest[task] ?? 0;
  }

  before(event: SyncEvent): void {
    const { kind, task, id, word1, site, time, seq, a, b, c } = event;
    const step = { task: id, site, time };
    switch (kind) {
      case Kind.Lock:
      case Kind.LockRead:
      case Kind.LockWrite:
      case Kind.Acquire:
      case Kind.Receive:
        this.latest[task] = seq;
        return;
      case Kind.Unlock:
        if (a === 1) this.released[task] = seq;
        return;
      case Kind.Atomic:
        this.operation(this.target(word1, false, task), task, a, seq, c, step);
        return;
      case Kind.MemoryAtomic:
        this.operation(this.target(word1, true, task), task, a & 0xff, seq, c, step);
        return;
      case Kind.ConditionNotify:
      case Kind.AtomicNotify:
        this.notified(this.target(word1, false, task), event, step);
        return;
      case Kind.MemoryNotify:
        this.notified(this.target(word1, true, task), event, step);
        return;
      case Kind.ConditionWake:
      case Kind.AtomicWake:
        this.woken(this.target(word1, false, task), task, step, seq);
        return;
      case Kind.MemoryWake:
        this.woken(this.target(word1, true, task), task, step, seq);
        return;
      case Kind.Block:
        if (waits(a)) this.begins(this.target(word1, a === Number(WaitFor.MemoryValue), task), task, step, a, b, c);
        return;
      case Kind.GaveUp:
        if (waits(a)) this.gaveUp(this.target(word1, a === Number(WaitFor.MemoryValue), task), task, seq, b === 0, c);
        return;
      default:
        return;
    }
  }

  private target(word1: number, memory: boolean, task: number): Target | undefined {
    return memory ? this.targets.element(spaceOf(this.analysed.tasks.list[task]!.space, word1), word1) : this.targets.object(word1);
  }

  private operation(target: Target | undefined, task: number, op: AtomicOp, seq: number, after: number, step: WakeupStep): void {
    this.latest[task] = seq;
    if (op !== AtomicOp.WaitLoad) this.looked[task] = seq;
    if (!target) return;
    target.value = after;
    if (op !== AtomicOp.WaitLoad) {
      this.wrote[task] ||= op !== AtomicOp.Load && op !== AtomicOp.CompareExchangeFailed;
      target.operations.set(task, seq);
      return;
    }
    // The comparison before this one did not sleep: it found another value, and so it saw it.
    const before = target.compared.get(task);
    if (before !== undefined) target.operations.set(task, before);
    target.compared.set(task, seq);
    const lost = this.lostBefore(target, task, step.task, WaitFor.MemoryValue);
    if (!lost || target.object !== undefined) return;
    this.comparedLate.set(seq, { ...step, expected: after, forEver: false, lost, passedOver: undefined });
    const [oldest] = this.comparedLate.keys();
    if (this.comparedLate.size > MAX_COMPARED) this.comparedLate.delete(oldest!);
  }

  private notified(target: Target | undefined, { kind, task, seq, a: woken }: SyncEvent, step: WakeupStep): void {
    this.latest[task] = seq;
    if (!target) return;
    const mutex = target.object === undefined ? undefined : this.analysed.objects.get(target.object)?.mutex;
    const held = mutex !== undefined && this.analysed.lockSets.holds(task).some(({ object }) => object === mutex);
    const notify: Notify = { ...step, seq, value: kind === Kind.ConditionNotify ? undefined : target.value, held };
    if (woken > 0) {
      target.waking = notify;
      return;
    }
    target.empty = notify;
    // Threads tell that they wait before they sleep: this one came in between.
    if (kind === Kind.MemoryNotify) for (const wait of target.waits.values()) if (wait.expected === notify.value) wait.lost ??= notify;
  }

  private woken(target: Target | undefined, task: number, step: WakeupStep, seq: number): void {
    this.latest[task] = seq;
    this.wrote[task] = false;
    if (!target) return;
    target.waits.delete(task);
    target.ended.set(task, seq);
    if (!target.waking) return;
    target.wake = { notify: target.waking, woken: step, unused: false };
    for (const wait of target.waits.values()) wait.passedOver = target.wake;
  }

  private begins(target: Target | undefined, task: number, step: WakeupStep, waitFor: WaitFor, timeout: number, expected: number): void {
    if (!target) return;
    target.compared.delete(task);
    const { wake } = target;
    if (!this.wrote[task]) {
      for (const wait of target.waits.values()) if (wait.passedOver?.woken.task === step.task) wait.passedOver.unused = true;
      if (wake?.woken.task === step.task) wake.unused = true;
    }
    // That a task waits has no number, and may be told late: in line it has been since it released the mutex.
    const late = waitFor === WaitFor.Condition && wake && wake.woken.task !== step.task && wake.notify.seq > (this.released[task] ?? Infinity);
    target.waits.set(task, { ...step, expected, forEver: timeout < 0, lost: this.lostBefore(target, task, step.task, waitFor), passedOver: late ? wake : undefined });
  }

  private lostBefore(target: Target, task: number, id: number, waitFor: WaitFor): Notify | undefined {
    const { empty } = target;
    if (!empty || empty.task === id || (target.ended.get(task) ?? 0) > empty.seq) return undefined;
    const saw = waitFor === WaitFor.Condition ? (this.looked[task] ?? 0) : (target.operations.get(task) ?? 0);
    return saw > empty.seq ? undefined : empty;
  }

  private gaveUp(target: Target | undefined, task: number, seq: number, timedOut: boolean, compared: number): void {
    if (seq > 0) this.latest[task] = seq;
    const wait = compared > 0 ? this.comparedLate.get(compared) : target?.waits.get(task);
    if (!target || !wait) return;
    if (compared > 0) this.comparedLate.delete(compared);
    else target.waits.delete(task);
    if (seq > 0) target.ended.set(task, seq);
    if (!timedOut || !wait.lost) return;
    const finding = this.describe(target, wait, wait.lost, undefined);
    const known = this.timedOut.get(finding.id);
    if (known) this.timedOut.set(finding.id, { ...known, count: known.count + 1 });
    else if (this.timedOut.size < MAX_FOUND) this.timedOut.set(finding.id, finding);
    this.changed = true;
  }

  findings({ deadlocked }: Progress): LostWakeupFinding[] {
    const found = new Map(this.timedOut);
    const asleep = new Set([...deadlocked].flatMap((tasks) => tasks.split(",").map(Number)));
    if (asleep.size > 0) {
      for (const target of this.targets.values()) {
        for (const wait of target.waits.values()) {
          if (!wait.forEver || !asleep.has(wait.task)) continue;
          const { lost, passedOver } = wait;
          const notify = lost ?? (passedOver?.unused ? passedOver.notify : undefined);
          if (!notify) continue;
          const finding = this.describe(target, wait, notify, lost ? undefined : passedOver?.woken);
          const known = found.get(finding.id);
          found.set(finding.id, known ? { ...finding, count: known.count + 1 } : finding);
        }
      }
    }
    return [...found.values()];
  }

  private describe(target: Target, wait: Wait, notify: Notify, woken: WakeupStep | undefined): LostWakeupFinding {
    const { memory, objects } = this.analysed;
    const { object, space, address } = target;
    const name = object === undefined ? (memory.slot(space, address)?.name ?? `0x${address.toString(16)}`) : (objects.get(object)?.name ?? `#${object}`);
    const condition = notify.value === undefined && object !== undefined && objects.get(object)?.objectType === "Condition";
    const pattern = woken ? "wrong-task" : condition || notify.value === undefined || notify.value === wait.expected ? "before-waiting" : "passed-by";
    return {
      kind: "lost-wakeup",
      id: `lost-wakeup ${target.object === undefined ? `${target.space} ${target.address}` : `#${target.object}`} ${notify.site}-${wait.site}`,
      pattern,
      variable: name,
      object,
      condition,
      notify: stepOf(notify),
      notifierHeld: notify.held,
      woken: woken && stepOf(woken),
      wait: stepOf(wait),
      forEver: wait.forEver,
      expected: condition ? undefined : wait.expected,
      valueAtNotify: notify.value,
      tasks: [...new Set([notify.task, ...(woken ? [woken.task] : []), wait.task])].sort((x, y) => x - y),
      count: 1,
    };
  }
}

function stepOf({ task, site, time }: WakeupStep): WakeupStep {
  return { task, site, time };
}

function waits(waitFor: number): boolean {
  return waitFor === Number(WaitFor.Condition) || waitFor === Number(WaitFor.AtomicValue) || waitFor === Number(WaitFor.MemoryValue);
}
