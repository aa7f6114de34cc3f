import { Run } from "./run";
import type { RunHandle, RunListener, RunOptions } from "./types";

export { DEFAULTS } from "./run";
export { eachQuiet } from "./quiet";
export type { RunHandle, RunListener, RunOptions, RunResult } from "./types";

/** Runs a snippet. The first process starts at once; `listener` is called from the event loop only. */
export function startRun(options: RunOptions, listener: RunListener): RunHandle {
  return new Run(options, listener);
}
