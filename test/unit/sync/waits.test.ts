import assert from "node:assert/strict";
import { WaitState } from "../../../src/analysis/wait-state";
import { Kind, WaitFor, type ObjectMeta } from "../../../src/trace";

const PIPE = 1;
const SOCKET = 2;
const BARRIER = 3;

const objects = new Map<number, ObjectMeta>([
  [PIPE, { type: "object", id: PIPE, objectType: "Pipe", name: "p", initial: 65_520 }],
  [SOCKET, { type: "object", id: SOCKET, objectType: "Socket", name: "s", initial: 65_520 }],
  [BARRIER, { type: "object", id: BARRIER, objectType: "Barrier", name: "b", initial: 3 }],
]);

class Told {
  readonly state = new WaitState(objects);

  sync(task: number, kind: Kind, object: number, a = 0, b = 0, c = 0): void {
    this.state.sync(task, kind, 0, object, 0, a, b, c);
  }

  block(task: number, object: number, waitFor: WaitFor, argument = 0): void {
    this.sync(task, Kind.Block, object, waitFor, -1, argument);
  }

  canEnd(task: number, quiet: boolean): boolean {
    return this.state.satisfiable(task, this.state.waiting(task)!, quiet);
  }
}

describe("waits of streams and barriers", () => {
  it("at a full pipe end when it is read", () => {
    const told = new Told();
    told.sync(0, Kind.StreamWrite, PIPE, 0, 65_520);
    told.block(0, PIPE, WaitFor.QueueSpace);
    assert.equal(told.canEnd(0, false), false);
    told.sync(1, Kind.StreamRead, PIPE, 0, 100);
    assert.equal(told.canEnd(0, false), true, "perhaps there is room enough");
    assert.equal(told.canEnd(0, true), false, "there would be a sign of it by now");
    told.sync(1, Kind.StreamRead, PIPE, 100, 4000);
    assert.equal(told.canEnd(0, true), true);
  });

  it("at a socket are those of one direction", () => {
    const told = new Told();
    told.sync(0, Kind.StreamWrite, SOCKET, 0, 10, 0);
    told.block(0, SOCKET, WaitFor.StreamData, 1);
    assert.equal(told.canEnd(0, false), false);
    told.block(1, SOCKET, WaitFor.StreamData, 0);
    assert.equal(told.canEnd(1, false), true);
  });

  it("at a socket may end by the other end's death, which nobody records", () => {
    const told = new Told();
    told.block(0, SOCKET, WaitFor.StreamData, 1);
    told.sync(1, Kind.TaskEnd, 1);
    assert.equal(told.canEnd(0, false), true);
    assert.equal(told.canEnd(0, true), false);
  });

  for (const [how, kind, object] of [
    ["gives up", Kind.GaveUp, BARRIER],
    ["dies", Kind.TaskEnd, 0],
  ] as const) {
    it(`at a barrier do not count who ${how}`, () => {
      const told = new Told();
      for (const task of [0, 1]) {
        told.sync(task, Kind.BarrierArrive, BARRIER, 0, task);
        told.block(task, BARRIER, WaitFor.Barrier);
      }
      told.sync(0, kind, object, kind === Kind.GaveUp ? WaitFor.Barrier : 0);
      told.sync(2, Kind.BarrierArrive, BARRIER, 0, 1);
      assert.equal(told.canEnd(1, false), false);
      told.sync(3, Kind.BarrierArrive, BARRIER, 0, 2);
      assert.equal(told.canEnd(1, false), true);
    });
  }
});
