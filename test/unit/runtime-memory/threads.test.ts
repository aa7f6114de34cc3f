import assert from "node:assert/strict";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { MemoryBacking } from "../../../src/runtime/memory";
import { isSealed, sealed, type Arena, type HammerData } from "./hammer";
import { FULL_HEAP, backing, startTask } from "./task";

function hammer(memory: MemoryBacking, task: number, rounds: number): Worker {
  const workerData: HammerData = { memory, task, rounds };
  const file = fileURLToPath(new URL("./hammer.ts", import.meta.url));
  return new Worker(`require("tsx/cjs"); require(${JSON.stringify(file)});`, { eval: true, workerData });
}

describe("one heap under two threads", () => {
  it("never tears a value, loses a field of one writer, or mixes up texts", async () => {
    const memory = backing(FULL_HEAP);
    const results = await Promise.all([1, 2].map(async (task) => (await once(hammer(memory, task, 8000), "message"))[0] as number));
    assert.deepEqual(results, [0, 0]);
    const { shared } = startTask({ memory });
    const arena = shared<Arena>({ text: "", list: [], own: {}, nested: { at: { writer: 0, text: "" } } }, "arena", "m0:arena#0");
    assert.ok(isSealed(arena.text));
    for (const task of [1, 2]) for (let i = 0; i < 300; i++) assert.ok((arena.own[`field${task}_${i}`] ?? -1) >= 7500, `field${task}_${i}`);
    assert.equal(Object.keys(arena.own).length, 700);
    for (const text of arena.list) assert.ok(text === undefined || isSealed(text));
  });

  it("goes on when a thread is ended in the middle of whatever it does", async () => {
    const memory = backing(FULL_HEAP);
    for (let i = 0; i < 4; i++) {
      const worker = hammer(memory, 1, 1e9);
      await once(worker, "online");
      await new Promise((resolve) => setTimeout(resolve, 1200 + i * 37));
      await worker.terminate();
      const { shared } = startTask({ memory, task: 2 + i });
      const arena = shared<Arena>({ text: sealed(0, 0), list: [], own: {}, nested: { at: { writer: 0, text: sealed(0, 0) } } }, "arena", "m0:arena#0");
      assert.ok(isSealed(arena.text));
      arena.own[`after${i}`] = i;
      arena.list.push(sealed(9, i));
      assert.equal(arena.own[`after${i}`], i);
    }
  });
});
