import { Kind } from "../../trace";
import { Memo } from "./repeat-filter";
import type { RecorderOptions, TaskRecorder } from "./types";

const ELEMENTS = 40;
const PASSES = 3;
const INTERVALS = 2;

/**
 * Goes all ways of a recorder once, for nobody. The engine compiles code for the ways that were gone; one that is gone later, such as past the limit, throws
 * that code away, and what a task does until there is new code takes many times as long.
 */
export function warmUp(create: (options: RecorderOptions) => TaskRecorder): void {
  const recorder = create({ task: 0, sink: { write: () => undefined }, runStart: process.hrtime.bigint(), limit: ELEMENTS, filterEntries: 256 });
  const memo = new Memo();
  for (let interval = 1; interval <= INTERVALS; interval++) {
    for (let pass = 0; pass < PASSES; pass++) {
      for (let i = 0; i < ELEMENTS; i++) {
        recorder.site = 1;
        recorder.access(Kind.Read8, 4096 + 8 * i, i + 0.5);
        recorder.access(Kind.Write8, 4096 + 8 * i, i + 0.5);
        if (pass === 1) recorder.accessAgain(memo, Kind.Write8, 8, i + 0.5);
      }
    }
    recorder.access(Kind.Read8, 4096 + 8 * (ELEMENTS >> 1), 0.5);
    recorder.sync(Kind.Lock, 1, interval);
  }
  recorder.close();
}
