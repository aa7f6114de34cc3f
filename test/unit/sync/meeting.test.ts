import assert from "node:assert/strict";
import { ObjectCode, Op, Status } from "../../../src/sync";
import { World } from "./world";

const [A, B, C] = [0, 1, 2] as const;
const ALL = 0x7fff_ffff;

describe("a condition", () => {
  for (const barging of [false, true]) {
    it(`releases its mutex while a task waits${barging ? ", between threads" : ", in the broker"}`, () => {
      const world = new World(2, barging);
      const mutex = world.create(ObjectCode.Mutex);
      const condition = world.create(ObjectCode.Condition, mutex);
      world.do(A, Op.Lock, mutex);
      const locked = world.outcome(A).seq;
      assert.equal(world.do(A, Op.ConditionWait, condition), Status.Waiting);
      const released = world.outcome(A).firstSeq;
      assert.equal(released, locked + 1);
      assert.equal(world.do(B, Op.Lock, mutex), Status.Done);
      assert.equal(world.outcome(B).seq, released + 1);
      assert.equal(world.do(B, Op.ConditionNotify, condition, 1), Status.Done);
      assert.equal(world.outcome(B).value, 1);
      assert.deepEqual(world.takeWoken(), [A]);
      const woken = world.outcome(A);
      assert.equal(woken.extra, world.outcome(B).seq, "it knows by which notify");
      assert.equal(woken.seq, world.outcome(B).seq + 1);
      assert.equal(world.do(A, Op.Lock, mutex), Status.Waiting, "the notifier still has the mutex");
      world.do(B, Op.Unlock, mutex);
      assert.deepEqual(world.takeWoken(), [A]);
    });
  }

  it("hands its mutex to who waits for it", () => {
    const world = new World(2);
    const mutex = world.create(ObjectCode.Mutex);
    const condition = world.create(ObjectCode.Condition, mutex);
    world.do(A, Op.Lock, mutex);
    world.do(B, Op.Lock, mutex);
    world.do(A, Op.ConditionWait, condition);
    assert.deepEqual(world.takeWoken(), [B]);
    assert.equal(world.outcome(B).status, Status.Done);
  });

  it("can be waited for only with its mutex", () => {
    const world = new World(2);
    const mutex = world.create(ObjectCode.Mutex);
    const condition = world.create(ObjectCode.Condition, mutex);
    assert.equal(world.do(A, Op.ConditionWait, condition), Status.NotOwner);
    assert.equal(world.outcome(A).value, -1);
    world.do(B, Op.Lock, mutex);
    assert.equal(world.do(A, Op.ConditionWait, condition), Status.NotOwner);
    assert.equal(world.outcome(A).value, B);
    assert.equal(world.waits(A), false);
  });

  it("wakes as many as asked, in the order in which they came, and remembers nothing", () => {
    const world = new World(4);
    const mutex = world.create(ObjectCode.Mutex);
    const condition = world.create(ObjectCode.Condition, mutex);
    world.do(3, Op.ConditionNotify, condition, ALL);
    assert.equal(world.outcome(3).value, 0);
    for (const task of [A, B, C]) {
      world.do(task, Op.Lock, mutex);
      assert.equal(world.do(task, Op.ConditionWait, condition), Status.Waiting);
    }
    world.do(3, Op.ConditionNotify, condition, 0);
    assert.deepEqual(world.takeWoken(), []);
    world.do(3, Op.ConditionNotify, condition, 2);
    assert.deepEqual(world.takeWoken(), [A, B]);
    world.do(3, Op.ConditionNotify, condition, ALL);
    assert.deepEqual(world.takeWoken(), [C]);
    assert.equal(world.outcome(3).value, 1);
  });

  it("releases the mutex also when there is no time to wait, and no notify goes to who has left", () => {
    const world = new World(2);
    const mutex = world.create(ObjectCode.Mutex);
    const condition = world.create(ObjectCode.Condition, mutex);
    world.do(A, Op.Lock, mutex);
    assert.equal(world.try(A, Op.ConditionWait, condition), Status.Failed);
    assert.ok(world.outcome(A).firstSeq > 0);
    assert.equal(world.do(A, Op.Lock, mutex), Status.Done);
    world.do(A, Op.ConditionWait, condition);
    assert.equal(world.timeOut(A), Status.TimedOut);
    world.do(B, Op.ConditionNotify, condition, ALL);
    assert.equal(world.outcome(B).value, 0);
  });

  it("tells who has been notified of the death of the mutex's holder", () => {
    const world = new World(2);
    const mutex = world.create(ObjectCode.Mutex);
    const condition = world.create(ObjectCode.Condition, mutex);
    world.do(A, Op.Lock, mutex);
    world.do(A, Op.ConditionWait, condition);
    world.do(B, Op.Lock, mutex);
    world.do(B, Op.ConditionNotify, condition, 1);
    world.die(B);
    assert.equal(world.do(A, Op.Lock, mutex), Status.HolderDied);
    assert.equal(world.outcome(A).value, B);
  });
});

describe("a barrier", () => {
  it("lets all go when the last arrives, round after round", () => {
    const world = new World(3);
    const barrier = world.create(ObjectCode.Barrier, 3);
    for (const round of [0, 1]) {
      assert.equal(world.do(B, Op.BarrierWait, barrier), Status.Waiting);
      assert.deepEqual([world.outcome(B).value, world.outcome(B).extra], [0, round], "known while it waits");
      assert.equal(world.do(C, Op.BarrierWait, barrier), Status.Waiting);
      assert.deepEqual(world.takeWoken(), []);
      assert.equal(world.do(A, Op.BarrierWait, barrier), Status.Done);
      assert.deepEqual(world.takeWoken(), [B, C]);
      const all = [B, C, A].map((task) => world.outcome(task));
      assert.deepEqual(all.map(({ value }) => value), [0, 1, 2]);
      assert.deepEqual(all.map(({ extra }) => extra), [round, round, round]);
      assert.ok(Math.max(...all.map(({ firstSeq }) => firstSeq)) < Math.min(...all.map(({ seq }) => seq)), "arrivals before departures");
    }
  });

  it("of one party stops nobody", () => {
    const world = new World(1);
    const barrier = world.create(ObjectCode.Barrier, 1);
    for (let i = 0; i < 3; i++) assert.equal(world.try(A, Op.BarrierWait, barrier), Status.Done);
    assert.equal(world.outcome(A).extra, 2);
  });

  it("waits for another when one gives up or dies, and numbers those that are there", () => {
    const world = new World(5);
    const barrier = world.create(ObjectCode.Barrier, 3);
    world.do(A, Op.BarrierWait, barrier);
    world.do(B, Op.BarrierWait, barrier);
    assert.equal(world.timeOut(A), Status.TimedOut);
    assert.equal(world.do(C, Op.BarrierWait, barrier), Status.Waiting);
    world.die(C);
    assert.equal(world.do(3, Op.BarrierWait, barrier), Status.Waiting);
    assert.equal(world.do(4, Op.BarrierWait, barrier), Status.Done);
    assert.deepEqual([B, 3, 4].map((task) => world.outcome(task).value), [0, 1, 2]);
  });

  it("does not count a try", () => {
    const world = new World(2);
    const barrier = world.create(ObjectCode.Barrier, 2);
    assert.equal(world.try(A, Op.BarrierWait, barrier), Status.Failed);
    assert.equal(world.do(B, Op.BarrierWait, barrier), Status.Waiting);
  });
});

describe("a latch", () => {
  it("opens at 0, for good", () => {
    const world = new World(3);
    const latch = world.create(ObjectCode.Latch, 2);
    assert.equal(world.try(A, Op.LatchWait, latch), Status.Failed);
    world.do(A, Op.LatchWait, latch);
    world.do(B, Op.LatchWait, latch);
    world.do(C, Op.LatchCountDown, latch, 1);
    assert.equal(world.outcome(C).value, 1);
    assert.deepEqual(world.takeWoken(), []);
    world.do(C, Op.LatchCountDown, latch, 5);
    assert.equal(world.outcome(C).value, 0, "not below 0");
    assert.deepEqual(world.takeWoken(), [A, B]);
    assert.ok(world.outcome(A).seq > world.outcome(C).seq);
    assert.equal(world.try(C, Op.LatchWait, latch), Status.Done);
  });

  it("of 0 is open", () => {
    const world = new World(1);
    assert.equal(world.try(A, Op.LatchWait, world.create(ObjectCode.Latch, 0)), Status.Done);
  });

  it("lets a waiter give up", () => {
    const world = new World(2);
    const latch = world.create(ObjectCode.Latch, 1);
    world.do(A, Op.LatchWait, latch);
    assert.equal(world.timeOut(A), Status.TimedOut);
    world.do(B, Op.LatchCountDown, latch, 1);
    assert.deepEqual(world.takeWoken(), []);
  });
});
