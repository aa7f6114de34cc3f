import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** The processes that a process started, and those that they started. */
export async function descendants(of: number): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="], { maxBuffer: 1 << 24 });
  const all = stdout
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command: command! }));
  const found = new Map<number, Process>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const { pid, parent, command } of all) {
      if (!found.has(pid) && (parent === of || found.has(parent))) {
        found.set(pid, { pid, command });
        grew = true;
      }
    }
  }
  return [...found.values()];
}

export function isAlive({ pid }: Process): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // no such process
  }
}
