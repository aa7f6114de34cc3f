import type { Silence } from "./quiet-question";
import type { Diagnostic, RunMode, RunOutcome } from "../trace";

/** What to run, and within which limits. */
export interface RunOptions {
  /** Absolute path of the snippet. */
  readonly file: string;
  /** Its text where it is not what is on disk (an unsaved editor). */
  readonly text?: string;
  readonly mode: RunMode;
  /** Copies of a snippet that spawns nothing. Default 2. */
  readonly copies?: number;
  /** Milliseconds; default 60,000. */
  readonly timeLimit?: number;
  /** Megabytes for the whole run; default 1024. */
  readonly memoryLimit?: number;
  /** Tasks per run; default 64. */
  readonly taskLimit?: number;
  /** process.argv.slice(2) of the snippet. */
  readonly args?: readonly string[];
  /** The first process reads what the one that started the run would read. Default: it finds its standard input empty. */
  readonly inheritInput?: boolean;
  /** Seed of random delays before atomics, locks and messages. */
  readonly perturb?: number;
  /** Words of warnings and limits; default "en". */
  readonly locale?: string;
}

/** How a run ended, in short; the trace has the rest. */
export interface RunResult {
  readonly outcome: RunOutcome;
  readonly exitCode: number | null;
  /** Milliseconds. */
  readonly duration: number;
  /** For a person: the limit reached, who stopped it, the crash in one line. */
  readonly reason?: string;
  /** With outcome "not-compiled"; warnings are there in any case. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface RunListener {
  /** A piece of the trace as it happens: whole chunks, in the order in which they belong in a file. */
  onTrace(chunk: Uint8Array): void;
  onEnd(result: RunResult): void;
}

/** A run in progress. */
export interface RunHandle {
  /** Ends it at once; what was recorded is kept. `onEnd` follows, with outcome "killed" unless another is given. */
  stop(outcome?: RunOutcome, reason?: string): void;
  /** Asks all processes what their tasks do; `told` is called when all have answered, and then behind whatever they had told before. */
  askQuiet(told: (silence: Silence) => void): void;
  /** Asks these tasks of a plain program whether they can still do anything by themselves; one that can't records that it waits. */
  askIdle(tasks: readonly number[]): void;
  /** Resolves with what `onEnd` was told, when no process of the run is left. */
  readonly ended: Promise<RunResult>;
}
