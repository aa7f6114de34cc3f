import assert from "node:assert/strict";
import { Op } from "../../../src/sync";
import { Perturbation } from "../../../src/runtime/tasks/perturbation";

function delays(seed: number, task: number, op = Op.Lock): number[] {
  const slept: number[] = [];
  const perturbation = new Perturbation(seed, task, (ms) => slept.push(ms));
  for (let i = 0; i < 200; i++) perturbation.before(op);
  return slept;
}

describe("perturbation", () => {
  it("is the same for the same seed and task, another for another", () => {
    assert.deepEqual(delays(1, 1), delays(1, 1));
    assert.notDeepEqual(delays(1, 1), delays(2, 1));
    assert.notDeepEqual(delays(1, 1), delays(1, 2));
  });

  it("delays some operations, by up to two milliseconds, and no queries", () => {
    const slept = delays(42, 0);
    assert.ok(slept.length > 20 && slept.length < 100, `${slept.length} of 200`);
    assert.ok(slept.every((ms) => ms >= 0 && ms <= 2));
    assert.deepEqual(delays(42, 0, Op.Owner), []);
  });
});
