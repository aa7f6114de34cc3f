import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

const INTERVAL_MS = 100;
/** Asking `ps` is dear. */
const SLOW_INTERVAL_MS = 500;

/**
 * Watches what the processes of a run use together, without the pages of the Node binary that they share.
 * `onExceeded` is told the process with the most. Where the system has neither /proc nor ps (Windows), only V8's own heap limit holds.
 */
export function watchMemory(pids: () => readonly number[], limitMegabytes: number, onExceeded: (largest: number) => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const usage = process.platform === "linux" ? fromProc : fromPs;
  const check = async (): Promise<void> => {
    const watched = pids();
    const used = await Promise.all(watched.map(usage));
    if (stopped) return;
    if (used.reduce((sum, bytes) => sum + bytes, 0) > limitMegabytes * 1024 * 1024) onExceeded(watched[used.indexOf(Math.max(...used))] ?? 0);
    else schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => void check(), process.platform === "linux" ? INTERVAL_MS : SLOW_INTERVAL_MS);
    timer.unref();
  };
  if (process.platform !== "win32") schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function fromProc(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const kilobytes = (word: string): number => Number(new RegExp(`^${word}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    return (kilobytes("RssAnon") + kilobytes("RssShmem")) * 1024;
  } catch {
    // It has ended.
    return 0;
  }
}

function fromPs(pid: number): Promise<number> {
  return new Promise((resolve) => {
    execFile("ps", ["-o", "rss=", "-p", String(pid)], (error, stdout) => resolve(error ? 0 : Number(stdout.trim()) * 1024));
  });
}
