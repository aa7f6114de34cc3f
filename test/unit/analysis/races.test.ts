import assert from "node:assert/strict";
import { DisciplineTally, LiveAnalysis, type AnalysisFinding, type DataRaceFinding, type LockDiscipline } from "../../../src/analysis";
import { Kind, ValueType, tagged } from "../../../src/trace";
import { TraceBuilder } from "../../support/trace-builder";
import { draw, type ObjectsOf } from "../../support/trace-dsl";

function analyse(text: string, objects?: ObjectsOf): AnalysisFinding[] {
  const analysis = new LiveAnalysis();
  analysis.push(draw(text, objects).builder.bytes());
  analysis.end();
  return analysis.findings();
}

/** "x 3-4": variable and sites. */
function races(text: string, objects?: ObjectsOf): string[] {
  return analyse(text, objects)
    .filter((finding): finding is DataRaceFinding => finding.kind === "data-race")
    .map((race) => `${race.variable} ${race.accesses.map((access) => access.site).sort((x, y) => x - y).join("-")}`)
    .sort();
}

describe("data races", () => {
  it("are two unordered accesses of which one writes", () => {
    assert.deepEqual(
      races(`
        main       t
        spawn t
        read x 0
                   write x 1
        write x 2
      `),
      ["x 2-3", "x 3-4"],
    );
  });

  it("are not two reads, nor accesses of different variables", () => {
    assert.deepEqual(
      races(`
        main       t
        spawn t
        read x 0
                   read x 0
        write y 2
                   write z 2
      `),
      [],
    );
  });

  it("are not what spawn and join order", () => {
    assert.deepEqual(
      races(`
        main       t
        write x 1
        spawn t
                   read x 1
                   write x 2
                   end
        join t
        read x 2
        write x 3
      `),
      [],
    );
  });

  it("are not what a mutex orders, and are what another mutex does not", () => {
    const locked = (second: string): string => `
        main        t
        spawn t
        lock m
        write x 1
        unlock m
                    lock ${second}
                    write x 2
                    unlock ${second}
      `;
    assert.deepEqual(races(locked("m"), { m: "Mutex", n: "Mutex" }), []);
    assert.deepEqual(races(locked("n"), { m: "Mutex", n: "Mutex" }), ["x 3-6"]);
  });

  it("readers of a read-write lock do not order each other, writers do", () => {
    const text = (lock: string): string => `
        main            t
        spawn t
        lockRead l
        write x 1
        unlockRead l
                        ${lock} l
                        read x 1
      `;
    assert.deepEqual(races(text("lockRead"), { l: "ReadWriteLock" }), ["x 3-6"]);
    assert.deepEqual(races(text("lockWrite"), { l: "ReadWriteLock" }), []);
  });

  it("a semaphore orders the k-th release before the (n + k)-th acquire only", () => {
    const text = `
        main          t
        spawn t
        acquire s
        write x 1
        release s
                      acquire s
                      read x 1
                      release s
                      acquire s
                      read x 1
      `;
    assert.deepEqual(races(text, { s: ["Semaphore", 1] }), []);
    // Of two permits, the second acquisition needs no release; the third one needs the first release.
    assert.deepEqual(races(text, { s: ["Semaphore", 2] }), ["x 3-6"]);
  });

  it("a message orders its send before its receive; a full queue its receive before the next send", () => {
    const text = `
        main          t
        spawn t
        write x 1
        send q
                      receive q
                      read x 1
                      write y 1
                      receive q
        send q
        read y 1
      `;
    assert.deepEqual(races(text, { q: "MessageQueue" }), ["y 6-9"]);
    const bounded = `
        main          t
        spawn t
        send q
                      write y 1
                      receive q
        send q
        read y 1
      `;
    assert.deepEqual(races(bounded, { q: ["MessageQueue", 1] }), []);
    assert.deepEqual(races(bounded, { q: ["MessageQueue", 2] }), ["y 3-6"]);
  });

  it("of a queue without room the receive comes before what the sender does next", () => {
    assert.deepEqual(
      races(
        `
        main          t
        spawn t
                      write y 1
        send q
                      receive q
        read y 1
      `,
        { q: ["MessageQueue", 0] },
      ),
      [],
    );
  });

  it("an Atomic orders the write before the operation that reads it, not what was replaced", () => {
    assert.deepEqual(
      races(
        `
        main        t
        spawn t
        write x 1
        store a 0 1
                    load a 1
                    read x 1
      `,
        { a: "Atomic" },
      ),
      [],
    );
    assert.deepEqual(
      races(
        `
        main        t           u
        spawn t
        spawn u
        write x 1
        store a 0 1
                                store a 1 2
                    load a 2
                    read x 1
      `,
        { a: "Atomic" },
      ),
      ["x 3-7"],
    );
  });

  it("condition, barrier and latch order as they say", () => {
    assert.deepEqual(
      races(
        `
        main         t
        spawn t
        write x 1
        notify c
                     woken c
                     read x 1
        write y 1
        arrive b 0 0
                     arrive b 0 1
                     depart b 0
        depart b 0
                     read y 1
        write z 1
        countDown l
                     pass l
                     read z 1
      `,
        { c: "Condition", b: ["Barrier", 2], l: ["Latch", 1] },
      ),
      [],
    );
  });

  it("who gave up at a barrier, or died there, did not arrive", () => {
    const round = (leaving: string): string => `
        main         t            u
        spawn t
        spawn u
                     write x 1
                     arrive b 0 0
                     ${leaving}
        arrive b 0 0
                                  arrive b 0 1
        depart b 0
                                  depart b 0
        read x 1
      `;
    assert.deepEqual(races(round("gaveUp barrier b"), { b: ["Barrier", 2] }), ["x 3-10"]);
    assert.deepEqual(races(round("end crashed"), { b: ["Barrier", 2] }), ["x 3-10"]);
    assert.deepEqual(races(round("sleep 1"), { b: ["Barrier", 2] }), []);
  });

  it("report one pair of sites once, with its count and both tasks", () => {
    const analysis = new LiveAnalysis();
    const drawn = draw(`
        main       t
        spawn t
        read x 0
                   write x 1
      `);
    for (let i = 0; i < 5; i++) drawn.builder.access(1, 6 + 2, 3, drawn.address("x"), i);
    analysis.push(drawn.builder.bytes());
    analysis.end();
    const found = analysis.findings().filter((finding): finding is DataRaceFinding => finding.kind === "data-race");
    assert.equal(found.length, 1);
    assert.equal(found[0]!.count, 6);
    assert.deepEqual(found[0]!.tasks, [0, 1]);
    assert.deepEqual(found[0]!.accesses.map((access) => [access.op, access.value]), [["read", 0], ["write", 1]]);
  });

  it("of several bytes of an array are told as a range, and as one pair also where they reach over the border of 8", () => {
    const told = (address: number, write: Kind, otherAddress: number, read: Kind): unknown => {
      const builder = new TraceBuilder();
      builder.task(0, "main", null);
      builder.task(1, "t", 0);
      builder.run({ type: "container", space: 0, address: 64, kind: "typed-array", name: "bytes", variable: true, elements: "Uint8Array" });
      builder.run({ type: "range", space: 0, address: 64, byteLength: 32, stride: 1, container: 64, firstIndex: 0 });
      builder.sync(0, Kind.TaskStart, 0, 0);
      builder.sync(0, Kind.Spawn, 0, 1);
      builder.sync(1, Kind.TaskStart, 0, 0);
      builder.access(0, write, 3, address, 1);
      builder.access(1, read, 4, otherAddress, 0);
      const analysis = new LiveAnalysis();
      analysis.push(builder.bytes());
      analysis.end();
      return analysis.findings().map((finding) => finding.kind === "data-race" && `${finding.variable} ${finding.count}`);
    };
    assert.deepEqual(told(68, Kind.Write4, 68, Kind.Read4), ["bytes[4…7] 1"]);
    assert.deepEqual(told(70, Kind.Write4, 70, Kind.Read4), ["bytes[6…9] 1"]);
    assert.deepEqual(told(64, Kind.Write8, 66, Kind.Read2), ["bytes[2…3] 1"]);
    assert.deepEqual(told(64, Kind.Write8, 66, Kind.Read1), ["bytes[2] 1"]);
    assert.deepEqual(told(70, Kind.Write4, 72, Kind.Read4), ["bytes[8…9] 1"]);
  });

  it("prove a lost update when two tasks updated one and the same value", () => {
    const [race] = analyse(`
        main       t
        spawn t
        read x 0
                   read x 0
        write x 1
                   write x 1
      `).filter((finding): finding is DataRaceFinding => finding.kind === "data-race");
    assert.deepEqual(race?.harm, { read: 0, first: { task: 0, wrote: 1 }, second: { task: 1, wrote: 1 } });
  });

  it("do not claim a loss where each update found its own value", () => {
    const found = analyse(`
        main       t
        spawn t
        read x 0
        write x 1
                   read x 1
                   write x 2
      `).filter((finding): finding is DataRaceFinding => finding.kind === "data-race");
    assert.ok(found.length > 0);
    assert.ok(found.every((race) => race.harm === null));
  });
});

describe("guards", () => {
  const guards = (text: string, objects: ObjectsOf): (readonly number[] | undefined)[] => {
    const analysis = new LiveAnalysis();
    analysis.push(draw(text, objects).builder.bytes());
    analysis.end();
    return [...analysis.slots()].map((slot) => slot.guard);
  };

  it("are the locks held at all accesses that nothing else orders", () => {
    assert.deepEqual(
      guards(
        `
        main        t
        write x 0
        spawn t
        lock m
        write x 1
        unlock m
                    lock n
                    lock m
                    write x 2
                    unlock m
                    unlock n
                    end
        join t
        read x 2
      `,
        { m: "Mutex", n: "Mutex" },
      ),
      [[1]],
    );
  });

  it("are none where one access is without", () => {
    assert.deepEqual(
      guards(
        `
        main        t
        spawn t
        lock m
        write x 1
        unlock m
                    write x 2
      `,
        { m: "Mutex" },
      ),
      [[]],
    );
  });
});

describe("lost updates without a data race", () => {
  it("two critical sections where one was meant", () => {
    const found = analyse(
      `
        main        t
        spawn t
        lock m
        read x 0
        unlock m
                    lock m
                    read x 0
                    write x 1
                    unlock m
        lock m
        write x 1
        unlock m
      `,
      { m: "Mutex" },
    );
    assert.deepEqual(found.map((finding) => finding.kind), ["lost-update"]);
  });

  it("not where the task has read again what it overwrites", () => {
    assert.deepEqual(
      analyse(
        `
        main        t
        spawn t
        lock m
        read x 0
        unlock m
                    lock m
                    read x 0
                    write x 1
                    unlock m
        lock m
        read x 1
        write x 2
        unlock m
      `,
        { m: "Mutex" },
      ),
      [],
    );
  });

  it("of texts: the same one has another number in each task", () => {
    const kinds = (other: string): string[] => {
      const builder = new TraceBuilder();
      builder.task(0, "main", null);
      builder.task(1, "t", 0);
      builder.object(1, "Mutex", "m");
      builder.variable(64, "x");
      builder.sync(0, Kind.TaskStart, 0, 0);
      for (const [task, texts] of [[0, ["old", "mine"]], [1, ["unused", other, "other's"]]] as const) texts.forEach((text, i) => builder.text(task, i + 1, text));
      const text = (id: number): number => tagged(ValueType.String, id);
      const locked = (task: number, ...accesses: [Kind, number][]): void => {
        builder.sync(task, Kind.Lock, 1, 1);
        for (const [kind, value] of accesses) builder.access(task, kind, 2 + kind, 64, text(value));
        builder.sync(task, Kind.Unlock, 1, 1);
      };
      builder.sync(0, Kind.Spawn, 0, 1);
      builder.sync(1, Kind.TaskStart, 0, 0);
      locked(0, [Kind.Read8, 1]);
      locked(1, [Kind.Read8, 2], [Kind.Write8, 3]);
      locked(0, [Kind.Write8, 2]);
      const analysis = new LiveAnalysis();
      analysis.push(builder.bytes());
      analysis.end();
      return analysis.findings().map((finding) => finding.kind);
    };
    assert.deepEqual(kinds("old"), ["lost-update"]);
    assert.deepEqual(kinds("another"), []);
  });

  it("load and store of an Atomic", () => {
    const text = (store: string): string => `
        main        t
        spawn t
        load a 0
                    add a 0 1
        ${store}
                    end
        join t
      `;
    assert.deepEqual(analyse(text("store a 1 1"), { a: "Atomic" }).map((finding) => finding.kind), ["lost-update"]);
    assert.deepEqual(analyse(text("add a 1 2"), { a: "Atomic" }), []);
  });

  it("not where a join orders the other's update before the store", () => {
    assert.deepEqual(
      analyse(
        `
        main        t
        spawn t
        load a 0
                    add a 0 1
                    end
        join t
        store a 1 7
      `,
        { a: "Atomic" },
      ),
      [],
    );
  });
});

describe("lock discipline", () => {
  const disciplined = (text: string, objects: ObjectsOf): LockDiscipline | undefined => {
    const analysis = new LiveAnalysis();
    analysis.push(draw(text, objects).builder.bytes());
    analysis.end();
    const tally = new DisciplineTally();
    for (const { places } of analysis.slots()) for (const place of places) tally.add(place);
    return tally.result();
  };
  const text = (op: string, before: string, after: string): string => `
        main        t
        write x 0
        spawn t
        lock m
        write x 1
        unlock m
                    lock m
                    read x 1
                    unlock m
                    ${before}
                    ${op} x 1
                    ${after}
                    end
        join t
        read x 1
      `;

  it("tells the lock that most places hold, and where it is not held, but not where spawn and join order", () => {
    assert.deepEqual(disciplined(text("read", "sleep 1", "awake"), { m: "Mutex" }), { lock: 1, held: 2, places: 3, without: [10] });
    assert.deepEqual(disciplined(text("read", "lock n", "unlock n"), { m: "Mutex", n: "Mutex" }), { lock: 1, held: 2, places: 3, without: [10] });
  });

  it("has nothing to tell where a lock is held everywhere, or at less than half of the places", () => {
    assert.equal(disciplined(text("read", "lock m", "unlock m"), { m: "Mutex" }), undefined);
    assert.equal(disciplined(text("read", "sleep 1", "awake").replaceAll(/unlock m/g, "awake").replaceAll("lock m", "sleep 1"), { m: "Mutex" }), undefined);
  });

  it("a read lock guards no write", () => {
    const tally = new DisciplineTally();
    for (const site of [1, 2, 3]) tally.add({ site, write: site === 3, locks: [{ object: 7, mode: "read" }] });
    assert.deepEqual(tally.result(), { lock: 7, held: 2, places: 3, without: [3] });
  });

  it("a place counts where the lock is held each time", () => {
    const tally = new DisciplineTally();
    for (const site of [1, 2, 3, 3]) tally.add({ site, write: true, locks: [{ object: 7, mode: "lock" }] });
    assert.equal(tally.result(), undefined);
    tally.add({ site: 2, write: false, locks: [{ object: 8, mode: "lock" }] });
    assert.deepEqual(tally.result(), { lock: 7, held: 2, places: 3, without: [2] });
  });
});
