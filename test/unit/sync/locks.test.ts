import assert from "node:assert/strict";
import { ObjectCode, Op, Status } from "../../../src/sync";
import { World } from "./world";

const [A, B, C, D] = [0, 1, 2, 3] as const;

describe("a spin lock", () => {
  it("is taken by one task, and tells the others who has it", () => {
    const world = new World(2);
    const lock = world.create(ObjectCode.SpinLock);
    assert.equal(world.try(A, Op.SpinTry, lock), Status.Done);
    assert.equal(world.try(B, Op.SpinTry, lock), Status.Failed);
    assert.equal(world.outcome(B).value, A);
    assert.equal(world.try(A, Op.SpinTry, lock), Status.Failed, "not reentrant");
    assert.equal(world.do(A, Op.SpinUnlock, lock), Status.Done);
    assert.equal(world.try(B, Op.SpinTry, lock), Status.Done);
    assert.ok(world.outcome(A).seq < world.outcome(B).seq);
  });

  it("is unlocked by its holder alone", () => {
    const world = new World(2);
    const lock = world.create(ObjectCode.SpinLock);
    assert.equal(world.do(A, Op.SpinUnlock, lock), Status.NotOwner);
    assert.equal(world.outcome(A).value, -1);
    world.try(B, Op.SpinTry, lock);
    assert.equal(world.do(A, Op.SpinUnlock, lock), Status.NotOwner);
    assert.equal(world.outcome(A).value, B);
  });

  it("names a holder that died", () => {
    const world = new World(2);
    const lock = world.create(ObjectCode.SpinLock);
    world.try(A, Op.SpinTry, lock);
    world.die(A);
    assert.equal(world.try(B, Op.SpinTry, lock), Status.HolderDied);
    assert.equal(world.outcome(B).value, A);
  });
});

describe("a read-write lock", () => {
  it("lets readers in together and a writer alone", () => {
    const world = new World(4);
    const lock = world.create(ObjectCode.ReadWriteLock);
    assert.equal(world.do(A, Op.LockRead, lock), Status.Done);
    assert.equal(world.do(B, Op.LockRead, lock), Status.Done);
    assert.equal(world.try(C, Op.LockWrite, lock), Status.Failed);
    world.do(A, Op.UnlockRead, lock);
    world.do(B, Op.UnlockRead, lock);
    assert.equal(world.do(C, Op.LockWrite, lock), Status.Done);
    assert.equal(world.try(A, Op.LockRead, lock), Status.Failed);
    assert.equal(world.try(D, Op.LockWrite, lock), Status.Failed);
  });

  it("lets a writer that waits go before readers that arrive after it, and those in together then", () => {
    const world = new World(4);
    const lock = world.create(ObjectCode.ReadWriteLock);
    world.do(A, Op.LockRead, lock);
    assert.equal(world.do(B, Op.LockWrite, lock), Status.Waiting);
    assert.equal(world.do(C, Op.LockRead, lock), Status.Waiting);
    assert.equal(world.do(D, Op.LockRead, lock), Status.Waiting);
    world.do(A, Op.UnlockRead, lock);
    assert.deepEqual(world.takeWoken(), [B]);
    world.do(B, Op.UnlockWrite, lock);
    assert.deepEqual(world.takeWoken(), [C, D]);
    assert.ok(world.outcome(B).seq < world.outcome(C).seq);
  });

  it("lets readers in when the writer before them gives up", () => {
    const world = new World(3);
    const lock = world.create(ObjectCode.ReadWriteLock);
    world.do(A, Op.LockRead, lock);
    world.do(B, Op.LockWrite, lock);
    world.do(C, Op.LockRead, lock);
    assert.equal(world.timeOut(B), Status.TimedOut);
    assert.deepEqual(world.takeWoken(), [C]);
  });

  it("makes a reader that locks for writing wait for itself", () => {
    const world = new World(2);
    const lock = world.create(ObjectCode.ReadWriteLock);
    world.do(A, Op.LockRead, lock);
    assert.equal(world.do(A, Op.LockWrite, lock), Status.Waiting);
    assert.deepEqual(world.takeWoken(), []);
  });

  it("counts a task's own reads, and waits for the last", () => {
    const world = new World(2);
    const lock = world.create(ObjectCode.ReadWriteLock);
    world.do(A, Op.LockRead, lock);
    world.do(A, Op.LockRead, lock);
    world.do(B, Op.LockWrite, lock);
    world.do(A, Op.UnlockRead, lock);
    assert.deepEqual(world.takeWoken(), []);
    world.do(A, Op.UnlockRead, lock);
    assert.deepEqual(world.takeWoken(), [B]);
  });

  it("is unlocked only by who holds it, and the way it is held", () => {
    const world = new World(2);
    const lock = world.create(ObjectCode.ReadWriteLock);
    assert.equal(world.do(A, Op.UnlockRead, lock), Status.NotOwner);
    assert.equal(world.do(A, Op.UnlockWrite, lock), Status.NotOwner);
    world.do(A, Op.LockWrite, lock);
    assert.equal(world.do(A, Op.UnlockRead, lock), Status.NotOwner);
    assert.equal(world.do(B, Op.UnlockWrite, lock), Status.NotOwner);
    assert.equal(world.outcome(B).value, A);
    world.do(A, Op.UnlockWrite, lock);
    world.do(B, Op.LockRead, lock);
    assert.equal(world.do(A, Op.UnlockRead, lock), Status.NotOwner);
    assert.equal(world.do(B, Op.UnlockWrite, lock), Status.NotOwner);
  });

  it("tells all that wait, and all that come, of a writer's death", () => {
    const world = new World(4);
    const lock = world.create(ObjectCode.ReadWriteLock);
    world.do(A, Op.LockWrite, lock);
    world.do(B, Op.LockRead, lock);
    world.do(C, Op.LockWrite, lock);
    world.die(A);
    for (const task of [B, C]) assert.deepEqual([world.outcome(task).status, world.outcome(task).value], [Status.HolderDied, A]);
    assert.equal(world.do(D, Op.LockRead, lock), Status.HolderDied);
    assert.equal(world.do(D, Op.LockWrite, lock), Status.HolderDied);
  });

  it("tells writers of a reader's death and lets readers in", () => {
    const world = new World(4);
    const lock = world.create(ObjectCode.ReadWriteLock);
    world.do(A, Op.LockRead, lock);
    world.do(B, Op.LockWrite, lock);
    world.do(C, Op.LockRead, lock);
    world.die(A);
    assert.deepEqual(world.takeWoken(), [B, C]);
    assert.deepEqual([world.outcome(B).status, world.outcome(B).value], [Status.HolderDied, A]);
    assert.equal(world.outcome(C).status, Status.Done);
    assert.equal(world.do(D, Op.LockRead, lock), Status.Done);
    assert.equal(world.do(B, Op.LockWrite, lock), Status.HolderDied);
  });

  it("goes on when a task dies in its line", () => {
    const world = new World(3);
    const lock = world.create(ObjectCode.ReadWriteLock);
    world.do(A, Op.LockRead, lock);
    world.do(B, Op.LockWrite, lock);
    world.do(C, Op.LockRead, lock);
    world.die(B);
    assert.deepEqual(world.takeWoken(), [C]);
    assert.equal(world.outcome(C).status, Status.Done);
  });
});

describe("a semaphore whose holder dies", () => {
  const pool = (permits: number): { world: World; pool: number } => {
    const world = new World(5);
    return { world, pool: world.create(ObjectCode.Semaphore, permits) };
  };

  it("tells those that wait, and those that come, who took the permits along", () => {
    const { world, pool: id } = pool(2);
    world.do(A, Op.Acquire, id, 2);
    assert.equal(world.do(B, Op.Acquire, id, 1), Status.Waiting);
    world.die(A);
    assert.deepEqual([world.outcome(B).status, world.outcome(B).value], [Status.HolderDied, A]);
    assert.equal(world.do(C, Op.Acquire, id, 1), Status.HolderDied);
    assert.equal(world.outcome(C).value, A);
  });

  it("lets wait who can still get enough from the living, and serves who fits", () => {
    const { world, pool: id } = pool(4);
    world.do(A, Op.Acquire, id, 2);
    world.do(B, Op.Acquire, id, 1);
    assert.equal(world.do(C, Op.Acquire, id, 3), Status.Waiting);
    assert.equal(world.do(D, Op.Acquire, id, 2), Status.Waiting);
    world.die(A);
    assert.deepEqual(world.takeWoken(), [C]);
    assert.equal(world.outcome(C).status, Status.HolderDied);
    world.do(B, Op.Release, id, 1);
    assert.deepEqual(world.takeWoken(), [D]);
    assert.equal(world.outcome(D).status, Status.Done);
  });

  it("says nothing where others than the takers release: permits are signals there", () => {
    const { world, pool: id } = pool(0);
    world.do(B, Op.Release, id, 1);
    world.do(A, Op.Acquire, id, 1);
    assert.equal(world.do(C, Op.Acquire, id, 1), Status.Waiting);
    world.die(A);
    assert.deepEqual(world.takeWoken(), []);
    world.do(B, Op.Release, id, 1);
    assert.equal(world.outcome(C).status, Status.Done);
  });

  it("wakes a task that waits for a condition whose mutex died", () => {
    const world = new World(3);
    const mutex = world.create(ObjectCode.Mutex);
    const condition = world.create(ObjectCode.Condition, mutex);
    world.do(A, Op.Lock, mutex);
    assert.equal(world.do(A, Op.ConditionWait, condition), Status.Waiting);
    world.do(B, Op.Lock, mutex);
    world.die(B);
    assert.deepEqual([world.outcome(A).status, world.outcome(A).value], [Status.HolderDied, B]);
  });
});
