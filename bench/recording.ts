import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { geometricMean, median } from "./statistics";

/** Milliseconds of the measured part of a recorded and a plain run of the same kernel, run in turn. */
export interface KernelResult {
  readonly kernel: string;
  readonly plainMs: number;
  readonly recordedMs: number;
  /** Median of the ratios of neighbouring runs. */
  readonly slowdown: number;
}

export const KERNELS = ["counter-loop", "array-sweep", "mutex-loop", "ping-pong", "mixed"] as const;

const root = dirname(__dirname);

function measured(args: readonly string[]): number {
  // Exit status 1 is "something found": the counter loop is a race on purpose.
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    if (!(error instanceof Error && "status" in error && error.status === 1 && "stdout" in error)) throw error;
    output = String(error.stdout);
  }
  const time = /BENCH ([\d.]+)/.exec(output);
  if (!time) throw new Error(`The kernel told no time: node ${args.join(" ")}\n${output.slice(-2000)}`);
  return Number(time[1]);
}

/** Runs each kernel `rounds` times both ways, A B A B …, so that a drifting machine does not decide. */
export function benchRecording(rounds: number): { kernels: KernelResult[]; geometricMean: number } {
  const kernels = KERNELS.map((kernel): KernelResult => {
    const plain: number[] = [];
    const recorded: number[] = [];
    for (let round = 0; round < rounds; round++) {
      plain.push(measured([join(root, "bench/kernels/plain", `${kernel}.mjs`)]));
      recorded.push(measured([join(root, "dist/cli.js"), "run", join(root, "bench/kernels", `${kernel}.ts`), "--as", "threads"]));
    }
    return {
      kernel,
      plainMs: median(plain),
      recordedMs: median(recorded),
      slowdown: median(recorded.map((time, i) => time / plain[i]!)),
    };
  });
  return { kernels, geometricMean: geometricMean(kernels.map((k) => k.slowdown)) };
}
