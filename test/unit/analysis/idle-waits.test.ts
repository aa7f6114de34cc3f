import assert from "node:assert/strict";
import { DeadlockDetector } from "../../../src/analysis/deadlock";
import { WaitState } from "../../../src/analysis/wait-state";
import { Kind, WaitFor } from "../../../src/trace";

const NEVER = -1;

describe("a task that waits for any event", () => {
  let state: WaitState;
  let detector: DeadlockDetector;
  const block = (task: number, waitFor: WaitFor, word1 = 0): void => state.sync(task, Kind.Block, 0, word1, 0, waitFor, NEVER, 0);
  const does = (task: number, kind: Kind, a = 0): void => state.sync(task, kind, 0, 8, 0, a, 0, 0);
  const parentOf = (task: number): number | undefined => (task === 0 ? undefined : task - 1);

  beforeEach(() => {
    state = new WaitState(new Map());
    detector = new DeadlockDetector(state, () => [], () => "flag");
    for (const task of [0, 1, 2]) state.announce(task);
  });

  it("waits for ever where all others do", () => {
    block(2, WaitFor.MemoryValue, 8);
    block(1, WaitFor.Event);
    assert.equal(detector.complete(1, true), undefined);
    block(0, WaitFor.Event);
    assert.deepEqual(detector.complete(1, false)?.waits.map(({ task }) => task), [0, 1, 2]);
  });

  it("is no longer said to when another has gone on, even if that one has ended or sleeps again", () => {
    for (const after of [Kind.TaskEnd, Kind.Block]) {
      block(2, WaitFor.MemoryValue, 8);
      block(1, WaitFor.Event);
      does(0, Kind.MemoryNotify, 1);
      block(0, WaitFor.Event);
      assert.equal(detector.complete(1, true), undefined);
      does(2, Kind.MemoryWake);
      if (after === Kind.Block) block(2, WaitFor.MemoryValue, 8);
      else does(2, after);
      assert.equal(detector.complete(1, true), undefined);
      assert.equal(state.waiting(0), undefined);
    }
  });

  it("is asked when its own threads have been", () => {
    block(2, WaitFor.MemoryValue, 8);
    assert.deepEqual(detector.undecided(parentOf), [1]);
    block(1, WaitFor.Event);
    assert.deepEqual(detector.undecided(parentOf), [0]);
    does(1, Kind.Receive);
    state.sync(1, Kind.Block, 0, 8, 0, WaitFor.MemoryValue, 100, 0);
    assert.deepEqual(detector.undecided(parentOf), []);
  });
});
