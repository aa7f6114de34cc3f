import type { InstrumentationRuntime } from "../abi";
import type { Creation } from "../context";

/** The part of `$cp` that deals with tasks: given by whoever spawns them. */
export type TaskInstrumentation = Pick<InstrumentationRuntime, "fn" | "def" | "made" | "entry">;

export type { AtomicOrder } from "./atomics";

export interface Instrumentation {
  /** What instrumented modules get as `$cp`. */
  readonly cp: InstrumentationRuntime;
  /** Identity and name of what is being created now. `name` is what the program asks for; `kindName` names what has none ("Mutex 1"). */
  nextCreation(kindName: string, name?: string): Creation;
  /** The API's own functions, for calls that the compiler did not turn into `$cp` calls. */
  readonly api: {
    shared(initial: unknown, name?: string): unknown;
    sharedMemory(initial: unknown, name?: string): unknown;
  };
}
