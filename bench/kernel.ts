import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { median } from "./statistics";

const root = dirname(__dirname);

/** Milliseconds as the program told them on a line "BENCH n". Throws if it told none. */
export function measured(args: readonly string[], program = process.execPath): number {
  return told(args, /BENCH ([\d.]+)/, program)[0]!;
}

/** The numbers that the program told on a line of this form. Throws if it told none. */
export function told(args: readonly string[], line: RegExp, program = process.execPath): number[] {
  // Exit status 1 is "something found": the counter loop is a race on purpose.
  let output: string;
  try {
    output = execFileSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (!(error instanceof Error && "status" in error && error.status === 1 && "stdout" in error)) throw error;
    output = String(error.stdout);
  }
  const numbers = line.exec(output);
  if (!numbers) throw new Error(`The kernel told nothing: ${program} ${args.join(" ")}\n${output.slice(-2000)}`);
  return numbers.slice(1).map(Number);
}

/** Of the measured part of a program of ours and its plain twin. */
export interface Measured {
  readonly plainMs: number;
  readonly recordedMs: number;
  /** Median of the ratios of neighbouring runs. */
  readonly slowdown: number;
}

/** Runs both `rounds` times, A B A B …, so that a drifting machine does not decide. */
export function beside(plainName: string, kernel: string, mode: "threads" | "processes", rounds: number): Measured {
  const plain: number[] = [];
  const recorded: number[] = [];
  for (let round = 0; round < rounds; round++) {
    plain.push(measured([join(root, "bench/kernels/plain", `${plainName}.mjs`)]));
    recorded.push(measured([join(root, "dist/cli.js"), "run", join(root, "bench/kernels", `${kernel}.ts`), "--as", mode]));
  }
  return { plainMs: median(plain), recordedMs: median(recorded), slowdown: median(recorded.map((time, i) => time / plain[i]!)) };
}
