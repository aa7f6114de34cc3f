import assert from "node:assert/strict";
import { Trace } from "../../../src/trace";
import { PACES, Player, isPaceName, type Played } from "../../../webview/state/player";
import { lostUpdate } from "../../webview/fixtures";

/** A player on a clock of the test's own. */
function player(calm = false) {
  const trace = Trace.from(lostUpdate().bytes);
  let frame: ((now: number) => void) | undefined;
  const seen: number[] = [];
  const played: Played & { playhead: number } = {
    trace,
    playhead: trace.duration,
    activity: { began: 0, opening: 0, end: trace.duration },
    at: undefined,
    seek(time) {
      this.playhead = time ?? trace.duration;
      seen.push(this.playhead);
    },
    goTo(at) {
      if (!at) return;
      Object.assign(this, { at });
      this.playhead = trace.task(at.task).events.time[at.index]!;
      seen.push(this.playhead);
    },
    keepInView: () => undefined,
  };
  const made = new Player(played, () => undefined, (work) => (frame = work), () => calm);
  const run = (...times: number[]): void => {
    for (const time of times) {
      const work = frame;
      frame = undefined;
      work?.(time);
    }
  };
  return { made, played, seen, run, pending: () => frame !== undefined };
}

describe("playing", () => {
  it("moves in proportion to the time passed, from the start when it stands at the end", () => {
    const { made, seen, run } = player();
    made.pace = "slow1000";
    made.toggle();
    run(50, 150, 350);
    assert.deepEqual(seen, [0, 0, 100_000, 300_000]);
  });

  it("stops at the end of the run", () => {
    const { made, played, run, pending } = player();
    made.pace = "real";
    made.toggle();
    run(0, 16);
    assert.equal(played.playhead, played.activity.end);
    assert.equal(made.playing, false);
    assert.equal(pending(), false);
  });

  it("pauses, and goes on from where the playhead is then", () => {
    const { made, played, run } = player();
    made.pace = "slow1000";
    made.toggle();
    run(0, 100);
    made.toggle();
    run(5000);
    assert.equal(played.playhead, 100_000);
    made.toggle();
    played.playhead = 2e6;
    run(9000, 9100);
    assert.equal(played.playhead, 2_100_000);
  });

  it("goes from event to event, so many a second", () => {
    const { made, played, seen, run } = player();
    made.pace = "events10";
    made.toggle();
    run(0, 250);
    const { time } = played.trace.task(0).events;
    assert.deepEqual(seen, [0, time[1], time[2]]);
  });

  it("jumps instead of gliding where motion is to be reduced", () => {
    const { made, seen, run } = player(true);
    made.pace = "slow1000";
    made.toggle();
    run(0, 100, 200, 300, 400, 500);
    assert.deepEqual(seen, [0, 500_000]);
  });

  it("does not play the time that the page was hidden", () => {
    const { made, played, run } = player();
    made.pace = "slow1000";
    made.toggle();
    run(0, 60_000);
    assert.equal(played.playhead, 1_000_000);
  });

  it("knows its paces by name", () => {
    assert.ok(Object.keys(PACES).every(isPaceName));
    assert.equal(isPaceName("toString"), false);
    assert.equal(isPaceName(undefined), false);
  });
});
