/**
 * From an event to the finding that it makes, as the editor and the command line are told it. Prints one JSON document.
 *
 *   npx tsx bench/latency.ts [rounds, default 3]
 */
import { runBundled } from "./bundled";

runBundled("latency/measure.ts");
