import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Report } from "../../src/report/contract";
import { checkReport } from "../support/report-schema";

const CLI = resolve("dist/cli.js");

export interface CliResult {
  readonly pid: number;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with snippets, removed with `dispose`. */
export class Snippets {
  readonly folder = mkdtempSync(join(tmpdir(), "cp-cli-"));
  private count = 0;

  /** Path of a new snippet; the import of what it names of the API is put before it, on the first line. */
  write(code: string): string {
    const names = ["spawn", "sleep", "shared", "self", "TimeoutError", "Mutex", "Semaphore", "MessageQueue", "Atomic", "Thread", "Process", "SpinLock", "ReadWriteLock", "Condition", "Barrier", "Latch", "Pipe", "Socket", "sharedMemory", "yieldNow", "mark", "Task"].filter((name) => new RegExp(`\\b${name}\\b`).test(code));
    const path = join(this.folder, `s${++this.count}.ts`);
    writeFileSync(path, `import { ${names.join(", ") || "self"} } from "concurrency-playground";\n${code}\n`);
    return path;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `input`: its standard input; without it there is none. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}, input?: string): { child: ChildProcess; ended: Promise<CliResult> } {
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, LC_ALL: "C", ...env }, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => {}); // not everything that is started reads it
  child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<CliResult>((done) => child.on("close", (code) => done({ pid: child.pid!, code, stdout, stderr })));
  return { child, ended };
}

export function cli(...args: string[]): Promise<CliResult> {
  return startCli(args).ended;
}

/** The one report that --json prints; fails if it is anything else, or no sound report. */
export function reportIn(stdout: string): Report {
  const told = JSON.parse(stdout) as Report;
  checkReport(told);
  return told;
}

/** Runs a snippet with --json; fails if standard output is anything but one report. */
export async function report(file: string, mode: "threads" | "processes", ...more: string[]): Promise<{ pid: number; code: number | null; report: Report; stderr: string }> {
  const { pid, code, stdout, stderr } = await cli("run", file, "--as", mode, "--json", ...more);
  return { pid, code, report: reportIn(stdout), stderr };
}

/** What tasks printed, per task, in order. */
export function outputOf(report: Report, task: number): string {
  return report.output
    .filter((piece) => piece.task === task)
    .map(({ text }) => text)
    .join("");
}

/** Folders that the runs of a command line have made and not removed. */
export function runFolders(pid: number): string[] {
  return ["/dev/shm", tmpdir()].filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith(`concurrency-playground-${pid}-`)).map((name) => join(folder, name)));
}

/** Process ids of a whole tree below `root` (Linux). */
export function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended while we looked.
    }
  }
  const found: number[] = [];
  const add = (pid: number): void => {
    for (const child of children.get(pid) ?? []) {
      found.push(child);
      add(child);
    }
  };
  add(root);
  return found;
}

export function alive(pid: number): boolean {
  try {
    // A zombie that its parent has not yet fetched is no process any more.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z";
  } catch {
    return false;
  }
}

/** Resolves when the condition holds; fails after `limit` ms. */
export async function until(condition: () => boolean, what: string, limit = 20_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within ${limit} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/**
 * A report of a run that its time limit ends, `whole` once its program has come as far as the test needs it. How long that takes is the
 * machine's to say: the limit grows until it is enough.
 */
export async function reportAtLimit(file: string, mode: "threads" | "processes", whole: (told: Report) => boolean, ...more: string[]): Promise<{ code: number | null; report: Report }> {
  for (let seconds = 1.5; ; seconds *= 4) {
    const got = await report(file, mode, "--time-limit", String(seconds), ...more);
    if (whole(got.report) || seconds > 30) return got;
  }
}
