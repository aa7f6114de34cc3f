import { ACCESS_BYTES, Kind, RUN_TASK, isSync } from "../trace";
import { TaskStream } from "./task-stream";

const RECORD = ACCESS_BYTES >> 2;

/** Receives the records of a run in an order that agrees with happens-before. `task` is the trace's task number. */
export interface OrderedVisitor {
  /** Accesses one after another, as records in a chunk (kinds.ts); `from` and `to` count words. `index`: of the first. */
  accesses(task: number, words: Uint32Array, doubles: Float64Array, from: number, to: number, index: number): void;
  /** May return a number: the task's later records then wait until the event of that number was delivered. */
  sync(task: number, kind: Kind, site: number, word1: number, time: number, seq: number, a: number, b: number, c: number, d: number, index: number): number | undefined;
}

/**
 * Puts the records of all tasks in order while their chunks arrive interleaved in any way: synchronization events by
 * their run-wide number, each task's own records in program order. A record waits only for numbers that its task's
 * preceding events need; accesses between them pass at once.
 */
export class EventOrder {
  private readonly streams = new Map<number, TaskStream>();
  /** Number → stream whose queue begins with it. */
  private readonly heads = new Map<number, TaskStream>();
  /** Number → streams that are held until it was delivered. */
  private readonly holds = new Map<number, TaskStream[]>();
  private next = 1;
  private lastTask = -1;
  private lastStream: TaskStream | undefined;
  /** Numbers passed over because their records were lost. */
  lost = 0;

  constructor(private readonly visitor: OrderedVisitor) {}

  private stream(task: number): TaskStream {
    if (task === this.lastTask) return this.lastStream!;
    let stream = this.streams.get(task);
    if (!stream) this.streams.set(task, (stream = new TaskStream(task)));
    this.lastTask = task;
    return (this.lastStream = stream);
  }

  /** As in `OrderedVisitor`. */
  accesses(task: number, words: Uint32Array, doubles: Float64Array, from: number, to: number): void {
    const stream = this.stream(task);
    stream.latest = words[to - RECORD]! & 0xff;
    if (stream.waitsFor === 0) {
      const { index } = stream;
      stream.index += (to - from) / RECORD;
      this.visitor.accesses(task, words, doubles, from, to, index);
    } else stream.pushAccesses(words, from, to);
  }

  /** Synchronization events; also output and marks (their kinds), which may have a number. */
  sync(task: number, kind: Kind, site: number, word1: number, time: number, seq: number, a: number, b: number, c: number, d: number): void {
    const stream = this.stream(task);
    stream.latest = kind;
    // A number that is none, or one that is past: the event has its place in its task alone.
    if (!(seq >= this.next) || !Number.isSafeInteger(seq)) seq = 0;
    if (stream.waitsFor === 0 && seq <= this.next && isSync(kind)) {
      // What most events are: next in order.
      const hold = this.visitor.sync(task, kind, site, word1, time, seq, a, b, c, d, stream.index++);
      if (hold !== undefined) stream.heldUntil = hold;
      if (seq !== 0) this.passed(stream);
      return;
    }
    stream.pushSync(kind, site, word1, time, seq, a, b, c, d);
    if (stream.waitsFor === 0) this.advance([stream]);
  }

  /** The event `next`, of `stream`, was delivered. */
  private passed(stream: TaskStream): void {
    const held = stream.heldUntil > this.next;
    if (!held && this.heads.size === 0 && this.holds.size === 0) {
      this.next++;
      return;
    }
    const ready: TaskStream[] = [];
    this.pass(ready);
    // An empty queue that is held has to be known as waiting, too.
    if (held) ready.push(stream);
    const head = this.heads.get(this.next);
    if (head) {
      this.heads.delete(this.next);
      ready.push(head);
    }
    this.advance(ready);
  }

  /** Delivers from one stream, and from those that it makes ready, until all have to wait. */
  private advance(ready: TaskStream[]): void {
    for (let current = ready.pop(); current; current = ready.pop()) {
      const stopped = current.deliver(this.visitor, this.next);
      if (stopped === -1) {
        ready.push(current);
        this.pass(ready);
      } else if (stopped === -2) {
        const held = this.holds.get(current.heldUntil);
        if (!held) this.holds.set(current.heldUntil, [current]);
        else if (!held.includes(current)) held.push(current);
      } else if (stopped > 0) {
        // Two tasks with one number: a corrupt trace. The later one keeps its place in its own task only.
        if (this.heads.has(stopped) && this.heads.get(stopped) !== current) {
          if (this.passOver(current, stopped)) ready.push(current);
        } else this.heads.set(stopped, current);
      }
      if (ready.length === 0) {
        const head = this.heads.get(this.next);
        if (head) {
          this.heads.delete(this.next);
          ready.push(head);
        }
      }
    }
  }

  /** The event `next` was delivered. */
  private pass(ready: TaskStream[]): void {
    const held = this.holds.get(this.next);
    if (held) {
      this.holds.delete(this.next);
      ready.push(...held);
    }
    this.next++;
  }

  private passOver(stream: TaskStream, seq: number): boolean {
    const stopped = stream.deliver(this.visitor, seq);
    return stopped === -1;
  }

  /** Nothing received waits for anything that was not. */
  get settled(): boolean {
    return this.heads.size === 0 && this.holds.size === 0;
  }

  /** Kind of the latest record that a task has sent. */
  latest(task: number): Kind | 0 {
    return this.streams.get(task)?.latest ?? 0;
  }

  /**
   * A task that died may have taken records with it. When no task can still send the number that is missing, goes on
   * without it. A blocked task could: its wait may be granted. With `quiet` (nothing has come for long) it can't.
   */
  skipLost(liveTasks: Iterable<number>, quiet: boolean): void {
    while (this.heads.size > 0) {
      for (const task of liveTasks) {
        const stream = this.streams.get(task);
        if (stream && stream.waitsFor > 0) continue;
        if (stream?.latest === Kind.TaskEnd || (quiet && stream?.latest === Kind.Block)) continue;
        return;
      }
      this.skip();
    }
  }

  /** No more records come: what is queued is delivered in order of the numbers there are. */
  end(): void {
    while (this.heads.size > 0 || this.holds.size > 0) this.skip();
  }

  private skip(): void {
    let lowest = Infinity;
    for (const seq of this.heads.keys()) if (seq < lowest) lowest = seq;
    // A held task goes on when the number it is held for is known not to come.
    for (const [until, held] of this.holds) {
      if (until >= lowest) continue;
      this.holds.delete(until);
      for (const stream of held) {
        stream.heldUntil = 0;
        this.advance([stream]);
      }
      return;
    }
    this.lost += lowest - this.next;
    this.next = lowest;
    const stream = this.heads.get(lowest)!;
    this.heads.delete(lowest);
    this.advance([stream]);
  }

  /** All tasks that sent records, save the runner. */
  tasks(): number[] {
    return [...this.streams.keys()].filter((task) => task !== RUN_TASK);
  }
}
