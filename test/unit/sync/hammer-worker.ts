import { parentPort, workerData } from "node:worker_threads";
import { Arena, SharedMessages, TaskWord, taskBlock } from "../../../src/sync";
import { Barrier } from "../../../src/runtime/api/barrier";
import { Condition } from "../../../src/runtime/api/condition";
import { Latch } from "../../../src/runtime/api/latch";
import { Mutex } from "../../../src/runtime/api/mutex";
import { Pipe } from "../../../src/runtime/api/pipe";
import { ReadWriteLock } from "../../../src/runtime/api/read-write-lock";
import { bindRuntime, type ApiRuntime } from "../../../src/runtime/api/runtime";
import { Socket, closeSockets } from "../../../src/runtime/api/socket";
import { SpinLock } from "../../../src/runtime/api/spin-lock";
import { LocalDriver } from "../../../src/runtime/tasks/local-driver";
import type { Kind, Meta } from "../../../src/trace";
import type { HammerData, HammerResult, RecordedSync } from "./hammer";

/** One task of a hammering test: a program of the snippet API, on a recorder that only keeps what it is told. */
const { arena, messages, plain, task, program, parties, rounds } = workerData as HammerData;
const events: RecordedSync[] = [];
const metas: Meta[] = [];
const cells = new Int32Array(plain);

const recorder = {
  site: 0,
  now: () => performance.now(),
  sync: (kind: Kind, object: number, seq: number, a = 0, b = 0, c = 0) => void events.push({ task, kind, object, seq, a, b, c }),
  meta: (meta: Meta) => void metas.push(meta),
  flush: () => {},
};
const fail = (): never => {
  throw new Error("the program asks for what the hammer has not");
};
let created = 0;
const words = new Int32Array(arena);
const shared = new Arena(arena, new SharedMessages(messages), (woken) => Atomics.notify(words, taskBlock(woken) + TaskWord.Parked, 1), true);
const driver = new LocalDriver(task, shared, () => 0, fail, undefined);

bindRuntime({
  task,
  space: 0,
  kind: "thread",
  driver,
  recorder: recorder as unknown as ApiRuntime["recorder"],
  memory: undefined as unknown as ApiRuntime["memory"],
  nextCreation: () => ({ identity: `hammer#${created++}`, name: undefined, site: 0 }),
  messageTarget: "same",
});

const programs: Record<HammerData["program"], () => unknown> = {
  /** Writers change two cells that readers must find equal. */
  readWrite() {
    const lock = new ReadWriteLock();
    let unequal = 0;
    for (let i = 0; i < rounds; i++) {
      if ((i + task) % 4 === 0) {
        lock.withWrite(() => {
          cells[0]!++;
          for (let k = 0; k < 50; k++);
          cells[1]!++;
        });
      } else {
        lock.withRead(() => {
          if (cells[0] !== cells[1]) unequal++;
        });
      }
    }
    return unequal;
  },

  spin() {
    const lock = new SpinLock();
    for (let i = 0; i < rounds; i++) lock.withLock(() => cells[0]!++);
    return undefined;
  },

  /** Nobody is more than one round ahead of anybody. */
  barrier() {
    const barrier = new Barrier(parties);
    let apart = 0;
    const orders: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      cells[task] = round;
      orders.push(barrier.wait());
      for (let other = 0; other < parties; other++) if (cells[other]! < round || cells[other]! > round + 1) apart++;
    }
    return { apart, orders };
  },

  /** A bounded buffer of 3 with two conditions: even tasks produce, odd ones consume. */
  condition() {
    const mutex = new Mutex();
    const notFull = new Condition(mutex);
    const notEmpty = new Condition(mutex);
    let bad = 0;
    for (let i = 0; i < rounds; i++) {
      mutex.lock();
      if (task % 2 === 0) {
        while (cells[0]! >= 3) notFull.wait();
        cells[0]!++;
        cells[1]!++;
        notEmpty.notify();
      } else {
        notEmpty.waitUntil(() => cells[0]! > 0);
        cells[0]!--;
        cells[2]!++;
        if (i % 2 === 0) notFull.notify();
        else notFull.notifyAll();
      }
      if (cells[0]! < 0 || cells[0]! > 3) bad++;
      mutex.unlock();
    }
    return bad;
  },

  latch() {
    const latch = new Latch(parties);
    Atomics.add(cells, 0, 1);
    latch.countDown();
    latch.wait();
    return Atomics.load(cells, 0);
  },

  /** Task 0 reads lines, the others write them. */
  pipe() {
    const pipe = new Pipe();
    const done = new Latch(parties - 1);
    if (task > 0) {
      for (let i = 0; i < rounds; i++) pipe.write(`${task} ${i} ${"é".repeat((i * 37) % 900)}\n`);
      done.countDown();
      if (task === 1) {
        done.wait();
        pipe.write("x".repeat(200_000));
        pipe.close();
      }
      return undefined;
    }
    const lines: string[] = [];
    for (let line = pipe.readLine(); line !== undefined; line = pipe.readLine()) lines.push(line);
    return lines;
  },

  /** Even tasks serve, odd ones ask. */
  socket() {
    if (task % 2 === 0) {
      const socket = Socket.accept("echo", 20_000);
      for (let line = socket.readLine(); line !== undefined; line = socket.readLine()) socket.write(`${line.toUpperCase()}\n`);
      return undefined;
    }
    const socket = Socket.connect("echo", 20_000);
    const answers: (string | undefined)[] = [];
    for (let i = 0; i < rounds; i++) {
      socket.write(`from ${task}: ${i}\n`);
      answers.push(socket.readLine());
    }
    closeSockets();
    return answers;
  },
};

const result = programs[program]();
const told: HammerResult = { events, metas, result };
parentPort!.postMessage(told);
