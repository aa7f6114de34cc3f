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

/** Runs at a time: a run waits and sleeps for much of its time. */
const AT_ONCE = 3;
const TIME_LIMIT_MS = 30_000;

function run({ program, mode, seed }: Trial): Promise<Report> {
  return new Promise((resolve) => {
    startSession({ file: program.file, mode, timeLimit: TIME_LIMIT_MS, ...(seed === undefined ? {} : { perturb: seed }) }, { onTrace() {}, onFindings() {}, onEnd: (_result, report) => resolve(report) });
  });
}

/** How to see it again. */
function commandOf({ program, mode, seed }: Trial): string {
  return `node dist/cli.js run ${program.path} --as ${mode}${seed === undefined ? "" : ` --perturb ${seed}`}`;
}

/** Runs them a few at a time; throws at the first wrong verdict, with how to repeat it. */
export async function tryAll(trials: readonly Trial[]): Promise<void> {
  const left = [...trials];
  let failed: Error | undefined;
  const work = async (): Promise<void> => {
    for (let trial = left.shift(); trial && !failed; trial = left.shift()) {
      const report = await run(trial);
      try {
        checkReport(report);
        judge(trial.program, trial.mode, report);
      } catch (error) {
        failed ??= new Error(`${(error as Error).message}\n\nA wrong verdict, or a wrong report, from\n    ${commandOf(trial)}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failed) throw failed;
}
