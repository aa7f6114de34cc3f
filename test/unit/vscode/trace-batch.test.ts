import assert from "node:assert/strict";
import { TraceBatch } from "../../../src/vscode/trace-batch";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("a batch of the trace", () => {
  it("sends the first chunk at once and the next ones together, in order", () => {
    const sent: number[][] = [];
    const batch = new TraceBatch((all) => sent.push([...all]));
    batch.add(bytes(1));
    assert.deepEqual(sent, [[1]]);
    batch.add(bytes(2, 3));
    batch.add(bytes(4));
    assert.deepEqual(sent, [[1]]);
    batch.flush();
    batch.flush();
    assert.deepEqual(sent, [[1], [2, 3, 4]]);
  });

  it("does not wait for its timer when it is large", () => {
    let sent = 0;
    const batch = new TraceBatch(() => sent++);
    batch.add(bytes(1));
    batch.add(new Uint8Array(2 << 20));
    assert.equal(sent, 2);
  });

  it("sends by itself what nothing follows", async () => {
    const sent = await new Promise<number[]>((resolve) => {
      let count = 0;
      const batch = new TraceBatch((all) => (count++ ? resolve([...all]) : undefined));
      batch.add(bytes(1));
      batch.add(bytes(2));
    });
    assert.deepEqual(sent, [2]);
  });
});
