import assert from "node:assert/strict";
import { Backlog } from "../../../src/session/backlog";

const chunk = (n: number, bytes = 4): Uint8Array => new Uint8Array(bytes).fill(n);

/** Its time is the test's: on a busy machine the real one passes also while nothing is done. */
let time = 0;
const now = (): number => time;

/** A chunk that takes longer to analyse than there is allowance for. */
function slow(): void {
  time += 30;
}

describe("the backlog of the analysis", () => {
  it("passes on at once what comes slowly", () => {
    const taken: number[] = [];
    const backlog = new Backlog((bytes) => void taken.push(bytes[0]!), now);
    backlog.push(chunk(1));
    backlog.push(chunk(2));
    assert.deepEqual(taken, [1, 2]);
    backlog.drain();
  });

  it("keeps what comes faster than it can be analysed, in order, and drains all", () => {
    const taken: number[] = [];
    const backlog = new Backlog((bytes) => {
      slow();
      taken.push(bytes[0]!);
    }, now);
    for (let n = 0; n < 5; n++) backlog.push(chunk(n));
    assert.deepEqual(taken, [0]);
    backlog.drain();
    assert.deepEqual(taken, [0, 1, 2, 3, 4]);
  });

  it("takes up again by itself what waits", async () => {
    const taken: number[] = [];
    const all = new Promise<void>((done) => {
      const backlog = new Backlog((bytes) => {
        slow();
        if (taken.push(bytes[0]!) === 3) done();
      }, now);
      for (let n = 0; n < 3; n++) backlog.push(chunk(n));
      assert.deepEqual(taken, [0]);
    });
    await all;
    assert.deepEqual(taken, [0, 1, 2]);
  });

  it("lets the tasks wait rather than hold more than it may", () => {
    const taken: number[] = [];
    const backlog = new Backlog((bytes) => {
      slow();
      taken.push(bytes[0]!);
    }, now);
    for (let n = 0; n < 4; n++) backlog.push(chunk(n, 40 * 1024 * 1024));
    // 64 MB at most are held: only the last of these fits.
    assert.deepEqual(taken, [0, 1, 2]);
    backlog.drain();
    assert.deepEqual(taken, [0, 1, 2, 3]);
  });
});
