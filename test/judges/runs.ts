import { availableParallelism } from "node:os";
import type { Report } from "../../src/report/contract";
import { startSession } from "../../src/session";
import { checkReport } from "../support/report-schema";
import type { Mode, Program } from "./program";
import { judge } from "./verdicts";

/** One run of a program; without a seed, an undisturbed one. */
export interface Trial {
  readonly program: Program;
  readonly mode: Mode;
  readonly seed: number | undefined;
}

/** Runs at a time: a run waits and sleeps for some of its time. */
const AT_ONCE = availableParallelism() + 1;
const TIME_LIMIT_MS = 60_000;

// Node reads these certificates whenever it starts, which takes longer than the rest of its start; no program here needs any.
delete process.env["NODE_EXTRA_CA_CERTS"];

function run({ program, mode, seed }: Trial): Promise<Report> {
  return new Promise((resolve) => {
    startSession({ file: program.file, mode, timeLimit: TIME_LIMIT_MS, ...(seed === undefined ? {} : { perturb: seed }) }, { onTrace() {}, onFindings() {}, onEnd: (_result, report) => resolve(report) });
  });
}

/** How to see it again. */
function commandOf({ program, mode, seed }: Trial): string {
  return `node dist/cli.js run ${program.path} --as ${mode}${seed === undefined ? "" : ` --perturb ${seed}`}`;
}

/** What is wrong with a run of it, and how to repeat it. */
async function tryOnce(trial: Trial): Promise<Error | undefined> {
  const report = await run(trial);
  try {
    checkReport(report);
    judge(trial.program, trial.mode, report);
    return undefined;
  } catch (error) {
    return new Error(`${(error as Error).message}\n\nA wrong verdict, or a wrong report, from\n    ${commandOf(trial)}`, { cause: error });
  }
}

/** The trials of one program. */
interface Case {
  readonly left: Trial[];
  running: number;
  failed: Error | undefined;
  readonly done: (failed: Error | undefined) => void;
}

/** Makes runs, a few at a time, of one program after the other: so that each is compiled once, and no processor waits for a program's last run. */
export class Runs {
  private readonly cases: Case[] = [];
  private running = 0;

  /** Resolves with the first wrong verdict, which ends the trials of this program; undefined: none is wrong. */
  tryAll(trials: readonly Trial[]): Promise<Error | undefined> {
    return new Promise((done) => {
      this.cases.push({ left: [...trials], running: 0, failed: undefined, done });
      this.more();
    });
  }

  /** Begins no more runs. */
  stop(): void {
    this.cases.length = 0;
  }

  private more(): void {
    while (this.running < AT_ONCE) {
      const next = this.cases[0];
      const trial = next?.left.shift();
      if (!next) return;
      if (trial) void this.make(next, trial);
      else this.cases.shift();
    }
  }

  private async make(its: Case, trial: Trial): Promise<void> {
    this.running++;
    its.running++;
    const failed = await tryOnce(trial);
    this.running--;
    its.running--;
    its.failed ??= failed;
    if (failed) its.left.length = 0;
    if (its.running === 0 && its.left.length === 0) its.done(its.failed);
    this.more();
  }
}
