/**
 * What recording costs: each kernel against the same program in plain Node. Prints one JSON document; the machine's load is
 * in it, since the kernels use two cores themselves.
 *
 *   npx tsx bench/recording.ts [rounds, default 5]
 */
import { cpus, loadavg } from "node:os";
import { beside } from "./kernel";
import { geometricMean } from "./statistics";

const KERNELS = ["counter-loop", "array-sweep", "mutex-loop", "ping-pong", "mixed"] as const;

const rounds = Number(process.argv[2] ?? 5);
const loadBefore = loadavg()[0];
const kernels = KERNELS.map((kernel) => ({ kernel, ...beside(kernel, kernel, "threads", rounds) }));
console.log(
  JSON.stringify(
    { bench: "recording", node: process.version, cores: cpus().length, loadBefore, rounds, reach: { geometricMean: 5 }, geometricMean: geometricMean(kernels.map(({ slowdown }) => slowdown)), kernels },
    undefined,
    2,
  ),
);
