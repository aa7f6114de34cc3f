/**
 * What recording costs programs of plain Node (worker_threads, SharedArrayBuffer, Atomics): each kernel as it is against itself
 * run by the command line. Beside it, in the same rounds, the same kernels in C++ with ThreadSanitizer against without: the peer.
 * Prints one JSON document.
 *
 *   npx tsx bench/plain.ts [rounds, default 3]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { measured } from "./kernel";
import { findSanitizer } from "./sanitizer";
import { geometricMean, median } from "./statistics";

const KERNELS = ["counter-loop", "array-sweep", "mutex-loop", "array-methods", "ping-pong", "mixed"] as const;

interface Cost {
  readonly plainMs: number;
  readonly recordedMs: number;
  /** Median of the ratios of neighbouring runs. */
  readonly slowdown: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;
const cost = (plain: readonly number[], recorded: readonly number[]): Cost => ({
  plainMs: round(median(plain)),
  recordedMs: round(median(recorded)),
  slowdown: round(median(recorded.map((time, i) => time / plain[i]!))),
});

const rounds = Number(process.argv[2] ?? 3);
const sanitizer = findSanitizer();
const folder = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const kernels = KERNELS.map((kernel) => {
    const program = join(__dirname, "kernels/plain", `${kernel}.mjs`);
    const twin = "missing" in sanitizer ? undefined : sanitizer.build(kernel, folder);
    const times = { plain: [] as number[], recorded: [] as number[], peerPlain: [] as number[], peerSanitized: [] as number[] };
    for (let i = 0; i < rounds; i++) {
      times.plain.push(measured([program]));
      times.recorded.push(measured([join(__dirname, "../dist/cli.js"), "run", program]));
      if (!twin) continue;
      times.peerPlain.push(twin.plain());
      times.peerSanitized.push(twin.sanitized());
    }
    return { kernel, ...cost(times.plain, times.recorded), threadSanitizer: twin ? cost(times.peerPlain, times.peerSanitized) : null };
  });
  const mean = geometricMean(kernels.map(({ slowdown }) => slowdown));
  const peers = kernels.flatMap(({ threadSanitizer }) => threadSanitizer?.slowdown ?? []);
  const peerMean = peers.length > 0 ? geometricMean(peers) : null;
  console.log(
    JSON.stringify(
      {
        bench: "plain",
        node: process.version,
        cores: cpus().length,
        rounds,
        reach: { geometricMean: 5, timesThePeer: 1 },
        geometricMean: round(mean),
        peer: "missing" in sanitizer ? sanitizer.missing : `ThreadSanitizer of ${sanitizer.version}`,
        peersMean: peerMean === null ? null : round(peerMean),
        timesThePeer: peerMean === null ? null : round(mean / peerMean),
        kernels,
      },
      undefined,
      2,
    ),
  );
} finally {
  rmSync(folder, { recursive: true });
}
