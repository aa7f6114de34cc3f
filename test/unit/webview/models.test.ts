import assert from "node:assert/strict";
import fc from "fast-check";
import { EndReason, Kind, Trace, TraceWriter, WaitFor } from "../../../src/trace";
import { memoryAt } from "../../../src/analysis/views";
import { en } from "../../../webview/l10n/en";
import { zhCn } from "../../../webview/l10n/zh-cn";
import { lockFigures, waitsByObject } from "../../../webview/locks/lock-figures";
import { memoryRows } from "../../../webview/memory/memory-rows";
import { valueText } from "../../../webview/memory/value-text";
import { OutputLines } from "../../../webview/output/output-lines";
import { shortPaths } from "../../../webview/source/short-paths";
import { eventAtLine, lineLabels, placeBadges, taskLines, type TaskLine } from "../../../webview/source/task-lines";
import { activityOf } from "../../../webview/state/activity";
import { EventOrder, nextEvent, previousEvent, type EventRef } from "../../../webview/state/event-order";
import { INITIAL_STATE, readState } from "../../../webview/state/persisted";
import { VariableIndex } from "../../../webview/timeline/variable-index";
import { deadlock, lostUpdate, processCopies } from "../../webview/fixtures";
import { Scenario } from "../../webview/scenario";

function randomTrace(times: readonly (readonly number[])[]): Trace {
  const s = new Scenario("x");
  s.space(0, 1);
  times.forEach((own, task) => {
    s.task(task, `t${task}`, 1);
    for (const time of [...own].sort((a, b) => a - b)) s.sync(task, time, Kind.Yield);
  });
  return Trace.from(s.bytes());
}
const manyTimes = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 12 }), { minLength: 1, maxLength: 5 });

describe("where a run has something to show", () => {
  /** Main's events at these times; a task that starts and ends then; the run's end. */
  function run(main: readonly number[], started: number, ended: number, end: number): Trace {
    const s = new Scenario("x");
    s.space(0, 1);
    s.task(0, "main", 1);
    s.task(1, "worker", 1);
    s.sync(0, main[0]!, Kind.TaskStart);
    for (const time of main.slice(1, -1)) s.sync(0, time, Kind.Yield);
    s.sync(1, started, Kind.TaskStart);
    s.sync(1, ended, Kind.TaskEnd, 0, 0, EndReason.Finished);
    s.sync(0, main.at(-1)!, Kind.TaskEnd, 0, 0, EndReason.Finished);
    s.meta({ type: "end", outcome: "completed", exitCode: 0, time: end });
    return Trace.from(s.bytes());
  }

  it("ends with the last task, not with what cleaning up took", () => {
    assert.deepEqual(activityOf(run([100, 200, 900], 250, 800, 2000)), { began: 100, opening: 100, end: 900 });
  });

  it("opens shortly before the first step of a spawned task where the time before went into starting it", () => {
    assert.deepEqual(activityOf(run([100, 200, 2000], 1600, 1900, 2100)), { began: 100, opening: 1500, end: 2000 });
  });

  it("opens with main's own work", () => {
    assert.equal(activityOf(run([100, 800, 1500, 2000], 1600, 1900, 2100)).opening, 100);
  });

  it("takes a task that has not ended as going on to the latest event", () => {
    const s = new Scenario("x");
    s.space(0, 1);
    s.task(0, "main", 1);
    s.sync(0, 10, Kind.TaskStart);
    s.sync(0, 70, Kind.Yield);
    assert.deepEqual(activityOf(Trace.from(s.bytes())), { began: 10, opening: 10, end: 70 });
    assert.deepEqual(activityOf(new Trace()), { began: 0, opening: 0, end: 0 });
  });
});

describe("the order of events", () => {
  it("steps through all events of all tasks once, forwards as backwards, as the table lists them", () => {
    fc.assert(
      fc.property(manyTimes, (times) => {
        const trace = randomTrace(times);
        const order = new EventOrder(trace);
        const listed = Array.from({ length: order.length }, (_, row) => order.at(row));
        const walk = (step: typeof nextEvent, from: number): EventRef[] => {
          const seen: EventRef[] = [];
          let at: EventRef | undefined;
          let playhead = from;
          for (;;) {
            at = step(trace, playhead, at);
            if (!at) return seen;
            seen.push(at);
            playhead = trace.task(at.task).events.time[at.index]!;
          }
        };
        assert.deepEqual(walk(nextEvent, -1), listed);
        assert.deepEqual(walk(previousEvent, 1000), [...listed].reverse());
        listed.forEach((at, row) => assert.equal(order.rowOf(trace, trace.task(at.task).events.time[at.index]!, at), row));
      }),
    );
  });

  it("steps through one task alone", () => {
    const trace = randomTrace([[1, 5], [2, 3, 4]]);
    assert.deepEqual(nextEvent(trace, 1, { task: 0, index: 0 }, 0), { task: 0, index: 1 });
  });
});

describe("lines of tasks", () => {
  const trace = Trace.from(deadlock().bytes);
  const file = "/lesson/snippet.ts";
  it("are those of the latest event with a place", () => {
    assert.deepEqual(taskLines(trace, file, 6e6, undefined).map(({ task, line }) => [task, line]), [[0, 22], [1, 8], [2, 15]]);
    assert.deepEqual(taskLines(trace, file, 11e6, undefined).map(({ task, line }) => [task, line]), [[0, 22], [1, 10], [2, 17]]);
  });
  it("leave out tasks that have ended", () => {
    const ended = Trace.from(lostUpdate().bytes);
    assert.deepEqual(taskLines(ended, file, 3.2e6, undefined).map(({ task }) => task), [0]);
    assert.equal(ended.task(1).endReason, EndReason.Finished);
  });
  it("find the event of a task at a line, in either direction", () => {
    const at = eventAtLine(trace, 1, file, 8, 11e6, undefined, -1);
    assert.equal(at && trace.task(1).events.kind[at.index], Kind.Lock);
    assert.deepEqual(eventAtLine(trace, 1, file, 8, 11e6, undefined, 1), at, "the other direction where there is none");
    assert.equal(eventAtLine(trace, 1, file, 3, 11e6, undefined, 1), undefined);
  });
});

describe("rows of the memory table", () => {
  it("put the copies of one variable in one row", () => {
    const rows = memoryRows(memoryAt(Trace.from(processCopies().bytes), 43e6), new Set());
    assert.equal(rows.length, 1);
    assert.deepEqual([...rows[0]!.cells].map(([space, { node }]) => [space, valueText(node)]), [[0, "0"], [1, "8"], [2, "8"]]);
  });
  it("open objects on demand", () => {
    const memory = memoryAt(Trace.from(deadlock().bytes), 12e6);
    const [closed] = memoryRows(memory, new Set());
    assert.equal(closed?.expandable, true);
    const rows = memoryRows(memory, new Set(["accounts"]));
    assert.deepEqual(rows.map(({ depth }) => depth), [0, 1, 1]);
    assert.deepEqual(rows.slice(1).map((row) => [row.key.replace(/^\./, ""), valueText(row.cells.get(0)!.node)]), [["a", "100"], ["b", "100"]]);
  });
});

describe("accesses of a variable", () => {
  it("are found by task, also when the trace comes in pieces", () => {
    const { bytes } = lostUpdate();
    const trace = new Trace();
    const index = new VariableIndex(trace);
    for (let at = 0; at < bytes.length; at += 200) {
      trace.push(bytes.subarray(at, at + 200));
      index.update();
    }
    const track = index.tracks.get("0:counter");
    assert.deepEqual([track?.reads, track?.writes], [17, 16]);
    assert.deepEqual([...(track?.byTask ?? [])].map(([task, list]) => [task, list.length]).sort(), [[0, 1], [1, 16], [2, 16]]);
  });

  it("are found also where an address is named after its accesses, in order", () => {
    const s = new Scenario("x");
    s.space(0, 1).task(0, "main", 1).task(1, "w", 1).cut();
    const bytes: Uint8Array[] = [s.bytes()];
    const early = new TraceWriter(1);
    for (let i = 0; i < 3; i++) early.access(Kind.Write8, 0, i % 2 === 0 ? 64 : 72, i);
    const name = new TraceWriter(0);
    name.meta({ type: "container", space: 0, address: 64, kind: "object", name: "o", variable: true });
    name.meta({ type: "slot", space: 0, address: 72, container: 64, key: ".b" });
    const late = new TraceWriter(1);
    late.access(Kind.Read8, 0, 72, 1);
    const last = new TraceWriter(0);
    last.meta({ type: "slot", space: 0, address: 64, container: 64, key: ".a" });
    bytes.push(early.take(), name.take(), late.take(), last.take());
    const trace = new Trace();
    const index = new VariableIndex(trace);
    for (const piece of bytes) {
      trace.push(piece);
      index.update();
    }
    index.update();
    const track = index.tracks.get("0:o");
    const list = track?.byTask.get(1);
    assert.deepEqual([...(list?.values.subarray(0, list.length) ?? [])], [0, 1, 2, 3]);
    assert.deepEqual([track?.reads, track?.writes], [1, 3]);
  });
});

describe("figures of a lock", () => {
  it("count up to the playhead", () => {
    const common = { mode: "lock", permits: 1, site: 0, open: false } as const;
    const track = { object: 1, spans: [{ ...common, task: 1, state: "held", from: 0, to: 10 }, { ...common, task: 2, state: "waiting", from: 5, to: 10 }, { ...common, task: 2, state: "held", from: 10, to: 30 }] } as const;
    const wait = { ...common, state: "blocked", from: 5, to: 10, object: 1, waitFor: WaitFor.Lock, holders: [1], gaveUp: false } as const;
    const short = { ...wait, from: 20, to: 21 };
    const waits = waitsByObject([{ task: 3, started: 0, ended: 40, spans: [short] }, { task: 2, started: 0, ended: 30, spans: [wait] }]).get(1);
    assert.deepEqual(waits?.map(({ task }) => task), [2, 3], "by their beginning");
    assert.deepEqual(lockFigures(track, waits, 7), { taken: 1, waits: 1, waited: 2, held: 7, longest: { task: 2, span: wait, long: 2 } });
    assert.deepEqual(lockFigures(track, waits, 100), { taken: 2, waits: 2, waited: 6, held: 30, longest: { task: 2, span: wait, long: 5 } });
    assert.deepEqual(lockFigures(undefined, undefined, 7), { taken: 0, waits: 0, waited: 0, held: 0, longest: undefined });
  });
});

describe("lines of output", () => {
  const lines = (...pieces: [number, string, ("stdout" | "stderr")?][]): OutputLines => {
    const s = new Scenario("x");
    s.space(0, 1).task(0, "main", 1).task(1, "w", 1);
    pieces.forEach(([task, text, stream], n) => s.print(task, n * 10, text, stream).cut());
    const model = new OutputLines(Trace.from(s.bytes()));
    model.update();
    return model;
  };
  it("join what a task writes in pieces, though others write between", () => {
    const model = lines([0, "one "], [1, "other\n"], [0, "line\ntwo\n"]);
    assert.deepEqual(model.texts, ["one line", "other", "two"]);
    assert.deepEqual(model.tasks, [0, 1, 0]);
    assert.deepEqual(model.byTask.get(0), [0, 2]);
  });
  it("keep the two streams apart and leave out terminal colours", () => {
    const model = lines([0, "a"], [0, "\u001b[31mbad\u001b[0m\n", "stderr"], [0, "b\n"]);
    assert.deepEqual(model.texts, ["ab", "bad"]);
    assert.deepEqual(model.errors, [false, true]);
  });
  it("keep empty lines", () => {
    assert.deepEqual(lines([0, "a\n\nb\n"]).texts, ["a", "", "b"]);
  });
});

describe("the saved state", () => {
  it("is read back as it was written", () => {
    const state = { ...INITIAL_STATE, file: "/a.ts", run: 3, view: { from: 1, to: 2 }, playhead: 5, parts: { all: "memory" as const }, collapsed: ["locks"] };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
  });
  it("never fails on what something else wrote", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ version: fc.constant(1), view: fc.anything(), playhead: fc.anything(), parts: fc.anything(), collapsed: fc.anything(), split: fc.anything(), file: fc.anything(), run: fc.anything() })), (saved) => {
        const { view, playhead, split } = readState(saved);
        assert.ok(view === null || view.to > view.from);
        assert.ok(playhead === null || Number.isFinite(playhead));
        assert.ok(split.timeline >= 0.1 && split.left <= 0.9);
      }),
    );
  });
});

describe("the texts", () => {
  it("are all translated", () => {
    const untranslated = Object.entries(en).filter(([key, text]) => typeof text === "string" && zhCn[key as keyof typeof zhCn] === text);
    assert.deepEqual(untranslated, []);
    assert.deepEqual(Object.keys(zhCn.events).sort(), Object.keys(en.events).sort());
  });
});

describe("what stands beside a line of the source", () => {
  const trace = Trace.from(lostUpdate().bytes);
  const file = "/lesson/snippet.ts";
  const valuesAt = (time: number): (readonly string[])[] => taskLines(trace, file, time, undefined).map(({ values }) => values);

  it("is what each task last read or wrote there", () => {
    const first = 2.4e6;
    assert.deepEqual(valuesAt(first + 10e3), [[], ["counter → 0"], ["counter → 0"]], "both have read 0");
    assert.deepEqual(valuesAt(first + 25e3), [[], ["counter = 1"], ["counter → 0"]]);
    assert.deepEqual(valuesAt(first + 35e3), [[], ["counter = 1"], ["counter = 1"]], "both have written 1");
  });

  const line = (task: number, at: number, ...values: string[]): TaskLine => ({ task, line: at, text: "", values });
  const name = (task: number): string => `t${task}`;

  it("names one task, numbers several with the same values, and counts the rest", () => {
    assert.deepEqual(lineLabels([line(1, 4, "x = 1", "y → 2"), line(2, 5)], name).map(({ text }) => text), ["1 t1: x = 1  y → 2", "2 t2"]);
    assert.deepEqual(lineLabels([line(1, 4, "x = 1"), line(2, 4, "x → 0"), line(3, 4, "x = 1")], name).map(({ text }) => text), ["1 3: x = 1", "2: x → 0"]);
    const many = Array.from({ length: 9 }, (_, task) => line(task, 4, `x = ${task}`));
    assert.deepEqual(lineLabels(many, name).map(({ text }) => text), ["0: x = 0", "1: x = 1", "+7"]);
    const same = Array.from({ length: 9 }, (_, task) => line(task, 4, "x = 1"));
    assert.deepEqual(lineLabels(same, name).map(({ text }) => text), ["0 1 2 3 4 +4: x = 1"]);
  });

  it("has at most three badges in the margin, none on another, and never hides the stepping task", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }), fc.option(fc.nat(11), { nil: undefined }), (places, first) => {
        const badges = placeBadges(places.map((at, task) => line(task, at)), first);
        assert.equal(new Set(badges.map((badge) => `${badge.line} ${badge.lane}`)).size, badges.length);
        assert.ok(badges.every(({ lane }) => lane <= 2));
        assert.deepEqual(badges.flatMap(({ tasks }) => tasks).sort((a, b) => a - b), places.map((_, task) => task));
        if (first !== undefined && first < places.length) assert.ok(badges.some(({ tasks }) => tasks[0] === first));
      }),
    );
  });

  it("calls files by as much of their path as tells them apart", () => {
    assert.deepEqual(shortPaths(["/a/main.ts", "/a/lib/index.ts", "/a/other/index.ts"]), ["main.ts", "lib/index.ts", "other/index.ts"]);
    assert.deepEqual(shortPaths(["/only.ts"]), ["only.ts"]);
  });
});
