import assert from "node:assert/strict";
import fc from "fast-check";
import { Kind, TraceWriter } from "../../../src/trace";
import { FrameReader, RequestCode, requestFrame } from "../../../src/wire";

function read(stream: Uint8Array, cuts: readonly number[]): { chunks: Buffer[]; frames: { task: number; code: number; body: unknown; bytes: Buffer }[] } {
  const chunks: Buffer[] = [];
  const frames: { task: number; code: number; body: unknown; bytes: Buffer }[] = [];
  const reader = new FrameReader({
    onChunk: (_task, chunk) => chunks.push(Buffer.from(chunk)),
    onFrame: ({ task, code, body, bytes }) => frames.push({ task, code, body, bytes: Buffer.from(bytes) }),
  });
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    reader.push(stream.slice(at, cut));
    at = cut;
  }
  reader.push(stream.slice(at));
  return { chunks, frames };
}

describe("frames of a task's pipe", () => {
  it("come out whole and in order, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 5 })), { maxLength: 12 }), fc.array(fc.nat({ max: 3000 }), { maxLength: 8 }), (parts, cuts) => {
        const pieces = parts.map((part, i) => {
          if (typeof part !== "number") return requestFrame(i, RequestCode.Sync, { i }, part);
          const writer = new TraceWriter(i);
          for (let n = 0; n <= part; n++) writer.sync(Kind.Lock, 0, n, n, n);
          return writer.take();
        });
        const stream = Buffer.concat(pieces);
        const { chunks, frames } = read(stream, cuts.filter((cut) => cut <= stream.length));
        assert.deepEqual(chunks, pieces.filter((_, i) => typeof parts[i] === "number").map((piece) => Buffer.from(piece)));
        assert.deepEqual(
          frames,
          parts.flatMap((part, task) => (typeof part === "number" ? [] : [{ task, code: RequestCode.Sync as number, body: { i: task }, bytes: Buffer.from(part) }])),
        );
      }),
    );
  });

  it("a stream that no task of ours writes is refused", () => {
    assert.throws(() => read(Buffer.from("this is what console.log would print if it came here"), []), /carries what no task writes/);
  });
});
