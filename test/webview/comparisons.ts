import { readFileSync } from "node:fs";
import type { Comparison } from "../../src/report/contract";

/** What `compare` told of a sample on a real machine. */
export function recordedComparison(name: "compare-03" | "compare-12"): Comparison {
  return JSON.parse(readFileSync(`test/webview/recorded/${name}.json`, "utf8")) as Comparison;
}

/** As it stands before the exchange of messages has been measured. */
export function withoutCommunication(comparison: Comparison): Comparison {
  return { ...comparison, communication: comparison.communication.map(({ means }) => ({ means, threads: null, processes: null })) };
}
