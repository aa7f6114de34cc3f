import { constants as os } from "node:os";
import { formatReport } from "../report";
import type { Report } from "../report/contract";
import type { RunResult } from "../run/types";
import { startSession } from "../session";
import type { Command } from "./arguments";
import { LiveOutput } from "./live-output";
import { RunFiles } from "./output-files";
import type { CliWords } from "./words";

export const FOUND = 1;
export const UNUSABLE = 2;
export const INTERRUPTIONS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs the snippet, prints what happened; resolves with the exit status. Throws UsageError for files that can't be used. */
export async function runCommand({ options, json, files: paths }: Command & { type: "run" }, words: CliWords, locale: string): Promise<number> {
  const files = new RunFiles(paths, words, locale);
  const output = json ? undefined : new LiveOutput();
  let interrupted: (typeof INTERRUPTIONS)[number] | undefined;

  const [result, report] = await new Promise<[RunResult, Report]>((resolve) => {
    const handle = startSession({ ...options, inheritInput: true }, {
      onTrace(chunk) {
        files.onTrace(chunk);
        output?.push(chunk);
      },
      onFindings() {},
      onEnd: (...ended) => resolve(ended),
    });
    for (const signal of INTERRUPTIONS) {
      process.on(signal, () => {
        interrupted ??= signal;
        handle.stop("killed", signal);
      });
    }
  });
  files.finish(report);
  output?.finish();

  tellDiagnostics(result, words);
  if (json) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    // The report has no place for what is no fault of the snippet.
    if (result.outcome === "crashed") process.stderr.write(reasonLine(result, report.findings));
  } else if (result.outcome !== "not-compiled") process.stdout.write(`${output ? "\n" : ""}${reasonLine(result, report.findings)}${formatReport(report, { colour: colourful(), locale })}`);
  if (interrupted) return 128 + os.signals[interrupted];
  if (result.outcome === "not-compiled") return UNUSABLE;
  return report.findings.length > 0 || result.outcome !== "completed" ? FOUND : 0;
}

export function tellDiagnostics({ diagnostics }: RunResult, words: CliWords): void {
  for (const { file, line, column, message, severity } of diagnostics) {
    process.stderr.write(`${file}:${line}:${column}: ${severity === "warning" ? `${words.warning}: ` : ""}${message}\n`);
  }
}

/** Why the run ended, where no finding tells it: a crash of the snippet is one, a failure of our own is not. */
export function reasonLine({ outcome, reason }: Pick<RunResult, "outcome" | "reason">, findings: Report["findings"]): string {
  const told = outcome === "crashed" && findings.some(({ kind }) => kind === "crash" || kind === "assertion-failed" || kind === "lock-misuse");
  return reason === undefined || told ? "" : `${reason[0]!.toUpperCase()}${reason.slice(1)}.\n\n`;
}

/** https://no-color.org: any value that is not empty. */
export function colourful(): boolean {
  return process.stdout.isTTY && !process.env.NO_COLOR;
}
