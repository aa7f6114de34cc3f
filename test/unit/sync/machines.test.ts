import assert from "node:assert/strict";
import { Arena, LocalMessages, ObjectCode, Op, Status, TaskState, TaskWord, createObject, endTask, giveUp, perform, taskBlock, type Operation } from "../../../src/sync";
import { AtomicOp } from "../../../src/trace";

/** An arena with tasks 0 … n − 1, and who has been woken. */
class Bench {
  readonly woken: number[] = [];
  readonly messages = new LocalMessages();
  readonly arena: Arena;

  /** `onWake`: what others do while a task is being woken. */
  constructor(tasks: number, barging = false, onWake: (arena: Arena) => void = () => undefined) {
    const buffer = new ArrayBuffer(Arena.byteLength);
    Arena.initialise(buffer, 64);
    const woke = (task: number): void => {
      this.woken.push(task);
      onWake(this.arena);
    };
    this.arena = new Arena(buffer, this.messages, woke, barging);
    for (let task = 0; task < tasks; task++) this.arena.newTask(task - 1, 0);
  }

  make(code: ObjectCode, initial = 0): number {
    return createObject(this.arena, code, initial);
  }

  op(task: number, op: Op, object: number, a = 0, rest: Partial<Operation> = {}): Status {
    return perform(this.arena, task, { op, object, a, b: 0, c: 0, mayWait: true, ...rest });
  }

  send(task: number, queue: number, text: string): Status {
    return this.op(task, Op.Send, queue, this.messages.put(Buffer.from(text)));
  }

  word(task: number, word: number): number {
    return this.arena.words[taskBlock(task) + word]!;
  }

  status(task: number): Status {
    return this.word(task, TaskWord.Status);
  }

  message(task: number): string {
    return Buffer.from(this.messages.take(this.word(task, TaskWord.Handle))).toString();
  }

  seq(task: number): number {
    return this.word(task, TaskWord.Seq);
  }
}

describe("mutex", () => {
  it("hands over in order of arrival, and numbers the hand-over after the unlock", () => {
    const bench = new Bench(3);
    const m = bench.make(ObjectCode.Mutex);
    assert.equal(bench.op(0, Op.Lock, m), Status.Done);
    assert.equal(bench.op(1, Op.Lock, m), Status.Waiting);
    assert.equal(bench.op(2, Op.Lock, m), Status.Waiting);
    assert.equal(bench.op(0, Op.Unlock, m), Status.Done);
    assert.deepEqual(bench.woken, [1]);
    assert.equal(bench.status(1), Status.Done);
    assert.equal(bench.seq(1), bench.seq(0) + 1);
    assert.equal(bench.op(0, Op.Unlock, m), Status.NotOwner);
    assert.equal(bench.word(0, TaskWord.Value), 1);
    bench.op(1, Op.Unlock, m);
    assert.deepEqual(bench.woken, [1, 2]);
  });

  it("with barging lets a running task take a released mutex, but not for ever", () => {
    const bench = new Bench(2, true);
    const m = bench.make(ObjectCode.Mutex);
    bench.op(0, Op.Lock, m);
    assert.equal(bench.op(1, Op.Lock, m), Status.Waiting);
    let rounds = 0;
    for (; rounds < 100; rounds++) {
      bench.op(0, Op.Unlock, m);
      if (bench.status(1) === Status.Done) break;
      assert.equal(bench.status(1), Status.Retry);
      assert.equal(bench.op(0, Op.Lock, m), Status.Done);
      assert.equal(bench.op(1, Op.LockAgain, m), Status.Waiting);
    }
    assert.ok(rounds > 0 && rounds < 10, `${rounds} rounds`);
    assert.equal(bench.op(1, Op.LockAgain, m), Status.Done, "the hand-over is there when it tries again");
    assert.equal(bench.op(0, Op.Lock, m, 0, { mayWait: false }), Status.Failed);
  });

  it("wakes a second waiter when the first, already woken, gives up", () => {
    const bench = new Bench(3, true);
    const m = bench.make(ObjectCode.Mutex);
    bench.op(0, Op.Lock, m);
    bench.op(1, Op.Lock, m);
    bench.op(2, Op.Lock, m);
    bench.op(0, Op.Unlock, m);
    assert.deepEqual(bench.woken, [1]);
    assert.equal(giveUp(bench.arena, 1), Status.TimedOut);
    assert.deepEqual(bench.woken, [1, 2]);
    assert.equal(bench.op(2, Op.LockAgain, m), Status.Done);
  });

  it("tells waiters, and who comes later, that its holder has died", () => {
    const bench = new Bench(3);
    const m = bench.make(ObjectCode.Mutex);
    bench.op(0, Op.Lock, m);
    bench.op(1, Op.Lock, m);
    endTask(bench.arena, 0, TaskState.Crashed, 1, 0);
    assert.equal(bench.status(1), Status.HolderDied);
    assert.equal(bench.word(1, TaskWord.Value), 0);
    assert.equal(bench.op(2, Op.Lock, m), Status.HolderDied);
  });

  it("locked again by its holder waits for itself", () => {
    const bench = new Bench(1);
    const m = bench.make(ObjectCode.Mutex);
    bench.op(0, Op.Lock, m);
    assert.equal(bench.op(0, Op.Lock, m), Status.Waiting);
  });
});

describe("semaphore", () => {
  it("serves in order: a small request does not overtake a large one", () => {
    const bench = new Bench(3);
    const s = bench.make(ObjectCode.Semaphore, 1);
    assert.equal(bench.op(0, Op.Acquire, s, 3), Status.Waiting);
    assert.equal(bench.op(1, Op.Acquire, s, 1), Status.Waiting);
    assert.equal(bench.op(2, Op.Acquire, s, 1, { mayWait: false }), Status.Failed);
    bench.op(2, Op.Release, s, 3);
    assert.deepEqual(bench.woken, [0, 1]);
    bench.op(2, Op.Available, s);
    assert.equal(bench.word(2, TaskWord.Value), 0);
  });

  it("serves those behind a waiter that gives up", () => {
    const bench = new Bench(2);
    const s = bench.make(ObjectCode.Semaphore, 1);
    bench.op(0, Op.Acquire, s, 2);
    bench.op(1, Op.Acquire, s, 1);
    assert.equal(giveUp(bench.arena, 0), Status.TimedOut);
    assert.deepEqual(bench.woken, [1]);
  });

  it("does not count beyond what it can", () => {
    const bench = new Bench(1);
    const s = bench.make(ObjectCode.Semaphore, 0x7fff_fffe);
    assert.equal(bench.op(0, Op.Release, s, 2), Status.Invalid);
    assert.equal(bench.op(0, Op.Release, s, 1), Status.Done);
  });
});

describe("atomic", () => {
  it("wraps at 32 bits; a failed compareExchange changes nothing", () => {
    const bench = new Bench(1);
    const a = bench.make(ObjectCode.Atomic, 0x7fff_ffff);
    bench.op(0, Op.Atomic, a, AtomicOp.Add, { b: 1 });
    assert.equal(bench.word(0, TaskWord.Extra), -0x8000_0000);
    bench.op(0, Op.Atomic, a, AtomicOp.CompareExchange, { b: 5, c: 6 });
    bench.op(0, Op.Atomic, a, AtomicOp.Load);
    assert.equal(bench.word(0, TaskWord.Value), -0x8000_0000);
  });

  it("wakes those that wait, in order, no more than asked, with the number of the notify", () => {
    const bench = new Bench(4);
    const a = bench.make(ObjectCode.Atomic, 7);
    assert.equal(bench.op(0, Op.AtomicWait, a, 8), Status.Done, "the value differs: no wait");
    for (const task of [0, 1, 2]) assert.equal(bench.op(task, Op.AtomicWait, a, 7), Status.Waiting);
    bench.op(3, Op.AtomicNotify, a, 2);
    assert.equal(bench.word(3, TaskWord.Value), 2);
    assert.deepEqual(bench.woken, [0, 1]);
    assert.equal(bench.word(0, TaskWord.Extra), bench.seq(3));
  });
});

describe("message queue", () => {
  it("delivers in order, to receivers in order", () => {
    const bench = new Bench(3);
    const q = bench.make(ObjectCode.MessageQueue, -1);
    bench.send(0, q, "a");
    bench.send(0, q, "b");
    bench.op(1, Op.Receive, q);
    assert.equal(bench.message(1), "a");
    assert.equal(bench.word(1, TaskWord.Value), 0);
    bench.op(1, Op.Receive, q);
    assert.equal(bench.op(1, Op.Receive, q), Status.Waiting);
    assert.equal(bench.op(2, Op.Receive, q), Status.Waiting);
    bench.send(0, q, "c");
    assert.deepEqual(bench.woken, [1]);
    assert.equal(bench.message(1), "c");
    assert.equal(bench.seq(1), bench.seq(0) + 1);
  });

  it("a full queue holds its senders back until a place is free", () => {
    const bench = new Bench(2);
    const q = bench.make(ObjectCode.MessageQueue, 1);
    assert.equal(bench.send(0, q, "a"), Status.Done);
    assert.equal(bench.send(0, q, "b"), Status.Waiting);
    bench.op(1, Op.Receive, q);
    assert.deepEqual(bench.woken, [0]);
    assert.equal(bench.seq(0), bench.seq(1) + 1, "the receive comes before the send that it made possible");
    bench.op(1, Op.Length, q);
    assert.equal(bench.word(1, TaskWord.Value), 1);
  });

  it("with capacity 0 a send waits until its message is received", () => {
    const bench = new Bench(2);
    const q = bench.make(ObjectCode.MessageQueue, 0);
    assert.equal(bench.send(0, q, "hand to hand"), Status.Waiting);
    assert.equal(bench.op(1, Op.Receive, q), Status.Done);
    assert.equal(bench.message(1), "hand to hand");
    assert.deepEqual(bench.woken, [0]);
    assert.equal(bench.seq(1), bench.seq(0) + 1);
  });

  it("with capacity 0 the receive is numbered right after its send, though the sender goes on at once", () => {
    for (const [first, second] of [["send", "receive"], ["receive", "send"]]) {
      const bench = new Bench(2, false, (arena) => void arena.nextSeq());
      const q = bench.make(ObjectCode.MessageQueue, 0);
      const step = (what: string | undefined): Status => (what === "send" ? bench.send(0, q, "hand to hand") : bench.op(1, Op.Receive, q));
      assert.equal(step(first), Status.Waiting);
      assert.equal(step(second), Status.Done);
      assert.equal(bench.seq(1), bench.seq(0) + 1, `${first} first`);
    }
  });

  it("closed: delivers what is left, wakes receivers and refuses senders", () => {
    const bench = new Bench(4);
    const q = bench.make(ObjectCode.MessageQueue, 1);
    bench.send(0, q, "left");
    assert.equal(bench.send(1, q, "refused"), Status.Waiting);
    bench.op(2, Op.Close, q);
    assert.equal(bench.status(1), Status.Closed);
    assert.equal(bench.send(0, q, "late"), Status.Closed);
    assert.equal(bench.op(3, Op.Receive, q), Status.Done);
    assert.equal(bench.message(3), "left");
    assert.equal(bench.op(3, Op.Receive, q), Status.Closed);
  });
});

describe("tasks", () => {
  it("a join waits for the end and learns its number; a later one learns it at once", () => {
    const bench = new Bench(3);
    assert.equal(bench.op(0, Op.Join, 1), Status.Waiting);
    const seq = endTask(bench.arena, 1, TaskState.Finished, 0, 0);
    assert.deepEqual(bench.woken, [0]);
    assert.equal(bench.word(0, TaskWord.Value), TaskState.Finished);
    assert.equal(bench.word(0, TaskWord.Extra), seq);
    assert.equal(bench.op(2, Op.Join, 1), Status.Done);
    assert.equal(endTask(bench.arena, 1, TaskState.Killed, -1, 0), 0, "it ends once");
  });

  it("a task that ends in a line leaves it", () => {
    const bench = new Bench(3);
    const m = bench.make(ObjectCode.Mutex);
    bench.op(0, Op.Lock, m);
    bench.op(1, Op.Lock, m);
    bench.op(2, Op.Lock, m);
    endTask(bench.arena, 1, TaskState.Killed, -1, 0);
    bench.op(0, Op.Unlock, m);
    assert.deepEqual(bench.woken, [2]);
  });

  it("has no more than its limit, and no two of one name", () => {
    const buffer = new ArrayBuffer(Arena.byteLength);
    Arena.initialise(buffer, 2);
    const arena = new Arena(buffer, new LocalMessages(), () => {}, false);
    assert.deepEqual([arena.newTask(-1, 0), arena.newTask(0, 0), arena.newTask(0, 0)], [0, 1, -1]);
    assert.deepEqual([arena.uniqueName("worker", 1), arena.uniqueName("worker", 1), arena.uniqueName("工人", 1)], ["worker", "worker 2", "工人"]);
    arena.setName(1, "x".repeat(500));
    assert.equal(arena.name(1).length, 128);
  });

  it("numbers of events have no gaps", () => {
    const bench = new Bench(2);
    const m = bench.make(ObjectCode.Mutex);
    const seqs: number[] = [];
    for (let i = 0; i < 5; i++) {
      bench.op(0, Op.Lock, m);
      seqs.push(bench.seq(0));
      bench.op(1, Op.Lock, m, 0, { mayWait: false });
      bench.op(0, Op.Unlock, m);
      seqs.push(bench.seq(0));
    }
    assert.deepEqual(seqs, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
