import type { InstrumentationRuntime } from "../abi";
import type { Creation } from "../context";
import type { Memory } from "../memory/types";
import type { TaskRecorder } from "../recorder/types";

/** The part of `$cp` that deals with tasks: given by whoever spawns them. */
export type TaskInstrumentation = Pick<InstrumentationRuntime, "fn" | "def" | "entry">;

export interface InstrumentationParts {
  readonly recorder: TaskRecorder;
  readonly memory: Memory;
  readonly tasks: TaskInstrumentation;
}

export interface Instrumentation {
  /** What instrumented modules get as `$cp`. */
  readonly cp: InstrumentationRuntime;
  /** Identity and name of what is being created now. `kindName` names what has no name ("Mutex" → "Mutex 1"). */
  nextCreation(kindName: string): Creation;
  /** The API's own functions, for calls that the compiler did not turn into `$cp` calls. */
  readonly api: {
    shared(initial: unknown, name?: string): unknown;
    sharedMemory(initial: unknown, name?: string): unknown;
  };
}
