import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { RunOptions } from "../run/types";
import type { CompareOptions } from "../session/compare";
import type { RunMode } from "../trace";
import type { CliWords } from "./words";

/** What the user asked for. */
export type Command =
  | { readonly type: "help" }
  | { readonly type: "version" }
  | { readonly type: "run"; readonly options: RunOptions; readonly json: boolean; readonly files: OutputFiles }
  | { readonly type: "compare"; readonly options: CompareOptions; readonly json: boolean; readonly files: OutputFiles };

/** What else a run is written to, by option. */
export type OutputFiles = Readonly<Partial<Record<OutputOption, string>>>;
export type OutputOption = (typeof OUTPUT_OPTIONS)[number];
const OUTPUT_OPTIONS = ["trace", "perfetto", "html"] as const;

/** Raised for arguments that can't be used; its message is for the user. */
export class UsageError extends Error {}

const LATER_COMMANDS = ["explore", "replay", "check", "view"];
const LATER_OPTIONS = ["seed", "strategy", "max-executions", "max-seconds", "preemptions"] as const;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  json: { type: "boolean" },
  as: { type: "string" },
  tasks: { type: "string" },
  runs: { type: "string" },
  perturb: { type: "string" },
  schedule: { type: "string" },
  seed: { type: "string" },
  "time-limit": { type: "string" },
  "memory-limit": { type: "string" },
  trace: { type: "string" },
  perfetto: { type: "string" },
  html: { type: "string" },
  strategy: { type: "string" },
  "max-executions": { type: "string" },
  "max-seconds": { type: "string" },
  preemptions: { type: "string" },
} as const;

/** Throws UsageError. */
export function parseCommand(argv: readonly string[], words: CliWords, locale: string): Command {
  const end = argv.indexOf("--");
  const own = joinNegative(end < 0 ? argv : argv.slice(0, end));
  const { values, positionals } = parse(own);
  if (values.help) return { type: "help" };
  if (values.version) return { type: "version" };
  const [command, ...files] = positionals;
  if (command === undefined) throw new UsageError(words.noCommand);
  if (LATER_COMMANDS.includes(command)) throw new UsageError(words.commandNotYet(command));
  if (command !== "run" && command !== "compare") throw new UsageError(words.unknownCommand(command));
  if (values.schedule !== undefined && values.schedule !== "os") throw new UsageError(words.optionNotYet(`--schedule ${values.schedule}`));
  for (const option of LATER_OPTIONS) if (values[option] !== undefined) throw new UsageError(words.optionNotYet(`--${option}`));
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError(words.oneFile);

  const positive = (option: "tasks" | "runs" | "time-limit" | "memory-limit", whole: boolean): number | undefined => {
    const text = values[option];
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value <= 0 || (whole && !Number.isInteger(value))) throw new UsageError(words.badNumber(`--${option}`, text, whole ? "whole" : "any"));
    return value;
  };
  const copies = positive("tasks", true);
  const seconds = positive("time-limit", false);
  const memoryLimit = positive("memory-limit", true);
  const common = {
    file: resolve(file),
    args: end < 0 ? [] : argv.slice(end + 1),
    locale,
    ...(copies === undefined ? {} : { copies }),
    // Longer than a timer can count is for ever.
    ...(seconds === undefined ? {} : { timeLimit: Math.min(seconds * 1000, 0x7fff_ffff) }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(values.perturb === undefined ? {} : { perturb: seedOf(values.perturb, words) }),
  };
  const json = values.json ?? false;
  const written: Partial<Record<OutputOption, string>> = {};
  for (const option of OUTPUT_OPTIONS) if (values[option] !== undefined) written[option] = values[option];
  if (command === "compare") {
    if (values.as !== undefined) throw new UsageError(words.notWithCompare("--as"));
    const runs = positive("runs", true);
    return { type: "compare", options: { ...common, ...(runs === undefined ? {} : { runs }) }, json, files: written };
  }
  if (values.runs !== undefined) throw new UsageError(words.onlyWithCompare("--runs"));
  const options: RunOptions = { ...common, mode: modeOf(values.as ?? "threads", words) };
  return { type: "run", options, json, files: written };
}

/** `--time-limit -1` is a bad number, not a second option. */
function joinNegative(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of argv) {
    const before = joined.at(-1);
    if (/^-\d/.test(arg) && before?.startsWith("--") && !before.includes("=")) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function parse(argv: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function modeOf(value: string, words: CliWords): RunMode {
  if (value === "threads" || value === "processes") return value;
  throw new UsageError(words.badMode(value));
}

function seedOf(text: string, words: CliWords): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0) throw new UsageError(words.badNumber("--perturb", text, "seed"));
  return value;
}
