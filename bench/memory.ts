/**
 * What a task has in memory when it has just begun, against a bare Worker and a bare fork(): the resident memory of a process; the
 * heap of a thread, and what each of eight threads adds to the resident memory of their process. Prints one JSON document.
 *
 *   npx tsx bench/memory.ts [rounds, default 3]
 */
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { told } from "./kernel";
import { median } from "./statistics";

const LINE = /BENCH ([\d.]+) ADDED (-?[\d.]+)/;

interface Beside {
  readonly bareMb: number;
  readonly taskMb: number;
  readonly extraMb: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const compare = (bare: readonly number[], task: readonly number[]): Beside => ({
  bareMb: round(median(bare)),
  taskMb: round(median(task)),
  extraMb: round(median(task) - median(bare)),
});

const rounds = Number(process.argv[2] ?? 3);
const loadBefore = loadavg()[0];
const kinds = { threads: { bare: [] as number[][], task: [] as number[][] }, processes: { bare: [] as number[][], task: [] as number[][] } };
for (let i = 0; i < rounds; i++) {
  for (const mode of ["threads", "processes"] as const) {
    kinds[mode].bare.push(told([join(__dirname, "kernels/plain", `memory-${mode}.mjs`)], LINE));
    kinds[mode].task.push(told([join(__dirname, "../dist/cli.js"), "run", join(__dirname, "kernels/memory.ts"), "--as", mode], LINE));
  }
}
const of = ({ bare, task }: (typeof kinds)["threads"], index: 0 | 1): Beside =>
  compare(
    bare.map((numbers) => numbers[index]!),
    task.map((numbers) => numbers[index]!),
  );
console.log(
  JSON.stringify(
    {
      bench: "memory",
      node: process.version,
      cores: cpus().length,
      loadBefore,
      rounds,
      reach: { extraMb: 15 },
      processResident: of(kinds.processes, 0),
      threadHeap: of(kinds.threads, 0),
      threadResident: of(kinds.threads, 1),
    },
    undefined,
    2,
  ),
);
