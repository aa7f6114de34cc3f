import assert from "node:assert/strict";
import fc from "fast-check";
import { contrast, parseColour, readable, solid } from "../../../webview/timeline/colour";
import { lockModel } from "../../../webview/timeline/lane-model";
import { SpanColumns, pieces } from "../../../webview/timeline/span-columns";
import { STATE_COUNT, STATES, type StateCode } from "../../../webview/timeline/states";
import { formatDuration, formatMoment, formatTime, ticks } from "../../../webview/timeline/ticks";
import { Scale, clampRange, panBy, wholeRun, zoomAt } from "../../../webview/timeline/viewport";
import { gallop, lowerBound } from "../../../webview/common/search";
import { VirtualList } from "../../../webview/common/virtual-list";

describe("viewport of the timeline", () => {
  it("keeps the time under the pointer where it is", () => {
    const before = { from: 100, to: 900 };
    const after = zoomAt(before, 300, 0.5, 1000);
    assert.equal(new Scale(after, 1000).x(300), new Scale(before, 1000).x(300));
    assert.equal(after.to - after.from, 400);
  });

  it("never leaves the run", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 1, max: 1e9, noNaN: true }), (from, span, duration) => {
        const whole = wholeRun(duration);
        const range = clampRange({ from, to: from + span }, duration);
        assert.ok(range.from >= whole.from - 1e-3 && range.to <= whole.to + 1e-3 * duration + 1e-3);
        assert.ok(range.to > range.from);
      }),
    );
  });

  it("stops panning at the ends", () => {
    const whole = wholeRun(1000);
    assert.equal(panBy({ from: 0, to: 100 }, -5, 1000).from, whole.from);
  });
});

describe("times in words", () => {
  it("uses three significant digits", () => {
    assert.deepEqual([0, 999, 1000, 1_340_000, 20_000, 61_000_000_000].map(formatDuration), ["0 ns", "999 ns", "1 µs", "1.34 ms", "20 µs", "61 s"]);
  });
  it("has as many digits as tell neighbouring ticks apart", () => {
    assert.equal(formatTime(1_500_000, 500_000), "1.5 ms");
    assert.equal(formatTime(1_500_000, 1_000), "1.500 ms");
  });
  it("keeps one unit in a list", () => {
    assert.deepEqual([formatMoment(0, 3e6), formatMoment(2_500, 3e6)], ["0.000 ms", "0.003 ms"]);
  });
  it("puts ticks at round times, far enough apart", () => {
    assert.deepEqual(ticks(0, 1000, 500, 90), [0, 200, 400, 600, 800, 1000]);
  });
});

const spans = fc.array(fc.record({ long: fc.integer({ min: 1, max: 50 }), state: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 60 });

function columnsOf(parts: readonly { long: number; state: number }[]): SpanColumns {
  const starts: number[] = [];
  let at = 0;
  for (const { long } of parts) {
    starts.push(at);
    at += long;
  }
  return new SpanColumns(Float64Array.from(starts), Uint8Array.from(parts, ({ state }) => state), at);
}

describe("columns of spans", () => {
  it("know how long any interval was spent in a state", () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (parts, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const columns = columnsOf(parts);
        let at = 0;
        let wanted = 0;
        for (const { long, state } of parts) {
          if (state === STATES.blocked) wanted += Math.max(0, Math.min(to, at + long) - Math.max(from, at));
          at += long;
        }
        assert.equal(columns.spent(STATES.blocked, from, to), wanted);
        const sums = new Float64Array(STATE_COUNT);
        columns.sumsAt(to, sums);
        assert.deepEqual([...sums], Array.from({ length: STATE_COUNT }, (_, state) => columns.spent(state as StateCode, -1, to)));
      }),
    );
  });

  it("find the next moment by steps as by halves", () => {
    const sorted = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }).map((values) => Float64Array.from(values.sort((a, b) => a - b)));
    fc.assert(
      fc.property(sorted, fc.integer({ min: -1, max: 61 }), fc.nat(), fc.nat(), (values, wanted, a, b) => {
        const length = a % (values.length + 1);
        const low = b % (length + 1);
        assert.equal(gallop(values, undefined, wanted, length, low), lowerBound(values, wanted, length, low));
        const backwards = Uint32Array.from(values, (_, n) => values.length - 1 - n);
        assert.equal(gallop(values.toReversed(), backwards, wanted, length, low), lowerBound(values, wanted, length, low));
      }),
    );
  });

  it("draw every visible span once, alone or merged, in order", () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 40 }), (parts, minWidth) => {
        const columns = columnsOf(parts);
        const found = pieces(columns, 0, columns.end, minWidth);
        const covered = found.flatMap((piece) => (piece.type === "span" ? [piece.index] : Array.from({ length: piece.count }, (_, n) => piece.first + n)));
        assert.deepEqual(covered, parts.map((_, n) => n));
        for (const piece of found) if (piece.type === "merged") for (let n = 0; n < piece.count; n++) assert.ok(parts[piece.first + n]!.long < minWidth, "only narrow spans are merged");
      }),
    );
  });

  it("do not merge a span of just the smallest width that can be seen", () => {
    const found = pieces(columnsOf([6, 13, 18, 1].map((long) => ({ long, state: 0 }))), 0, 38, 18);
    assert.deepEqual(found.map((piece) => (piece.type === "span" ? piece.index : [piece.first, piece.count])), [[0, 2], 2, 3]);
  });

  it("are few where the spans are many", () => {
    const columns = columnsOf(Array.from({ length: 100_000 }, (_, n) => ({ long: 1, state: n % 2 })));
    assert.equal(pieces(columns, 0, columns.end, 100).length, 1);
  });
});

describe("the band of a lock", () => {
  const span = { mode: "lock", permits: 1, site: 0, open: false } as const;
  it("is held, held while others wait, wanted, free", () => {
    const { columns, holder, waiters } = lockModel({
      object: 1,
      spans: [
        { ...span, task: 1, state: "held", from: 0, to: 10 },
        { ...span, task: 2, state: "waiting", from: 4, to: 12 },
        { ...span, task: 2, state: "held", from: 12, to: 20 },
      ],
    });
    assert.deepEqual([...columns.starts], [0, 4, 10, 12, 20]);
    assert.deepEqual([...columns.states], [STATES.held, STATES.contended, STATES.wanted, STATES.held, STATES.free]);
    assert.deepEqual([...holder], [1, 1, -1, 2, -1]);
    assert.deepEqual([...waiters], [0, 1, 1, 0, 0]);
  });
  it("ends what was never released at the end of the trace", () => {
    const { columns } = lockModel({ object: 1, spans: [{ ...span, task: 1, state: "held", from: 5, to: 50, open: true }] });
    assert.equal(columns.end, 50);
    assert.equal(columns.states[columns.at(40)], STATES.held);
  });
});

describe("colours", () => {
  it("reads what themes write", () => {
    assert.deepEqual(parseColour("#fff"), { r: 255, g: 255, b: 255 });
    assert.deepEqual(parseColour("#11223380", { r: 0, g: 0, b: 0 }), { r: 9, g: 17, b: 26 });
    assert.deepEqual(parseColour("rgba(255, 0, 0, 0.5)", { r: 255, g: 255, b: 255 }), { r: 255, g: 128, b: 128 });
    assert.equal(parseColour("inherit"), undefined);
    for (const text of ["#112233", "#11223380", "rgb(17, 34, 51)", "rgba(17, 34, 51, 0.33)", "#1238", "rgb(17 34 51 / 50%)"]) assert.deepEqual(solid(text), { r: 17, g: 34, b: 51 }, text);
    assert.equal(solid(""), undefined);
  });
  it("moves any colour until it can be read on any ground", () => {
    const channel = fc.integer({ min: 0, max: 255 });
    const colour = fc.record({ r: channel, g: channel, b: channel });
    fc.assert(fc.property(colour, colour, (ink, ground) => assert.ok(contrast(readable(ink, ground), ground) >= 4.49)));
  });
});

describe("a virtual list", () => {
  it("shows the rows at its scroll position", () => {
    assert.deepEqual(new VirtualList(1000, 20, 100).visible(50), { first: 2, last: 9, top: 40 });
  });
  it("reaches the last of very many rows", () => {
    const list = new VirtualList(5_000_000, 22, 440);
    const { last } = list.visible(list.end);
    assert.equal(last, 5_000_000);
    const { first } = list.visible(list.reveal(2_500_000, 0));
    assert.ok(Math.abs(first - 2_500_000) < 40);
  });
  it("stays where a row can be seen", () => {
    assert.equal(new VirtualList(1000, 20, 100).reveal(3, 40), 40);
  });
});
