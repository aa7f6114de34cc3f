import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { startSession } from "../../src/session";
import type { LocatedFinding, Report } from "../../src/report/contract";
import { median } from "../statistics";
import { deadlocked, racy, type Program } from "./programs";

/** Milliseconds from each event to the first time that its finding was told. Throws if one was not told. */
async function latencies({ name, mode, text }: Program, round: number, about: (finding: LocatedFinding) => number | undefined): Promise<number[]> {
  const told = new Map<number, number>();
  // Beside the bundle, which goes when it has run.
  const file = join(__dirname, `latency-${round}.${text.includes("node:worker_threads") ? "mjs" : "ts"}`);
  writeFileSync(file, text);
  const report = await new Promise<Report>((resolve) => {
    startSession(
      { file, mode },
      {
        onTrace() {},
        onFindings(findings) {
          const now = Date.now();
          for (const finding of findings) {
            const n = about(finding);
            if (n !== undefined && !told.has(n)) told.set(n, now);
          }
        },
        onEnd: (_result, ended) => resolve(ended),
      },
    );
  });
  const happened = new Map<number, number>();
  for (const [, n, time] of report.output.map((piece) => piece.text).join("").matchAll(/^AT (\d+) (\d+)$/gm)) {
    // It needs both accesses, or both tasks that wait: the later one counts.
    happened.set(Number(n), Math.max(happened.get(Number(n)) ?? 0, Number(time)));
  }
  if (happened.size === 0) throw new Error(`${name}: ${report.outcome}; ${JSON.stringify(report.errors ?? report.output)}`);
  return [...happened].map(([n, time]) => {
    const at = told.get(n);
    if (at === undefined) throw new Error(`${name}: finding ${n} was not told`);
    return at - time;
  });
}

/** The number of the variable that a race is on: "v3", or the element at 2 × 3. */
function raced({ kind, variable }: LocatedFinding): number | undefined {
  if (kind !== "data-race" || variable === undefined) return undefined;
  const numbered = /^v(\d+)/.exec(variable);
  if (numbered) return Number(numbered[1]);
  const element = /\[(\d+)\]$/.exec(variable);
  return element ? Number(element[1]) / 2 : undefined;
}

async function measure(program: Program, rounds: number, about: (finding: LocatedFinding) => number | undefined): Promise<{ times: number[]; worst: number; middle: number }> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(...(await latencies(program, round, about)));
  return { times, middle: median(times), worst: Math.max(...times) };
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 3);
  const races = [];
  for (const program of racy) {
    const { times, middle, worst } = await measure(program, rounds, raced);
    races.push({ name: program.name, findings: times.length, medianMs: middle, raceToldMs: worst });
  }
  const deadlocks = [];
  for (const program of deadlocked) {
    const { times, middle, worst } = await measure(program, rounds, ({ kind }) => (kind === "deadlock" ? 0 : undefined));
    deadlocks.push({ name: program.name, findings: times.length, medianMs: middle, deadlockToldMs: worst });
  }
  // The slowest of all counts.
  console.log(JSON.stringify({ bench: "latency", node: process.version, cores: cpus().length, rounds, reach: { raceToldMs: 200, deadlockToldMs: 1000 }, races, deadlocks }, undefined, 2));
}

void main();
