import assert from "node:assert/strict";
import { Op } from "../../../src/sync";
import { AtomicOp } from "../../../src/trace";
import { Perturbation } from "../../../src/runtime/perturbation";

const OPS = [Op.Lock, Op.Unlock, Op.Send, Op.Receive, Op.Acquire, Op.Release];

/** Milliseconds before each of `count` operations, these by turns; 0: none. */
function delays(seed: number, task: number, count = 200, ops: readonly Op[] = OPS): number[] {
  let slept = 0;
  const perturbation = new Perturbation(seed, task, (ms) => (slept = ms));
  return Array.from({ length: count }, (_, i) => {
    slept = 0;
    perturbation.before(ops[i % ops.length]!, AtomicOp.Load);
    return slept;
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const share = (values: readonly number[], predicate: (ms: number) => boolean): number => values.filter(predicate).length / values.length;

describe("perturbation", () => {
  it("is the same for the same seed and task, another for another", () => {
    assert.deepEqual(delays(1, 1), delays(1, 1));
    assert.notDeepEqual(delays(1, 1), delays(2, 1));
    assert.notDeepEqual(delays(1, 1), delays(1, 2));
  });

  it("mostly does not delay, often a little, sometimes by milliseconds, seldom by a time slice", () => {
    const slept = Array.from({ length: 200 }, (_, seed) => delays(seed, 0)).flat();
    const none = share(slept, (ms) => ms === 0);
    assert.ok(none > 0.5 && none < 0.9, `${none} not at all`);
    for (const [least, most, atLeast] of [[0, 0.01, 0.03], [0.01, 0.3, 0.03], [0.3, 2, 0.03], [2, 13, 0.003]] as const) {
      const found = share(slept, (ms) => ms > least && ms <= most);
      assert.ok(found > atLeast && found < 0.25, `${found} between ${least} and ${most} ms`);
    }
    assert.ok(slept.every((ms) => ms >= 0 && ms <= 12));
  });

  it("has some kinds of operation late, time after time, while others are not", () => {
    const [late, punctual] = [1.5, 0.2];
    const some = Array.from({ length: 100 }, (_, seed) => delays(seed, 0, 48)).some((slept) => {
      const means = OPS.map((_, i) => sum(slept.filter((__, j) => j % OPS.length === i)) / 8);
      return means.some((mean) => mean > late) && means.some((mean) => mean < punctual);
    });
    assert.ok(some);
  });

  it("keeps the delays of long programs bounded: a hundred times the operations, few times the delay", () => {
    for (let seed = 0; seed < 20; seed++) {
      const [short, long] = [sum(delays(seed, 0, 2_000)), sum(delays(seed, 0, 200_000))];
      assert.ok(long < 8 * short, `${short} ms, then ${long} ms`);
    }
  });

  it("does not slow down who spins", () => {
    for (let seed = 0; seed < 20; seed++) assert.ok(sum(delays(seed, 0, 10_000, [Op.SpinTry])) < 2_000);
  });

  it("delays no queries", () => {
    assert.equal(sum(delays(42, 0, 200, [Op.Owner, Op.Available, Op.Length, Op.Join])), 0);
  });
});
