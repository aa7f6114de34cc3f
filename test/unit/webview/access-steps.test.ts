import assert from "node:assert/strict";
import fc from "fast-check";
import { Kind, Trace, isAccess } from "../../../src/trace";
import { neighbourOf, neighbourOfSlot } from "../../../webview/memory/access-steps";
import { EventOrder, type EventRef } from "../../../webview/state/event-order";
import { VariableIndex } from "../../../webview/timeline/variable-index";
import { Scenario } from "../../webview/scenario";

const events = fc.array(fc.record({ task: fc.nat(2), address: fc.constantFrom(64, 72), write: fc.boolean(), apart: fc.integer({ min: 0, max: 2 }) }), { maxLength: 30 });

describe("stepping through the accesses of a variable", () => {
  it("visits all of them in the order of events, either way, and nothing else", () => {
    fc.assert(
      fc.property(events, (steps) => {
        const s = new Scenario("x");
        s.space(0, 1).task(0, "main", 1).task(1, "a", 1).task(2, "b", 1).variable(64, "x", 0).variable(72, "y", 0);
        let time = 10;
        for (const { task, address, write, apart } of steps) {
          time += apart;
          if (write) s.write(task, time, 0, address, 1);
          else s.read(task, time, 0, address, 1);
          s.sync(task, time, Kind.Yield);
        }
        const trace = Trace.from(s.bytes());
        const index = new VariableIndex(trace);
        index.update();
        const order = new EventOrder(trace);
        const expected: EventRef[] = [];
        for (let row = 0; row < order.length; row++) {
          const at = order.at(row);
          const e = trace.task(at.task).events;
          if (isAccess(e.kind[at.index]!) && e.word1[at.index] === 64) expected.push(at);
        }
        const track = index.tracks.get("0:x");
        for (const direction of [1, -1] as const) {
          for (const step of [
            (playhead: number, at: EventRef | undefined) => (track ? neighbourOf(trace, track, playhead, at, direction) : undefined),
            (playhead: number, at: EventRef | undefined) => neighbourOfSlot(trace, 0, 64, playhead, at, direction),
          ]) {
            const seen: EventRef[] = [];
            let playhead = direction === 1 ? -1 : 1e9;
            let at: EventRef | undefined;
            while ((at = step(playhead, at))) {
              seen.push(at);
              playhead = trace.task(at.task).events.time[at.index]!;
            }
            assert.deepEqual(seen, direction === 1 ? expected : [...expected].reverse());
          }
        }
      }),
    );
  });
});
