/**
 * Speed and memory of the analysis on traces made in memory. Prints one JSON document.
 *
 *   npx tsx bench/analysis.ts [millions of events, default 5]
 */
import { runBundled } from "./bundled";

runBundled("analysis/measure.ts", ["--expose-gc"]);
