import assert from "node:assert/strict";
import { ObjectCode, Op, RingBytes, STREAM_CAPACITY, Status, spanOf, type Span } from "../../../src/sync";
import { World } from "./world";

const [A, B, C] = [0, 1, 2] as const;

function span(world: World, task: number): Span {
  const { value, extra } = world.outcome(task);
  return spanOf(value, extra);
}

/** Writes that many bytes; the task must not have to wait. */
function write(world: World, task: number, stream: number, bytes: number): void {
  assert.equal(world.try(task, Op.StreamClaimWrite, stream, bytes), Status.Done);
  assert.equal(span(world, task).bytes, bytes);
  assert.equal(world.do(task, Op.StreamWrite, stream, bytes), Status.Done);
}

function read(world: World, task: number, stream: number, most: number): Span {
  assert.equal(world.try(task, Op.StreamClaimRead, stream, most), Status.Done);
  const claimed = span(world, task);
  assert.equal(world.do(task, Op.StreamRead, stream, claimed.bytes), Status.Done);
  return claimed;
}

describe("a stream of bytes", () => {
  it("gives what is there, at most as much as asked, in order", () => {
    const world = new World(2);
    const stream = world.create(ObjectCode.Stream);
    write(world, A, stream, 10);
    write(world, A, stream, 5);
    assert.deepEqual(read(world, B, stream, 4), { offset: 0, bytes: 4 });
    assert.deepEqual(read(world, B, stream, 100), { offset: 4, bytes: 11 });
    assert.equal(world.try(B, Op.StreamClaimRead, stream, 1), Status.Failed);
  });

  it("wakes a reader when bytes are there, not when they are claimed", () => {
    const world = new World(2);
    const stream = world.create(ObjectCode.Stream);
    assert.equal(world.do(B, Op.StreamClaimRead, stream, 100), Status.Waiting);
    world.do(A, Op.StreamClaimWrite, stream, 3);
    assert.deepEqual(world.takeWoken(), []);
    world.do(A, Op.StreamWrite, stream, 3);
    assert.deepEqual(world.takeWoken(), [B]);
    assert.deepEqual(span(world, B), { offset: 0, bytes: 3 });
    world.do(B, Op.StreamRead, stream, 3);
    assert.ok(world.outcome(B).seq > world.outcome(A).seq);
  });

  it("blocks a writer while it is full; what a reader takes makes room", () => {
    const world = new World(2);
    const stream = world.create(ObjectCode.Stream);
    write(world, A, stream, STREAM_CAPACITY);
    assert.equal(world.do(A, Op.StreamClaimWrite, stream, 10), Status.Waiting);
    read(world, B, stream, 9);
    assert.deepEqual(world.takeWoken(), [], "a short write is not cut in two");
    read(world, B, stream, 1);
    assert.deepEqual(world.takeWoken(), [A]);
    assert.deepEqual(span(world, A), { offset: STREAM_CAPACITY, bytes: 10 });
  });

  describe("where the system has no more room, though the bytes would fit", () => {
    function filled(): { world: World; stream: number } {
      const world = new World(2);
      const stream = world.create(ObjectCode.Stream);
      write(world, A, stream, 20);
      assert.equal(world.do(A, Op.StreamClaimWrite, stream, 10), Status.Done);
      return { world, stream };
    }

    it("a writer waits for a read", () => {
      const { world, stream } = filled();
      assert.equal(world.do(A, Op.StreamWrite, stream, 4, 1), Status.Done);
      assert.equal(world.do(A, Op.StreamClaimWrite, stream, 6), Status.Waiting);
      read(world, B, stream, 1);
      assert.deepEqual(world.takeWoken(), [A]);
      assert.deepEqual(span(world, A), { offset: 24, bytes: 6 });
    });

    it("it does not wait if there was one in the meantime", () => {
      const { world, stream } = filled();
      read(world, B, stream, 1);
      assert.equal(world.do(A, Op.StreamWrite, stream, 0, 1), Status.Done);
      assert.equal(world.try(A, Op.StreamClaimWrite, stream, 10), Status.Done);
    });

    it("it learns of the end", () => {
      const { world, stream } = filled();
      world.do(A, Op.StreamWrite, stream, 0, 1);
      assert.equal(world.do(A, Op.StreamClaimWrite, stream, 10), Status.Waiting);
      world.do(B, Op.StreamClose, stream);
      assert.equal(world.outcome(A).status, Status.Closed);
    });
  });

  it("takes a long write in pieces", () => {
    const world = new World(2);
    const stream = world.create(ObjectCode.Stream);
    world.do(A, Op.StreamClaimWrite, stream, 100_000);
    assert.deepEqual(span(world, A), { offset: 0, bytes: STREAM_CAPACITY });
    world.do(A, Op.StreamWrite, stream, STREAM_CAPACITY);
    assert.equal(world.do(A, Op.StreamClaimWrite, stream, 100_000 - STREAM_CAPACITY), Status.Waiting);
    read(world, B, stream, 5000);
    assert.deepEqual(span(world, A), { offset: STREAM_CAPACITY, bytes: 5000 });
  });

  it("has one writer and one reader at a time, first come, first served", () => {
    const world = new World(3);
    const stream = world.create(ObjectCode.Stream);
    world.do(A, Op.StreamClaimWrite, stream, 1);
    assert.equal(world.do(B, Op.StreamClaimWrite, stream, 1), Status.Waiting);
    assert.equal(world.do(C, Op.StreamClaimWrite, stream, 1), Status.Waiting);
    assert.equal(world.do(C, Op.StreamWrite, stream, 1), Status.NotOwner);
    world.do(A, Op.StreamWrite, stream, 1);
    assert.deepEqual(world.takeWoken(), [B]);
    assert.equal(world.do(A, Op.StreamClaimRead, stream, 1), Status.Done);
    world.do(B, Op.StreamWrite, stream, 1);
    assert.deepEqual(world.takeWoken(), [C]);
    assert.equal(world.do(B, Op.StreamClaimRead, stream, 1), Status.Waiting, "a byte is there, but A is reading");
    world.do(A, Op.StreamRead, stream, 1);
    assert.deepEqual(world.takeWoken(), [B]);
    assert.deepEqual(span(world, B), { offset: 1, bytes: 1 });
  });

  it("lets a reader keep its claim until it has what it wants", () => {
    const world = new World(3);
    const stream = world.create(ObjectCode.Stream);
    write(world, A, stream, 2);
    world.do(B, Op.StreamClaimRead, stream, 100);
    assert.equal(world.do(C, Op.StreamClaimRead, stream, 100), Status.Waiting);
    world.do(B, Op.StreamRead, stream, 2, 1);
    assert.equal(world.do(B, Op.StreamClaimRead, stream, 100), Status.Waiting);
    write(world, A, stream, 3);
    assert.deepEqual(world.takeWoken(), [B], "before C, who came first");
    assert.deepEqual(span(world, B), { offset: 2, bytes: 3 });
    world.do(B, Op.StreamRead, stream, 1);
    assert.deepEqual(world.takeWoken(), [C]);
    assert.deepEqual(span(world, C), { offset: 3, bytes: 2 });
  });

  it("gives what is left after its end, then the end to all", () => {
    const world = new World(3);
    const stream = world.create(ObjectCode.Stream);
    write(world, A, stream, 4);
    assert.equal(world.do(A, Op.StreamClose, stream), Status.Done);
    assert.equal(world.do(A, Op.StreamClose, stream), Status.Closed);
    assert.equal(world.do(A, Op.StreamClaimWrite, stream, 1), Status.Closed);
    assert.deepEqual(read(world, B, stream, 100), { offset: 0, bytes: 4 });
    for (let i = 0; i < 2; i++) assert.equal(world.do(B, Op.StreamClaimRead, stream, 1), Status.Closed);
    assert.ok(world.outcome(B).seq > 0);
  });

  it("tells those that wait of its end", () => {
    const world = new World(4);
    const empty = world.create(ObjectCode.Stream);
    world.do(B, Op.StreamClaimRead, empty, 1);
    world.do(C, Op.StreamClaimRead, empty, 1);
    world.do(A, Op.StreamClose, empty);
    assert.deepEqual(world.takeWoken(), [B, C]);
    assert.equal(world.outcome(B).status, Status.Closed);
    const full = world.create(ObjectCode.Stream);
    write(world, A, full, STREAM_CAPACITY);
    world.do(B, Op.StreamClaimWrite, full, 1);
    world.do(A, Op.StreamClose, full);
    assert.equal(world.outcome(B).status, Status.Closed);
    assert.equal(world.outcome(A).seq + 1, world.outcome(B).seq);
  });

  it("loses what was being written when it was closed, and says so", () => {
    const world = new World(2);
    const stream = world.create(ObjectCode.Stream);
    world.do(A, Op.StreamClaimWrite, stream, 5);
    world.do(B, Op.StreamClose, stream);
    assert.equal(world.do(A, Op.StreamWrite, stream, 5), Status.Closed);
    assert.equal(world.do(B, Op.StreamClaimRead, stream, 1), Status.Closed);
  });

  it("frees what a dead task had claimed", () => {
    const world = new World(4);
    const stream = world.create(ObjectCode.Stream);
    world.do(A, Op.StreamClaimWrite, stream, 5);
    world.do(B, Op.StreamClaimWrite, stream, 7);
    world.die(A);
    assert.deepEqual(span(world, B), { offset: 0, bytes: 7 });
    world.do(B, Op.StreamWrite, stream, 7);
    world.do(B, Op.StreamClaimRead, stream, 7);
    world.do(C, Op.StreamClaimRead, stream, 7);
    world.die(B);
    assert.deepEqual(span(world, C), { offset: 0, bytes: 7 }, "nothing of it was read");
  });

  it("counts offsets beyond 32 bits", () => {
    const world = new World(2);
    const stream = world.create(ObjectCode.Stream);
    let offset = 0;
    while (offset < 2 ** 32 + 2 ** 17) {
      write(world, A, stream, STREAM_CAPACITY);
      const piece = read(world, B, stream, STREAM_CAPACITY);
      assert.equal(piece.offset, offset);
      offset += piece.bytes;
    }
  });

  it("keeps its bytes in a ring, which goes with its end", () => {
    const world = new World(2);
    const stream = world.create(ObjectCode.Stream);
    const rings = new RingBytes(world.arena);
    const sent: number[] = [];
    const got: number[] = [];
    for (let i = 0; i < 40; i++) {
      const bytes = Uint8Array.from({ length: 3000 + i }, (_, k) => (k * 7 + i) & 0xff);
      world.try(A, Op.StreamClaimWrite, stream, bytes.length);
      assert.ok(rings.put(stream, span(world, A).offset, bytes));
      world.do(A, Op.StreamWrite, stream, bytes.length);
      sent.push(...bytes);
      const { offset, bytes: count } = read(world, B, stream, 2990 + i);
      got.push(...rings.take(stream, offset, count, undefined));
    }
    world.do(A, Op.StreamClose, stream);
    const { offset, bytes } = read(world, B, stream, STREAM_CAPACITY);
    assert.equal(offset + bytes, sent.length);
    assert.deepEqual(got, sent.slice(0, got.length));
    assert.throws(() => world.messages.byteLength(1), /no message/, "the ring is free");
  });

  it("stops at the byte that ends a line", () => {
    const world = new World(1);
    const stream = world.create(ObjectCode.Stream);
    const rings = new RingBytes(world.arena);
    const text = Buffer.from("one\ntwo\n");
    rings.put(stream, STREAM_CAPACITY - 2, text);
    assert.equal(Buffer.from(rings.take(stream, STREAM_CAPACITY - 2, text.length, 10)).toString(), "one\n");
    assert.equal(Buffer.from(rings.take(stream, STREAM_CAPACITY + 2, 3, 10)).toString(), "two");
  });
});

describe("accept and connect", () => {
  it("meet, whoever comes first, in the order in which they came", () => {
    const world = new World(4);
    const place = world.create(ObjectCode.Rendezvous);
    assert.equal(world.do(A, Op.Accept, place), Status.Waiting);
    assert.equal(world.do(B, Op.Accept, place), Status.Waiting);
    assert.equal(world.do(C, Op.Connect, place), Status.Done);
    assert.deepEqual(world.takeWoken(), [A]);
    assert.deepEqual([world.outcome(A).value, world.outcome(A).extra], [world.outcome(C).value, world.outcome(C).extra]);
    world.do(3, Op.Connect, place);
    assert.deepEqual(world.takeWoken(), [B]);
    assert.notEqual(world.outcome(B).value, world.outcome(A).value);
    assert.equal(world.do(A, Op.Connect, place), Status.Waiting);
    assert.equal(world.do(B, Op.Accept, place), Status.Done);
  });

  it("do not meet who has given up", () => {
    const world = new World(2);
    const place = world.create(ObjectCode.Rendezvous);
    assert.equal(world.try(A, Op.Connect, place), Status.Failed);
    world.do(A, Op.Connect, place);
    assert.equal(world.timeOut(A), Status.TimedOut);
    assert.equal(world.do(B, Op.Accept, place), Status.Waiting);
  });

  it("make a connection that closes when one end dies; the other reads what is left", () => {
    const world = new World(2);
    const place = world.create(ObjectCode.Rendezvous);
    world.do(A, Op.Accept, place);
    world.do(B, Op.Connect, place);
    const { value: fromA, extra: fromB } = world.outcome(B);
    write(world, A, fromA, 6);
    world.die(A);
    assert.equal(read(world, B, fromA, 100).bytes, 6);
    assert.equal(world.do(B, Op.StreamClaimRead, fromA, 100), Status.Closed);
    assert.equal(world.do(B, Op.StreamClaimWrite, fromB, 1), Status.Closed);
  });
});
