import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { openSync, closeSync, existsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kind, TraceWriter } from "../../../src/trace";
import { FrameReader, Spool, SpoolWriter } from "../../../src/wire";

/** A chunk of so many accesses. */
function chunk(task: number, accesses: number, first: number): Uint8Array {
  const writer = new TraceWriter(task);
  for (let i = 0; i < accesses; i++) writer.access(Kind.Write8, 1, 64, first + i);
  return writer.take();
}

describe("spool", () => {
  if (process.platform === "win32") return;
  const path = (): string => join(tmpdir(), `concurrency-playground-${randomUUID()}`);

  it("gives chunks in order, round and round, while its reader keeps up", () => {
    const name = path();
    const spool = Spool.make(name)!;
    assert.ok(!existsSync(name), "the file has no name");
    const writer = SpoolWriter.at(spool.file)!;
    const seen: Buffer[] = [];
    const reader = new FrameReader({ onChunk: (_task, bytes) => void seen.push(Buffer.from(bytes)), onFrame: () => assert.fail() }, spool);
    let bytes = 0;
    for (let n = 0; bytes < 100e6; n++) {
      const sent = [0, 1, 2].map((i) => chunk(i, 2000 + ((n * 7919 + i * 104_729) % 4096), n));
      for (const [i, one] of sent.entries()) {
        bytes += one.length;
        reader.push(Buffer.from(writer.put(i, one)!));
      }
      assert.deepEqual(seen, sent.map((one) => Buffer.from(one)));
      seen.length = 0;
    }
    spool.close();
  }).timeout(60_000);

  it("takes no more than it has room for, and short chunks not at all", () => {
    const spool = Spool.make(path())!;
    const writer = SpoolWriter.at(spool.file)!;
    assert.equal(writer.put(1, chunk(1, 100, 0)), undefined);
    const one = chunk(1, 60_000, 0);
    const frames: Buffer[] = [];
    for (let frame = writer.put(1, one); frame; frame = writer.put(1, one)) frames.push(Buffer.from(frame));
    assert.ok(frames.length * one.length <= 32 * 1024 * 1024 && frames.length * one.length > 30e6, `${frames.length} chunks`);
    let read = 0;
    const reader = new FrameReader({ onChunk: (_task, bytes) => (read += Buffer.compare(bytes, one) === 0 ? 1 : 0), onFrame: () => assert.fail() }, spool);
    reader.push(frames[0]!);
    reader.push(frames[1]!);
    assert.ok(writer.put(1, one), "what was read makes room");
    for (const frame of frames.slice(2)) reader.push(frame);
    assert.equal(read, frames.length);
    spool.close();
  }).timeout(60_000);

  it("is none where there is no such file, and trusts nothing that its process has written", () => {
    const none = openSync("/dev/null", "r+");
    assert.equal(SpoolWriter.at(none), undefined);
    closeSync(none);
    assert.equal(SpoolWriter.at(9999), undefined);
    const spool = Spool.make(path())!;
    const writer = SpoolWriter.at(spool.file)!;
    const listener = { onChunk: () => assert.fail(), onFrame: () => assert.fail() };
    const frame = Buffer.from(writer.put(1, chunk(1, 1000, 0))!);
    const beyond = Buffer.from(frame);
    beyond.writeUInt32LE(0xffff_fff0, 16);
    assert.throws(() => new FrameReader(listener, spool).push(beyond), /points nowhere/);
    const past = Buffer.from(frame);
    past.writeUInt32LE(5000, 16);
    assert.throws(() => new FrameReader(listener, spool).push(past), /points nowhere/);
    writeSync(spool.file, Buffer.from("nonsense"), 0, 8, 4096);
    assert.throws(() => new FrameReader(listener, spool).push(frame), /no task writes/);
    assert.throws(() => new FrameReader(listener).push(frame), /no task writes/);
    spool.close();
  });
});
