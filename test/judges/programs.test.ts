import { VERDICTS, allPrograms, type Mode, type Program } from "./program";
import { Runs, type Trial } from "./runs";

/**
 * How many perturbed runs each program gets in threads (or as the plain program that it is) and in processes. Twenty take some 35 minutes on two cores, which a suite
 * has not: it has half of them. JUDGE_SEEDS=20 npm test -- judges is the whole, JUDGE_SEEDS=20/1 has one in processes. JUDGE_SHARD=2/4 runs every fourth program from
 * the second on.
 */
const [THREADS, PROCESSES = THREADS] = (process.env["JUDGE_SEEDS"] ?? "10/1").split("/").map(Number) as [number, number?];
const SEEDS: Readonly<Record<Mode, number>> = { threads: THREADS, processes: PROCESSES };
const [SHARD, SHARDS] = (process.env["JUDGE_SHARD"] ?? "1/1").split("/").map(Number) as [number, number];
/** On a busy machine. */
const RUN_MS = 10_000;
/** Programs that are begun before it is their turn. */
const AHEAD = 3;

function trialsOf(program: Program): Trial[] {
  const modes: readonly Mode[] = program.alone ? program.modes : ["threads", "processes"];
  return modes.flatMap((mode) => {
    const perturbed = Array.from({ length: SEEDS[mode] }, (_, i) => ({ program, mode, seed: i + 1 }));
    // One undisturbed run, where it costs least.
    return mode === "threads" ? [{ program, mode, seed: undefined }, ...perturbed] : perturbed;
  });
}

describe("programs and their verdicts, which are their folders", () => {
  const programs = allPrograms().filter((_, i) => i % SHARDS === SHARD - 1);
  const runs = new Runs();
  const begun = new Map<Program, Promise<Error | undefined>>();
  after(() => runs.stop());

  function begin(program: Program): Promise<Error | undefined> {
    const already = begun.get(program);
    if (already) return already;
    const verdict = runs.tryAll(trialsOf(program));
    begun.set(program, verdict);
    return verdict;
  }

  for (const verdict of VERDICTS) {
    describe(verdict, () => {
      for (const program of programs.filter((one) => one.verdict === verdict)) {
        it(program.path, async () => {
          const failed = begin(program);
          const at = programs.indexOf(program);
          for (const next of programs.slice(at + 1, at + 1 + AHEAD)) void begin(next);
          const error = await failed;
          if (error) throw error;
        }).timeout(trialsOf(program).length * RUN_MS + 60_000);
      }
    });
  }
});
