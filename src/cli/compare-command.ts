import { constants as os } from "node:os";
import { formatReport } from "../report";
import { startComparison } from "../session/compare";
import type { RunMode } from "../trace";
import type { Command } from "./arguments";
import { RunFiles, ofMode } from "./output-files";
import { FOUND, INTERRUPTIONS, UNUSABLE, colourful, tellDiagnostics } from "./run-command";
import type { CliWords } from "./words";

/** Runs the snippet both ways, prints both side by side; resolves with the exit status. */
export async function compareCommand({ options, json, files: paths }: Command & { type: "compare" }, words: CliWords, locale: string): Promise<number> {
  let interrupted: (typeof INTERRUPTIONS)[number] | undefined;
  const told = new Set<RunMode>();
  const live = !json && process.stderr.isTTY;
  const files = { threads: new RunFiles(ofMode(paths, "threads"), words, locale), processes: new RunFiles(ofMode(paths, "processes"), words, locale) };
  const handle = startComparison(options, {
    onTrace: (mode, chunk) => files[mode].onTrace(chunk),
    onFirst(mode, report) {
      files[mode].finish(report);
      told.add(mode);
    },
    onProgress(done, of) {
      if (live) process.stderr.write(`\r${done}/${of}${done === of ? "\r\u001b[K" : ""}`);
    },
  });
  for (const signal of INTERRUPTIONS) {
    process.on(signal, () => {
      interrupted ??= signal;
      handle.stop(signal);
    });
  }
  const { result, report } = await handle.ended;
  for (const mode of ["threads", "processes"] as const) if (!told.has(mode)) files[mode].discard();
  tellDiagnostics(result, words);
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (result.outcome !== "not-compiled") process.stdout.write(formatReport(report, { colour: colourful(), locale }));
  if (interrupted) return 128 + os.signals[interrupted];
  if (result.outcome === "not-compiled") return UNUSABLE;
  const { comparison } = report;
  const modes = comparison ? [comparison.threads, comparison.processes] : [];
  return modes.some(({ findings, outcomes }) => findings.length > 0 || outcomes.some(({ outcome }) => outcome !== "completed")) ? FOUND : 0;
}
