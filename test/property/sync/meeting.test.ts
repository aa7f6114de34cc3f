import fc from "fast-check";
import { ObjectCode, Op, Status } from "../../../src/sync";
import { World } from "../../unit/sync/world";
import { TASKS, done, follow, got, only, steps, type Expected, type Got, type Model, type Step } from "./model";

class BarrierModel implements Model {
  private there: number[] = [];
  private round = 0;

  constructor(
    private readonly barrier: number,
    private readonly parties: number,
  ) {}

  operation(): ReturnType<Model["operation"]> {
    return { op: Op.BarrierWait, object: this.barrier, a: 0 };
  }

  perform(task: number, _op: Op, _a: number, _b: number, mayWait: boolean): Expected {
    if (this.there.length + 1 < this.parties) {
      if (!mayWait) return only(got(task, Status.Failed));
      this.there.push(task);
      return only(got(task, Status.Waiting, this.there.length - 1));
    }
    const round = this.round++;
    const woken = this.there.splice(0).map((waiter, order) => done(waiter, order, round));
    return only(done(task, this.parties - 1, round), woken);
  }

  timeOut(task: number): Expected {
    this.there = this.there.filter((waiter) => waiter !== task);
    return only(got(task, Status.TimedOut));
  }

  die(task: number): Got[] {
    this.timeOut(task);
    return [];
  }
}

class LatchModel implements Model {
  private waiters: number[] = [];

  constructor(
    private readonly latch: number,
    private count: number,
  ) {}

  operation({ action, arg }: Step): ReturnType<Model["operation"]> {
    return action % 2 === 0 ? { op: Op.LatchWait, object: this.latch, a: 0 } : { op: Op.LatchCountDown, object: this.latch, a: 1 + arg };
  }

  perform(task: number, op: Op, a: number, _b: number, mayWait: boolean): Expected {
    if (op === Op.LatchCountDown) {
      this.count = Math.max(0, this.count - a);
      return only(done(task, this.count), this.count > 0 ? [] : this.waiters.splice(0).map((waiter) => done(waiter)));
    }
    if (this.count === 0) return only(done(task));
    if (!mayWait) return only(got(task, Status.Failed));
    this.waiters.push(task);
    return only(got(task, Status.Waiting));
  }

  timeOut(task: number): Expected {
    this.waiters = this.waiters.filter((waiter) => waiter !== task);
    return only(got(task, Status.TimedOut));
  }

  die(task: number): Got[] {
    this.timeOut(task);
    return [];
  }
}

class RendezvousModel implements Model {
  private waiting: { readonly task: number; readonly op: Op }[] = [];

  constructor(
    private readonly place: number,
    /** Id of the next object. */
    private next: number,
  ) {}

  operation({ action }: Step): ReturnType<Model["operation"]> {
    return { op: action % 2 === 0 ? Op.Accept : Op.Connect, object: this.place, a: 0 };
  }

  perform(task: number, op: Op, _a: number, _b: number, mayWait: boolean): Expected {
    const partner = this.waiting.find((waiter) => waiter.op !== op);
    if (partner) {
      this.waiting = this.waiting.filter((waiter) => waiter !== partner);
      const stream = this.next;
      this.next += 2;
      return only(done(task, stream, stream + 1), [done(partner.task, stream, stream + 1)]);
    }
    if (!mayWait) return only(got(task, Status.Failed));
    this.waiting.push({ task, op });
    return only(got(task, Status.Waiting));
  }

  timeOut(task: number): Expected {
    this.waiting = this.waiting.filter((waiter) => waiter.task !== task);
    return only(got(task, Status.TimedOut));
  }

  die(task: number): Got[] {
    this.timeOut(task);
    return [];
  }
}

describe("machines against their plain meaning", function () {
  this.timeout(120_000);

  it("barrier", () => {
    fc.assert(
      fc.property(steps(3, 0), fc.integer({ min: 1, max: TASKS }), (taken, parties) => {
        const world = new World(TASKS, false, true);
        follow(world, new BarrierModel(world.create(ObjectCode.Barrier, parties), parties), 3, taken);
      }),
      { numRuns: 500 },
    );
  });

  it("latch", () => {
    fc.assert(
      fc.property(steps(3, 2), fc.nat(10), (taken, count) => {
        const world = new World(TASKS, false, true);
        follow(world, new LatchModel(world.create(ObjectCode.Latch, count), count), 3, taken);
      }),
      { numRuns: 500 },
    );
  });

  it("accept and connect", () => {
    fc.assert(
      fc.property(steps(2, 0), (taken) => {
        const world = new World(TASKS, false, true);
        const place = world.create(ObjectCode.Rendezvous);
        follow(world, new RendezvousModel(place, place + 1), 2, taken);
      }),
      { numRuns: 500 },
    );
  });
});
