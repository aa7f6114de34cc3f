/**
 * The command line, and what it prints with --json (one JSON document on standard output, nothing else there).
 *
 *   concurrency-playground run FILE [--as threads|processes]      one run; default: threads
 *       [--schedule os|random|SCHEDULE] [--seed N]                os (default): real, free running; the others: controlled
 *       [--tasks N]                                           a snippet that spawns nothing itself runs as N copies (default 2)
 *       [--perturb SEED]                                      seeded random delays before atomics, locks and messages
 *   concurrency-playground compare FILE                           both modes, side by side
 *   concurrency-playground explore FILE [--strategy dpor|pct|pos|random] [--max-executions N] [--max-seconds S] [--preemptions N]
 *   concurrency-playground replay FILE --schedule SCHEDULE
 *   concurrency-playground check FILE…                            exercises: explore, then grade
 *   concurrency-playground view TRACE                             opens the panel of a saved trace in a browser
 *   all that run: [--json] [--time-limit S] [--memory-limit MB] [--trace FILE] [--perfetto FILE] [--html FILE] [-- ARGS…]
 *
 * Exit status: 0 nothing found · 1 something found (also a failed check) · 2 unusable arguments or a snippet that does
 * not compile (a message with file:line:column on standard error; with --json also `outcome: "not-compiled"`).
 * Without --json: output as it comes, then the findings and a summary for people; colours only on a terminal, NO_COLOR honoured.
 */
export interface Report {
  schema: 1;
  command: "run" | "compare" | "explore" | "replay" | "check";
  file: string;
  mode: "threads" | "processes";
  outcome: "completed" | "crashed" | "deadlocked" | "timed-out" | "out-of-memory" | "killed" | "not-compiled";
  /** Exit status of the main process of the snippet, where it ended by itself. */
  exitCode?: number;
  /** Milliseconds from start to end. */
  duration: number;
  tasks: { id: number; name: string; kind: "thread" | "process"; pid: number; parent: number | null; space: number;
           state: "finished" | "crashed" | "killed" | "blocked"; started: number; ended: number | null; error?: string }[];
  /** Final values, one entry per space that holds the variable. */
  variables: { name: string; space: number; value: unknown; reads: number; writes: number; guardedBy: string | null }[];
  syncObjects: { name: string; type: string; waits: number; waitedMs: number; heldMs: number }[];
  findings: Finding[];
  output: { task: number; stream: "stdout" | "stderr"; text: string }[];
  /** Events recorded, and those that were counted but not kept for drawing. */
  events: { recorded: number; dropped: number };
  /** `explore` only. */
  exploration?: {
    executions: number;
    /** Classes of equivalent interleavings seen; with `complete` and dpor it equals `executions`. */
    traces: number;
    /** True only if every interleaving was covered (within `bound`, where one was given). */
    complete: boolean;
    bound: string | null;
    outcomes: { variables: Record<string, unknown>; output: string; count: number; schedule: string }[];
  };
  /** `check` only. */
  grade?: { passed: boolean; points: number; of: number; feedback: string[] };
  errors?: { file: string; line: number; column: number; message: string }[];
}

export interface Finding {
  kind: "data-race" | "lost-update" | "atomicity-violation" | "deadlock" | "lock-order" | "lost-wakeup"
      | "lock-misuse" | "assertion-failed" | "crash";
  /** One sentence for a person. */
  message: string;
  /** The paragraphs below it: what happened, why nothing orders it, what would repair it. */
  explanation: string[];
  variable?: string;
  tasks: number[];
  accesses?: { task: number; op: "read" | "write" | "update"; atomic: boolean; value?: unknown; locks: string[]; file: string; line: number; column: number; text: string }[];
  /** Deadlocks and lock orders: who waits for what, held by whom, where. */
  cycle?: { task: number; waitsFor: string; heldBy: number[]; holds: string[]; file: string; line: number }[];
  /** How often it was seen in this run (or exploration). */
  count: number;
  /** A schedule that shows it; always present after `explore`. */
  schedule?: string;
}

/** What the panel needs beyond the contract: an extension of the JSON report, ignored by those who do not know it. */
export interface LocatedFinding extends Finding {
  /** Stable within a run, also while counts grow: kind, variable and sites. */
  id: string;
  /** The events that show it, first and clearest instance: where the playhead goes. Nanoseconds since the run began. */
  events: { task: number; time: number; site: number }[];
  /** End positions for squiggles, per access or cycle entry in the same order. */
  ranges: { file: string; line: number; column: number; endLine: number; endColumn: number }[];
}
