import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";

const root = dirname(__dirname);

/**
 * Runs a program of ours bundled as the products are, with this program's arguments and its output: under tsx the same code is
 * several times slower. Throws if it fails.
 *
 * @param entry path in bench/
 */
export function runBundled(entry: string, nodeOptions: readonly string[] = []): void {
  // Within the project, so that what is built is found from there.
  const folder = join(root, "out", `bench-${process.pid}`);
  const outfile = join(folder, "measure.cjs");
  mkdirSync(folder, { recursive: true });
  try {
    buildSync({
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      keepNames: true,
      logLevel: "warning",
      external: ["@babel/preset-typescript/package.json"],
      entryPoints: [join(root, "bench", entry)],
      outfile,
    });
    execFileSync(process.execPath, [...nodeOptions, outfile, ...process.argv.slice(2)], { stdio: "inherit" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
