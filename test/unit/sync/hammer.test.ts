import assert from "node:assert/strict";
import { Kind } from "../../../src/trace";
import { hammer, type Hammered } from "./hammer";

/** Every number of the one order of events has been recorded, once; and each task's own only grow. */
function wholeOrder({ events }: Hammered): void {
  events.forEach((event, i) => assert.equal(event.seq, i + 1));
}

function count({ events }: Hammered, kind: Kind): number {
  return events.filter((event) => event.kind === kind).length;
}

/** The API's classes in real threads that get in each other's way. */
describe("threads at the same objects", function () {
  this.timeout(120_000);

  it("read together and write alone", async () => {
    const run = await hammer("readWrite", 4, 2000);
    assert.deepEqual(run.results, [0, 0, 0, 0]);
    assert.deepEqual([run.cells[0], run.cells[1]], [2000, 2000]);
    wholeOrder(run);
    let readers = 0;
    let writer = false;
    for (const { kind } of run.events) {
      if (kind === Kind.LockRead) readers++;
      if (kind === Kind.UnlockRead) readers--;
      if (kind === Kind.LockWrite) {
        assert.ok(!writer && readers === 0);
        writer = true;
      }
      if (kind === Kind.UnlockWrite) writer = false;
      assert.ok(!(writer && readers > 0));
    }
    assert.equal(count(run, Kind.LockWrite), 2000);
  });

  it("lose no update under a spin lock", async () => {
    const run = await hammer("spin", 3, 3000);
    assert.equal(run.cells[0], 9000);
    wholeOrder(run);
    const [made, ...events] = run.events;
    assert.equal(made?.kind, Kind.Create);
    events.forEach((event, i) => {
      assert.equal(event.kind, i % 2 === 0 ? Kind.Lock : Kind.Unlock);
      if (i % 2 === 1) assert.equal(event.task, events[i - 1]!.task);
    });
  });

  it("meet at a barrier, round after round", async () => {
    const parties = 4;
    const rounds = 500;
    const run = await hammer("barrier", parties, rounds);
    const results = run.results as { apart: number; orders: number[] }[];
    for (const { apart } of results) assert.equal(apart, 0);
    for (let round = 0; round < rounds; round++) {
      assert.deepEqual(results.map(({ orders }) => orders[round]).sort(), [0, 1, 2, 3]);
    }
    wholeOrder(run);
    // In each round all arrive, in the order that their results tell, before any departs.
    for (let round = 0; round < rounds; round++) {
      const arrivals = run.events.filter((event) => event.kind === Kind.BarrierArrive && event.a === round);
      const departures = run.events.filter((event) => event.kind === Kind.BarrierDepart && event.a === round);
      assert.deepEqual(arrivals.map(({ b }) => b), [0, 1, 2, 3]);
      for (const { task, b } of arrivals) assert.equal(results[task]!.orders[round], b);
      assert.equal(departures.length, parties);
      assert.ok(arrivals.at(-1)!.seq < departures[0]!.seq);
    }
  });

  it("hand over by conditions", async () => {
    const run = await hammer("condition", 4, 1000);
    assert.deepEqual(run.results, [0, 0, 0, 0]);
    assert.deepEqual([...run.cells.subarray(0, 3)], [0, 2000, 2000]);
    wholeOrder(run);
    const notifies = new Map(run.events.filter(({ kind }) => kind === Kind.ConditionNotify).map((event) => [event.seq, { ...event, left: event.a }]));
    for (const wake of run.events.filter(({ kind }) => kind === Kind.ConditionWake)) {
      const notify = notifies.get(wake.a);
      assert.ok(notify && notify.object === wake.object && notify.left-- > 0, "each wake knows its notify");
    }
    for (const { left } of notifies.values()) assert.equal(left, 0, "who was notified has woken");
    let owner = -1;
    for (const { kind, task } of run.events) {
      if (kind === Kind.Lock) {
        assert.equal(owner, -1);
        owner = task;
      }
      if (kind === Kind.Unlock) {
        assert.equal(owner, task);
        owner = -1;
      }
    }
  });

  it("pass a latch when all have counted down", async () => {
    const run = await hammer("latch", 4, 1);
    assert.deepEqual(run.results, [4, 4, 4, 4]);
    wholeOrder(run);
    assert.deepEqual(run.events.filter(({ kind }) => kind === Kind.LatchCountDown).map(({ b }) => b), [3, 2, 1, 0]);
  });

  it("write lines to one pipe, whole and in order", async () => {
    const rounds = 300;
    const run = await hammer("pipe", 4, rounds);
    const lines = run.results[0] as string[];
    assert.equal(lines.pop(), "x".repeat(200_000), "without a newline, through a smaller ring");
    assert.equal(lines.length, 3 * rounds);
    for (const task of [1, 2, 3]) {
      const own = lines.filter((line) => line.startsWith(`${task} `));
      assert.deepEqual(own, Array.from({ length: rounds }, (_, i) => `${task} ${i} ${"é".repeat((i * 37) % 900)}`));
    }
    wholeOrder(run);
    // The events tell the same bytes once: written before they are read, without gap.
    let written = 0;
    let read = 0;
    for (const { kind, a, b } of run.events) {
      if (kind === Kind.StreamWrite) {
        assert.equal(a, written);
        written += b;
      }
      if (kind === Kind.StreamRead) {
        assert.equal(a, read);
        read += b;
        assert.ok(read <= written);
      }
    }
    assert.equal(read, written);
    assert.equal(count(run, Kind.Close), 1);
    assert.equal(count(run, Kind.SawClosed), 2);
  });

  it("talk over sockets in pairs", async () => {
    const rounds = 200;
    const run = await hammer("socket", 4, rounds);
    for (const task of [1, 3]) assert.deepEqual(run.results[task], Array.from({ length: rounds }, (_, i) => `FROM ${task}: ${i}`));
    wholeOrder(run);
    const ends = run.events.filter(({ kind }) => kind === Kind.Connect);
    assert.deepEqual(ends.map(({ a }) => a).sort(), [0, 0, 1, 1]);
    assert.equal(new Set(ends.map(({ object }) => object)).size, 2);
    for (const { object } of ends) assert.ok(run.metas.some((meta) => meta.type === "object" && meta.id === object && meta.name === "echo"));
  });
});
