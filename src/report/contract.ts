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
  variables: { name: string; space: number; value: unknown; reads: number; writes: number; guardedBy: string | null;
               /** Where no lock guards it though most places hold one: which, and where it is not held. Advice; an addition to the contract. */
               discipline?: Discipline }[];
  syncObjects: { name: string; type: string; waits: number; waitedMs: number; heldMs: number;
                 /** How often a lock or permits were taken; `waits` of them had to wait. An addition to the contract. */
                 taken?: number;
                 /** Who waited longest for it, and where. An addition to the contract. */
                 longestWait?: { task: number; ms: number; file: string; line: number; column: number } }[];
  findings: Finding[];
  output: { task: number; stream: "stdout" | "stderr"; text: string }[];
  /** Events recorded, and those that were counted but not kept for drawing. */
  events: { recorded: number; dropped: number };
  /** What a reader of the findings has to know. An addition to the contract. */
  notes?: string[];
  /** What each task has used and communicated. An addition to the contract. */
  costs?: TaskCosts[];
  /** `compare` only. An addition to the contract. */
  comparison?: Comparison;
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

/** A lock that is held at most of the places that access a variable where only a lock could order them; evidence, and no verdict. */
export interface Discipline {
  readonly lock: string;
  /** Places where it is held, of so many. */
  readonly held: number;
  readonly places: number;
  /** Where it is not; at most 8. */
  readonly without: readonly { readonly file: string; readonly line: number; readonly column: number; readonly text: string }[];
}

/** How tasks of different memories (or the same one) reach each other. */
export type Means = "shared-variable" | "message-queue" | "pipe" | "socket" | "shared-segment";

/**
 * What a task has used by its end. null: not told by this system, or the task could not tell any more. A process's first task
 * tells of its whole process; memory is the resident set of a process, the heap of any other thread.
 */
export interface TaskCosts {
  readonly task: number;
  /** From the call of spawn() to the task's readiness. */
  readonly createdInMs: number | null;
  readonly cpuUserMs: number | null;
  readonly cpuSystemMs: number | null;
  readonly memoryBytes: number | null;
  readonly voluntarySwitches: number | null;
  readonly involuntarySwitches: number | null;
  /** Messages (of streams and the segment: operations) and their bytes, per means that the task used; null: Node does not tell how large its own messages are. */
  readonly communication: readonly { readonly means: Means; readonly sent: number; readonly sentBytes: number | null; readonly received: number; readonly receivedBytes: number | null }[];
}

/** Figures of several runs. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly samples: readonly number[];
}

/** What several runs in one mode had in common and where they differed. Spreads are over runs, of a run's median task. */
export interface ModeComparison {
  readonly outcomes: readonly { readonly outcome: Report["outcome"]; readonly count: number }[];
  readonly durationMs: Spread | null;
  /** Of spawned tasks. */
  readonly createdInMs: Spread | null;
  readonly memoryBytes: Spread | null;
  /** Of all tasks together: each process once, and threads only where their process does not tell of them. */
  readonly cpuMs: Spread | null;
  readonly voluntarySwitches: Spread | null;
  readonly involuntarySwitches: Spread | null;
  /** Values of variables at the end in the main task's space (or the segment), most frequent first. */
  readonly finals: readonly { readonly name: string; readonly values: readonly { readonly value: unknown; readonly count: number }[] }[];
  /** What ended in each way, by task name; `runs` is how often. */
  readonly crashes: readonly { readonly crashed: readonly string[]; readonly ended: readonly string[]; readonly wentOn: readonly string[]; readonly runs: number }[];
  readonly findings: readonly { readonly kind: Finding["kind"]; readonly runs: number }[];
}

export interface Comparison {
  /** Of each mode. */
  readonly runs: number;
  readonly threads: ModeComparison;
  readonly processes: ModeComparison;
  /** Microseconds per round trip between two tasks; null where the means does not reach the other task. */
  readonly communication: readonly { readonly means: Means; readonly threads: Spread | null; readonly processes: Spread | null }[];
  /** Exchanges of messages that did not come to their end, so that less is known of `communication`. */
  readonly failedExchanges?: readonly { readonly mode: "threads" | "processes"; readonly runs: number; readonly outcome: Report["outcome"]; readonly error: string }[];
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

/** One step of a finding, in words without its task: "reads n: 3". */
export interface FindingStep {
  readonly task: number;
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the panel needs beyond the contract: an extension of the JSON report, ignored by those who do not know it. */
export interface LocatedFinding extends Finding {
  /** Stable within a run, also while counts grow: kind, variable and sites. */
  id: string;
  /** The events that show it, first and clearest instance: where the playhead goes. Nanoseconds since the run began. */
  events: { task: number; time: number; site: number }[];
  /** What happened step by step, with values, for a table with a column per task; absent where the words tell it all. */
  steps?: FindingStep[];
  /** Data races: whether it did harm in this run, as the values prove, or could in another order. */
  harm?: "seen" | "possible";
  /** End positions for squiggles, per access or cycle entry in the same order. */
  ranges: { file: string; line: number; column: number; endLine: number; endColumn: number }[];
}

/** A finding of a report; those of a run know their events. */
export type ToldFinding = Finding & Partial<Pick<LocatedFinding, "events" | "steps">>;
