import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { closeSync, constants, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { makeFifos } from "../../../src/run/os-pipes";
import { Kind, TraceWriter } from "../../../src/trace";
import { FrameReader, LateChunks, RequestCode, Spool, SpoolWriter, requestFrame } from "../../../src/wire";

/** A chunk of so many accesses. */
function chunk(task: number, accesses: number, first: number): Uint8Array {
  const writer = new TraceWriter(task);
  for (let i = 0; i < accesses; i++) writer.access(Kind.Write8, 1, 64, first + i);
  return writer.take();
}

/** Both sides of a spool, and what has come out. */
function sides(shared = true): { spool: Spool; writer: SpoolWriter; late: LateChunks; seen: Buffer[]; failures: Error[]; reader: FrameReader; close(): void } {
  const spool = Spool.make(join(tmpdir(), `concurrency-playground-${randomUUID()}`))!;
  const seen: Buffer[] = [];
  const failures: Error[] = [];
  const deliver = (_task: number, bytes: Uint8Array): void => void seen.push(Buffer.from(bytes));
  const late = new LateChunks(spool, deliver, (error) => failures.push(error));
  const reader = new FrameReader({ onChunk: deliver, onFrame: ({ bytes }) => void seen.push(Buffer.from(bytes)) }, late);
  const close = (): void => {
    late.close();
    spool.close();
  };
  return { spool, writer: SpoolWriter.at(spool.file, shared)!, late, seen, failures, reader, close };
}

describe("spool", () => {
  if (process.platform === "win32") return;

  for (const shared of [true, false]) it(`gives chunks in order, round and round, while its reader keeps up, ${shared ? "to several threads" : "to one"}`, () => {
    const { writer, late, seen, close } = sides(shared);
    let bytes = 0;
    for (let n = 0; bytes < 100e6; n++) {
      const sent = [0, 1, 2].map((i) => chunk(i, 2000 + ((n * 7919 + i * 104_729) % 4096), n));
      for (const one of sent) {
        bytes += one.length;
        assert.ok(writer.put(one, false));
      }
      late.settleAll();
      assert.deepEqual(seen, sent.map((one) => Buffer.from(one)));
      seen.length = 0;
    }
    close();
  }).timeout(60_000);

  it("keeps the order of what goes through it and what goes through the pipe", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ kind: fc.constantFrom("later", "urgent", "request"), accesses: fc.integer({ min: 1, max: 5000 }) }), { maxLength: 40 }), fc.boolean(), (steps, shared) => {
        const { writer, late, seen, reader, close } = sides(shared);
        const sent = steps.map(({ kind, accesses }, i) => {
          const bytes = kind === "request" ? Buffer.from(`request ${i}`) : Buffer.from(chunk(1, accesses, i));
          // As PipeSink does.
          const spooled = kind !== "request" && writer.put(bytes, kind === "urgent");
          const told = writer.tell(kind !== "later" || !spooled);
          if (told) reader.push(Buffer.from(told));
          if (kind === "request") reader.push(requestFrame(1, RequestCode.Sync, {}, bytes));
          else if (!spooled) reader.push(bytes);
          if (kind !== "later") assert.equal(seen.length, i + 1, "what is urgent is there at once, with all before it");
          return bytes;
        });
        late.settleAll();
        assert.deepEqual(seen, sent);
        close();
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);

  it("takes no more than it has room for, and says so when much waits", () => {
    const { writer, late, seen, reader, close } = sides();
    assert.ok(!writer.put(chunk(1, 100, 0), true), "a short chunk that is to be seen at once goes through the pipe");
    const one = chunk(1, 60_000, 0);
    let put = 0;
    assert.ok(writer.put(one, false));
    put++;
    let told = writer.tell(false)!;
    while (put * one.length < 30e6) {
      assert.ok(writer.put(one, false));
      put++;
      told = writer.tell(false) ?? told;
    }
    assert.ok(Buffer.from(told).readUInt32LE(16) > 20e6 / 16, "told, however short the time");
    while (writer.put(one, false)) put++;
    assert.ok(put * one.length <= 32 * 1024 * 1024 && put * one.length > 30e6, `${put} chunks`);
    reader.push(Buffer.from(told));
    assert.ok(seen.length > 0 && seen.length < put);
    assert.ok(writer.put(one, false), "what was read makes room");
    put++;
    late.settleAll();
    assert.equal(seen.length, put);
    assert.ok(seen.every((bytes) => Buffer.compare(bytes, one) === 0));
    close();
  }).timeout(60_000);

  it("is told of now and then where nobody waits, and once more looked into for what was not told", async () => {
    const { writer, seen, reader, close } = sides();
    const chunks = Array.from({ length: 4 }, (_, i) => chunk(1, 10, i));
    assert.ok(writer.put(chunks[0]!, false));
    const first = writer.tell(false);
    assert.ok(first, "the first one is told");
    assert.ok(writer.put(chunks[1]!, false));
    // Unless the machine is so busy that it is long ago by now.
    const second = writer.tell(false);
    reader.push(Buffer.from(first));
    assert.deepEqual(seen, [Buffer.from(chunks[0]!)]);
    if (second) reader.push(Buffer.from(second));
    for (let waited = 0; seen.length < 2 && waited < 200; waited++) await setTimeout(20);
    assert.deepEqual(seen, chunks.slice(0, 2).map((one) => Buffer.from(one)));
    await setTimeout(100);
    assert.ok(writer.put(chunks[2]!, false));
    const third = writer.tell(false);
    assert.ok(third, "the last one was long ago");
    reader.push(Buffer.from(third));
    assert.equal(seen.length, 3);
    // It has taken what was there before it was told; still it looks once more.
    assert.ok(writer.put(chunks[3]!, false));
    const fourth = writer.tell(false);
    if (fourth) reader.push(Buffer.from(fourth));
    for (let waited = 0; seen.length < 4 && waited < 200; waited++) await setTimeout(20);
    assert.equal(seen.length, 4);
    close();
  }).timeout(10_000);

  it("is not looked into before what lies in the pipe was read, however late that is", async () => {
    const { writer, seen, reader, close } = sides();
    const fifo = join(tmpdir(), `concurrency-playground-${randomUUID()}`);
    assert.ok(makeFifos([fifo]));
    const input = new Socket({ fd: openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });
    const pipe = openSync(fifo, "w");
    rmSync(fifo);
    input.on("data", (bytes: Buffer) => reader.push(bytes));
    const chunks = Array.from({ length: 6 }, (_, i) => Buffer.from(chunk(1, 10, i)));
    // As PipeSink does.
    const hand = (bytes: Buffer, later: boolean): void => {
      const spooled = writer.put(bytes, !later);
      const told = writer.tell(!later || !spooled);
      if (told) writeSync(pipe, told);
      if (!spooled) writeSync(pipe, bytes);
    };
    const until = async (count: number): Promise<void> => {
      for (let waited = 0; seen.length < count && waited < 200; waited++) await setTimeout(20);
    };
    const busy = (ms: number): void => {
      for (const end = performance.now() + ms; performance.now() < end; );
    };
    try {
      hand(chunks[0]!, true);
      await until(1);
      // Now it will look by itself. Until it comes to that, both the pipe and the spool have something.
      for (const i of [1, 2, 3, 4]) hand(chunks[i]!, i % 2 === 0);
      busy(250);
      await until(5);
      // Its clock stood still meanwhile: it must not look too early for the last time.
      hand(chunks[5]!, true);
      await until(6);
      assert.deepEqual(seen, chunks);
    } finally {
      input.destroy();
      closeSync(pipe);
      close();
    }
  }).timeout(20_000);

  it("is none where there is no such file", () => {
    const name = join(tmpdir(), `concurrency-playground-${randomUUID()}`);
    const spool = Spool.make(name)!;
    assert.ok(!existsSync(name), "the file has no name");
    spool.close();
    const none = openSync("/dev/null", "r+");
    assert.equal(SpoolWriter.at(none, true), undefined);
    closeSync(none);
    assert.equal(SpoolWriter.at(9999, true), undefined);
    const late = sides();
    assert.ok(late.writer.put(chunk(1, 1000, 0), true));
    const frame = late.writer.tell(true)!;
    assert.throws(() => new FrameReader({ onChunk: () => assert.fail(), onFrame: () => assert.fail() }).push(Buffer.from(frame)), /no task writes/);
    late.close();
  });

  const RING_AT = 4096;
  const corruptions: Record<string, (spool: Spool) => void> = {
    "no chunk": (spool) => writeSync(spool.file, Buffer.from("nonsense"), 0, 8, RING_AT),
    "a chunk longer than what is there": (spool) => writeSync(spool.file, Uint8Array.of(0, 0, 0xf0, 0), 0, 4, RING_AT + 8),
    "a length that is none": (spool) => writeSync(spool.file, Uint8Array.of(7), 0, 1, RING_AT + 8),
    "a jump from where none can be": (spool) => writeSync(spool.file, Buffer.from("CPSK"), 0, 4, RING_AT),
    "a position without anything before it": (spool) => writeSync(spool.file, Uint8Array.of(0, 0, 1, 0), 0, 4, 4),
  };
  for (const [name, corrupt] of Object.entries(corruptions)) {
    it(`trusts nothing that its process has written: ${name}`, async () => {
      const { spool, writer, late, failures, close } = sides();
      assert.ok(writer.put(chunk(1, 1000, 0), false));
      assert.ok(writer.tell(false));
      corrupt(spool);
      assert.throws(() => late.settleAll(), /no task writes|shorter than/);
      late.told(0);
      for (let waited = 0; failures.length === 0 && waited < 100; waited++) await setTimeout(50);
      assert.match(failures[0]!.message, /no task writes|shorter than/);
      close();
    }).timeout(10_000);
  }
});
