import fc from "fast-check";
import { ObjectCode, Op, Status } from "../../../src/sync";
import { World } from "../../unit/sync/world";
import { TASKS, done, follow, got, only, steps, type Expected, type Got, type Model, type Step } from "./model";

class SpinModel implements Model {
  private owner = -1;
  private dead = -1;

  constructor(private readonly lock: number) {}

  operation({ action }: Step): ReturnType<Model["operation"]> {
    return { op: action % 2 === 0 ? Op.SpinTry : Op.SpinUnlock, object: this.lock, a: 0 };
  }

  perform(task: number, op: Op): Expected {
    if (op === Op.SpinUnlock) {
      if (this.owner !== task) return only(got(task, Status.NotOwner, this.owner));
      this.owner = -1;
      return only(done(task));
    }
    if (this.dead >= 0) return only(got(task, Status.HolderDied, this.dead));
    if (this.owner >= 0) return only(got(task, Status.Failed, this.owner));
    this.owner = task;
    return only(done(task));
  }

  timeOut(): Expected {
    throw new Error("nobody waits");
  }

  die(task: number): Got[] {
    if (this.owner === task) this.dead = task;
    return [];
  }
}

class ReadWriteModel implements Model {
  private readonly reads: number[] = Array.from({ length: TASKS }, () => 0);
  private writer = -1;
  private line: { readonly task: number; readonly write: boolean }[] = [];
  private deadReader = -1;
  private deadWriter = -1;

  constructor(private readonly lock: number) {}

  operation({ action }: Step): ReturnType<Model["operation"]> {
    return { op: [Op.LockRead, Op.LockWrite, Op.UnlockRead, Op.UnlockWrite][action % 4]!, object: this.lock, a: 0 };
  }

  private get reading(): boolean {
    return this.reads.some((count) => count > 0);
  }

  /** Lets in who may go in, first come, first served. */
  private serve(): Got[] {
    const woken: Got[] = [];
    for (let first = this.line[0]; first && this.writer < 0 && !(first.write && this.reading); first = this.line[0]) {
      this.line.shift();
      if (first.write) this.writer = first.task;
      else this.reads[first.task]!++;
      woken.push(done(first.task));
    }
    return woken;
  }

  perform(task: number, op: Op, _a: number, _b: number, mayWait: boolean): Expected {
    switch (op) {
      case Op.UnlockRead:
        if (this.reads[task] === 0) return only(got(task, Status.NotOwner, this.writer));
        this.reads[task]!--;
        return only(done(task), this.serve());
      case Op.UnlockWrite:
        if (this.writer !== task) return only(got(task, Status.NotOwner, this.writer));
        this.writer = -1;
        return only(done(task), this.serve());
      default: {
        const write = op === Op.LockWrite;
        if (this.deadWriter >= 0) return only(got(task, Status.HolderDied, this.deadWriter));
        if (write && this.deadReader >= 0) return only(got(task, Status.HolderDied, this.deadReader));
        this.line.push({ task, write });
        if (this.serve().length > 0) return only(done(task));
        if (mayWait) return only(got(task, Status.Waiting));
        this.line.pop();
        return only(got(task, Status.Failed));
      }
    }
  }

  timeOut(task: number): Expected {
    this.line = this.line.filter((waiter) => waiter.task !== task);
    return only(got(task, Status.TimedOut), this.serve());
  }

  die(task: number): Got[] {
    const left = this.line.some((waiter) => waiter.task === task);
    this.line = this.line.filter((waiter) => waiter.task !== task);
    const woken = left ? this.serve() : [];
    if (this.writer === task) {
      this.deadWriter = task;
      for (const waiter of this.line.splice(0)) woken.push(got(waiter.task, Status.HolderDied, task));
    } else if (this.reads[task]! > 0) {
      this.deadReader = task;
      for (const waiter of this.line) if (waiter.write) woken.push(got(waiter.task, Status.HolderDied, task));
      this.line = this.line.filter((waiter) => !waiter.write);
      woken.push(...this.serve());
    }
    return woken;
  }
}

/** A mutex without barging, and a condition. */
class ConditionModel implements Model {
  private owner = -1;
  private dead = -1;
  private line: number[] = [];
  private waiters: number[] = [];

  constructor(
    private readonly mutex: number,
    private readonly condition: number,
  ) {}

  operation({ action, arg }: Step): ReturnType<Model["operation"]> {
    const op = [Op.Lock, Op.ConditionWait, Op.ConditionNotify, Op.Unlock, Op.Lock][action % 5]!;
    const ofMutex = op === Op.Lock || op === Op.Unlock;
    return { op, object: ofMutex ? this.mutex : this.condition, a: op === Op.ConditionNotify ? arg : 0 };
  }

  private release(): Got[] {
    this.owner = this.line.shift() ?? -1;
    return this.owner < 0 ? [] : [done(this.owner)];
  }

  perform(task: number, op: Op, a: number, _b: number, mayWait: boolean): Expected {
    switch (op) {
      case Op.Lock:
        if (this.dead >= 0) return only(got(task, Status.HolderDied, this.dead));
        if (this.owner < 0) {
          this.owner = task;
          return only(done(task));
        }
        if (!mayWait) return only(got(task, Status.Failed));
        this.line.push(task);
        return only(got(task, Status.Waiting));
      case Op.ConditionNotify: {
        const woken = this.waiters.splice(0, a);
        return only(done(task, woken.length), woken.map((waiter) => done(waiter)));
      }
      default: {
        if (this.owner !== task) return only(got(task, op === Op.Unlock && this.dead >= 0 ? Status.HolderDied : Status.NotOwner, this.owner));
        const woken = this.release();
        if (op === Op.Unlock) return only(done(task), woken);
        if (mayWait) this.waiters.push(task);
        return only(got(task, mayWait ? Status.Waiting : Status.Failed), woken);
      }
    }
  }

  private leave(task: number): void {
    this.line = this.line.filter((waiter) => waiter !== task);
    this.waiters = this.waiters.filter((waiter) => waiter !== task);
  }

  timeOut(task: number): Expected {
    this.leave(task);
    return only(got(task, Status.TimedOut));
  }

  die(task: number): Got[] {
    this.leave(task);
    if (this.owner !== task) return [];
    this.dead = task;
    // Who waits for the condition would have to take the mutex again.
    return [...this.line.splice(0), ...this.waiters.splice(0)].map((waiter) => got(waiter, Status.HolderDied, task));
  }
}

describe("machines against their plain meaning", function () {
  this.timeout(120_000);

  it("spin lock", () => {
    fc.assert(
      fc.property(steps(2, 0), (taken) => {
        const world = new World(TASKS, false, true);
        follow(world, new SpinModel(world.create(ObjectCode.SpinLock)), 2, taken);
      }),
      { numRuns: 300 },
    );
  });

  it("read-write lock", () => {
    fc.assert(
      fc.property(steps(4, 0), fc.boolean(), (taken, barging) => {
        const world = new World(TASKS, barging, true);
        follow(world, new ReadWriteModel(world.create(ObjectCode.ReadWriteLock)), 4, taken);
      }),
      { numRuns: 1000 },
    );
  });

  it("condition and its mutex", () => {
    fc.assert(
      fc.property(steps(5, 3), (taken) => {
        const world = new World(TASKS, false, true);
        const mutex = world.create(ObjectCode.Mutex);
        follow(world, new ConditionModel(mutex, world.create(ObjectCode.Condition, mutex)), 5, taken);
      }),
      { numRuns: 1000 },
    );
  });
});
