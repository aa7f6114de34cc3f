import type { TaskRecorder } from "../recorder/types";

/** Makes console.*, process.stdout.write and process.stderr.write of this thread part of the trace, and prints nothing. */
export type InstallConsole = (options: {
  readonly recorder: TaskRecorder;
  /** Number from the run-wide counter of synchronization events. */
  readonly nextSeq: () => number;
}) => void;
