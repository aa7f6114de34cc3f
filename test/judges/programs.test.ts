import { VERDICTS, allPrograms, type Mode, type Program } from "./program";
import { tryAll, type Trial } from "./runs";

/**
 * How many perturbed runs each program gets in each mode. Twenty take about half an hour on two cores, so a suite run has
 * fewer: JUDGE_SEEDS=20 npm test -- judges is the whole. JUDGE_SHARD=2/4 runs every fourth program from the second on.
 */
const SEEDS = process.env["JUDGE_SEEDS"];
const [SHARD, SHARDS] = (process.env["JUDGE_SHARD"] ?? "1/1").split("/").map(Number) as [number, number];
/** Between processes a run takes twice as long. */
const FEWER: Readonly<Record<Mode, number>> = { threads: 2, processes: 1 };
const RUN_MS = 5_000;

function trialsOf(program: Program): Trial[] {
  const modes: readonly Mode[] = program.alone ? program.modes : ["threads", "processes"];
  return modes.flatMap((mode) => {
    const count = SEEDS === undefined ? FEWER[mode] : Number(SEEDS);
    const perturbed = Array.from({ length: count }, (_, i) => ({ program, mode, seed: i + 1 }));
    // One undisturbed run, where it costs least.
    return mode === "threads" ? [{ program, mode, seed: undefined }, ...perturbed] : perturbed;
  });
}

describe("programs and their verdicts, which are their folders", () => {
  const programs = allPrograms().filter((_, i) => i % SHARDS === SHARD - 1);
  for (const verdict of VERDICTS) {
    describe(verdict, () => {
      for (const program of programs.filter((one) => one.verdict === verdict)) {
        const trials = trialsOf(program);
        it(program.path, () => tryAll(trials)).timeout(trials.length * RUN_MS + 30_000);
      }
    });
  }
});
