import assert from "node:assert/strict";
import { whenQuiet } from "../../../src/run/quiet";

describe("when it is quiet", () => {
  it("nothing is missed that had come while nobody could look", async () => {
    let heard = 0;
    const atTheEnd = await new Promise<number>((resolve) => {
      whenQuiet(() => heard, () => resolve(heard));
      const piece = (): void => {
        heard++;
        // As when pipes are read: some at each turn of the loop, which itself takes long.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
        if (heard < 10) setImmediate(piece);
      };
      piece();
    });
    assert.equal(atTheEnd, 10);
  });

  it("ends when it is no longer wanted", async () => {
    const end = whenQuiet(() => 0, () => assert.fail("it was ended"));
    end();
    await new Promise((resolve) => setTimeout(resolve, 700));
  });
});
