import assert from "node:assert/strict";
import { buildArrows, buildLockSpans, buildTaskSpans, lockStateAt, memoryAt, unstartedTasks } from "../../../src/analysis";
import { Trace } from "../../../src/trace";
import { draw, type ObjectsOf } from "../../support/trace-dsl";

function trace(text: string, objects: ObjectsOf = {}): Trace {
  return Trace.from(draw(text, objects).builder.bytes());
}

/** Every event takes a microsecond; main's start is at 2 µs. */
const contended = `
main         t
spawn t
lock m
write x 1
             block lock m
write x 2
unlock m
             lock m
             read x 2
             unlock m
             end
join t
end
`;

describe("views of a trace", () => {
  const held = trace(contended, { m: "Mutex" });
  const lane = buildTaskSpans(held).find((one) => one.task === 1)!;
  const wait = lane.spans.find((span) => span.state === "blocked")!;

  it("a task's lane has no gaps, and its wait tells who held the lock and who ended it", () => {
    assert.deepEqual(lane.spans.map((span) => span.state), ["running", "blocked", "running"]);
    lane.spans.forEach((span, i) => assert.equal(span.to, lane.spans[i + 1]?.from ?? lane.ended));
    assert.deepEqual([wait.object, wait.holders, wait.unblockedBy?.task, wait.open, wait.gaveUp], [1, [0], 0, false, false]);
    const [main] = buildTaskSpans(held);
    assert.equal(main!.task, 0);
  });

  it("a lock's track has its holds and waits", () => {
    const [track] = buildLockSpans(held);
    assert.deepEqual(track?.spans.map(({ task, state }) => [task, state]), [[0, "held"], [1, "waiting"], [1, "held"]]);
  });

  it("arrows lead from what made possible to what became possible", () => {
    assert.deepEqual(
      buildArrows(held).map(({ kind, from, to, woke }) => [kind, from.task, to.task, woke]),
      [["spawn", 0, 1, true], ["lock", 0, 1, true], ["join", 1, 0, false]],
    );
  });

  it("the state of locks at a moment: owner, waiters, wait-for edges", () => {
    const during = lockStateAt(held, (wait.from + wait.to) / 2);
    assert.deepEqual(during.objects.map(({ holders, waiters }) => [holders.map((one) => one.task), waiters.map((one) => one.task)]), [[[0], [1]]]);
    assert.deepEqual(during.waits.map(({ task, heldBy }) => [task, heldBy]), [[1, [0]]]);
    assert.deepEqual(lockStateAt(held, held.duration).objects[0]!.holders, []);
  });

  it("memory at a moment: value, last writer, reads and writes so far", () => {
    const at = (time: number): unknown => {
      const [space] = memoryAt(held, time).spaces;
      const [x] = space!.variables;
      return x && [x.name, x.value.type === "value" ? x.value.value : x.value.type, x.lastWrite?.task ?? null, x.reads, x.writes];
    };
    assert.deepEqual(at(0), ["x", 0, null, 0, 0]);
    assert.deepEqual(at(wait.from), ["x", 1, 0, 0, 1]);
    assert.deepEqual(at(held.duration), ["x", 2, 0, 1, 2]);
  });

  it("grows with its trace", () => {
    const drawn = draw("\nmain\nwrite x 1\n");
    const growing = new Trace();
    growing.push(drawn.builder.bytes());
    const seen = (): unknown => memoryAt(growing, growing.duration).spaces[0]!.variables[0]!.writes;
    assert.equal(seen(), 1);
    drawn.builder.access(0, 8, 1, drawn.address("x"), 5);
    drawn.builder.cut(0);
    growing.push(drawn.builder.byTask()[1]!.at(-1)!);
    assert.equal(seen(), 2);
  });

  it("a wait that never ended is open", () => {
    const stuck = trace("\nmain\nlock m\nblock lock m\n", { m: "Mutex" });
    const last = buildTaskSpans(stuck)[0]!.spans.at(-1)!;
    assert.deepEqual([last.state, last.open, last.holders], ["blocked", true, [0]]);
    assert.deepEqual(lockStateAt(stuck, stuck.duration).waits.map((edge) => edge.heldBy), [[0]]);
  });

  it("a task that was spawned and has not begun: its process may have ended before", () => {
    const drawn = "\nmain t\nspawn t\nwrite x 1\n";
    assert.deepEqual(unstartedTasks(trace(drawn)).map(({ task, until }) => [task, until]), [[1, null]]);
    const over = trace(`${drawn}end crashed\n`);
    assert.deepEqual(unstartedTasks(over), [{ task: 1, spawned: over.task(0).events.time[1], until: over.task(0).ended }]);
    assert.deepEqual(unstartedTasks(held), []);
  });

  it("permits that are lent have holders; those of a semaphore that serves as a signal have none", () => {
    const drawn = `
main         t
spawn t
acquire s 1
             acquire s 1
RELEASE
             read x 0
`;
    const holders = (release: string, initial: number): number[] => {
      const run = trace(drawn.replace("RELEASE", release), { s: ["Semaphore", initial] });
      return lockStateAt(run, run.duration).objects[0]!.holders.map(({ task }) => task);
    };
    assert.deepEqual(holders("release s 1", 2), [1]);
    assert.deepEqual(holders("release s 2", 2), [], "more than it had: the permits go round");
    assert.deepEqual(holders("release s 1", 0), [], "the first permit was given by nobody who had one");
  });
});
