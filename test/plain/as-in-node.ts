import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { Report } from "../../src/report/contract";
import { report } from "../cli/cli";

interface Ended {
  readonly stdout: string;
  readonly status: number | null;
}

/** The program in plain Node, started as a recorded run starts it: in a process group, without anything to read. */
export function inNode(path: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  return new Promise((resolve) => child.on("close", (status) => resolve({ stdout, status })));
}

export function printed(found: Report, stream: "stdout" | "stderr" = "stdout"): string {
  return found.output
    .filter((piece) => piece.stream === stream)
    .map(({ text }) => text)
    .join("");
}

/** Runs a program in plain Node and recorded; fails unless it printed and returned the same. Gives the recorded run's report. */
export async function sameAsInNode(path: string, ...args: string[]): Promise<Report> {
  const node = await inNode(path, args);
  // A test has its own limit; the busiest machine gets this far.
  const { report: found } = await report(path, "threads", "--time-limit", "280", ...(args.length > 0 ? ["--", ...args] : []));
  assert.equal(printed(found), node.stdout);
  assert.equal(found.exitCode, node.status);
  return found;
}
