import assert from "node:assert/strict";
import { Arena, Header, LocalMessages, type ObjectCode, Op, Status, TaskState, TaskWord, createObject, endTask, giveUp, objectRecord, perform, taskBlock } from "../../../src/sync";

export interface Outcome {
  readonly status: Status;
  readonly value: number;
  readonly extra: number;
  readonly seq: number;
  readonly firstSeq: number;
}

/** Memory of the world that was recycled last: clearing what it used is much cheaper than new memory. */
let spare: ArrayBuffer | undefined;

function recycled(): ArrayBuffer {
  if (!spare) return (spare = new ArrayBuffer(Arena.byteLength));
  const words = new Int32Array(spare);
  words.fill(0, 0, objectRecord(words[Header.NextObject]!));
  return spare;
}

/** Several tasks on one arena, driven step by step from one thread. */
export class World {
  readonly arena: Arena;
  readonly messages = new LocalMessages();
  /** Tasks woken since the last `takeWoken`. */
  private woken: number[] = [];

  /** @param recycle takes the memory of the last such world, whose end this is */
  constructor(tasks: number, barging = false, recycle = false) {
    const buffer = recycle ? recycled() : new ArrayBuffer(Arena.byteLength);
    Arena.initialise(buffer, 1024);
    this.arena = new Arena(buffer, this.messages, (task) => this.woken.push(task), barging);
    for (let i = 0; i < tasks; i++) assert.equal(this.newTask(), i);
  }

  newTask(): number {
    return this.arena.newTask(-1, 0);
  }

  create(code: ObjectCode, initial = 0): number {
    const id = createObject(this.arena, code, initial);
    assert.notEqual(id, 0);
    return id;
  }

  /** An operation that may wait, unless `mayWait` is false. */
  do(task: number, op: Op, object: number, a = 0, b = 0, mayWait = true): Status {
    return perform(this.arena, task, { op, object, a, b, c: 0, mayWait });
  }

  try(task: number, op: Op, object: number, a = 0): Status {
    return this.do(task, op, object, a, 0, false);
  }

  outcome(task: number): Outcome {
    const { words } = this.arena;
    const block = taskBlock(task);
    return {
      status: words[block + TaskWord.Status]!,
      value: words[block + TaskWord.Value]!,
      extra: words[block + TaskWord.Extra]!,
      seq: words[block + TaskWord.Seq]! >>> 0,
      firstSeq: words[block + TaskWord.FirstSeq]! >>> 0,
    };
  }

  waits(task: number): boolean {
    return this.arena.words[taskBlock(task) + TaskWord.InList] !== 0;
  }

  timeOut(task: number): Status {
    return giveUp(this.arena, task);
  }

  die(task: number): void {
    endTask(this.arena, task, TaskState.Crashed, 1, 0);
  }

  /** Who was woken since the last call, in order. */
  takeWoken(): number[] {
    const { woken } = this;
    this.woken = [];
    return woken;
  }
}
