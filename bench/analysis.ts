/**
 * Speed and memory of the analysis on traces made in memory. Prints one JSON document.
 *
 *   npx tsx bench/analysis.ts [millions of events, default 5]
 *
 * It measures what is in analysis/measure.ts, bundled as the products are: under tsx the same code is several times slower.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
const outfile = join(folder, "measure.cjs");
try {
  buildSync({ bundle: true, platform: "node", format: "cjs", target: "node20", keepNames: true, logLevel: "warning", entryPoints: [join(__dirname, "analysis/measure.ts")], outfile });
  execFileSync(process.execPath, ["--expose-gc", outfile, ...process.argv.slice(2)], { stdio: "inherit" });
} finally {
  rmSync(folder, { recursive: true });
}
