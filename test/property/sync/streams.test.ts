import assert from "node:assert/strict";
import fc from "fast-check";
import { ObjectCode, Op, RingBytes, STREAM_CAPACITY, Status, spanOf } from "../../../src/sync";
import { World } from "../../unit/sync/world";
import { TASKS, done, follow, got, only, steps, type Expected, type Got, type Model, type Step } from "./model";

const SHORT = 4096;
const SIZES = [0, 1, 10, 4000, SHORT, SHORT + 1, 30_000, STREAM_CAPACITY, 100_000];

/** A stream as a count of bytes with one turn at each end. Spans are compared as `value` and `extra` below 4 GiB. */
class StreamModel implements Model {
  private offset = 0;
  private held = 0;
  private closed = false;
  private reader = -1;
  private writer = -1;
  private readers: { readonly task: number; readonly most: number }[] = [];
  private writers: { readonly task: number; readonly bytes: number }[] = [];
  /** What the claims of both ends allow. */
  private readonly claimed = { read: 0, write: 0 };

  constructor(private readonly stream: number) {}

  operation({ task, action, arg }: Step): ReturnType<Model["operation"]> {
    const object = this.stream;
    // A task uses its claim before it does anything else at that end; sometimes less than all of it.
    if (this.writer === task) return { op: Op.StreamWrite, object, a: Math.min(this.claimed.write, SIZES[arg]!) };
    if (this.reader === task && this.claimed.read > 0) return { op: Op.StreamRead, object, a: Math.min(this.claimed.read, SIZES[arg]!), b: action & 1 };
    const most = Math.max(1, SIZES[arg]!);
    switch (action % 5) {
      case 0:
      case 1:
        return { op: Op.StreamClaimWrite, object, a: most };
      case 2:
      case 3:
        return { op: Op.StreamClaimRead, object, a: most };
      default:
        return arg === 0 ? { op: Op.StreamClose, object, a: 0 } : undefined;
    }
  }

  private grantRead(task: number, most: number): Got {
    this.reader = task;
    this.claimed.read = Math.min(most, this.held);
    return done(task, this.offset, this.claimed.read);
  }

  private serve(): Got[] {
    const woken: Got[] = [];
    for (;;) {
      const next = this.reader >= 0 ? this.readers.find((waiter) => waiter.task === this.reader) : this.readers[0];
      if (!next || (this.held === 0 && !this.closed)) break;
      this.readers = this.readers.filter((waiter) => waiter !== next);
      if (this.held > 0) woken.push(this.grantRead(next.task, next.most));
      else {
        this.reader = -1;
        woken.push(got(next.task, Status.Closed));
      }
    }
    const first = this.writers[0];
    if (first && this.writer < 0 && STREAM_CAPACITY - this.held >= Math.min(first.bytes, SHORT)) {
      this.writers.shift();
      woken.push(this.grantWrite(first.task, first.bytes));
    }
    return woken;
  }

  private grantWrite(task: number, bytes: number): Got {
    this.writer = task;
    this.claimed.write = Math.min(bytes, STREAM_CAPACITY - this.held);
    return done(task, this.offset + this.held, this.claimed.write);
  }

  perform(task: number, op: Op, a: number, b: number, mayWait: boolean): Expected {
    switch (op) {
      case Op.StreamClaimWrite:
        if (this.closed) return only(got(task, Status.Closed));
        if (this.writer < 0 && this.writers.length === 0 && STREAM_CAPACITY - this.held >= Math.min(a, SHORT)) return only(this.grantWrite(task, a));
        if (!mayWait) return only(got(task, Status.Failed));
        this.writers.push({ task, bytes: a });
        return only(got(task, Status.Waiting));
      case Op.StreamWrite:
        this.writer = -1;
        if (this.closed) return only(got(task, Status.Closed));
        this.held += a;
        return only(done(task), this.serve());
      case Op.StreamClaimRead: {
        const turn = this.reader === task || (this.reader < 0 && this.readers.length === 0);
        if (turn && this.held > 0) return only(this.grantRead(task, a));
        if (turn && this.closed) {
          this.reader = -1;
          return only(got(task, Status.Closed), this.serve());
        }
        if (!mayWait) return only(got(task, Status.Failed));
        this.readers.push({ task, most: a });
        return only(got(task, Status.Waiting));
      }
      case Op.StreamRead:
        this.offset += a;
        this.held -= a;
        this.claimed.read = 0;
        if (b === 0) this.reader = -1;
        return only(done(task), this.serve());
      default: {
        if (this.closed) return only(got(task, Status.Closed));
        this.closed = true;
        const woken = this.writers.splice(0).map((waiter) => got(waiter.task, Status.Closed));
        return only(done(task), [...woken, ...this.serve()]);
      }
    }
  }

  private leave(task: number): boolean {
    const before = this.readers.length + this.writers.length;
    this.readers = this.readers.filter((waiter) => waiter.task !== task);
    this.writers = this.writers.filter((waiter) => waiter.task !== task);
    return this.readers.length + this.writers.length < before;
  }

  timeOut(task: number): Expected {
    this.leave(task);
    return only(got(task, Status.TimedOut), this.serve());
  }

  die(task: number): Got[] {
    const woken = this.leave(task) ? this.serve() : [];
    if (this.reader === task) this.reader = -1;
    if (this.writer === task) this.writer = -1;
    return [...woken, ...this.serve()];
  }
}

describe("machines against their plain meaning", function () {
  this.timeout(120_000);

  it("stream", () => {
    fc.assert(
      fc.property(steps(5, SIZES.length - 1), (taken) => {
        const world = new World(TASKS, false, true);
        follow(world, new StreamModel(world.create(ObjectCode.Stream)), 5, taken);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a stream's ring", function () {
  this.timeout(120_000);

  it("gives the bytes that were put in, in whatever pieces", () => {
    const size = fc.integer({ min: 1, max: STREAM_CAPACITY + 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(size, size), { maxLength: 30 }), (pieces) => {
        const world = new World(2, false, true);
        const stream = world.create(ObjectCode.Stream);
        const rings = new RingBytes(world.arena);
        const claimed = (task: number): { offset: number; bytes: number } => spanOf(world.outcome(task).value, world.outcome(task).extra);
        const byteAt = (offset: number): number => (offset * 31 + (offset >> 8)) & 0xff;
        for (const [written, most] of pieces) {
          if (world.do(0, Op.StreamClaimWrite, stream, written, 0, false) === Status.Done) {
            const { offset, bytes } = claimed(0);
            assert.ok(rings.put(stream, offset, Uint8Array.from({ length: bytes }, (_, i) => byteAt(offset + i))));
            world.do(0, Op.StreamWrite, stream, bytes);
          }
          if (world.do(1, Op.StreamClaimRead, stream, most, 0, false) === Status.Done) {
            const { offset, bytes } = claimed(1);
            const taken = rings.take(stream, offset, bytes, undefined);
            assert.equal(taken.length, bytes);
            assert.ok(taken.every((byte, i) => byte === byteAt(offset + i)));
            world.do(1, Op.StreamRead, stream, bytes);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
